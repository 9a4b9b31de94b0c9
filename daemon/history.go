package daemon

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/store"
)

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

// ends is when each run of the history ended.
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
		r.Oddities = append(slices.Clone(r.Oddities), r.ClockFault(now, zone))
		r.Clock = clock
	}
	return r
}

// holds tells whether this is still the past at another moment.
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
			a.Reasons = []finding.Fact{{Rule: finding.KeepQuiet, Note: r.Oddities[len(r.Oddities)-1]}}
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
	return gait.Run{}, fmt.Errorf("%w: no runs are here yet, gaitkeeper import PATH takes FIT files", store.ErrNoRun)
}
