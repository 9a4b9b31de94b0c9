package chart_test

import (
	"math"
	"time"

	"gaitkeeper/chart"
	"gaitkeeper/gait"
)

var first = time.Date(2026, 3, 2, 6, 30, 0, 0, time.UTC)

// season is a runner at 50.3 % who begins to spare the left foot at run 31,
// with a new strap after run 12, runs without the strap, a fault and some pain.
func season() chart.Season {
	s := chart.Season{Title: "Your left foot is on the ground shorter than usual", Zone: time.UTC}
	at := first
	for i := range 34 {
		wave := 0.45*math.Sin(1.7*float64(i)) + 0.25*math.Sin(0.61*float64(i))
		pt := chart.Point{
			Time: at, Balance: gait.Percent(50.3 + wave), Baseline: gait.Percent(50.3 + 0.1*math.Sin(0.2*float64(i))),
			Band: 0.9, Level: gait.LevelNone,
		}
		switch {
		case i < 3:
			pt.Baseline, pt.Band = gait.Unknown[gait.Percent](), gait.Unknown[gait.Points]()
		case i == 9 || i == 10:
			pt.Balance = gait.Unknown[gait.Percent]()
		case i == 20:
			pt.Balance = 31
		case i == 30:
			pt.Balance, pt.Level = 48.7, gait.LevelAsk
		case i > 30:
			pt.Balance, pt.Level = gait.Percent(48.2+0.2*float64(i%2)), gait.LevelWarn
		}
		if i == 12 {
			s.Changes = append(s.Changes, chart.Change{Time: at.Add(-time.Hour)})
		}
		s.Points = append(s.Points, pt)
		at = at.AddDate(0, 0, 1+i%3)
	}
	s.Points[33].Marked = true
	s.Pain = []chart.Pain{
		{Time: first.AddDate(0, 0, 20), Worst: 1},
		{Time: first.AddDate(0, 0, 60), Worst: 2},
		{Time: first.AddDate(0, 0, 64), Worst: 4},
		{Time: first.AddDate(0, 0, 64), Worst: 0},
	}
	return s
}

// run is 44 minutes with a limp from minute 25 on.
func run() chart.Run {
	r := chart.Run{
		Title: "7 May: a change in the middle of the run", Duration: 45 * time.Minute, Baseline: 50.3, Band: 0.9,
		Onset: 25*time.Minute + 20*time.Second,
	}
	for i := 5; i < 44; i++ {
		if i == 15 || i == 16 || i == 17 {
			continue
		}
		x := float64(i)
		b := gait.Block{
			Second: int32(60*i + 30), Kept: 60, Speed: gait.MetresPerSecond(2.9 + 0.2*math.Sin(x/3)), Grade: gait.Percent(2 * math.Sin(x/4)),
			Cadence: gait.StepsPerMinute(168 + 3*math.Sin(x)), StanceTime: gait.Milliseconds(251 + 4*math.Cos(x)), StanceTimeBalance: gait.Percent(50.4 + 0.35*math.Sin(2.3*x)),
		}
		if i > 25 {
			b.StanceTimeBalance -= 1.8
		}
		r.Minutes = append(r.Minutes, b)
	}
	return r
}
