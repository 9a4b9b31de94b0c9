package daemon

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
	"gaitkeeper/web"
	"gaitkeeper/words"
)

// moved returns a run as a recorder with another clock writes it.
func moved(r gait.Run, start time.Time) gait.Run {
	r.Start, r.ID = start, gait.NewRunID(start)
	return r
}

// begunSeason is a site with 20 healthy runs, the last of them an hour ago, and
// a spare one that any clock may have written.
func begunSeason(t *testing.T) (s *site, c *clock, last, spare gait.Run) {
	t.Helper()
	runs := limpSeason(time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 21, -1, 21)
	last = runs[19]
	c = &clock{at: last.End().Add(time.Hour)}
	h := newHome(t)
	s = &site{t: t, home: h, app: h.open(c.now)}
	t.Cleanup(func() { _ = s.app.Close() })
	for _, run := range runs[:20] {
		h.drop(run)
	}
	return s, c, last, runs[20]
}

func (s *site) sync() SyncReport {
	s.t.Helper()
	r, err := s.app.Sync(s.t.Context(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// A clock that is ahead by months or by a century, or that was never set: the
// run is taken and named, and everything that asks for the newest run or looks
// at a season goes on as if it were not there.
func TestARunWithAWrongClockHoldsNothing(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		start time.Time
		clock gait.Clock
		says  string
	}{
		"next year":            {time.Date(2027, 6, 1, 6, 0, 0, 0, time.UTC), gait.ClockFuture, "its clock is wrong: dated 1 June 2027."},
		"in 80 years":          {time.Date(2106, 2, 7, 6, 0, 0, 0, time.UTC), gait.ClockFuture, "its clock is wrong: dated 7 February 2106."},
		"never set":            {time.Date(1990, 1, 2, 6, 0, 0, 0, time.UTC), gait.ClockUnset, "its clock is wrong: dated 2 January 1990, before it was ever set."},
		"in its first minutes": {time.Date(1989, 12, 31, 0, 5, 0, 0, time.UTC), gait.ClockUnset, "its clock is wrong: dated 31 December 1989, before it was ever set."},
		"at its factory":       {time.Date(2000, 1, 1, 6, 0, 0, 0, time.UTC), gait.ClockUnset, "its clock is wrong: dated 1 January 2000, before it was ever set."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c, last, spare := begunSeason(t)
			ctx := t.Context()
			s.sync()
			before, err := s.app.season(ctx)
			if err != nil {
				t.Fatal(err)
			}
			odd := moved(spare, tt.start)
			s.home.drop(odd)
			r := s.sync()
			if m := r.Sources[0].Misdated; len(m) != 1 || m[0].ID != odd.ID || !strings.Contains(words.ClockFault(m[0], c.at, time.UTC), tt.says) {
				t.Errorf("the sync names %+v", m)
			}

			runs, err := s.app.Runs(ctx, time.Time{}, 0)
			if err != nil || len(runs) != 21 || runs[20].ID != last.ID || runs[0].ID != odd.ID || runs[0].Clock != string(tt.clock) ||
				!strings.Contains(strings.Join(runs[0].Oddities, " "), tt.says) {
				t.Errorf("runs: %v, %d, first %+v", err, len(runs), runs[0])
			}
			if few, err := s.app.Runs(ctx, time.Time{}, 1); err != nil || len(few) != 1 || few[0].ID != last.ID {
				t.Errorf("the newest one is %+v, %v", few, err)
			}
			if e, err := s.app.Explain(ctx, Latest); err != nil || e.ID != last.ID {
				t.Errorf("latest is %v, %v", e.Start, err)
			}
			if e, err := s.app.Explain(ctx, string(odd.ID)); err != nil || !strings.Contains(strings.ToLower(e.Sentence), tt.says[:12]) || e.Alert.Sends() {
				t.Errorf("explain says %q, %v", e.Sentence, err)
			}
			st, err := s.app.Status(ctx)
			if err != nil || st.Newest.ID != last.ID || st.Runs != 21 || !st.Well {
				t.Errorf("status: %v, newest %v of %d", err, st.Newest.Start, st.Runs)
			}
			if len(st.Notes) != 1 || st.Notes[0].Kind != alert.NoteWrongClock || !strings.Contains(st.Notes[0].Text, tt.says) {
				t.Errorf("notes %+v", st.Notes)
			}

			after, err := s.app.season(ctx)
			if err != nil || len(after.fold.Assessments) != 20 {
				t.Errorf("the fold holds %d runs, %v", len(after.fold.Assessments), err)
			}
			if a, b := before.fold.Standing(c.at), after.fold.Standing(c.at); a.Verdict != b.Verdict || a.Run != b.Run || !a.Since.Equal(b.Since) {
				t.Errorf("standing %+v, was %+v", b, a)
			}
			was, is := before.picture(""), after.picture("")
			if len(was.Points) != len(is.Points) || !is.Points[len(is.Points)-1].Time.Equal(last.Start) {
				t.Errorf("the season's picture ends at %v", is.Points[len(is.Points)-1].Time)
			}
			report, err := s.app.Report(ctx, 8)
			if err != nil || len(report.Runs) == 0 || report.Runs[len(report.Runs)-1].ID != last.ID {
				t.Errorf("report: %v, %d runs", err, len(report.Runs))
			}
			for path, want := range map[string]string{
				"/": "/runs/" + string(last.ID), "/api/v1/runs?limit=1": string(last.ID), "/runs": "its clock is wrong, so it is not counted",
				"/runs/" + string(odd.ID): strings.ToUpper(tt.says[:1]) + tt.says[1:], "/pain/new?run=latest": string(last.ID),
			} {
				page := s.ask(http.MethodGet, path, nil)
				if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), want) {
					t.Errorf("%s: %d, lacks %q", path, page.Code, want)
				}
				if path == "/" && strings.Contains(page.Body.String(), string(odd.ID)) {
					t.Error("the first page shows the run")
				}
			}
			if backtest, err := s.app.Backtest(ctx, nil); err != nil || len(backtest) != 21 || backtest[20].ID != last.ID {
				t.Errorf("backtest: %v, %d", err, len(backtest))
			}
		})
	}
}

// The diary stays open: for the other runs, and for the one whose clock is
// wrong, of which an entry is as old as the word.
func TestTheDiaryOfARunWithAWrongClock(t *testing.T) {
	t.Parallel()
	s, c, last, spare := begunSeason(t)
	odd := moved(spare, c.at.AddDate(0, 6, 0))
	s.home.drop(odd)
	s.sync()
	entry := gait.Pain{Site: gait.Knee, Side: gait.Left, Worst: atLeast(t, 7), Limping: gait.Yes}
	about, _, err := s.app.AddPain(t.Context(), Latest, entry)
	if err != nil || about.Run != last.ID {
		t.Errorf("latest: entry %+v, %v", about, err)
	}
	of, standing, err := s.app.AddPain(t.Context(), string(odd.ID), entry)
	if err != nil || of.Run != odd.ID || !of.At.Equal(c.at) {
		t.Errorf("the odd one: entry %+v, %v", of, err)
	}
	if standing.Verdict != finding.VerdictStop {
		t.Errorf("the diary says nothing: %s", standing.Verdict)
	}
	w := s.ask(http.MethodPost, "/pain", url.Values{"run": {string(odd.ID)}, "site": {"knee"}, "side": {"right"}, "worst": {"4"}})
	if w.Code >= http.StatusBadRequest || len(s.diary()) != 3 {
		t.Errorf("the page: %d, %d entries", w.Code, len(s.diary()))
	}
	link := web.Ticket{ID: "of an old message", Reply: finding.Reply{Run: odd.ID}, Expires: c.at.Add(time.Hour)}
	if _, err := (page{s.app}).ReplyPain(t.Context(), link, gait.Pain{Run: odd.ID, Site: gait.Hip, Worst: atLeast(t, 3)}); err != nil {
		t.Error(err)
	}
	for _, p := range s.diary() {
		if p.At.After(c.at) {
			t.Errorf("an entry of %v", p.At)
		}
	}
}

func atLeast(t *testing.T, n int) gait.Score {
	t.Helper()
	score, err := gait.AtLeastScore(n)
	if err != nil {
		t.Fatal(err)
	}
	return score
}

// Local time that was written as UTC: the run lies some hours ahead, says so,
// and is one like any other once its hour has come. Nobody has to import
// anything for that.
func TestARunIsCountedOnceItsHourHasCome(t *testing.T) {
	t.Parallel()
	s, c, last, spare := begunSeason(t)
	c.at = last.End().AddDate(0, 0, 2)
	ahead := moved(spare, c.at.Add(9*time.Hour))
	s.home.drop(ahead)
	r := s.sync()
	if m := r.Sources[0].Misdated; len(m) != 1 || !strings.Contains(words.ClockFault(m[0], c.at, time.UTC), "which is not over yet") {
		t.Errorf("named %+v", m)
	}
	newest := func() (gait.RunID, int) {
		t.Helper()
		st, err := s.app.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range st.Notes {
			if !strings.Contains(n.Text, "The run counts once it is.") {
				t.Errorf("status says %q", n.Text)
			}
		}
		return st.Newest.ID, len(st.Notes)
	}
	if id, notes := newest(); id != last.ID || notes != 1 {
		t.Errorf("before its hour: newest %s, %d notes", id, notes)
	}
	c.at = ahead.End().Add(-time.Second)
	if id, _ := newest(); id != last.ID {
		t.Error("it counts before it has ended")
	}
	c.at = ahead.End()
	if err := s.app.enqueueAlerts(t.Context(), alert.Decide); err != nil {
		t.Fatal(err)
	}
	if id, notes := newest(); id != ahead.ID || notes != 0 {
		t.Errorf("after its hour: newest %s, %d notes", id, notes)
	}
	runs, err := s.app.Runs(t.Context(), time.Time{}, 1)
	if err != nil || runs[0].Clock != "ok" || len(runs[0].Oddities) != 0 {
		t.Errorf("%+v, %v", runs, err)
	}
	c.at = last.End().AddDate(0, 0, 2) // and back, as a server's clock may go
	if id, _ := newest(); id != last.ID {
		t.Error("a clock that went back still counts it")
	}
}

// A date that was months ahead when the run came in is no truer when it has
// come: nothing half a year old becomes the newest run.
func TestAFarDateStaysWrong(t *testing.T) {
	t.Parallel()
	s, c, last, spare := begunSeason(t)
	odd := moved(spare, c.at.AddDate(0, 6, 0))
	s.home.drop(odd)
	s.sync()
	c.at = odd.End().Add(time.Hour)
	if st, err := s.app.Status(t.Context()); err != nil || st.Newest.ID != last.ID {
		t.Errorf("newest %+v, %v", st.Newest, err)
	}
}

// A board that woke up in 1970 and takes runs in before it knows the time must
// not hold the wrong clock against them.
func TestAServerWithoutAClockStampsNothing(t *testing.T) {
	t.Parallel()
	s, c, last, _ := begunSeason(t)
	right := c.at
	c.at = time.Unix(0, 0)
	s.sync()
	c.at = right
	s.sync()
	if st, err := s.app.Status(t.Context()); err != nil || st.Newest == nil || st.Newest.ID != last.ID || len(st.Notes) != 0 {
		t.Errorf("%+v, %v", st, err)
	}
}

// The weekly letter, the question in the morning and "no run for days" go by the
// runs that count.
func TestMessagesDoNotWaitForAWrongClock(t *testing.T) {
	t.Parallel()
	s, c, _, spare := begunSeason(t)
	s.home.drop(moved(spare, c.at.AddDate(0, 6, 0)))
	s.sync()
	if _, _, err := s.app.AddPain(t.Context(), Latest, gait.Pain{Site: gait.Knee, Side: gait.Left, Worst: atLeast(t, 4)}); err != nil {
		t.Fatal(err)
	}
	c.at = c.at.AddDate(0, 0, 1)
	now, err := s.app.present(t.Context())
	if err != nil || len(alert.Morning(now.Situation)) != 1 || len(alert.Digest(now.Situation)) != 1 {
		t.Errorf("morning %v, digest %v, %v", alert.Morning(now.Situation), alert.Digest(now.Situation), err)
	}
	week := notify.NewWeek(alert.Digest(now.Situation)[0], now.runs, now.Assessments, now.Pain)
	for _, run := range week.Runs {
		if run.Start.After(c.at) {
			t.Errorf("the week counts a run of %v", run.Start)
		}
	}
	c.at = c.at.AddDate(0, 0, 10)
	s.sync()
	st, err := s.app.Status(t.Context())
	if err != nil || !strings.Contains(noteTexts(st.Notes), "No run has come for 11 days") {
		t.Errorf("notes %+v, %v", st.Notes, err)
	}
}

func noteTexts(notes []alert.Note) string {
	var b strings.Builder
	for _, n := range notes {
		b.WriteString(n.Text)
	}
	return b.String()
}

// A server without a clock of its own starts with the time at which it was switched
// off: what it takes in before its clock is set counts once that is done.
func TestRunsThatCameBeforeTheClockWasSet(t *testing.T) {
	t.Parallel()
	s, c, last, spare := begunSeason(t)
	s.sync()
	off := c.at
	run := moved(spare, last.Start.AddDate(0, 0, 20))
	s.home.drop(run)
	look := func(on time.Duration) {
		t.Helper()
		if err := s.app.look(t.Context(), on); err != nil {
			t.Fatal(err)
		}
	}
	newest := func() gait.RunID {
		t.Helper()
		r, err := s.app.named(t.Context(), Latest)
		if err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	look(time.Minute)
	s.sync()
	c.at = off.AddDate(0, 0, 21)
	if newest() == run.ID {
		t.Fatal("a date far ahead is believed")
	}
	s.home.drop(moved(spare, c.at.AddDate(0, 0, 20))) // this one's clock is wrong
	s.sync()
	look(2 * time.Minute)
	if newest() != run.ID {
		t.Error("the run is not believed")
	}
	c.at = c.at.AddDate(0, 0, 21)
	look(2*time.Minute + 21*24*time.Hour) // three weeks of work, or of sleep
	if newest() != run.ID {
		t.Error("a run that was ahead of a good clock is believed")
	}
}
