package yamltext

import "slices"

// found is a comment of the source before it belongs to anything.
type found struct {
	Comment
	whole bool // nothing but the comment stands on its line
}

// place is one entry of the tree (a field or an item) in document order.
type place struct {
	line, column int   // of the key or the dash
	value        *Node // what owns its comments
	depth        int
	parent       *Node // the container it stands in
	flow         bool  // inside a flow collection
}

// attach gives every comment to the value it belongs to:
//
//   - behind a value or a colon: inline of that value;
//   - a whole line: above the next entry, unless it is indented deeper than
//     that entry; then it closes what stands before (the foot of the innermost
//     container that reaches so deep, or of the value just before);
//   - at the end: the foot of what stands before, the root at the least.
func attach(root *Node, comments []found) {
	var places []place
	collect(root, 0, false, &places)
	slices.SortStableFunc(comments, func(a, b found) int { return a.Line - b.Line })
	next := 0
	for _, c := range comments {
		for next < len(places) &&
			(places[next].line < c.Line || places[next].line == c.Line && places[next].column < c.Column) {
			next++
		}
		if !c.whole {
			owner := root
			for i := next - 1; i >= 0; i-- {
				if !places[i].flow {
					owner = places[i].value
					break
				}
			}
			in := &notes(owner).Inline
			if in.Text == "" {
				*in = c.Comment
			} else { // a second one inside a flow collection of several lines
				notes(owner).Head = append(notes(owner).Head, c.Comment)
			}
			continue
		}
		if next < len(places) && (places[next].flow || places[next].column >= c.Column) {
			owner := places[next].value
			for i := next; i >= 0; i-- {
				if !places[i].flow {
					owner = places[i].value
					break
				}
			}
			notes(owner).Head = append(notes(owner).Head, c.Comment)
			continue
		}
		owner := footOwner(root, places[:next], c.Column)
		if owner == root && next < len(places) {
			owner = places[next].value
			notes(owner).Head = append(notes(owner).Head, c.Comment)
			continue
		}
		notes(owner).Foot = append(notes(owner).Foot, c.Comment)
	}
}

// footOwner finds what a comment at a column closes, among the entries before.
func footOwner(root *Node, before []place, column int) *Node {
	if len(before) == 0 {
		return root
	}
	depth := int(^uint(0) >> 1)
	for i := len(before) - 1; i >= 0; i-- {
		p := before[i]
		if p.flow || p.depth >= depth {
			continue
		}
		depth = p.depth
		if p.column < column {
			// The comment stands deeper than this entry: below its value.
			if p.value.Kind == Scalar || len(p.value.Items)+len(p.value.Fields) > 0 {
				return p.value
			}
		}
		if p.column == column {
			return p.parent
		}
	}
	return root
}

func notes(n *Node) *Comments {
	if n.Comments == nil {
		n.Comments = &Comments{}
	}
	return n.Comments
}

// collect lists the entries below n in document order.
func collect(n *Node, depth int, flow bool, out *[]place) {
	flow = flow || n.Style == Flow
	for i := range n.Fields {
		f := &n.Fields[i]
		*out = append(*out, place{f.Line, f.Column, f.Value, depth, n, flow})
		collect(f.Value, depth+1, flow, out)
	}
	for _, item := range n.Items {
		line, column := item.Line, n.Column
		if flow {
			column = item.Column
		}
		*out = append(*out, place{line, column, item, depth, n, flow})
		collect(item, depth+1, flow, out)
	}
}
