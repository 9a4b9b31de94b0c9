package main

import (
	"strings"
	"unicode"
)

// visible makes a text fit for a terminal: what a file or a server wrote into a
// name or a title steers nothing there. Lines and tabs stay.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.Is(unicode.C, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
