package main

import (
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"gaitkeeper/finding"

	"golang.org/x/term"
)

// look is how results are shown on a terminal; the zero value is a pipe.
type look struct {
	// width is the terminal's, in characters; 0 in a pipe.
	width  int
	colour bool
}

// leastWidth is the width below which nothing is wrapped.
const leastWidth = 40

// lookOf returns how results are shown. NO_COLOR (https://no-color.org) leaves colours
// out.
func lookOf(stdout io.Writer, env func(string) string) look {
	file, ok := stdout.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return look{}
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil || width < leastWidth {
		width = 0
	}
	return look{width: width, colour: env("NO_COLOR") == "" && env("TERM") != "dumb"}
}

// terminal tells whether somebody looks.
func (l look) terminal() bool { return l != look{} }

// wrapped breaks lines at the terminal's width, indented as far as they were.
func (l look) wrapped(text string) string {
	if l.width == 0 {
		return text
	}
	var out strings.Builder
	for line := range strings.Lines(text) {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		for utf8.RuneCountInString(strings.TrimRight(line, "\n")) > l.width {
			at := lastBlank(line, l.width)
			if at <= len(indent) {
				break // one long word
			}
			out.WriteString(line[:at] + "\n")
			line = indent + line[at+1:]
		}
		out.WriteString(line)
	}
	return out.String()
}

// lastBlank is where the last blank within so many characters stands, or -1.
func lastBlank(line string, width int) int {
	at, n := -1, 0
	for i, r := range line {
		if n > width {
			break
		}
		if r == ' ' {
			at = i
		}
		n++
	}
	return at
}

// verdict colours a text as the verdict it is about. Each colour takes as many bytes,
// so that columns stay aligned.
func (l look) verdict(v finding.Verdict, text string) string {
	if !l.colour {
		return text
	}
	code := map[finding.Verdict]string{
		finding.VerdictStop: "31", finding.VerdictModify: "33", finding.VerdictAsk: "36", finding.VerdictKeep: "32",
	}[v]
	if code == "" {
		code = "39" // the terminal's own
	}
	return "\x1b[" + code + "m" + text + "\x1b[39m"
}
