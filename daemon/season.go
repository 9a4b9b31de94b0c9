package daemon

import (
	"context"
	"fmt"
	"sync"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
	"gaitkeeper/store"
)

// season is the runner's whole history, folded. Nobody changes it.
type season struct {
	revision int64
	history  gait.History
	runs     []gait.Run // oldest first, without samples
	ends     map[gait.RunID]time.Time
	fold     *analysis.Fold
	// tuned is what other thresholds make of it; it guards itself.
	tuned  *tunings
	vitals []notify.RunVitals
	// took is how long the fold took.
	took time.Duration
}

// seasonCache keeps the last season until the database changes.
type seasonCache struct {
	mu   sync.Mutex
	last *season
	// fresh tells that a fold was made since the memory was last tidied.
	fresh bool
}

// season folds the history, going on from the last fold, or returns that where
// nothing has changed since, whichever process would have changed it.
func (a *App) season(ctx context.Context) (*season, error) {
	a.seasons.mu.Lock()
	defer a.seasons.mu.Unlock()
	revision, err := a.store.Revision(ctx)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	if last := a.seasons.last; last != nil && last.revision == revision {
		return last, nil
	}
	s := &season{revision: revision, tuned: newTunings()}
	if s.history, err = a.history(ctx); err != nil {
		return nil, err
	}
	if s.runs, err = a.store.Runs(ctx, store.RunFilter{}); err != nil {
		return nil, fmt.Errorf("read runs: %w", err)
	}
	s.ends = make(map[gait.RunID]time.Time, len(s.runs))
	for _, r := range s.runs {
		s.ends[r.ID] = r.End()
	}
	begin := time.Now()
	if last := a.seasons.last; last != nil {
		s.fold = last.fold.With(s.history)
	} else {
		s.fold = analysis.Replay(s.history, a.cfg.Params)
	}
	s.took = time.Since(begin)
	s.vitals = runVitals(s.runs)
	a.seasons.last, a.seasons.fresh = s, true
	return s, nil
}

func (a *App) history(ctx context.Context) (gait.History, error) {
	h, err := a.store.History(ctx)
	if err != nil {
		return h, fmt.Errorf("read history: %w", err)
	}
	h.Zone, h.Races, h.Miles = a.cfg.Runner.Zone, a.cfg.Runner.Races, a.cfg.Runner.Units == config.Miles
	return h, nil
}

// run returns the summary of a run; false where it is not in the season.
func (s *season) run(id gait.RunID) (gait.Run, bool) {
	for i := len(s.runs) - 1; i >= 0; i-- { // mostly asked about new ones
		if s.runs[i].ID == id {
			return s.runs[i], true
		}
	}
	return gait.Run{}, false
}
