package chart_test

import (
	"testing"

	"gaitkeeper/chart"
	"gaitkeeper/gait"
)

func TestSeasonAlt(t *testing.T) {
	unknown, noBand := gait.Unknown[gait.Percent](), gait.Unknown[gait.Points]()
	point := func(balance, baseline gait.Percent, band gait.Points) chart.Season {
		return chart.Season{Points: []chart.Point{{Time: first, Balance: balance, Baseline: baseline, Band: band, Marked: true}}}
	}
	warned := func(s chart.Season) chart.Season {
		s.Points[0].Level = gait.LevelWarn
		return s
	}
	const one = "Left foot's share of ground contact in one run of 2 March 2026. The run of 2 March "
	for _, c := range []struct {
		season chart.Season
		want   string
	}{
		{chart.Season{}, "No runs yet."},
		{point(48.4, 50.3, 0.9), one + "lies at 48.4 %, 1.9 points below the runner's normal of 50.3: the left foot was spared."},
		{point(51.6, 49.7, 0.9), one + "lies at 51.6 %, 1.9 points above the runner's normal of 49.7: the right foot was spared."},
		{point(50.2, 49.7, 0.9), one + "lies at 50.2 %, within the runner's normal of 49.7 ± 0.9."},
		{warned(point(49.4, 50.9, 1.6)), one + "lies at 49.4 %, 1.5 points below the runner's normal of 50.9: the left foot was spared."},
		{point(50.2, unknown, noBand), one + "lies at 50.2 %; the runner's normal is still being learned."},
		{point(unknown, 50, 0.9), one + "has no left/right signal."},
		{season(), "Left foot's share of ground contact in 34 runs from 2 March 2026 to 7 May 2026, 1 with a question and 3 with a warning. " +
			"The run of 7 May lies at 48.4 %, 1.9 points below the runner's normal of 50.3: the left foot was spared; the worst pain noted was 4 of 10 on 5 May."},
	} {
		if got := c.season.Alt(); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func TestRunAlt(t *testing.T) {
	want := "Left foot's share of ground contact minute by minute: 50.4 % until 25:20 minutes, 48.7 % from then on. " +
		"The second part lies at 48.7 %, 1.6 points below the runner's normal of 50.3: the left foot was spared."
	if got := run().Alt(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := (chart.Run{}).Alt(); got != "The course of the run; it has no left/right signal." {
		t.Errorf("no data: %q", got)
	}
}
