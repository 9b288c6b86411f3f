// Package docs is the manual: what liaison officers, the office, counties and
// administrators read, a page each. On a forge it is read as it lies here, and
// every site carries it as help/ (site/help).
package docs

import "embed"

// Pages holds the pages, *.md, with their pictures, *.png; README.md says who reads
// which. The pictures are what make manual made of the sample.
//
//go:embed *.md *.png
var Pages embed.FS

// Sheet is the page for liaison officers to hang up: printed it takes one side of A4.
const Sheet = "liaison.md"
