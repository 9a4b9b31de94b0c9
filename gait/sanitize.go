package gait

import (
	"strings"
	"unicode"
)

// Names of files, titles and notes are written by anybody. A control character in
// one of them controls a terminal, and what turns the direction of letters makes
// it read as something else. None of that leaves gaitkeeper.

// Unsafe reports whether a character shows nothing but does something. The
// joiners stay: some scripts and emoji are spelt with them.
func Unsafe(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.Is(unicode.C, r) && r != '\n' && r != '\t' && r != nonJoiner && r != joiner
}

// Sanitize returns a text without control characters and changes of writing
// direction. Lines and tabs stay.
func Sanitize(s string) string {
	return strings.Map(func(r rune) rune {
		if Unsafe(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// SanitizeLine is [Sanitize] in one line.
func SanitizeLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) { // also what parts lines and paragraphs
			return ' '
		}
		return r
	}, Sanitize(s))
}
