package daemon

import (
	"context"
	"errors"
	"slices"

	"gaitkeeper/gait"
)

// ExcludeRun takes the run that ref names out of everything, or back in, and
// returns it with the standing it leads to. Nothing of it is forgotten. The
// latest to be taken back in is the latest of those that are out.
func (a *App) ExcludeRun(ctx context.Context, ref string, out bool) (gait.Run, gait.Standing, error) {
	run, err := a.excludable(ctx, ref, out)
	if err != nil {
		return gait.Run{}, gait.Standing{}, err
	}
	if err := a.store.Exclude(ctx, run.ID, out); err != nil {
		return gait.Run{}, gait.Standing{}, err
	}
	run.Excluded = out
	standing, err := a.reassess(ctx)
	return run, standing, err
}

func (a *App) excludable(ctx context.Context, ref string, out bool) (gait.Run, error) {
	if out || ref != Latest {
		return a.named(ctx, ref)
	}
	s, err := a.season(ctx)
	if err != nil {
		return gait.Run{}, err
	}
	for _, run := range slices.Backward(s.runs) {
		if run.Excluded {
			return run, nil
		}
	}
	return gait.Run{}, Refused{errors.New("no run is left out: there is nothing to take back in")}
}
