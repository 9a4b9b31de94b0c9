package simulate_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// TestBalanceScatter compares the noise with what public recordings of straps
// showed: the spread of 60-second means inside a run 0.25 to 0.60 points with a
// median of 0.35, of 300-second means 0.7 times that.
func TestBalanceScatter(t *testing.T) {
	var minutes, fives []float64
	for seed := range uint64(8) {
		for run := range (simulate.Season{Runner: plain(seed), Start: start, Runs: 5}).All() {
			minutes = append(minutes, stat.StdDev(blocks(run.Run, 60), nil))
			fives = append(fives, stat.StdDev(blocks(run.Run, 300), nil))
		}
	}
	within(t, "spread of 60-second means", stat.Mean(minutes, nil), 0.30, 0.42)
	within(t, "300-second means over 60-second ones", stat.Mean(fives, nil)/stat.Mean(minutes, nil), 0.6, 0.8)
}

// TestRunsScatter compares the runs' means with the parameters.
func TestRunsScatter(t *testing.T) {
	var spread, off []float64
	for seed := range uint64(25) {
		r := plain(seed)
		r.Noise.DriftSD, r.Noise.RunSD, r.Noise.SlideSD = 0, 0.36, 0
		r.Habits.Minutes = 15
		var means []float64
		for run := range (simulate.Season{Runner: r, Start: start, Runs: 8}).All() {
			means = append(means, mean(run.Samples, balance, running))
		}
		spread = append(spread, stat.Variance(means, nil))
		off = append(off, stat.Mean(means, nil)-float64(r.Body.Level))
	}
	// sqrt(0.36² + 0.38²·15^(2·0.73-2)) = 0.40
	within(t, "spread of the runs' means", math.Sqrt(stat.Mean(spread, nil)), 0.36, 0.46)
	within(t, "mean less level", stat.Mean(off, nil), -0.1, 0.1)
}

// TestSlides compares the second halves of runs with the first ones, as
// measured over a real season: -0.26 points with a spread of 0.34.
func TestSlides(t *testing.T) {
	var slides []float64
	for seed := range uint64(3) {
		r := plain(seed)
		r.Noise.SlideMean, r.Noise.SlideSD = -0.52, 0.5
		for run := range (simulate.Season{Runner: r, Start: start, Runs: 30}).All() {
			half := len(run.Samples) / 2
			slides = append(slides, mean(run.Samples[half:], balance, running)-mean(run.Samples[:half], balance, running))
		}
	}
	slide, spread := stat.MeanStdDev(slides, nil)
	within(t, "mean slide", slide, -0.36, -0.16)
	within(t, "spread of the slides", spread, 0.27, 0.41)
}

// TestDriftIsSlow: the level wanders, and from one run to the next only little.
func TestDriftIsSlow(t *testing.T) {
	r := plain(1)
	r.Noise.DriftSD, r.Habits.Minutes = 0.4, 12
	var levels, next, now []float64
	for run := range (simulate.Season{Runner: r, Start: start, Runs: 250}).All() {
		levels = append(levels, float64(run.Truth.Level))
	}
	for i := 1; i < len(levels); i++ {
		now, next = append(now, levels[i-1]), append(next, levels[i])
	}
	within(t, "spread of the level", stat.StdDev(levels, nil), 0.25, 0.55)
	within(t, "correlation from run to run", stat.Correlation(now, next, nil), 0.9, 0.98)
}

// plain is a runner with the middle of the noise and no slide, drift or slope.
func plain(seed uint64) simulate.Runner {
	r := simulate.NewRunner(seed)
	r.Body.SpeedSlope, r.Body.GradeSlope = 0, 0
	r.Noise.DriftSD, r.Noise.RunSD, r.Noise.SlideMean, r.Noise.SlideSD = 0, 0, 0, 0
	r.Noise.MinuteSD, r.Noise.Hurst = 0.38, 0.73
	r.Habits.Mix, r.Habits.Spread, r.Habits.Minutes = simulate.Mix{Easy: 1}, 0, 40
	return r
}

func within(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if !(got >= low && got <= high) {
		t.Errorf("%s is %.3f, want %.2f to %.2f", what, got, low, high)
	}
}

func TestBalanceIsShownAsStrapsDo(t *testing.T) {
	run := simulate.LimpSeason(4, start, 1, -1, 0, gait.Left)[0]
	changes := 0
	for i, s := range run.Samples {
		steps := math.Round(balance(s) * 32)
		if got := math.Round(steps/32*100) / 100; math.Abs(got-balance(s)) > 1e-9 {
			t.Fatalf("second %d: %v is no step of 1/32 rounded to hundredths", i, balance(s))
		}
		if i > 0 && balance(s) != balance(run.Samples[i-1]) {
			changes++
		}
	}
	within(t, "share of seconds with a new balance", float64(changes)/float64(len(run.Samples)), 0.2, 0.4)
}
