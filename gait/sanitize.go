package gait

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Names of files, titles and notes are written by anybody. A control character in
// one of them steers a terminal, and what turns the direction of letters makes it
// read as something else. None of that leaves gaitkeeper.

// isUnsafe tells whether a letter is nothing to see but does something. The joiners
// stay: some scripts and emoji are spelt with them.
func isUnsafe(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.Is(unicode.C, r) && r != '\n' && r != '\t' && r != nonJoiner && r != joiner
}

// Sanitize returns a text in which nothing steers whoever shows it. Lines and tabs
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

// NewEncoder writes JSON in which whatever steers is escaped, so that it may be
// printed on a terminal and is read back as it was.
func NewEncoder(w io.Writer) *json.Encoder { return json.NewEncoder(EscapedJSON(w)) }

// EscapedJSON escapes whatever steers in the JSON that is written to it, with whole
// letters in each Write.
func EscapedJSON(w io.Writer) io.Writer { return escaped{w} }

type escaped struct{ to io.Writer }

func (e escaped) Write(b []byte) (int, error) {
	text := string(b)
	if strings.ContainsFunc(text, isUnsafe) {
		var out strings.Builder
		for _, r := range text {
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
		text = out.String()
	}
	if _, err := io.WriteString(e.to, text); err != nil {
		return 0, err
	}
	return len(b), nil
}
