package simulate_test

import (
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// TestScenarios: every world makes runs with a balance, has a name of its own, and
// makes the same runs each time; some tune and others do not.
func TestScenarios(t *testing.T) {
	t.Parallel()
	names, tune := map[string]bool{}, 0
	for _, s := range simulate.Scenarios() {
		if names[s.Name] {
			t.Errorf("two worlds are called %s", s.Name)
		}
		if names[s.Name] = true; s.Tunes {
			tune++
		}
		r := s.Runner(5)
		r.Strap.Worn = 1
		season := simulate.Season{Runner: r, Start: time.Date(2025, 1, 6, 7, 0, 0, 0, time.UTC), Runs: 2}
		a, b := season.Make(), season.Make()
		if shown(a[1]) == 0 || shown(a[1]) != shown(b[1]) {
			t.Errorf("%s: mean balance %v, then %v", s.Name, shown(a[1]), shown(b[1]))
		}
	}
	if tune == 0 || tune == len(names) {
		t.Errorf("%d of %d worlds tune", tune, len(names))
	}
}

// shown is the mean of the balances in a run, 0 where there is none.
func shown(run simulate.Run) float64 {
	sum, n := 0.0, 0.0
	for _, s := range run.Samples {
		if gait.Known(s.StanceTimeBalance) {
			sum, n = sum+float64(s.StanceTimeBalance), n+1
		}
	}
	return sum / max(1, n)
}

func TestLimpsThatComeAndGo(t *testing.T) {
	t.Parallel()
	const long = 3600
	for name, try := range map[string]struct {
		limp        simulate.Limp
		run, second int
		want        float64
	}{
		"every second run, there":    {simulate.Limp{From: 10, Size: 2, Every: 2}, 12, 100, 2},
		"every second run, away":     {simulate.Limp{From: 10, Size: 2, Every: 2}, 13, 100, 0},
		"bouts of three, there":      {simulate.Limp{From: 10, Size: 2, Bout: 3}, 12, 100, 2},
		"bouts of three, away":       {simulate.Limp{From: 10, Size: 2, Bout: 3}, 13, 100, 0},
		"bouts of three, back":       {simulate.Limp{From: 10, Size: 2, Bout: 3}, 16, 100, 2},
		"warms off, half way":        {simulate.Limp{From: 10, Size: 2, WarmsOff: 30 * time.Minute}, 10, 900, 1},
		"warms off, gone":            {simulate.Limp{From: 10, Size: 2, WarmsOff: 30 * time.Minute}, 10, 2000, 0},
		"a ramp of 25 runs, halfway": {simulate.Limp{From: 10, Size: 2, Shape: simulate.Ramp, RampRuns: 25}, 21, 100, 0.96},
	} {
		if got := try.limp.SizeAt(try.run, try.second, long); got < try.want-0.001 || got > try.want+0.001 {
			t.Errorf("%s: %v points, want %v", name, got, try.want)
		}
	}
}

// TestRecordingsWithGapsAndSteps: what is left of the balance is as much, and as
// coarse, as the strap says.
func TestRecordingsWithGapsAndSteps(t *testing.T) {
	t.Parallel()
	r := simulate.NewRunner(3)
	r.Strap.Recorded, r.Strap.Step = 0.4, 0.5
	run := simulate.Season{Runner: r, Start: time.Date(2025, 1, 6, 7, 0, 0, 0, time.UTC), Runs: 1}.Make()[0]
	known := 0
	for _, s := range run.Samples {
		if !gait.Known(s.StanceTimeBalance) {
			continue
		}
		known++
		if twice := float64(s.StanceTimeBalance) * 2; twice != float64(int(twice)) {
			t.Fatalf("a balance of %v in steps of 0.5", s.StanceTimeBalance)
		}
	}
	if share := float64(known) / float64(len(run.Samples)); share < 0.3 || share > 0.5 {
		t.Errorf("a balance in %.2f of the seconds", share)
	}
}
