package daemon

import (
	"context"
	"fmt"
	"sync"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// season is the runner's whole history, folded. Nobody changes it.
type season struct {
	past
	revision int64
	runEnds  map[gait.RunID]time.Time
	fold     *analysis.Fold
	// aside judges the runs whose clock is wrong.
	aside []gait.Assessment
	// silent plays the past under the thresholds in force, see [App.played].
	silent func() map[gait.RunID]gait.Suppression
	// tuned is what other thresholds make of it; it guards itself.
	tuned     *tuningCache
	runHealth []notify.RunHealth
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

// outdate lets the next look fold anew, since something that the revision does not
// count has changed.
func (c *seasonCache) outdate() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last != nil {
		old := *c.last
		old.revision = -1
		c.last = &old
	}
}

// season folds the history, going on from the last fold, or returns that where
// nothing has changed since, whichever process would have changed it, and no
// run's hour has come.
func (a *App) season(ctx context.Context) (*season, error) {
	a.seasons.mu.Lock()
	defer a.seasons.mu.Unlock()
	revision, err := a.store.Revision(ctx)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	if last := a.seasons.last; last != nil && last.revision == revision && last.holds(a.now()) {
		return last, nil
	}
	s := &season{revision: revision, tuned: newTuningCache()}
	if s.past, err = a.past(ctx); err != nil {
		return nil, err
	}
	s.runEnds = s.ends()
	begin := time.Now()
	if last := a.seasons.last; last != nil {
		s.fold = last.fold.With(s.history)
	} else {
		s.fold = analysis.Replay(s.history, a.cfg.Params)
	}
	s.took = time.Since(begin)
	s.silent = sync.OnceValue(func() map[gait.RunID]gait.Suppression {
		return a.played(s.fold, s.history, s.runEnds, a.cfg.Params)
	})
	s.aside = s.judgeAside(s.fold)
	s.runHealth = runHealth(s.runs)
	a.seasons.last, a.seasons.fresh = s, true
	return s, nil
}

// assessment returns what is said of a run; false where nothing is.
func (s *season) assessment(id gait.RunID) (gait.Assessment, bool) {
	for _, a := range s.aside {
		if a.Run == id {
			return a, true
		}
	}
	return s.fold.Assessment(id)
}
