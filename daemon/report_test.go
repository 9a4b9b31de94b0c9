package daemon

import (
	"testing"
	"time"

	"gaitkeeper/gait"
)

func TestAReportHoldsItsWeeks(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{}
	h.cfg.Runner.Name = "Ada"
	app := h.open(c.now)
	defer app.Close()
	season := limpSeason(time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC), 40, 30, 40)
	for i, run := range season[:33] {
		h.drop(run)
		if i >= 30 {
			c.at = run.End().Add(time.Hour)
			if _, err := app.Sync(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, _, err := app.Answer(t.Context(), string(season[30].ID), gait.AnswerALittle); err != nil {
		t.Fatal(err)
	}
	entry := gait.Pain{Site: gait.Shin, Side: gait.Left}
	entry.Worst, _ = gait.Exactly(4)
	if _, _, err := app.AddPain(t.Context(), string(season[32].ID), entry); err != nil {
		t.Fatal(err)
	}
	if _, _, err := app.ExcludeRun(t.Context(), string(season[29].ID), true); err != nil {
		t.Fatal(err)
	}
	r, err := app.Report(t.Context(), 4)
	if err != nil {
		t.Fatal(err)
	}
	if r.Runner != "Ada" || len(r.Weeks) != 4 || r.From.Weekday() != time.Monday || r.From.Hour() != 0 || r.To != c.at {
		t.Errorf("%s, %d weeks from %v to %v", r.Runner, len(r.Weeks), r.From, r.To)
	}
	var want, runs, painful int
	for i, run := range season[:33] {
		if i != 29 && !run.Start.Before(r.From) {
			want++
		}
	}
	for _, w := range r.Weeks {
		runs, painful = runs+w.Runs, painful+w.Painful
		if w.Metres < w.Longest || w.Runs > 0 && (w.Longest == 0 || w.Seconds == 0 || w.Verdict == "") {
			t.Errorf("a week of %+v", w)
		}
	}
	if runs != want || len(r.Runs) != want || painful != 2 || len(r.Season.Points) != want {
		t.Errorf("%d runs, %d listed, %d drawn, %d painful; want %d and 2 painful", runs, len(r.Runs), len(r.Season.Points), painful, want)
	}
	if last := r.Weeks[3]; !last.Worst.AtLeast(4) {
		t.Errorf("the last week's worst is %v", last.Worst)
	}
	if len(r.Pain) != 1 || r.Pain[0].Site != gait.Shin {
		t.Errorf("pain: %+v", r.Pain)
	}
	answered := 0
	for _, a := range r.Asked {
		answered += len(a.Answers) + len(a.Entries)
	}
	if len(r.Asked) == 0 || answered == 0 {
		t.Errorf("asked: %+v", r.Asked)
	}
}

// A week begins on Monday at midnight where the runner lives, also when the
// clocks change within it.
func TestMonday(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	want := time.Date(2026, 3, 23, 0, 0, 0, 0, berlin)
	for _, at := range []time.Time{want, want.Add(time.Hour), time.Date(2026, 3, 29, 23, 59, 0, 0, berlin)} {
		if got := monday(at); !got.Equal(want) {
			t.Errorf("%v lies in the week of %v", at, got)
		}
	}
}
