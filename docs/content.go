// Package docs is the manual: what liaison officers, the office, counties and
// administrators read, a page each. On a forge it is read as it lies here, and
// every site carries it as help/ (site/help).
package docs

import "embed"

// Pages holds the pages, *.md; README.md says who reads which.
//
//go:embed *.md
var Pages embed.FS
