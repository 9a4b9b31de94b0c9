package daemon

import (
	"context"
	"slices"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
)

// Runs returns the runs from since on, oldest first, with their verdicts; only
// the newest limit where that is above 0. Those whose clock is wrong come first,
// so that the last one is the newest that counts.
func (a *App) Runs(ctx context.Context, since time.Time, limit int) ([]gait.RunJSON, error) {
	s, err := a.season(ctx)
	if err != nil {
		return nil, err
	}
	situation, err := a.situation(ctx, s)
	if err != nil {
		return nil, err
	}
	runs := a.joined(s.listed(), append(alert.SetSuppressions(situation.Assessments, alert.Present(situation)), s.aside...))
	runs = slices.DeleteFunc(runs, func(r gait.RunJSON) bool { return r.Start.Before(since) })
	if limit > 0 && len(runs) > limit {
		runs = runs[len(runs)-limit:]
	}
	return runs, nil
}

// joined joins each run with what is said of it.
func (a *App) joined(runs []gait.Run, assessments []gait.Assessment) []gait.RunJSON {
	of := make(map[gait.RunID]gait.Assessment, len(assessments))
	for _, a := range assessments {
		of[a.Run] = a
	}
	out, w := make([]gait.RunJSON, 0, len(runs)), a.Words()
	for _, r := range runs {
		out = append(out, w.Run(r, of[r.ID]))
	}
	return out
}

// Explain returns everything behind the verdict of the run that ref names.
func (a *App) Explain(ctx context.Context, ref string) (gait.Explanation, error) {
	run, err := a.named(ctx, ref)
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
	for _, assessment := range append(alert.SetSuppressions(situation.Assessments, alert.Present(situation)), s.aside...) {
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
	return gait.NewExplanation(run, found, a.Words().Account(found), entries, answers, a.cfg.Params), nil
}
