package daemon

import (
	"math"
	"slices"
	"testing"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// limpedTwice are 110 runs without samples, and their figures: the left foot is
// spared in ten of them from the 40th on, the right one from the 80th on.
func limpedTwice(change func(*gait.Run)) ([]gait.Run, gait.History) {
	const runs, first, second, long = 110, 40, 80, 10
	begin := time.Date(2021, 1, 1, 7, 0, 0, 0, time.UTC)
	season := simulate.LimpSeason(1, begin, runs, -1, 0, gait.Left)
	copy(season[first:first+long], simulate.LimpSeason(1, begin, runs, first, 2, gait.Left)[first:first+long])
	copy(season[second:second+long], simulate.LimpSeason(1, begin, runs, second, 2, gait.Right)[second:second+long])
	h := gait.History{Excluded: map[gait.RunID]bool{}}
	for i := range season {
		change(&season[i])
		h.Runs = append(h.Runs, analysis.Measure(season[i], gait.DefaultParams().Analysis))
		h.Excluded[season[i].ID] = season[i].Excluded
		season[i].Samples = nil
	}
	return season, h
}

func TestLookingBackFindsWhatChanged(t *testing.T) {
	t.Parallel()
	runs, h := limpedTwice(func(*gait.Run) {})
	l := lookBack(runs, analysis.Replay(h, gait.DefaultParams()))
	if l.Runs != 110 || l.Sided != 110 || !l.From.Equal(runs[0].Start) || !l.SidedFrom.Equal(l.From) || !l.To.Equal(runs[109].Start) {
		t.Errorf("%d runs, %d with sides, %s to %s", l.Runs, l.Sided, l.From, l.To)
	}
	if len(l.Changes) != 2 {
		t.Fatalf("%d changes: %+v", len(l.Changes), l.Changes)
	}
	for i, want := range []struct {
		side gait.Side
		from int
	}{{gait.Left, 40}, {gait.Right, 80}} {
		c := l.Changes[i]
		begun := c.Start.Sub(runs[want.from].Start).Hours() / 24
		if c.Side != want.side || c.Open || begun < 0 || begun > 7 || c.Runs < 5 || c.Runs > 13 {
			t.Errorf("change %d: %+v, from run %d on", i, c, want.from)
		}
		if size := math.Abs(float64(c.Shift)); size < 1.5 || size > 3 || c.Shorter < 7 || c.Shorter > 17 {
			t.Errorf("change %d: %v points, %v ms", i, c.Shift, c.Shorter)
		}
		if !slices.ContainsFunc(runs[want.from:want.from+13], func(r gait.Run) bool { return r.ID == c.Run }) {
			t.Errorf("change %d is explained by a run that is no part of it", i)
		}
	}
}

func TestLookingBackWithoutLeftAndRight(t *testing.T) {
	t.Parallel()
	runs, h := limpedTwice(func(r *gait.Run) {
		for i := range r.Samples {
			r.Samples[i].StanceTimeBalance = gait.Unknown[gait.Percent]()
		}
		r.Signals = gait.SignalsOf(r.Samples)
	})
	l := lookBack(runs, analysis.Replay(h, gait.DefaultParams()))
	if l.Sided != 0 || !l.SidedFrom.IsZero() {
		t.Errorf("%d runs with sides", l.Sided)
	}
	for _, c := range l.Changes {
		if c.Side != gait.NoSide || c.Shift != 0 {
			t.Errorf("a side without left and right: %+v", c)
		}
	}
}

func TestLookingBackLeavesOutWhatIsExcluded(t *testing.T) {
	t.Parallel()
	i := -1
	runs, h := limpedTwice(func(r *gait.Run) { i++; r.Excluded = i >= 75 })
	l := lookBack(runs, analysis.Replay(h, gait.DefaultParams()))
	if l.Runs != 75 || !l.To.Equal(runs[74].Start) || len(l.Changes) != 1 {
		t.Errorf("%d runs to %s, %d changes", l.Runs, l.To, len(l.Changes))
	}
}

func TestWhatIsStillSoIsOpen(t *testing.T) {
	t.Parallel()
	runs, h := limpedTwice(func(*gait.Run) {})
	h.Runs = h.Runs[:46]
	l := lookBack(runs[:46], analysis.Replay(h, gait.DefaultParams()))
	if len(l.Changes) != 1 || !l.Changes[0].Open || l.Changes[0].Runs > 6 {
		t.Errorf("%+v", l.Changes)
	}
}

// TestLookingBackComesOnce: after many runs, however many imports it took to
// bring them in, and after a sync no more.
func TestLookingBackComesOnce(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	now := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	app := h.open(func() time.Time { return now })
	defer app.Close()
	season := simulate.LimpSeason(1, time.Date(2021, 1, 1, 7, 0, 0, 0, time.UTC), lookBackRuns+10, -1, 0, gait.Left)
	due := func() bool {
		_, due, err := app.LookBack(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return due
	}
	take := func(runs []gait.Run) {
		for _, run := range runs {
			h.drop(run)
		}
		if _, err := app.Import(t.Context(), []string{h.watched()}, nil); err != nil {
			t.Fatal(err)
		}
	}
	take(season[:30]) // and nobody looks: it was killed
	take(season[30 : lookBackRuns+5])
	if !due() || due() {
		t.Error("many runs have come: it is due once")
	}
	take(season[lookBackRuns+5:])
	if due() {
		t.Error("five more runs are no years")
	}
	if err := app.store.SetSetting(t.Context(), countedRuns, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if due() {
		t.Error("a sync has counted them")
	}
}
