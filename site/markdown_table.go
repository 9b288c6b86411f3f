package site

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// alignByClass says with a class how a cell is aligned.
type alignByClass struct{}

// Transform implements parser.ASTTransformer.
func (alignByClass) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if cell, ok := n.(*extast.TableCell); ok && entering {
			switch cell.Alignment {
			case extast.AlignRight:
				cell.SetAttributeString("class", []byte("right"))
			case extast.AlignCenter:
				cell.SetAttributeString("class", []byte("center"))
			}
		}
		return ast.WalkContinue, nil
	})
}
