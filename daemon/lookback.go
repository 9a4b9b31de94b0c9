package daemon

import (
	"context"
	"fmt"
	"strconv"

	"gaitkeeper/gait"
)

// lookBackRuns is how many runs have to come at once to be looked back upon.
const lookBackRuns = 50

// countedRuns is the setting that holds how many runs there were when the last
// import or sync came to its end.
const countedRuns = "counted_runs"

// LookBack looks back on the whole history where many runs have come since the
// last import or sync that came to its end; false where only a few have.
func (a *App) LookBack(ctx context.Context) (gait.LookBack, bool, error) {
	s, err := a.season(ctx)
	if err != nil {
		return gait.LookBack{}, false, err
	}
	before, err := a.countRuns(ctx, len(s.runs))
	if err != nil || len(s.runs)-before < lookBackRuns {
		return gait.LookBack{}, false, err
	}
	return s.fold.LookBack(), true, nil
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
