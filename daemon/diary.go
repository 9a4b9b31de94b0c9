package daemon

import (
	"context"
	"fmt"

	"gaitkeeper/alert"
	"gaitkeeper/finding"

	"gaitkeeper/gait"
	"gaitkeeper/store"
)

// AddPain stores a diary entry and returns it with the standing it leads to.
// ref names the run it is about; an empty one makes it a rest-day entry at
// entry.At. An entry that contradicts itself is refused and nothing is stored.
func (a *App) AddPain(ctx context.Context, ref string, entry gait.Pain) (gait.Pain, finding.Standing, error) {
	return a.NotePain(ctx, ref, entry, store.Form{})
}

// NotePain is [App.AddPain] for an entry that came from a form: sent twice, it
// is stored once.
func (a *App) NotePain(ctx context.Context, ref string, entry gait.Pain, form store.Form) (gait.Pain, finding.Standing, error) {
	if ref != "" {
		run, err := a.named(ctx, ref)
		if err != nil {
			return gait.Pain{}, finding.Standing{}, err
		}
		entry.Run, entry.At = run.ID, run.End()
		if !run.Clock.Believed() {
			entry.At = a.now() // nobody knows when it was
		}
	}
	entry.Recorded = a.now()
	if err := entry.Validate(); err != nil {
		return gait.Pain{}, finding.Standing{}, gait.Refuse(err)
	}
	stored, err := a.store.NotePain(ctx, entry, form)
	if err != nil {
		return gait.Pain{}, finding.Standing{}, err
	}
	standing, err := a.reassess(ctx)
	return stored, standing, err
}

// ListPain returns the diary, oldest first.
func (a *App) ListPain(ctx context.Context) ([]gait.Pain, error) { return a.store.ListPain(ctx) }

// RemovePain removes an entry and returns the standing without it.
func (a *App) RemovePain(ctx context.Context, id int64) (finding.Standing, error) {
	if err := a.store.RemovePain(ctx, id); err != nil {
		return finding.Standing{}, err
	}
	return a.reassess(ctx)
}

// Answer records what the runner says of a run's question or warning, and
// returns the run with the standing it leads to. The ref "latest" means the run
// that the open episode is about, where one is open; for a word on how a run felt
// it means the newest run until something was said of that.
func (a *App) Answer(ctx context.Context, ref string, kind gait.AnswerKind) (gait.Run, finding.Standing, error) {
	run, err := a.answered(ctx, ref, kind)
	if err != nil {
		return gait.Run{}, finding.Standing{}, err
	}
	if _, err := a.store.AddAnswer(ctx, gait.Answer{Run: run.ID, Kind: kind, Recorded: a.now()}); err != nil {
		return gait.Run{}, finding.Standing{}, err
	}
	standing, err := a.reassess(ctx)
	return run, standing, err
}

func (a *App) answered(ctx context.Context, ref string, kind gait.AnswerKind) (gait.Run, error) {
	if ref == Latest {
		s, err := a.season(ctx)
		if err != nil {
			return gait.Run{}, err
		}
		st := s.fold.Standing(a.now())
		newest, _ := s.fold.Assessment(st.Run)
		switch e := st.Episode; {
		case kind.OfTheRun() && st.Run != "" && !newest.Pain.Answered:
			ref = string(st.Run)
		case e != nil && e.About() != "":
			ref = string(e.About())
		}
	}
	return a.named(ctx, ref)
}

// reassess tells what an entry or an answer changed, and returns the standing.
func (a *App) reassess(ctx context.Context) (finding.Standing, error) {
	if err := a.enqueueAlerts(ctx, alert.Decide); err != nil {
		return finding.Standing{}, fmt.Errorf("stored, but not assessed: %w", err)
	}
	return a.Standing(ctx)
}
