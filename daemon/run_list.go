package daemon

import (
	"context"
	"slices"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Runs returns the runs from since on, oldest first, with their verdicts; only
// the newest limit where that is above 0. Those whose clock is wrong come first,
// so that the last one is the newest that counts.
func (a *App) Runs(ctx context.Context, since time.Time, limit int) ([]api.Run, error) {
	s, situation, err := a.present(ctx)
	if err != nil {
		return nil, err
	}
	runs := slices.DeleteFunc(s.listed(), func(r *gait.Run) bool { return r.Start.Before(since) })
	if limit > 0 && len(runs) > limit {
		runs = runs[len(runs)-limit:]
	}
	return a.joined(s, runs, alert.Present(situation)), nil
}

func pointers(runs []gait.Run) []*gait.Run {
	p := make([]*gait.Run, len(runs))
	for i := range runs {
		p[i] = &runs[i]
	}
	return p
}

// joined joins each run with what is said of it, silent with why its message is.
// Words are the dearest part of it, so it is called with the runs that are shown.
func (a *App) joined(s *season, runs []*gait.Run, silent map[gait.RunID]finding.Suppression) []api.Run {
	out, w := make([]api.Run, len(runs)), a.Words()
	for i, r := range runs {
		said, _ := s.assessment(r.ID)
		out[i] = w.Run(*r, alert.SetSuppression(said, silent))
	}
	return out
}

// Explain returns everything behind the verdict of the run that ref names.
func (a *App) Explain(ctx context.Context, ref string) (api.Explanation, error) {
	run, err := a.named(ctx, ref)
	if err != nil {
		return api.Explanation{}, err
	}
	s, situation, err := a.present(ctx)
	if err != nil {
		return api.Explanation{}, err
	}
	found, _ := s.assessment(run.ID)
	found = alert.SetSuppression(found, alert.Present(situation))
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
	return api.NewExplanation(run, found, a.Words().Account(found), entries, answers, a.cfg.Params), nil
}
