package demo

// steps are the words that a commit's header may use, each with what it stands for:
// the message, what it copies from the life's preface, and what it writes. They are
// written as lives are, in script/steps.md; the commit's own facts come on top.
type steps map[string]*life

func readSteps() (steps, error) {
	src, err := script.ReadFile("script/steps.md")
	if err != nil {
		return nil, err
	}
	list, err := parseLives("steps.md", string(src))
	known := steps{}
	for _, l := range list {
		known[l.title] = l
	}
	return known, err
}

// What a step does beside writing facts.
const (
	message = "说明" // begins the commit's message
	copies  = "要素" // keys of the preface
	copied  = "正文" // body sections of the preface
)

// writes are the facts of an act: those that its step copies or brings, unless it
// has its own, and its own.
func (s *sample) writes(at scene) (list facts, err error) {
	step, own := s.steps[at.a.step], at.a.facts
	for _, key := range names(step.facts.get(copies)) {
		value, err := s.word(key, at)
		if err != nil {
			return nil, err
		}
		if value != "" && !own.has(key) {
			list = append(list, fact{key: key, value: value})
		}
	}
	for _, f := range step.facts {
		if f.key != message && f.key != copies && f.key != copied && !own.has(f.key) {
			list = append(list, f)
		}
	}
	for _, f := range own {
		if f.key != "转送风险点" && f.key != "退回原因" { // said in other places
			list = append(list, f)
		}
	}
	for i := range list {
		if list[i], err = s.expandFact(list[i], at); err != nil {
			return nil, err
		}
	}
	return list, nil
}
