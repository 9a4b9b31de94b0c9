package chart_test

import (
	"bytes"
	"strings"
	"testing"

	"gaitkeeper/chart"
	"gaitkeeper/gait"
)

// TestACrowdedSeason: ten years of runs stay below 100 KiB, and every warning keeps a
// mark and its name.
func TestACrowdedSeason(t *testing.T) {
	s := chart.Season{Title: "Ten years"}
	for i := range 3000 {
		at := first.AddDate(0, 0, i*6/5)
		pt := chart.Point{Time: at, Balance: 50, Baseline: 50, Band: 1, Run: "quiet", Distance: 8000}
		if i%500 == 250 {
			pt.Balance, pt.Level, pt.Run = 48, gait.LevelWarn, "loud"
		}
		s.Points = append(s.Points, pt)
		if i%10 == 0 {
			s.Pain = append(s.Pain, chart.Pain{Time: at, Worst: 2})
		}
	}
	for week := first; week.Before(s.Points[2999].Time); week = week.AddDate(0, 0, 7) {
		s.Weeks = append(s.Weeks, chart.Week{Start: week, Distance: 40000})
	}
	got := drawn(t, s, chart.SVG, chart.Season{}.Wide(), chart.Light)
	if len(got) > 100<<10 {
		t.Errorf("%d bytes", len(got))
	}
	if n := bytes.Count(got, []byte(`data-run="loud"`)); n != 6 {
		t.Errorf("%d of 6 warnings are named", n)
	}
	for _, want := range []string{"runs about ", "weeks from ", ": pain 2 of 10", "48.0 %, 8.0 km, warning"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("nothing says %q", want)
		}
	}
}

// TestARunIsNamed: a season that is not crowded names each run, its pain and its weeks,
// and a run its minutes.
func TestARunIsNamed(t *testing.T) {
	s := season()
	s.Points[0].Run, s.Points[0].Distance = "0123abcd", 8123
	s.Weeks = []chart.Week{{Start: s.Points[0].Time.AddDate(0, 0, -1), Distance: 20000}}
	for want, picture := range map[string]chart.Picture{`data-run="0123abcd"`: s, "Week from ": s, "minute ": run()} {
		if got := string(drawn(t, picture, chart.SVG, chart.Season{}.Wide(), chart.Light)); !strings.Contains(got, want) {
			t.Errorf("nothing says %q", want)
		}
	}
}
