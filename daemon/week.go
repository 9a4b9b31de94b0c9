package daemon

import (
	"context"
	"math"
	"slices"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/gait"
)

// Week returns the running of the week since Monday, beside what is advised and
// what was usual.
func (a *App) Week(ctx context.Context) (api.Week, error) {
	s, err := a.season(ctx)
	if err != nil {
		return api.Week{}, err
	}
	now := a.now().In(a.Zone())
	monday := time.Date(now.Year(), now.Month(), now.Day()-(int(now.Weekday())+6)%7, 0, 0, 0, 0, a.Zone())
	week := api.Week{
		DistanceM: distanceOf(s.counted(monday, now.Add(time.Second))),
		UsualM:    math.Round(distanceOf(s.counted(monday.AddDate(0, 0, -28), monday)) / 4),
	}
	standing := s.fold.Standing(a.now())
	i := slices.IndexFunc(standing.Advice, func(f gait.Fact) bool { return f.Rule == gait.LessVolume })
	switch {
	case standing.Verdict == gait.VerdictStop:
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
