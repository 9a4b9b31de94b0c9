package daemon

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
)

// LookBack is what the whole history looks like once it is in.
type LookBack struct {
	// From and To are the days of the first and the last run.
	From, To time.Time
	Runs     int
	// Sided is the number of runs that tell left from right, SidedFrom the first.
	Sided     int
	SidedFrom time.Time
	// Changes are the times the gait changed, oldest first.
	Changes []Change
	// Odd is how often something was worth a question and no more.
	Odd int
}

// Change is one time the gait changed.
type Change struct {
	// Run shows it best of those that were as loud as any, Start is when the
	// first one began.
	Run   gait.RunID
	Start time.Time
	// Runs is how many it lasted; Open tells that it is not over.
	Runs int
	Open bool
	// Side is the foot that spent the shorter time on the ground, by Shift of the
	// balance and by Shorter; no side where there is no left and right.
	Side    gait.Side
	Shift   gait.Points
	Shorter gait.Milliseconds
	// What differed from the habit beside the balance.
	What []gait.Feature
}

// lookBackRuns is how many runs have to come at once to be looked back upon.
const lookBackRuns = 50

// countedRuns is the setting that holds how many runs there were when the last
// import or sync came to its end.
const countedRuns = "counted_runs"

// LookBack looks back on the whole history where many runs have come since the
// last import or sync that came to its end; false where only a few have.
func (a *App) LookBack(ctx context.Context) (LookBack, bool, error) {
	s, err := a.season(ctx)
	if err != nil {
		return LookBack{}, false, err
	}
	before, err := a.countRuns(ctx, len(s.runs))
	if err != nil || len(s.runs)-before < lookBackRuns {
		return LookBack{}, false, err
	}
	return lookBack(s.runs, s.fold), true, nil
}

// noteRuns keeps the number of runs after a sync.
func (a *App) noteRuns(ctx context.Context) error {
	s, err := a.season(ctx)
	if err != nil {
		return err
	}
	_, err = a.countRuns(ctx, len(s.runs))
	return err
}

// countRuns keeps the number of runs and returns the one that was kept before.
func (a *App) countRuns(ctx context.Context, runs int) (before int, err error) {
	kept, err := a.store.Setting(ctx, countedRuns)
	if err != nil {
		return 0, fmt.Errorf("read the number of runs: %w", err)
	}
	before, _ = strconv.Atoi(kept) // none the first time
	if before == runs {
		return before, nil
	}
	return before, a.store.SetSetting(ctx, countedRuns, strconv.Itoa(runs))
}

// lookBack gathers it from the runs, oldest first, and their fold.
func lookBack(runs []gait.Run, fold *analysis.Fold) LookBack {
	runs = slices.DeleteFunc(slices.Clone(runs), func(r gait.Run) bool { return r.Excluded })
	l := LookBack{Runs: len(runs)}
	for i, r := range runs {
		if i == 0 {
			l.From = r.Start
		}
		l.To = r.Start
		if r.Signals.Has(gait.SignalStanceTimeBalance) {
			if l.Sided++; l.Sided == 1 {
				l.SidedFrom = r.Start
			}
		}
	}
	for _, e := range fold.Episodes {
		if !e.Measured {
			continue
		}
		if c, loud := change(e, runs, fold); loud {
			l.Changes = append(l.Changes, c)
		} else {
			l.Odd++
		}
	}
	return l
}

// change sums up the figures of an episode; false where none of its runs was
// worth a warning.
func change(e gait.Episode, runs []gait.Run, fold *analysis.Fold) (Change, bool) {
	c := Change{Open: e.Closed.IsZero()}
	var best gait.Evidence
	since := 0
	for _, r := range runs {
		if r.End().Before(e.Opened) || !c.Open && r.Start.After(e.Closed) {
			continue
		}
		a, known := fold.Assessment(r.ID)
		if !known {
			continue
		}
		since++
		if loudness(a.Evidence) == gait.LevelNone {
			if c.Runs == 0 {
				since = 0 // it has not begun
			}
			continue
		}
		if c.Runs == 0 {
			c.Start, since = r.Start, 1
		}
		c.Runs = since
		if speaksMore(a.Evidence, best) {
			best, c.Run = a.Evidence, r.ID
		}
	}
	c.What = best.Form.What
	if best.Level.Louder(gait.LevelNone) && best.Quality.Balance == gait.BalanceOK {
		c.Side, c.Shift, c.Shorter = best.ShortSide, best.Shift, best.StanceDifference
	}
	return c, loudness(best) == gait.LevelWarn
}

// loudness is how loud the figures of a run speak, of the balance or the form.
func loudness(e gait.Evidence) gait.Level {
	if e.Form.Level.Louder(e.Level) {
		return e.Form.Level
	}
	if e.Level == "" {
		return gait.LevelNone
	}
	return e.Level
}

// speaksMore tells whether a speaks louder than b, or as loud and of a larger
// shift.
func speaksMore(a, b gait.Evidence) bool {
	if l, m := loudness(a), loudness(b); l != m {
		return l.Louder(m)
	}
	return gait.Known(a.Shift) && math.Abs(float64(a.Shift)) > math.Abs(float64(b.Shift))
}
