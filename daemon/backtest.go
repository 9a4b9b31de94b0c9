package daemon

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/analysis"
	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/web"
)

// Backtest replays the history with the thresholds in force except for those of
// set, which names them as the config does. Each run is taken as if it had
// arrived when it ended. Nothing is sent or changed.
func (a *App) Backtest(ctx context.Context, set map[string]string) ([]api.Run, error) {
	params, err := withSet(a.cfg.Params, set)
	if err != nil {
		return nil, err
	}
	p, err := a.past(ctx)
	if err != nil {
		return nil, err
	}
	for _, figures := range []*[]gait.Measures{&p.history.Runs, &p.figures} {
		if *figures, err = a.measured(ctx, *figures, params.Analysis); err != nil {
			return nil, err
		}
	}
	fold := analysis.Replay(p.history, params)
	s := &season{past: p, fold: fold, aside: p.judgeAside(fold)}
	return s.joined(a.Words(), p.listed(), a.played(fold, p.history, p.ends(), params)), nil
}

// played returns why each run that speaks would have been silent, had each run
// arrived when it ended; empty where it would have sent a message.
func (a *App) played(fold *analysis.Fold, h gait.History, ends map[gait.RunID]time.Time, p gait.Params) map[gait.RunID]finding.Suppression {
	_, silent := alert.Simulate(alert.Situation{
		Zone: a.Zone(), Episodes: fold.Episodes, RunEnds: ends, Pain: h.Pain, Answers: h.Answers, Settings: a.alertSettings(p),
	})
	return silent
}

// sensitivityKey is the one key of [analysis] that is a word.
const sensitivityKey = "analysis.sensitivity"

// withSet returns p with the values of set in place, or all that is wrong with
// them.
func withSet(p gait.Params, set map[string]string) (gait.Params, error) {
	var faults []error
	if word, ok := set[sensitivityKey]; ok { // first: single thresholds override it
		faults = append(faults, p.SetSensitivity(gait.Sensitivity(word)))
	}
	for _, key := range slices.Sorted(maps.Keys(set)) {
		if key != sensitivityKey {
			faults = append(faults, p.Assign(key, set[key]))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return p, gait.Refuse(err)
	}
	return p, nil
}

// measured returns the figures as the given parameters would have taken them:
// the stored ones, or new ones from the samples where the measurement differs.
func (a *App) measured(ctx context.Context, stored []gait.Measures, p gait.AnalysisParams) ([]gait.Measures, error) {
	out := slices.Clone(stored)
	for i, m := range stored {
		if m.Method == analysis.MethodOf(p) {
			continue
		}
		run, err := a.recording(ctx, m.Run)
		if err != nil {
			return nil, err
		}
		if len(run.Samples) > 0 { // samples that were forgotten leave the figures as they are
			out[i] = analysis.Measure(run, p)
		}
	}
	return out, nil
}

// Comparison compares two settings over the same history.
type Comparison struct {
	// Present and Given count the runs of the last year that would have sent a
	// message.
	Present, Given int
	// Year is the number of runs in the last year.
	Year int
	// Differ are the runs, of all times, whose verdict or alert differs.
	Differ []Difference
}

// Difference is one run under both settings.
type Difference struct{ Present, Given api.Run }

// Compare backtests the thresholds in force against those of set.
func (a *App) Compare(ctx context.Context, set map[string]string) (Comparison, error) {
	present, err := a.Backtest(ctx, nil)
	if err != nil {
		return Comparison{}, err
	}
	given, err := a.Backtest(ctx, set)
	if err != nil {
		return Comparison{}, err
	}
	var c Comparison
	year := a.now().AddDate(-1, 0, 0)
	for i, p := range present { // the same runs in the same order
		g := given[i]
		if p.Verdict != g.Verdict || p.Alert != g.Alert || p.Asymmetry.Level != g.Asymmetry.Level {
			c.Differ = append(c.Differ, Difference{p, g})
		}
		if p.Start.Before(year) || p.Misdated() {
			continue
		}
		c.Year++
		if p.Alert.Sends() {
			c.Present++
		}
		if g.Alert.Sends() {
			c.Given++
		}
	}
	return c, nil
}

func (p page) Thresholds() gait.Params { return p.cfg.Params }

func (p page) Tune(ctx context.Context, given gait.Params) (web.Tuning, error) {
	s, err := p.season(ctx)
	if err != nil {
		return web.Tuning{}, err
	}
	silent := s.silent()
	present := s.verdicts(s.fold, silent, nil)
	verdicts := present
	if given != p.cfg.Params {
		if verdicts, err = s.tuned.verdicts(ctx, given, func() verdictsByRun {
			fold := analysis.Replay(s.history, given)
			return s.verdicts(fold, p.played(fold, s.history, s.runEnds, given), present)
		}); err != nil {
			return web.Tuning{}, err
		}
	}
	var t web.Tuning
	year := p.now().AddDate(-1, 0, 0)
	for _, run := range s.runs {
		if run.Start.Before(year) {
			continue
		}
		t.Runs++
		then, shown := verdicts[run.ID]
		if !shown {
			continue
		}
		now, _ := s.fold.Assessment(run.ID)
		now = alert.SetSuppression(now, silent)
		t.Alerted = append(t.Alerted, web.TunedRun{Run: p.Words().Run(run, now), Given: then})
		if now.Alert.Sends() {
			t.Present++
		}
		if then.Alert.Sends() {
			t.Given++
		}
	}
	return t, nil
}

// maxTunings is how many settings a season remembers: a slider goes back and
// forth.
const maxTunings = 32

// tuningCache replays a season with other thresholds, one setting at a time, and
// remembers the last ones.
type tuningCache struct {
	turn chan struct{} // held by the one that replays
	mu   sync.Mutex
	kept map[gait.Params]verdictsByRun
}

// verdictsByRun are the verdicts and alerts of the runs worth showing.
type verdictsByRun map[gait.RunID]web.TunedVerdict

func newTuningCache() *tuningCache {
	return &tuningCache{turn: make(chan struct{}, 1), kept: map[gait.Params]verdictsByRun{}}
}

// verdicts returns what a replay makes of the runs under the given thresholds. A
// caller that no longer wants to know, because the slider has moved on, leaves
// the queue.
func (t *tuningCache) verdicts(ctx context.Context, given gait.Params, replay func() verdictsByRun) (verdictsByRun, error) {
	if kept := t.known(given); kept != nil {
		return kept, nil
	}
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if kept := t.known(given); kept != nil { // the one before asked the same
		return kept, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	verdicts := replay()
	t.keep(given, verdicts)
	return verdicts, nil
}

func (t *tuningCache) known(given gait.Params) verdictsByRun {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.kept[given]
}

func (t *tuningCache) keep(given gait.Params, verdicts verdictsByRun) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.kept) >= maxTunings {
		clear(t.kept)
	}
	t.kept[given] = verdicts
}

// verdicts picks the runs that would have sent a message, and those of others.
func (s *season) verdicts(fold *analysis.Fold, silent map[gait.RunID]finding.Suppression, others verdictsByRun) verdictsByRun {
	verdicts := verdictsByRun{}
	for _, a := range alert.SetSuppressions(fold.Assessments, silent) {
		if _, wanted := others[a.Run]; wanted || a.Alert.Sends() {
			verdicts[a.Run] = web.TunedVerdict{Verdict: a.Verdict, Alert: a.Alert}
		}
	}
	return verdicts
}
