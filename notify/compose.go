package notify

import (
	"bytes"
	"embed"
	"fmt"
	html "html/template"
	"strings"
	text "text/template"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

//go:embed templates
var templates embed.FS

// letter is a message in its parts, before it is laid out as text or HTML.
type letter struct {
	Title    string
	Short    string
	Greeting string
	// Lead is what is said first; Ask the question, with the buttons or commands
	// that answer it; How what a button does.
	Lead     []string
	Ask      string
	Actions  []gait.Action
	How      string
	Commands []command
	Sections []section
	// Picture is the alternative text of the season's chart; PictureURL its
	// place. Both are empty where there is none.
	Picture    string
	PictureURL html.URL
	Click      string
	Footer     string
}

// section is one part of a letter. Chart marks the one that the picture
// follows.
type section struct {
	Heading string
	Lines   []string
	List    []string
	Rows    [][]string
	Chart   bool
}

// command is a command line and what it says.
type command struct {
	Line, Meaning string
}

// Compose writes the message of a decision. The painter may be nil, and may
// fail: then the message goes without a picture.
func Compose(c Content, painter Painter) (gait.Message, error) {
	l, err := write(c)
	if err != nil {
		return gait.Message{}, err
	}
	d := c.Decision
	ask, taps := c.ask()
	l.offer(c, ask, taps)
	m := gait.Message{
		Key: d.Key, Thread: d.Thread, Kind: d.Kind, Level: d.Level, Verdict: d.Verdict, Run: d.Run, Created: d.At,
		Title: l.Title, Short: l.Short, Click: c.click(), Actions: l.Actions,
	}
	l.Click, l.Footer = m.Click, words.NotMedical
	if c.Runner != "" {
		l.Greeting = c.Runner + ","
	}
	if png, alt := paint(l, d, painter); png != nil {
		m.Pictures = []gait.Picture{{ID: "season", MIME: "image/png", Alt: alt, Data: png}}
		l.Picture, l.PictureURL = alt, "cid:season"
	}
	if m.Text, m.HTML, err = l.layOut(); err != nil {
		return gait.Message{}, fmt.Errorf("compose %s: %w", d.Kind, err)
	}
	return m, nil
}

// write chooses the letter for the kind of message.
func write(c Content) (letter, error) {
	switch c.Decision.Kind {
	case gait.MessageAlert, gait.MessageEscalate:
		return alertLetter(c), nil
	case gait.MessageReminder:
		return reminderLetter(c), nil
	case gait.MessageFollowUp:
		return followUpLetter(c), nil
	case gait.MessageResolved:
		return resolvedLetter(c), nil
	case gait.MessageMorning:
		return morningLetter(c), nil
	case gait.MessageDigest:
		return digestLetter(c), nil
	case gait.MessageTest:
		return testLetter(), nil
	case gait.MessageHealth:
		return healthLetter(c), nil
	default:
		return letter{}, fmt.Errorf("compose message: no letter is written for kind %q", c.Decision.Kind)
	}
}

func paint(l letter, d alert.Decision, painter Painter) (png []byte, alt string) {
	if painter == nil || !l.charted() {
		return nil, ""
	}
	png, alt, err := painter.Season(d.Run)
	if err != nil || len(png) == 0 {
		return nil, ""
	}
	return png, alt
}

func (l letter) charted() bool {
	for _, s := range l.Sections {
		if s.Chart {
			return true
		}
	}
	return false
}

// layOut renders the letter as plain text and as HTML.
func (l letter) layOut() (plain, rich string, err error) {
	var b bytes.Buffer
	t, err := text.New("letter.txt.tmpl").Funcs(text.FuncMap{"row": row}).ParseFS(templates, "templates/letter.txt.tmpl")
	if err != nil {
		return "", "", err
	}
	if err := t.Execute(&b, l); err != nil {
		return "", "", err
	}
	plain = strings.TrimSpace(b.String()) + "\n"
	b.Reset()
	h, err := html.ParseFS(templates, "templates/letter.html.tmpl")
	if err != nil {
		return "", "", err
	}
	err = h.Execute(&b, l)
	return plain, b.String(), err
}

// row lays the cells of a table out in columns of 16 characters.
func row(cells []string) string {
	var line strings.Builder
	for _, cell := range cells {
		fmt.Fprintf(&line, "%-16s", cell)
	}
	return strings.TrimRight(line.String(), " ")
}
