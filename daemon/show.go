package daemon

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
	"gaitkeeper/store"
)

// Runs returns the runs from since on, oldest first, with their verdicts; only
// the newest limit where that is above 0.
func (a *App) Runs(ctx context.Context, since time.Time, limit int) ([]gait.RunJSON, error) {
	s, err := a.season(ctx)
	if err != nil {
		return nil, err
	}
	situation, err := a.situation(ctx, s)
	if err != nil {
		return nil, err
	}
	runs := joined(s.runs, notify.Suppress(situation))
	runs = slices.DeleteFunc(runs, func(r gait.RunJSON) bool { return r.Start.Before(since) })
	if limit > 0 && len(runs) > limit {
		runs = runs[len(runs)-limit:]
	}
	return runs, nil
}

// joined joins runs and assessments, which are in the same order.
func joined(runs []gait.Run, assessments []gait.Assessment) []gait.RunJSON {
	of := make(map[gait.RunID]gait.Assessment, len(assessments))
	for _, a := range assessments {
		of[a.Run] = a
	}
	out := make([]gait.RunJSON, 0, len(runs))
	for _, r := range runs {
		out = append(out, gait.NewRunJSON(r, of[r.ID]))
	}
	return out
}

// Explain returns everything behind the verdict of the run that ref names.
func (a *App) Explain(ctx context.Context, ref string) (gait.Explanation, error) {
	run, err := a.store.Run(ctx, ref)
	if err != nil {
		return gait.Explanation{}, err
	}
	s, err := a.season(ctx)
	if err != nil {
		return gait.Explanation{}, err
	}
	situation, err := a.situation(ctx, s)
	if err != nil {
		return gait.Explanation{}, err
	}
	var found gait.Assessment
	for _, assessment := range notify.Suppress(situation) {
		if assessment.Run == run.ID {
			found = assessment
		}
	}
	var entries []gait.Pain
	for _, p := range s.history.Pain {
		if p.Run == run.ID {
			entries = append(entries, p)
		}
	}
	var answers []gait.AnswerKind
	for _, answer := range s.history.Answers {
		if answer.Run == run.ID {
			answers = append(answers, answer.Kind)
		}
	}
	return gait.NewExplanation(run, found, entries, answers, a.cfg.Params), nil
}

// Backtest replays the history with the thresholds in force but for those of
// set, which names them as the config does. Each run is taken as if it had
// arrived when it ended. Nothing is sent or changed.
func (a *App) Backtest(ctx context.Context, set map[string]string) ([]gait.RunJSON, error) {
	params, err := withSet(a.cfg.Params, set)
	if err != nil {
		return nil, err
	}
	h, err := a.history(ctx)
	if err != nil {
		return nil, err
	}
	if h.Runs, err = a.measured(ctx, h.Runs, params.Analysis); err != nil {
		return nil, err
	}
	runs, err := a.store.Runs(ctx, store.RunFilter{})
	if err != nil {
		return nil, err
	}
	return joined(runs, analysis.Replay(h, params).Assessments), nil
}

// withSet returns p with the values of set in place.
func withSet(p gait.Params, set map[string]string) (gait.Params, error) {
	for _, key := range slices.Sorted(maps.Keys(set)) {
		q, ok := p.Lookup(key)
		if !ok {
			return p, Refused{fmt.Errorf("no threshold is called %s: the keys of [analysis] and [pain] in config.example.toml are", key)}
		}
		v, err := strconv.ParseFloat(set[key], 64)
		if err != nil {
			return p, Refused{fmt.Errorf("%s: %q is not a number", key, set[key])}
		}
		if err := q.Set(v); err != nil {
			return p, Refused{fmt.Errorf("%s: %w", key, err)}
		}
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
		run, err := a.store.Run(ctx, string(m.Run))
		if err != nil {
			return nil, err
		}
		if run.Samples, err = a.store.Samples(ctx, m.Run); err != nil {
			return nil, err
		}
		if len(run.Samples) > 0 { // samples that were forgotten leave the figures as they are
			out[i] = analysis.Measure(run, p)
		}
	}
	return out, nil
}
