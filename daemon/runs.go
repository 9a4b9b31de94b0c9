package daemon

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// ExcludeRun takes the run that ref names out of everything, or back in, and
// returns it with the standing it leads to. Nothing of it is forgotten. The
// latest to be taken back in is the latest of those that are out.
func (a *App) ExcludeRun(ctx context.Context, ref string, out bool) (gait.Run, finding.Standing, error) {
	run, err := a.excludable(ctx, ref, out)
	if err != nil {
		return gait.Run{}, finding.Standing{}, err
	}
	if err := a.store.Exclude(ctx, run.ID, out); err != nil {
		return gait.Run{}, finding.Standing{}, err
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
	return gait.Run{}, gait.Refusef("no run is left out: there is nothing to take back in")
}

// lookBackRuns is how many runs have to come at once to be looked back upon.
const lookBackRuns = 50

// countedRuns is the setting that holds how many runs there were when the last
// import or sync came to its end.
const countedRuns = "counted_runs"

// LookBack looks back on the whole history where many runs have come since the
// last import or sync that came to its end; false where only a few have.
func (a *App) LookBack(ctx context.Context) (finding.LookBack, bool, error) {
	s, err := a.season(ctx)
	if err != nil {
		return finding.LookBack{}, false, err
	}
	before, err := a.countRuns(ctx, len(s.runs))
	if err != nil || len(s.runs)-before < lookBackRuns {
		return finding.LookBack{}, false, err
	}
	return s.fold.LookBack(), true, nil
}

// noteRuns keeps the number of runs after a sync.
func (a *App) noteRuns(ctx context.Context) error {
	s, err := a.season(ctx)
	if err != nil {
		return err
	}
	_, err = a.countRuns(ctx, len(s.runs))
	return err
}

// countRuns keeps the number of runs and returns the one that was kept before.
func (a *App) countRuns(ctx context.Context, runs int) (before int, err error) {
	kept, err := a.store.Setting(ctx, countedRuns)
	if err != nil {
		return 0, fmt.Errorf("read the number of runs: %w", err)
	}
	before, _ = strconv.Atoi(kept) // none the first time
	if before == runs {
		return before, nil
	}
	return before, a.store.SetSetting(ctx, countedRuns, strconv.Itoa(runs))
}

// Week returns the running of the week since Monday, beside what is advised and
// what was usual.
func (a *App) Week(ctx context.Context) (api.Week, error) {
	s, err := a.season(ctx)
	if err != nil {
		return api.Week{}, err
	}
	now := a.now().In(a.Zone())
	begin := monday(now)
	week := api.Week{
		DistanceM: distanceOf(s.counted(begin, now.Add(time.Second))),
		UsualM:    math.Round(distanceOf(s.counted(begin.AddDate(0, 0, -28), begin)) / 4),
	}
	standing := s.fold.Standing(a.now())
	i := slices.IndexFunc(standing.Advice, func(f finding.Fact) bool { return f.Rule == finding.LessVolume })
	switch {
	case standing.Verdict == finding.VerdictStop:
		week.AdvisedM = new(float64)
	case i >= 0:
		advised := math.Round(float64(standing.Advice[i].Distance))
		week.AdvisedM = &advised
	}
	return week, nil
}

// distanceOf is the length of runs in metres.
func distanceOf(runs []gait.Run) float64 {
	sum := 0.0
	for _, r := range runs {
		if gait.Known(r.Distance) {
			sum += float64(r.Distance)
		}
	}
	return math.Round(sum)
}
