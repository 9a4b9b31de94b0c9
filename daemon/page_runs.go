package daemon

import (
	"context"
	"fmt"
	"slices"

	"gaitkeeper/api"
	"gaitkeeper/chart"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/store"
)

// Explain returns everything behind the verdict of the run that ref names.
func (p page) Explain(ctx context.Context, ref string) (api.Explanation, error) {
	e, err := p.App.Explain(ctx, ref)
	return e, pageError(err)
}

// ListRuns returns some of the runs that shows wants, newest first.
func (p page) ListRuns(ctx context.Context, shows func(gait.Run, finding.Assessment) bool, cut func(found int) (from, to int)) ([]api.Run, error) {
	s, err := p.season(ctx)
	if err != nil {
		return nil, err
	}
	runs := slices.DeleteFunc(s.listed(), func(r *gait.Run) bool {
		said, _ := s.assessment(r.ID)
		return !shows(*r, said)
	})
	slices.SortStableFunc(runs, func(a, b *gait.Run) int { return b.Start.Compare(a.Start) })
	from, to := cut(len(runs))
	return p.marked(ctx, s, runs[from:to])
}

// Answer records what the runner says of a run, and returns the standing it
// leads to.
func (p page) Answer(ctx context.Context, ref string, kind gait.AnswerKind) (finding.Standing, error) {
	_, s, err := p.App.Answer(ctx, ref, kind)
	return s, pageError(err)
}

// Excluded tells whether the runner took the run out of everything.
func (p page) Excluded(ctx context.Context, id gait.RunID) (bool, error) {
	s, err := p.season(ctx)
	if err != nil {
		return false, err
	}
	run, _ := s.run(id)
	return run.Excluded, nil
}

// Exclude takes a run out of everything, or back in.
func (p page) Exclude(ctx context.Context, id gait.RunID, out bool) error {
	_, _, err := p.ExcludeRun(ctx, string(id), out)
	return pageError(err)
}

// RunChart returns the course of a run against the runner's normal.
func (p page) RunChart(ctx context.Context, id gait.RunID) (chart.Run, error) {
	s, err := p.season(ctx)
	if err != nil {
		return chart.Run{}, err
	}
	run, known := s.run(id)
	if !known {
		return chart.Run{}, pageError(fmt.Errorf("run %s: %w", id, store.ErrNoRun))
	}
	return chartRenderer{s, p.Zone()}.course(run, p.miles()), nil
}

// course gathers one run minute by minute. The minutes are as they were
// measured; so the normal is moved by what was taken out of the run's balance
// before the two were compared: speed, hills and ground.
func (p chartRenderer) course(run gait.Run, miles bool) chart.Run {
	c := chart.Run{
		Title: "Run of " + run.Start.In(p.zone).Format("2 January 2006"), Duration: run.Duration, Miles: miles,
		Baseline: gait.Unknown[gait.Percent](), Band: gait.Unknown[gait.Points](),
	}
	c.Minutes = p.season.measures(run.ID).Blocks
	assessment, judged := p.season.assessment(run.ID)
	e := assessment.Evidence
	if judged && gait.Known(e.Balance) {
		c.Baseline, c.Band = e.Baseline+c.Mean()-e.Balance, e.Band
	}
	if judged {
		c.Onset = e.Onset
	}
	return c
}
