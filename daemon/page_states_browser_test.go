//go:build !race

package daemon

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// screen is what fits on a phone without scrolling, in CSS pixels.
const screen = 844

// state is a moment in a runner's life as the first page shows it.
type state struct {
	verdict finding.Verdict
	// runs is how many of the season's runs there are.
	runs int
	// then is what happens after them; nil is nothing.
	then func(s *site)
	// says is a part of what the page says, asks of its question; that is empty where
	// there is nothing to ask.
	says, asks string
}

func states() map[string]state {
	const limps = 24 // of which the last four spare the left foot
	explained := func(s *site) { s.answer(gait.AnswerNewShoes) }
	return map[string]state{
		"keep":     {finding.VerdictKeep, 20, nil, "Keep running", "Did anything hurt?"},
		"learning": {finding.VerdictLearning, 2, nil, "Still learning", "Did anything hurt?"},
		"ask":      {finding.VerdictAsk, 21, nil, "A question for you", "Did anything hurt?"},
		"modify":   {finding.VerdictModify, limps, nil, "a week instead of", "Did anything hurt?"},
		"stop":     {finding.VerdictStop, limps, func(s *site) { s.hurts(7) }, "Stop running for now", "How does walking feel today"},
		"way back": {finding.VerdictModify, limps, (*site).comesBack, "walk for 30 minutes without pain", ""},
		"no pain":  {finding.VerdictKeep, 20, func(s *site) { s.answer(gait.AnswerNoPain) }, "I go on watching", ""},
		"empty":    {finding.VerdictLearning, 0, nil, "No runs yet", ""},
		"stale": {finding.VerdictKeep, limps, func(s *site) {
			explained(s)
			s.later(1183 * 24 * time.Hour)
		}, "No run for 1,183 days", ""},
		"source broken": {finding.VerdictModify, limps, (*site).breakSource, "No runs are coming in", "Did anything hurt?"},
	}
}

// TestFirstScreenInABrowser: on a phone, without scrolling, stand the verdict, what to do, and
// the question with its buttons.
func TestFirstScreenInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	for name, want := range states() {
		t.Run(name, func(t *testing.T) { firstScreen(ctx, t, want) })
	}
}

func firstScreen(ctx context.Context, t *testing.T, want state) {
	s := newSiteOf(t, want.runs)
	if want.then != nil {
		want.then(s)
	}
	b := newTab(ctx, t, s.url, phone)
	b.open("/")
	if got := b.verdict(); got != want.verdict {
		t.Errorf("the verdict is %s, want %s", got, want.verdict)
	}
	for selector, says := range map[string]string{"section.verdict, .trouble, .flash": want.says, "section.ask-pain": want.asks} {
		text, bottom := b.boxes(selector)
		if !strings.Contains(text, says) || says == "" && text != "" {
			t.Errorf("%s says %q and not %q", selector, text, says)
		}
		if bottom > screen {
			t.Errorf("%s ends at %d of %d pixels", selector, bottom, screen)
		}
	}
	if dir := os.Getenv("GAITKEEPER_PICTURES"); dir != "" {
		b.picture(dir + "/" + strings.ReplaceAll(t.Name(), "/", "-") + ".png")
	}
}

// TestFirstScreenOfMailsInABrowser: the same of every mail that asks, as a phone shows it.
func TestFirstScreenOfMailsInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	b := newTab(ctx, t, "", phone)
	mails, err := filepath.Glob("../notify/testdata/messages/*.html")
	if err != nil || len(mails) == 0 {
		t.Fatalf("no mails: %v", err)
	}
	for _, file := range mails {
		html, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b.open("about:blank")
		b.show(string(html))
		text, bottom := b.boxes(".ask")
		if asks := bytes.Contains(html, []byte(`class="ask"`)); asks && text == "" || bottom > screen {
			t.Errorf("%s: %q ends at %d of %d pixels", file, text, bottom, screen)
		}
		if wide := evaluate[int64](b, "document.documentElement.scrollWidth"); wide > phone {
			t.Errorf("%s is %d pixels wide", file, wide)
		}
	}
}

// boxes returns the text of what the selector finds, and where the last of it ends.
func (b *tab) boxes(selector string) (text string, bottom int64) {
	b.t.Helper()
	all := "[...document.querySelectorAll(`" + selector + "`)]"
	return evaluate[string](b, all+`.map(e => e.innerText).join("\n")`),
		evaluate[int64](b, all+".reduce((end, e) => Math.max(end, Math.ceil(e.getBoundingClientRect().bottom)), 0)")
}

// picture writes what the screen shows into a file.
func (b *tab) picture(file string) {
	b.t.Helper()
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(file, png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// answer answers for the newest run.
func (s *site) answer(kind gait.AnswerKind) {
	s.t.Helper()
	if _, _, err := s.app.Answer(s.t.Context(), "latest", kind); err != nil {
		s.t.Fatal(err)
	}
}

// hurts notes a pain of the left calf in the newest run.
func (s *site) hurts(worst int) {
	s.t.Helper()
	n, err := gait.Exactly(worst)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, _, err := s.app.AddPain(s.t.Context(), "latest", gait.Pain{Site: gait.Calf, Side: gait.Left, Worst: n}); err != nil {
		s.t.Fatal(err)
	}
}

// comesBack lets a limp be followed by two days on which walking is fine.
func (s *site) comesBack() {
	s.answer(gait.AnswerLimp)
	for range 2 {
		s.later(24 * time.Hour)
		s.answer(gait.AnswerWalkingFine)
	}
}

// breakSource takes the watched folder away.
func (s *site) breakSource() {
	s.t.Helper()
	if err := os.RemoveAll(s.home.watched()); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.app.Sync(s.t.Context(), nil); err != nil {
		s.t.Log(err) // the page is to say it
	}
}
