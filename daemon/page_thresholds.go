package daemon

import (
	"context"
	"sync"

	"gaitkeeper/alert"
	"gaitkeeper/analysis"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/web"
)

// Thresholds returns the thresholds in force.
func (p page) Thresholds() gait.Params { return p.cfg.Params }

// Tune returns what the given thresholds would have made of the last year. They
// must measure a run as those in force do.
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
		then, told := verdicts[run.ID]
		if !told {
			continue
		}
		now, _ := s.fold.Assessment(run.ID)
		now = alert.SetSuppression(now, silent)
		t.Told = append(t.Told, web.TunedRun{Run: p.Words().Run(run, now), Given: then})
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

// verdicts returns what a replay makes of the runs under the given thresholds.
// Whoever no longer wants to know, because the slider has moved on, leaves the
// queue.
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
