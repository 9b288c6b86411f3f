package demo

import "embed"

// script is how the sample came to be: the lives of its appeals, and what
// minutes, risk points and reports say. FORMAT.md in the folder describes it.
//
//go:embed script
var script embed.FS
