package analysis_test

import (
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// limpedTwice are the figures of 110 runs: the left foot is spared in ten of
// them from the 40th on, the right one from the 80th on.
var limpedTwice = sync.OnceValue(func() []gait.Measures {
	const runs, first, second, long = 110, 40, 80, 10
	begin := time.Date(2021, 1, 1, 7, 0, 0, 0, time.UTC)
	season := simulate.LimpSeason(1, begin, runs, -1, 0, gait.Left)
	copy(season[first:first+long], simulate.LimpSeason(1, begin, runs, first, 2, gait.Left)[first:first+long])
	copy(season[second:second+long], simulate.LimpSeason(1, begin, runs, second, 2, gait.Right)[second:second+long])
	figures := make([]gait.Measures, len(season))
	for i, run := range season {
		figures[i] = analysis.Measure(run, params)
	}
	return figures
})

func lookBack(h gait.History) finding.LookBack {
	return analysis.Replay(h, gait.DefaultParams()).LookBack()
}

func TestLookingBackFindsWhatChanged(t *testing.T) {
	t.Parallel()
	runs := limpedTwice()
	l := lookBack(gait.History{Runs: runs})
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
		if !slices.ContainsFunc(runs[want.from:want.from+13], func(m gait.Measures) bool { return m.Run == c.Run }) {
			t.Errorf("change %d is explained by a run that is no part of it", i)
		}
	}
}

func TestLookingBackWithoutLeftAndRight(t *testing.T) {
	t.Parallel()
	runs := slices.Clone(limpedTwice())
	for i := range runs {
		runs[i].Signals &^= gait.SignalStanceTimeBalance
		runs[i].Quality.Balance = gait.BalanceNone
		runs[i].Blocks = slices.Clone(runs[i].Blocks)
		for j := range runs[i].Blocks {
			runs[i].Blocks[j].StanceTimeBalance = gait.Unknown[gait.Percent]()
		}
	}
	l := lookBack(gait.History{Runs: runs})
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
	runs, excluded := limpedTwice(), map[gait.RunID]bool{}
	for _, m := range runs[75:] {
		excluded[m.Run] = true
	}
	l := lookBack(gait.History{Runs: runs, Excluded: excluded})
	if l.Runs != 75 || !l.To.Equal(runs[74].Start) || len(l.Changes) != 1 {
		t.Errorf("%d runs to %s, %d changes", l.Runs, l.To, len(l.Changes))
	}
}

func TestWhatIsStillSoIsOpen(t *testing.T) {
	t.Parallel()
	l := lookBack(gait.History{Runs: limpedTwice()[:46]})
	if len(l.Changes) != 1 || !l.Changes[0].Open || l.Changes[0].Runs > 6 {
		t.Errorf("%+v", l.Changes)
	}
}
