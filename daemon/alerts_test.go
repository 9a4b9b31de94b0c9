package daemon

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// life is a home whose daemon lives on by a clock of its own: it syncs every
// four hours and asks at half past seven.
type life struct {
	*home
	clock *clock
	app   *App
	runs  []gait.Run
	read  int
}

// newLife begins after 30 ordinary runs; the left foot is spared by size from
// the next one on, until the one with index to (0: for good).
func newLife(t *testing.T, size gait.Points, to int) *life {
	t.Helper()
	l := &life{home: newHome(t), clock: &clock{}}
	l.cfg.Web.PublicURL = "https://gait.example"
	l.runs = limpSeasonOf(size, to)
	for _, run := range l.runs[:30] {
		l.drop(run)
	}
	l.clock.at = l.runs[29].End().Add(time.Hour)
	l.app = l.open(l.clock.now)
	t.Cleanup(func() { _ = l.app.Close() })
	l.sync()
	return l
}

func limpSeasonOf(size gait.Points, to int) []gait.Run {
	begin := time.Date(2026, 1, 5, 7, 0, 0, 0, time.UTC)
	runs := simulate.LimpSeason(3, begin, 44, 30, size, gait.Left)
	if to > 0 {
		runs = append(runs[:to:to], simulate.LimpSeason(3, begin, 44, -1, 0, gait.Left)[to:]...)
	}
	return runs
}

// sync syncs; what waits for a mail server that is down may wait.
func (l *life) sync() {
	l.t.Helper()
	if _, err := l.app.Sync(l.t.Context(), nil); err != nil && !waits(err) {
		l.t.Fatal(err)
	}
}

// until lets the daemon live until a moment.
func (l *life) until(end time.Time) {
	l.t.Helper()
	for {
		sync, ask := nextRun("5 */4 * * *", time.UTC, l.clock.at), nextRun("30 7 * * *", time.UTC, l.clock.at)
		if sync.After(end) && ask.After(end) {
			l.clock.at = end
			return
		}
		if sync.Before(ask) {
			l.clock.at = sync
			l.sync()
			continue
		}
		l.clock.at = ask
		if err := l.app.enqueueAlerts(l.t.Context(), alert.Morning); err != nil {
			l.t.Fatal(err)
		}
		l.deliver()
	}
}

func (l *life) deliver() {
	l.t.Helper()
	if _, err := l.app.deliver(l.t.Context()); err != nil && !waits(err) {
		l.t.Fatal(err)
	}
}

// waits tells whether all that is wrong is that a mail has to wait.
func waits(err error) bool { return strings.Contains(err.Error(), "is kept and tried again") }

// take takes runs in as they end.
func (l *life) take(runs ...gait.Run) {
	l.t.Helper()
	for _, run := range runs {
		l.until(run.End().Add(time.Hour))
		l.drop(run)
		l.sync()
	}
}

func (l *life) answer(run gait.Run, kind gait.AnswerKind) {
	l.t.Helper()
	if _, _, err := l.app.Answer(l.t.Context(), string(gait.NewRunID(run.Start)), kind); err != nil {
		l.t.Fatal(err)
	}
	l.deliver()
}

func (l *life) pain(ref string, worst int, site gait.Site, side gait.Side) finding.Standing {
	l.t.Helper()
	n, err := gait.Exactly(worst)
	if err != nil {
		l.t.Fatal(err)
	}
	_, standing, err := l.app.AddPain(l.t.Context(), ref, gait.Pain{At: l.clock.at, Worst: n, Site: site, Side: side})
	if err != nil {
		l.t.Fatal(err)
	}
	l.deliver()
	return standing
}

// heard checks which mails came since the last look.
func (l *life) heard(when, want string) {
	l.t.Helper()
	if got := l.news(); got != want {
		l.t.Errorf("%s: heard %q, want %q", when, got, want)
	}
}

// news returns the kinds of the mails since the last look, digests aside.
func (l *life) news() string {
	var kinds []string
	for _, m := range l.mail.Mails()[l.read:] {
		l.read++
		if m.Kind() != string(alert.MessageDigest) {
			kinds = append(kinds, m.Kind())
		}
	}
	return strings.Join(kinds, " ")
}

// A watch that is emptied every fifth day, and a first day with gaitkeeper in
// the middle of a limp: the run that made it a warning is too old by then, and
// the youngest one tells of it, once.
func TestAWarningWhoseRunIsTooOldIsToldOfAYoungerOne(t *testing.T) {
	t.Parallel()
	l := newLife(t, 2.5, 0)
	l.until(l.runs[34].End().Add(time.Hour))
	for _, run := range l.runs[30:35] {
		l.drop(run)
	}
	l.sync()
	l.heard("after five limping runs at once", "alert")
	if _, warned := l.lastMail("left foot"); !warned {
		t.Error("it does not name the foot")
	}
	l.take(l.runs[35:38]...)
	l.heard("the runs after it are no news, and nobody answers", "reminder")

	h, c := newHome(t), &clock{at: l.runs[36].End().Add(100 * time.Hour)}
	for _, run := range l.runs[:37] {
		h.drop(run)
	}
	first := &life{home: h, clock: c, app: h.open(c.now), runs: l.runs}
	defer first.app.Close()
	first.sync()
	first.heard("the first import, of old runs only", "")
	run := first.runs[37]
	run.Start = c.at.Add(24 * time.Hour)
	first.take(run)
	first.heard("the next run, which limps still", "alert")
}

// lastMail returns the title of the last mail that holds some words.
func (l *life) lastMail(words string) (title string, ok bool) {
	for _, m := range slices.Backward(l.mail.Mails()) {
		if strings.Contains(m.Raw, words) {
			return m.Header.Get("Subject"), true
		}
	}
	return "", false
}

// The runner confirms the limp, rests, enters two free days, and comes back:
// "no pain" after each run and a tap on each morning's question end the stop.
func TestTheWayBackFromALimpByTheLinksOfMails(t *testing.T) {
	t.Parallel()
	l := newLife(t, 2.2, 33)
	l.take(l.runs[30:32]...)
	l.answer(l.runs[31], gait.AnswerLimp)
	l.heard("a question, a warning, a stop", "alert escalate escalate")
	server, err := l.app.newPage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for day := range 2 {
		l.until(l.runs[31].End().AddDate(0, 0, 4+day))
		l.pain("", 0, gait.NoSite, gait.NoSide)
	}
	l.heard("four days of rest", "follow_up")
	back := l.clock.at
	for i, run := range l.runs[34:38] {
		run.Start = back.Add(time.Duration(24+48*i) * time.Hour)
		l.take(run)
		l.answer(run, gait.AnswerNoPain)
		l.until(run.Start.Add(24 * time.Hour))
		if i > 1 {
			continue // the stop is over; the way back goes on, and each step has its morning
		}
		l.heard("the morning after", "morning")
		morning := l.mail.Mails()[l.read-1]
		form := url.Values{"site": {"calf left"}}
		if code, body := openLink(t, server, http.MethodPost, linksIn(t, morning)["0 or 1 of 10"], form); code != http.StatusOK {
			t.Fatalf("status %d:\n%s", code, body)
		}
	}
	if v, rules := verdictOf(t, l.app); v != finding.VerdictKeep {
		t.Errorf("after four calm runs: %s %v", v, rules)
	}
	l.heard("the stop is over", "resolved morning morning")
}

// "No pain", said twice, makes a shift the normal; when the spared calf hurts
// after all, it is a limp at once.
func TestAPainAfterNoPainWasSaidTwice(t *testing.T) {
	t.Parallel()
	l := newLife(t, 2, 0)
	for _, run := range l.runs[30:32] {
		l.take(run)
		l.answer(run, gait.AnswerNoPain)
	}
	l.take(l.runs[32:39]...)
	l.heard("nine runs, two answers", "alert")
	standing := l.pain("latest", 3, gait.Calf, gait.Left)
	if standing.Verdict != finding.VerdictStop || standing.Reasons[0].Rule != finding.StopLimp {
		t.Errorf("%s %v", standing.Verdict, standing.Reasons)
	}
	l.heard("the calf hurts", "alert")
}

// A run that comes a week late, and takes the place of the one that opened the
// trouble, changes nothing that was told.
func TestALateRunIsNoNews(t *testing.T) {
	t.Parallel()
	for _, late := range []int{30, 31} {
		l := newLife(t, 2, 0)
		l.take(slices.Delete(slices.Clone(l.runs[30:36]), late-30, late-29)...)
		if said := l.news(); !strings.HasPrefix(said, "alert") || !strings.HasSuffix(said, "escalate") {
			t.Errorf("without it: heard %q", said)
		}
		l.take(l.runs[late])
		l.take(l.runs[36:39]...)
		l.heard("with it", "")
	}
}

// A question that waits for the mail server is not asked any more once the page
// has had its answer; what told to stop comes all the same.
func TestAQuestionIsNotAskedAfterItsAnswer(t *testing.T) {
	t.Parallel()
	for kind, want := range map[gait.AnswerKind]string{gait.AnswerNoPain: "", gait.AnswerLimp: "escalate"} {
		l := newLife(t, 2.2, 33)
		l.mail.Down()
		l.take(l.runs[30])
		l.clock.at = l.clock.at.Add(time.Hour)
		l.answer(l.runs[30], kind)
		if err := l.mail.Up(l.mail.Addr); err != nil {
			t.Fatal(err)
		}
		l.sync()
		l.heard("with the server up, answered "+string(kind), want)
	}
}

// Three days without a mail server: what was decided comes once and in its
// order, and the all-clear after it.
func TestThreeDaysWithoutAMailServer(t *testing.T) {
	t.Parallel()
	l := newLife(t, 1.6, 33)
	l.mail.Down()
	l.take(l.runs[30:34]...)
	l.heard("with the server down", "")
	if err := l.mail.Up(l.mail.Addr); err != nil {
		t.Fatal(err)
	}
	l.sync()
	l.heard("with the server up", "alert escalate escalate")
	l.take(l.runs[34:38]...)
	l.heard("three normal runs", "health resolved")
	seen := map[string]bool{}
	for _, m := range l.mail.Mails() {
		if seen[m.MessageID()] {
			t.Errorf("%q came twice", m.Header.Get("Subject"))
		}
		seen[m.MessageID()] = true
	}
}

// A word on how a run felt goes to the newest run, until something was said of it:
// else "no pain" after each run back would all go to the one that limped.
func TestAWordOnHowARunFeltGoesToTheNewestRun(t *testing.T) {
	t.Parallel()
	l := newLife(t, 2.2, 33)
	l.take(l.runs[30:33]...)
	newest := l.runs[32].ID
	run, _, err := l.app.Answer(t.Context(), Latest, gait.AnswerNoPain)
	if err != nil || run.ID != newest {
		t.Errorf("the first: %s, %v, want %s", run.ID, err, newest)
	}
	if run, _, err = l.app.Answer(t.Context(), Latest, gait.AnswerNewStrap); err != nil || run.ID == "" {
		t.Errorf("a reason: %s, %v", run.ID, err)
	}
}
