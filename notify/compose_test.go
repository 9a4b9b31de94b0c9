package notify_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

var update = flag.Bool("update", false, "write the golden messages anew")

// TestMessages compares every kind of message with a kept one, as text and as
// HTML. Run with -update after a change of words, and read the difference.
func TestMessages(t *testing.T) {
	for name, c := range contents(t) {
		t.Run(name, func(t *testing.T) {
			m, err := notify.Compose(c, chart{})
			if err != nil {
				t.Fatal(err)
			}
			text := "Subject: " + m.Title + "\nPush: " + m.Short + "\n\n" + m.Text
			golden(t, name+".txt", text)
			golden(t, name+".html", m.HTML)
			if len(m.Pictures) > 0 != strings.Contains(m.HTML, "cid:season") {
				t.Errorf("%d pictures, but the HTML says otherwise", len(m.Pictures))
			}
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "messages", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s -want +got:\n%s", name, d)
	}
}

// What holds for every message, whatever its words.
func TestEveryMessageKeepsTheTone(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)antalgic|diagnos|injur|\bMOD-|\bSTOP-|\bPT-|\bNaN\b|ZgotmplZ|<no value>|%!`)
	remote := regexp.MustCompile(`(?i)(src|href)="?(https?:)?//[^"]*\.(png|js|css|gif)|<script|<link`)
	for name, c := range contents(t) {
		m, err := notify.Compose(c, chart{})
		if err != nil {
			t.Fatal(err)
		}
		for part, s := range map[string]string{"title": m.Title, "short": m.Short, "text": m.Text, "html": m.HTML} {
			if bad := forbidden.FindString(s); bad != "" {
				t.Errorf("%s: the %s says %q", name, part, bad)
			}
		}
		if bad := remote.FindString(m.HTML); bad != "" {
			t.Errorf("%s: the HTML fetches %q", name, bad)
		}
		if n := strings.Count(m.Text, "not a medical device"); n != 1 {
			t.Errorf("%s: the footer stands %d times", name, n)
		}
		if n := len([]rune(m.Title)); n > 70 {
			t.Errorf("%s: the subject has %d letters", name, n)
		}
		if n := len(regexp.MustCompile(`(?m)^gaitkeeper (answer|pain)`).FindAllString(m.Text, -1)); n > 6 {
			t.Errorf("%s: %d commands are more than anybody reads", name, n)
		}
		if len(m.Short) == 0 || len(m.Short) > 400 {
			t.Errorf("%s: the push text has %d bytes", name, len(m.Short))
		}
	}
}

// With no strap, and nothing said of a side, there is no limp and no side.
func TestWithoutLeftAndRightThereIsNoSide(t *testing.T) {
	c := contents(t)["alert_form_question"]
	sided := regexp.MustCompile(`(?i)limp|\bleft\b|\bright\b`)
	for _, verdict := range []finding.Verdict{finding.VerdictAsk, finding.VerdictModify, finding.VerdictStop} {
		for _, kind := range []alert.MessageKind{alert.MessageAlert, alert.MessageEscalate, alert.MessageReminder, alert.MessageFollowUp} {
			c.Decision.Verdict, c.Decision.Kind = verdict, kind
			m, err := notify.Compose(c, nil)
			if err != nil {
				t.Fatal(err)
			}
			if bad := sided.FindString(m.Title + m.Short + m.Text + m.HTML); bad != "" {
				t.Errorf("%s %s says %q", kind, verdict, bad)
			}
		}
	}
}

// A run that is warned of is never said to lie within the runner's normal.
func TestNoBandThatHoldsTheOddRun(t *testing.T) {
	for band, want := range map[gait.Points]bool{0.6: true, 1.1: false, 1.6: false} {
		c := warning(t)
		c.Assessment.Evidence.Band = band
		m, err := notify.Compose(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(m.Text, "usually within"); got != want {
			t.Errorf("band %.1f beside a shift of 1.1: named %v, want %v", float64(band), got, want)
		}
	}
}

// The runner's words come first, then what was measured and what it means, then
// the question with its buttons; all the rest follows.
func TestOrderOfAMessage(t *testing.T) {
	c := contents(t)["alert_stop_links"]
	c.Assessment.Questions = []finding.Question{{Ask: finding.AskFavouring}}
	m, err := notify.Compose(c, chart{})
	if err != nil {
		t.Fatal(err)
	}
	last := -1
	for _, part := range []string{
		"Your run of", "You said “pulled", "You spent less time than usual", "Stop running for now", "Were you favouring one leg?", "I was not limping: ", "Walking is fine",
		"What to do", "How it ends", "you can start coming back", "What was measured", "[Chart", "Why", "When to ask somebody", "not a medical device",
	} {
		i := strings.Index(m.Text, part)
		if i <= last {
			t.Errorf("%q stands at %d, before what should precede it (%d)", part, i, last)
		}
		last = i
	}
}

// A bone's stop ends by a professional's word alone, and the mail says so.
func TestHowABoneStopEnds(t *testing.T) {
	c := contents(t)["alert_stop"]
	c.Assessment.Reasons = []finding.Fact{{Rule: finding.StopBone}}
	c.Assessment.Advice = []finding.Fact{{Rule: finding.Return, How: finding.HowCleared}}
	m, err := notify.Compose(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Text, "ends when a professional has looked at it") || !strings.Contains(m.Text, "0123abcd cleared") {
		t.Errorf("the message does not say how it ends:\n%s", m.Text)
	}
	if strings.Contains(m.Text, "To lift this") {
		t.Errorf("the message promises that calm words end it:\n%s", m.Text)
	}
}

func TestUrgent(t *testing.T) {
	c := contents(t)["alert_stop"]
	c.Assessment.Urgent = true
	m, err := notify.Compose(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Title, "doctor today") || !strings.Contains(m.Text, "See a doctor today.") {
		t.Errorf("nothing urgent in %q\n%s", m.Title, m.Text)
	}
}

func TestAFailingPictureStopsNoMessage(t *testing.T) {
	m, err := notify.Compose(contents(t)["alert_warn"], brokenChart{})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Pictures) != 0 || strings.Contains(m.HTML, "cid:") {
		t.Error("the message holds a picture that there is not")
	}
}

func TestMilesAndAddresses(t *testing.T) {
	c := contents(t)["alert_warn"]
	c.Miles, c.PublicURL = true, "https://gait.example/"
	m, err := notify.Compose(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Text, "5.0 miles") {
		t.Errorf("no miles in\n%s", m.Text)
	}
	if want := "https://gait.example/runs/0123abcd00000000"; m.Click != want {
		t.Errorf("click = %q, want %q", m.Click, want)
	}
}

// What a runner writes is shown, never run.
func TestNotesAreEscaped(t *testing.T) {
	c := contents(t)["alert_stop"]
	c.Said[0].Note = `<img src=x onerror=alert(1)>`
	m, err := notify.Compose(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(m.HTML, "<img src=x") {
		t.Error("the note became HTML")
	}
}

func TestUnknownKindIsAnError(t *testing.T) {
	if _, err := notify.Compose(notify.Content{Decision: alert.Decision{Notice: alert.Notice{Kind: "rumour"}}}, nil); err == nil {
		t.Error("a kind without a letter was composed")
	}
}

func TestContentOfASituation(t *testing.T) {
	s := newStory(t).at(1).s
	s.Assessments = []finding.Assessment{{Run: "r1"}, {Run: "r2", Verdict: finding.VerdictModify}}
	s.Pain = []gait.Pain{
		{ID: 1, Run: "r1", Recorded: day(0)},
		{ID: 2, Run: "r2", Recorded: day(0.5)},
		{ID: 7, At: day(1), Recorded: day(1)},
		{ID: 8, At: day(1), Recorded: day(1)},
	}
	s.Answers = []gait.Answer{{Run: "r1", Kind: gait.AnswerIll}, {Run: "r2", Kind: gait.AnswerUnsure}}
	c := notify.NewContent(s, alert.Decision{Notice: alert.Notice{Run: "r2"}, Entry: 2})
	if c.Assessment == nil || c.Assessment.Run != "r2" {
		t.Errorf("assessment = %+v, want r2's", c.Assessment)
	}
	if len(c.Said) != 1 || c.Said[0].ID != 2 || c.RestDay {
		t.Errorf("said = %+v, want entry 2", c.Said)
	}
	rest := notify.NewContent(s, alert.Decision{Notice: alert.Notice{Run: "r2"}, Entry: 7})
	if len(rest.Said) != 1 || rest.Said[0].ID != 7 || !rest.RestDay || len(rest.Answers) > 0 {
		t.Errorf("said = %+v and %+v, want what was said of the rest day alone", rest.Said, rest.Answers)
	}
	if len(c.Answers) != 1 || c.Answers[0].Kind != gait.AnswerUnsure {
		t.Errorf("answers = %+v, want unsure", c.Answers)
	}
}

// What hurts on a rest day has the mails to itself, and not what was said of the
// last run: the first one, and the questions how it went.
func TestAMailAboutARestDayNamesItsPlace(t *testing.T) {
	s := newStory(t)
	s.s.Pain = []gait.Pain{
		{ID: 1, Run: "r1", Site: gait.Achilles, Worst: score(t, 3), Recorded: day(-3)},
		{ID: 2, Site: gait.Shin, Worst: score(t, 2), Night: gait.Yes, Recorded: day(0)},
	}
	s.s.Episodes = []finding.Episode{{
		Key: "pain-2", Opened: day(0), Stop: true, StopSince: day(0),
		Signs: []finding.Sign{{At: day(0), Run: "r1", Entry: 2, Level: gait.LevelWarn, Verdict: finding.VerdictStop}},
	}}
	s.s.Standing = finding.Standing{Verdict: finding.VerdictStop, Run: "r1", Episode: &s.s.Episodes[0]}
	days := []float64{0.1, 3.2, 14.2, 16.1}
	for i, want := range []string{"Stop running for now: shin", "Day 3 (Thursday): how is your shin?", "Day 14 (Monday): how is your shin?", "Settled, carry on"} {
		d := days[i]
		if i == 3 {
			s.s.Episodes[0].Closed, s.s.Episodes[0].ClosedBy = day(16), finding.ClosedSettled
			s.s.Standing = finding.Standing{Verdict: finding.VerdictKeep}
		}
		decisions := alert.Decide(s.at(d).s)
		if len(decisions) != 1 {
			t.Fatalf("day %v: %+v", d, decisions)
		}
		s.record(decisions[0])
		m, err := notify.Compose(notify.NewContent(s.s, decisions[0]), nil)
		if err != nil {
			t.Fatal(err)
		}
		if m.Title != want || !strings.Contains(m.Text, "shin") || strings.Contains(m.Text, "Achilles") || strings.Contains(m.Text, "Your run of") {
			t.Errorf("day %v: %s\n%s", d, m.Title, m.Text)
		}
	}
}

func TestWeek(t *testing.T) {
	run := func(id gait.RunID, d float64, km float64) gait.Run {
		return gait.Run{ID: id, Start: day(d), Duration: time.Hour, Distance: gait.Metres(km * 1000)}
	}
	excluded := run("x", -1, 99)
	excluded.Excluded = true
	unmeasured := run("u", -2, 0)
	unmeasured.Distance = gait.Unknown[gait.Metres]()
	assess := func(id gait.RunID, v finding.Verdict, baseline gait.Percent) finding.Assessment {
		return finding.Assessment{Run: id, Verdict: v, Evidence: gait.Evidence{Baseline: baseline, BaselineRuns: 20}}
	}
	w := notify.NewWeek(alert.Decision{From: day(-7), Notice: alert.Notice{At: day(0)}},
		[]gait.Run{run("a", -1, 8), run("b", -6, 12), run("c", -8, 10), run("d", -30, 10), run("e", -40, 10), excluded, unmeasured},
		[]finding.Assessment{assess("a", finding.VerdictModify, 50.1), assess("b", finding.VerdictKeep, 50.3)},
		[]gait.Pain{{At: day(-1), Site: gait.Knee}, {At: day(-9), Site: gait.Shin}, {At: day(-2), Worst: score(t, 0)}})
	if len(w.Runs) != 3 || w.Runs[0].Verdict != finding.VerdictKeep || w.Runs[2].Verdict != finding.VerdictModify {
		t.Errorf("runs = %+v", w.Runs)
	}
	if w.Distance != 20000 || w.Usual != 5000 {
		t.Errorf("distance %v and usual %v, want 20000 and 5000", w.Distance, w.Usual)
	}
	if w.From != 50.3 || w.To != 50.1 {
		t.Errorf("baseline from %v to %v, want 50.3 to 50.1", w.From, w.To)
	}
	if len(w.Pain) != 1 || w.Pain[0].Site != gait.Knee {
		t.Errorf("pain = %+v, want the knee", w.Pain)
	}
}

type chart struct{}

func (chart) Season(gait.RunID, bool) ([]byte, string, error) {
	return []byte("\x89PNG\r\n\x1a\n"), "Balance of 40 runs; the last lies below your normal.", nil
}

type brokenChart struct{}

func (brokenChart) Season(gait.RunID, bool) ([]byte, string, error) {
	return []byte("half a picture"), "", errors.New("no font")
}

// A question names the answers that fit: a strap only where one measured, and
// not "did it hurt" once the runner has said so.
func TestAnswersFit(t *testing.T) {
	answers := func(c notify.Content) string {
		m, err := notify.Compose(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, f := range regexp.MustCompile(`answer 0123abcd (\S+)`).FindAllStringSubmatch(m.Text, -1) {
			kinds = append(kinds, f[1])
		}
		return strings.Join(kinds, " ")
	}
	all := contents(t)
	said := all["alert_warn"]
	said.Answers = []gait.Answer{{Run: runID, Kind: gait.AnswerALittle}}
	for name, tt := range map[string]struct {
		content notify.Content
		want    string
	}{
		"measured left and right": {all["alert_question"], "no-pain a-little hurts new-strap"},
		"form alone":              {all["alert_form_question"], "no-pain a-little hurts on-purpose"},
		"answered before":         {said, "new-strap not-a-limp"},
		"a professional":          {all["escalate_modify"], "seen-professional"},
		"a stop":                  {all["alert_stop"], "not-a-limp walking-fine still-hurts new-strap unsure"},
	} {
		if got := answers(tt.content); got != tt.want {
			t.Errorf("%s: answers %q, want %q", name, got, tt.want)
		}
	}
}

// A question that had to wait says which day it asks about.
func TestQuestionsNameTheirDay(t *testing.T) {
	s := newStory(t)
	s.s.Pain = []gait.Pain{{ID: 2, Site: gait.Shin, Side: gait.Left, Worst: score(t, 3), At: day(0), Recorded: day(0)}}
	for d, want := range map[float64]string{3.1: "Day 3 (Thursday): how is your left shin?", 5.1: "Day 5 (Saturday): how is your left shin?"} {
		decision := alert.Decision{Why: alert.WhyStopStands, Day: int(d), Entry: 2, Notice: alert.Notice{
			Kind: alert.MessageFollowUp, Level: gait.LevelWarn, Verdict: finding.VerdictStop, At: day(d),
		}}
		m, err := notify.Compose(notify.NewContent(s.at(d).s, decision), nil)
		if err != nil {
			t.Fatal(err)
		}
		if m.Title != want {
			t.Errorf("day %v: %q, want %q", d, m.Title, want)
		}
	}
}
