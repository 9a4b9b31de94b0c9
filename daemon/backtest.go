package daemon

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/finding"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
)

// Backtest replays the history with the thresholds in force but for those of
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
	return a.joined(s, p.listed(), a.played(fold, p.history, p.ends(), params)), nil
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

// Comparison holds two settings against each other over the same history.
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
