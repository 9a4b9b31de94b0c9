package daemon

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/finding"
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
	aside []finding.Assessment
	// silent plays the past under the thresholds in force, see [App.played].
	silent func() map[gait.RunID]finding.Suppression
	// tuned is what other thresholds make of it; it guards itself.
	tuned     *tuningCache
	runHealth []notify.RunHealth
	// duration is how long the fold took.
	duration time.Duration
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
	s.duration = time.Since(begin)
	s.silent = sync.OnceValue(func() map[gait.RunID]finding.Suppression {
		return a.played(s.fold, s.history, s.runEnds, a.cfg.Params)
	})
	s.aside = s.judgeAside(s.fold)
	s.runHealth = runHealth(s.runs)
	a.seasons.last, a.seasons.fresh = s, true
	return s, nil
}

// assessment returns what is said of a run; false where nothing is.
func (s *season) assessment(id gait.RunID) (finding.Assessment, bool) {
	for _, a := range s.aside {
		if a.Run == id {
			return a, true
		}
	}
	return s.fold.Assessment(id)
}

// relaxedGC is how much the heap may grow while files are taken in before it is
// cleaned, in percent: a sixth less work, for some 20 MiB more at the peak.
const relaxedGC = 300

// idleGC is how much the heap may grow before it is cleaned while the daemon
// runs, in percent: it makes little garbage, and memory counts for more.
const idleGC = 50

// relaxGC lets garbage lie while files are taken in; the returned function goes
// back to normal.
func relaxGC() (done func()) {
	before := debug.SetGCPercent(relaxedGC)
	return func() { debug.SetGCPercent(before) }
}

// softLimit is how much memory an import may hold, in bytes, before garbage is
// cleaned more often than relaxedGC would: with decades of runs to fold the
// growth that is allowed by share would be a lot.
const softLimit = 110 << 20

// limitMemory keeps memory near softLimit; the returned function goes back to normal.
func limitMemory() (done func()) {
	before := debug.SetMemoryLimit(softLimit)
	return func() { debug.SetMemoryLimit(before) }
}

// tidy gives what a fold left behind back to the system: the daemon is idle for
// most of its life, and nothing else would press it to.
func (a *App) tidy() {
	a.seasons.mu.Lock()
	fresh := a.seasons.fresh
	a.seasons.fresh = false
	a.seasons.mu.Unlock()
	if fresh {
		debug.FreeOSMemory()
	}
}
