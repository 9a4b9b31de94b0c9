package notify

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	html "html/template"
	"strings"
	text "text/template"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/words"
)

//go:embed templates
var templates embed.FS

// mailBody is a message in its parts, before it is laid out as text or HTML.
type mailBody struct {
	Title string
	// Tone is the colour of the verdict, which a mail shows beside its title; empty
	// where it is about none.
	Tone     html.CSS
	Short    string
	Greeting string
	// Lead is what is said first; Ask the question, with the buttons or commands
	// that answer it; How what a button does.
	Lead     []string
	Ask      string
	Actions  []alert.Action
	How      string
	Commands []command
	Sections []section
	// Picture is the alternative text of the season's chart; PictureURL its
	// place. Both are empty where there is none.
	Picture    string
	PictureURL html.URL
	// PictureDark is the chart for a dark mail, or empty.
	PictureDark html.Srcset
	Click       string
	Footer      string
}

// section is one part of a message. Chart marks the one that the picture
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
func Compose(c Content, painter ChartRenderer) (alert.Message, error) {
	l, err := write(c)
	if err != nil {
		return alert.Message{}, err
	}
	d := c.Decision
	ask, taps := c.ask()
	l.offer(c, ask, taps)
	m := alert.Message{
		Key: d.Key, Thread: d.Thread, Kind: d.Kind, Level: d.Level, Verdict: d.Verdict, Run: d.Run, Created: d.At,
		Title: l.Title, Short: l.Short, Click: c.click(), Actions: l.Actions,
	}
	l.Tone = toneOf(d)
	l.Click, l.Footer = m.Click, words.NotMedical
	if c.Runner != "" {
		l.Greeting = c.Runner + ","
	}
	if png, alt := drawChart(l, d, painter); png != nil {
		m.Pictures = []alert.Picture{{ID: "season", MIME: "image/png", Alt: alt, Data: png}}
		l.Picture, l.PictureURL, l.PictureDark = alt, "cid:season", drawDark(d, painter)
	}
	if m.Text, m.HTML, err = l.layOut(); err != nil {
		return alert.Message{}, fmt.Errorf("compose %s: %w", d.Kind, err)
	}
	return m, nil
}

// write chooses the body for the kind of message.
func write(c Content) (mailBody, error) {
	if c.Decision.Why == alert.WhyWalking {
		return walkingBody(c), nil
	}
	switch c.Decision.Kind {
	case alert.MessageAlert, alert.MessageEscalate:
		return alertBody(c), nil
	case alert.MessageReminder:
		return reminderBody(c), nil
	case alert.MessageFollowUp:
		return followUpBody(c), nil
	case alert.MessageResolved:
		return resolvedBody(c), nil
	case alert.MessageMorning:
		return morningBody(c), nil
	case alert.MessageDigest:
		return digestBody(c), nil
	case alert.MessageTest:
		return testBody(), nil
	case alert.MessageHealth:
		return healthBody(c), nil
	default:
		return mailBody{}, fmt.Errorf("compose message: no text is written for kind %q", c.Decision.Kind)
	}
}

func drawChart(l mailBody, d alert.Decision, painter ChartRenderer) (png []byte, alt string) {
	if painter == nil || !l.charted() {
		return nil, ""
	}
	png, alt, err := painter.Season(d.Run, false)
	if err != nil || len(png) == 0 {
		return nil, ""
	}
	return png, alt
}

// toneOf is the colour of a message's verdict: one that stands out on white and on
// black.
func toneOf(d alert.Decision) html.CSS {
	if d.Kind == alert.MessageHealth || d.Kind == alert.MessageTest {
		return ""
	}
	switch d.Verdict {
	case finding.VerdictStop:
		return "#d1492e"
	case finding.VerdictModify:
		return "#c46a1b"
	case finding.VerdictAsk:
		return "#b8860b"
	case finding.VerdictKeep:
		return "#2e8b57"
	default:
		return ""
	}
}

// drawDark returns the chart for a dark mail as the address of its own data: one more
// attachment would be listed by programs that show the light one. Empty where it fails.
func drawDark(d alert.Decision, painter ChartRenderer) html.Srcset {
	png, _, err := painter.Season(d.Run, true)
	if err != nil || len(png) == 0 {
		return ""
	}
	return html.Srcset("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)) //nolint:gosec // drawn here
}

func (l mailBody) charted() bool {
	for _, s := range l.Sections {
		if s.Chart {
			return true
		}
	}
	return false
}

// layOut renders the body as plain text and as HTML.
func (l mailBody) layOut() (plain, rich string, err error) {
	var b bytes.Buffer
	t, err := text.New("mail.txt.tmpl").Funcs(text.FuncMap{"row": row}).ParseFS(templates, "templates/mail.txt.tmpl")
	if err != nil {
		return "", "", err
	}
	if err := t.Execute(&b, l); err != nil {
		return "", "", err
	}
	plain = strings.TrimSpace(b.String()) + "\n"
	b.Reset()
	h, err := html.ParseFS(templates, "templates/mail.html.tmpl")
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
