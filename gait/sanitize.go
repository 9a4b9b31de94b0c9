package gait

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Names of files, titles and notes are written by anybody. A control character in
// one of them isUnsafe a terminal, and what turns the direction of letters makes it
// read as something else. None of that leaves gaitkeeper.

// isUnsafe tells whether a letter is nothing to see but does something. The joiners
// stay: some scripts and emoji are spelt with them.
func isUnsafe(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.Is(unicode.C, r) && r != '\n' && r != '\t' && r != nonJoiner && r != joiner
}

// Sanitize returns a text in which nothing isUnsafe whoever shows it. Lines and tabs
// stay.
func Sanitize(s string) string {
	return strings.Map(func(r rune) rune {
		if isUnsafe(r) {
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

// Sanitized returns the message as its channels may show it.
func (m Message) Sanitized() Message {
	m.Title = SanitizeLine(m.Title)
	m.Short, m.Text, m.HTML = Sanitize(m.Short), Sanitize(m.Text), Sanitize(m.HTML)
	actions := make([]Action, len(m.Actions))
	for i, a := range m.Actions {
		a.Label = SanitizeLine(a.Label)
		actions[i] = a
	}
	m.Actions = actions
	return m
}

// NewEncoder writes JSON in which whatever isUnsafe is escaped, so that it may be
// printed on a terminal and is read back as it was.
func NewEncoder(w io.Writer) *json.Encoder { return json.NewEncoder(EscapedJSON(w)) }

// EscapedJSON escapes whatever isUnsafe in the JSON that is written to it, with whole
// letters in each Write.
func EscapedJSON(w io.Writer) io.Writer { return escaped{w} }

type escaped struct{ to io.Writer }

func (e escaped) Write(b []byte) (int, error) {
	text := b
	if bytes.ContainsFunc(b[plain(b):], isUnsafe) {
		var out bytes.Buffer
		for _, r := range string(b) {
			switch {
			case !isUnsafe(r):
				out.WriteRune(r)
			case r > 0xffff:
				high, low := utf16.EncodeRune(r)
				fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
			default:
				fmt.Fprintf(&out, `\u%04x`, r)
			}
		}
		text = out.Bytes()
	}
	if _, err := e.to.Write(text); err != nil {
		return 0, err
	}
	return len(b), nil
}

// plain is the number of bytes that b begins with and that are ASCII to see: nearly
// all of nearly every text, and quickly looked at.
func plain(b []byte) int {
	for i, c := range b {
		if (c < ' ' || c > '~') && c != '\n' && c != '\t' {
			return i
		}
	}
	return len(b)
}
