package daemon

import (
	"context"
	"fmt"
	"slices"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/chart"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/store"
)

// ListRuns returns some of the runs that shows wants, newest first.
func (p page) ListRuns(ctx context.Context, shows func(gait.Run, finding.Assessment) bool, cut func(found int) (from, to int)) ([]api.Run, error) {
	s, situation, err := p.present(ctx)
	if err != nil {
		return nil, err
	}
	runs := slices.DeleteFunc(s.listed(), func(r *gait.Run) bool {
		said, _ := s.assessment(r.ID)
		return !shows(*r, said)
	})
	slices.SortStableFunc(runs, func(a, b *gait.Run) int { return b.Start.Compare(a.Start) })
	from, to := cut(len(runs))
	return p.joined(s, runs[from:to], alert.Present(situation)), nil
}

// RunChart returns the course of a run against the runner's normal.
func (p page) RunChart(ctx context.Context, id gait.RunID) (chart.Run, error) {
	s, err := p.season(ctx)
	if err != nil {
		return chart.Run{}, err
	}
	run, known := s.run(id)
	if !known {
		return chart.Run{}, fmt.Errorf("run %s: %w", id, store.ErrNoRun)
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
