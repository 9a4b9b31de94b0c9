package daemon

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
	"gaitkeeper/store"
	"gaitkeeper/words"
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
	// fresh means that a fold was made since the memory was last tidied.
	fresh bool
}

// outdate makes the next look fold again, since something that the revision does
// not count has changed.
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

// softLimit is how much memory an import may hold, in bytes, before garbage is
// cleaned more often than relaxedGC would: with decades of runs to fold the
// growth that is allowed by share would be a lot.
const softLimit = 110 << 20

// relaxGC lets garbage lie while files are taken in, as far as memory stays near
// softLimit; the returned function goes back to normal.
func relaxGC() (done func()) {
	percent, limit := debug.SetGCPercent(relaxedGC), debug.SetMemoryLimit(softLimit)
	return func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}
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

// Latest names the newest run that counts.
const Latest = "latest"

// past is the history as far as it had happened by a moment. A run whose clock
// is wrong has no place in it: nothing that looks for the newest run, or folds,
// draws or counts, meets it. It is only named, see [past.listed].
type past struct {
	history gait.History
	// runs are those of the history, oldest first, without samples.
	runs []gait.Run
	// misdated are the runs whose clock is wrong, and figures what was measured
	// in them.
	misdated []gait.Run
	figures  []gait.Measures
	// from is when the last run of the history ended, until when the first of
	// the misdated ones will have; zero where none will.
	from, until time.Time
}

// past reads the history as of now.
func (a *App) past(ctx context.Context) (past, error) {
	h, err := a.store.History(ctx)
	if err != nil {
		return past{}, fmt.Errorf("read history: %w", err)
	}
	h.Zone, h.Races = a.Zone(), a.runner().Races
	runs, err := a.store.Runs(ctx)
	if err != nil {
		return past{}, fmt.Errorf("read runs: %w", err)
	}
	return newPast(h, runs, a.now(), a.Zone()), nil
}

func (p past) ends() map[gait.RunID]time.Time {
	ends := make(map[gait.RunID]time.Time, len(p.runs))
	for _, r := range p.runs {
		ends[r.ID] = r.End()
	}
	return ends
}

func newPast(h gait.History, runs []gait.Run, now time.Time, zone *time.Location) past {
	p := past{history: h}
	wrong := map[gait.RunID]bool{}
	for _, r := range runs {
		if clock := r.ClockAt(now); !clock.Believed() {
			p.misdated = append(p.misdated, dated(r, now, zone))
			wrong[r.ID] = true
			if r.Clock != clock && clock == gait.ClockFuture && (p.until.IsZero() || r.End().Before(p.until)) {
				p.until = r.End()
			}
			continue
		}
		p.runs = append(p.runs, r)
		if r.End().After(p.from) {
			p.from = r.End()
		}
	}
	p.history.Runs = nil
	for _, m := range h.Runs {
		if wrong[m.Run] {
			p.figures = append(p.figures, m)
		} else {
			p.history.Runs = append(p.history.Runs, m)
		}
	}
	return p
}

// dated returns the run with the state of its clock as of now, and says what is
// wrong with it.
func dated(r gait.Run, now time.Time, zone *time.Location) gait.Run {
	if clock := r.ClockAt(now); clock != r.Clock || !clock.Believed() {
		r.Oddities = append(slices.Clone(r.Oddities), gait.Oddity{Kind: gait.OddityInWords, Text: words.ClockFault(r, now, zone)})
		r.Clock = clock
	}
	return r
}

// holds reports whether this is still the past at another moment.
func (p past) holds(now time.Time) bool {
	return !now.Before(p.from) && (p.until.IsZero() || now.Before(p.until))
}

// listed returns every run, those whose clock is wrong first: what a list ends
// with is the newest run.
func (p past) listed() []*gait.Run {
	all := make([]*gait.Run, 0, len(p.misdated)+len(p.runs))
	for _, runs := range [][]gait.Run{p.misdated, p.runs} {
		for i := range runs {
			all = append(all, &runs[i])
		}
	}
	return all
}

// judgeAside judges the runs whose clock is wrong against what a fold knows of the
// runner. They change nothing in it.
func (p past) judgeAside(f *analysis.Fold) []finding.Assessment {
	var out []finding.Assessment
	for _, m := range p.figures {
		a := f.Aside(m)
		if r, ok := p.run(m.Run); ok && !r.Excluded {
			a.Reasons = []finding.Fact{{Rule: finding.KeepQuiet, Note: r.Oddities[len(r.Oddities)-1].Text}}
		}
		out = append(out, a)
	}
	return out
}

// run returns the summary of a run; false where there is none.
func (p past) run(id gait.RunID) (gait.Run, bool) {
	for _, runs := range [][]gait.Run{p.runs, p.misdated} {
		for i := len(runs) - 1; i >= 0; i-- { // mostly asked about new ones
			if runs[i].ID == id {
				return runs[i], true
			}
		}
	}
	return gait.Run{}, false
}

// measures returns the figures of a run; none where it has none.
func (p past) measures(id gait.RunID) gait.Measures {
	for _, runs := range [][]gait.Measures{p.history.Runs, p.figures} {
		for i := len(runs) - 1; i >= 0; i-- { // mostly asked about new ones
			if runs[i].Run == id {
				return runs[i]
			}
		}
	}
	return gait.Measures{}
}

// named returns the run that ref names, without its samples: an ID, the
// beginning of one, or [Latest].
func (a *App) named(ctx context.Context, ref string) (gait.Run, error) {
	if ref != Latest {
		r, err := a.store.Run(ctx, ref)
		return dated(r, a.now(), a.Zone()), err
	}
	s, err := a.season(ctx)
	if err != nil {
		return gait.Run{}, err
	}
	for _, r := range slices.Backward(s.runs) {
		if !r.Excluded {
			return r, nil
		}
	}
	if len(s.misdated) > 0 {
		return gait.Run{}, fmt.Errorf("%w: of every run here the clock is wrong; gaitkeeper runs lists them", store.ErrNoRun)
	}
	return gait.Run{}, fmt.Errorf("%w: no runs yet, gaitkeeper import PATH imports FIT files", store.ErrNoRun)
}
