package daemon

import (
	"context"
	"sync"

	"gaitkeeper/analysis"
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
	verdicts := s.told(s.fold)
	if given != p.cfg.Params {
		if verdicts, err = s.tuned.verdicts(ctx, s, given); err != nil {
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
		assessment, _ := s.fold.Assessment(run.ID)
		then, told := verdicts[run.ID]
		if !told {
			continue
		}
		t.Told = append(t.Told, web.TunedRun{RunJSON: gait.NewRunJSON(run, assessment), Given: then})
		if assessment.Alert.Sends() {
			t.Present++
		}
		if then.Alert.Sends() {
			t.Given++
		}
	}
	return t, nil
}

// keptTunings is how many settings a season remembers: a slider goes back and
// forth.
const keptTunings = 32

// tunings replays a season with other thresholds, one setting at a time, and
// remembers the last ones.
type tunings struct {
	turn chan struct{} // held by the one that replays
	mu   sync.Mutex
	kept map[gait.Params]map[gait.RunID]web.TunedVerdict
}

func newTunings() *tunings {
	return &tunings{turn: make(chan struct{}, 1), kept: map[gait.Params]map[gait.RunID]web.TunedVerdict{}}
}

// verdicts returns what the given thresholds make of each run that would have
// sent a message under them or under those in force. Whoever no longer wants to
// know, because the slider has moved on, leaves the queue.
func (t *tunings) verdicts(ctx context.Context, s *season, given gait.Params) (map[gait.RunID]web.TunedVerdict, error) {
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
	verdicts := s.told(analysis.Replay(s.history, given))
	t.keep(given, verdicts)
	return verdicts, nil
}

func (t *tunings) known(given gait.Params) map[gait.RunID]web.TunedVerdict {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.kept[given]
}

func (t *tunings) keep(given gait.Params, verdicts map[gait.RunID]web.TunedVerdict) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.kept) >= keptTunings {
		clear(t.kept)
	}
	t.kept[given] = verdicts
}

// told returns the verdicts of a fold on each run that would have sent a message
// under it or under the thresholds in force.
func (s *season) told(fold *analysis.Fold) map[gait.RunID]web.TunedVerdict {
	verdicts := map[gait.RunID]web.TunedVerdict{}
	for _, a := range fold.Assessments {
		if inForce, _ := s.fold.Assessment(a.Run); a.Alert.Sends() || inForce.Alert.Sends() {
			verdicts[a.Run] = web.TunedVerdict{Verdict: a.Verdict, Alert: a.Alert}
		}
	}
	return verdicts
}
