package notify

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	html "html/template"
	"slices"
	"strings"
	text "text/template"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
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
	// Picture is the alternative text of the season's chart, PictureDark the chart
	// for a dark mail. Both are empty where there is none.
	Picture     string
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
	l.offer(c)
	l.Tone, l.Click, l.Footer = toneOf(d), c.click(), words.NotMedical
	if c.Runner != "" {
		l.Greeting = c.Runner + ","
	}
	m := alert.Message{
		Key: d.Key, Thread: d.Thread, Kind: d.Kind, Level: d.Level, Verdict: d.Verdict, Run: d.Run, Created: d.At,
		Title: l.Title, Short: l.Short, Click: l.Click, Actions: l.Actions, Pictures: l.draw(d.Run, painter),
	}
	if m.Text, m.HTML, err = l.layOut(); err != nil {
		return alert.Message{}, fmt.Errorf("compose %s: %w", d.Kind, err)
	}
	return m, nil
}

// write chooses the body for the kind of message.
func write(c Content) (mailBody, error) {
	switch k := c.Decision.Kind; {
	case c.Decision.Why == alert.WhyWalking:
		return walkingBody(c), nil
	case k == alert.MessageAlert, k == alert.MessageEscalate:
		return alertBody(c), nil
	case k == alert.MessageReminder:
		return reminderBody(c), nil
	case k == alert.MessageFollowUp:
		return followUpBody(c), nil
	case k == alert.MessageResolved:
		return resolvedBody(c), nil
	case k == alert.MessageMorning:
		return morningBody(c), nil
	case k == alert.MessageDigest:
		return digestBody(c), nil
	case k == alert.MessageTest:
		return testBody(), nil
	case k == alert.MessageHealth:
		return healthBody(c), nil
	default:
		return mailBody{}, fmt.Errorf("compose message: no text is written for kind %q", k)
	}
}

// toneOf is the colour of a message's verdict: one that stands out on white and on
// black.
func toneOf(d alert.Decision) html.CSS {
	if d.Kind == alert.MessageHealth || d.Kind == alert.MessageTest {
		return ""
	}
	return map[finding.Verdict]html.CSS{
		finding.VerdictStop: "#d1492e", finding.VerdictModify: "#c46a1b", finding.VerdictAsk: "#b8860b", finding.VerdictKeep: "#2e8b57",
	}[d.Verdict]
}

// draw puts the season's chart into the body, where a section has a place for it, and
// returns it. The chart for a dark mail is the address of its own data: one more
// attachment would be listed by programs that show the light one.
func (l *mailBody) draw(run gait.RunID, painter ChartRenderer) []alert.Picture {
	if painter == nil || !slices.ContainsFunc(l.Sections, func(s section) bool { return s.Chart }) {
		return nil
	}
	png, alt, err := painter.Season(run, false)
	if err != nil || len(png) == 0 {
		return nil
	}
	l.Picture = alt
	if dark, _, err := painter.Season(run, true); err == nil && len(dark) > 0 {
		l.PictureDark = html.Srcset("data:image/png;base64," + base64.StdEncoding.EncodeToString(dark)) //nolint:gosec // drawn here
	}
	return []alert.Picture{{ID: "season", MIME: "image/png", Alt: alt, Data: png}}
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
