package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"gaitkeeper/daemon"
	"gaitkeeper/finding"
	"gaitkeeper/words"
)

// terminal is how results are shown on one; the zero value is a pipe.
type terminal struct {
	// width is the terminal's, in characters; 0 in a pipe.
	width  int
	colour bool
}

// leastWidth is the width below which nothing is wrapped.
const leastWidth = 40

// newTerminal returns how results are shown. NO_COLOR (https://no-color.org) leaves colours
// out.
func newTerminal(stdout io.Writer, env func(string) string) terminal {
	file, ok := stdout.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return terminal{}
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil || width < leastWidth {
		width = 0
	}
	return terminal{width: width, colour: env("NO_COLOR") == "" && env("TERM") != "dumb"}
}

// shown reports whether somebody looks.
func (t terminal) shown() bool { return t != terminal{} }

// wrapped breaks lines at the terminal's width, indented as far as they were.
func (t terminal) wrapped(text string) string {
	if t.width == 0 {
		return text
	}
	var out strings.Builder
	for line := range strings.Lines(text) {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		for utf8.RuneCountInString(strings.TrimRight(line, "\n")) > t.width {
			at := lastBlank(line, t.width)
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
func (t terminal) verdict(v finding.Verdict, text string) string {
	if !t.colour {
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

// redrawAfter is how long a bar stands at least.
const redrawAfter = 100 * time.Millisecond

// progress draws a bar on a terminal, with the number of files done and the time
// that is left, and nothing in a pipe. How many files lie in an archive inside
// an archive is not known before it is opened, so the bar is of bytes where they
// are known, and never goes back.
func (p *program) progress(what string) func(daemon.Progress) {
	file, ok := p.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return func(daemon.Progress) {}
	}
	var bar *progressbar.ProgressBar
	var left estimate
	return func(at daemon.Progress) {
		done, all := left.share(at)
		if bar == nil {
			bar = progressbar.NewOptions64(all, progressbar.OptionSetWriter(p.stderr), progressbar.OptionThrottle(redrawAfter),
				progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(false))
		}
		bar.Describe(fmt.Sprintf("%s, %s done%s", what, words.Thousands(at.Done), left.words(time.Now(), at)))
		bar.ChangeMax64(all)
		_ = bar.Set64(done) // a bar that cannot be drawn is no reason to stop
	}
}

// estimate tells how long something still takes, from how much was read lately.
// What is skipped because it was read before costs no time and does not count.
type estimate struct {
	marks []mark
	text  string
	all   int64 // the most that ever lay ahead
}

// share is how much of how much is done: of the bytes, or of the files where a
// source cannot weigh what it has.
func (e *estimate) share(p daemon.Progress) (done, all int64) {
	if p.Read == 0 && p.Left == 0 && e.all == 0 {
		return int64(p.Done), int64(p.Total)
	}
	e.all = max(e.all, p.Left+p.Read)
	return e.all - p.Left, e.all
}

// mark is how much had been read at a moment.
type mark struct {
	at   time.Time
	read int64
}

const (
	// markEvery is how far apart marks are, and how often the words change.
	markEvery = time.Second
	// marksKept is how many of them speak of the present speed.
	marksKept = 30
	// marksNeeded is how many it takes to say anything.
	marksNeeded = 3
)

// words is what to say behind the name of what goes on.
func (e *estimate) words(now time.Time, p daemon.Progress) string {
	if n := len(e.marks); n > 0 && now.Sub(e.marks[n-1].at) < markEvery {
		return e.text
	}
	if p.Read == 0 && p.Left == 0 { // the source cannot weigh what it has
		p.Read, p.Left = int64(p.Done), int64(p.Total-p.Done)
	}
	e.marks = append(e.marks, mark{now, p.Read})
	e.marks = e.marks[max(0, len(e.marks)-marksKept):]
	first := e.marks[0]
	e.text = ""
	if read := p.Read - first.read; read > 0 && len(e.marks) >= marksNeeded {
		e.text = ", " + roughly(time.Duration(float64(now.Sub(first.at))*float64(p.Left)/float64(read)))
	}
	return e.text
}

// roughly says how long is left, no more exactly than anybody can know.
func roughly(left time.Duration) string {
	switch {
	case left < 10*time.Second:
		return "a few seconds left"
	case left < 50*time.Second:
		return fmt.Sprintf("about %d seconds left", left.Round(10*time.Second)/time.Second)
	case left < 90*time.Second:
		return "about a minute left"
	case left < 90*time.Minute:
		return fmt.Sprintf("about %d minutes left", left.Round(time.Minute)/time.Minute)
	default:
		return fmt.Sprintf("about %.1f hours left", left.Hours())
	}
}
