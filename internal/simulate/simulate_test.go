package simulate_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

var start = time.Date(2026, 3, 2, 6, 30, 0, 0, time.UTC)

// sameSamples compares samples figure by figure; two unknown ones are the same.
var sameSamples = cmp.Comparer(sameFigures)

func sameFigures(a, b gait.Sample) bool {
	return a.Second == b.Second && same(a.Distance, b.Distance) && same(a.Speed, b.Speed) && same(a.Altitude, b.Altitude) &&
		same(a.Cadence, b.Cadence) && same(a.StanceTime, b.StanceTime) && same(a.StanceTimeBalance, b.StanceTimeBalance) &&
		same(a.VerticalOscillation, b.VerticalOscillation) && same(a.StepLength, b.StepLength) &&
		same(a.HeartRate, b.HeartRate) && same(a.Power, b.Power)
}

func same[U ~float64](a, b U) bool { return a == b || !gait.Known(a) && !gait.Known(b) }

func TestSameSeedSameSeason(t *testing.T) {
	season := simulate.Season{Runner: simulate.NewRoughRunner(7), Start: start, Runs: 12}
	first, second := season.Make(), season.Make()
	if diff := cmp.Diff(first, second, sameSamples); diff != "" {
		t.Errorf("the same seed made another season:\n%s", diff)
	}
	season.Runner = simulate.NewRoughRunner(8)
	if other := season.Make(); other[0].Samples[600].StanceTime == first[0].Samples[600].StanceTime && other[0].Duration == first[0].Duration {
		t.Error("another seed made the same run")
	}
}

func TestASeasonFromItsMiddleIsTheSameSeason(t *testing.T) {
	rough := simulate.NewRoughRunner(7)
	rough.Strap.SwapChance, rough.Strap.DyingChance = 0.2, 0.1
	season := simulate.Season{Runner: rough, Start: start, Runs: 10, Limps: []simulate.Limp{{From: 4, Side: gait.Left, Size: 2}}}
	whole := season.Make()
	if diff := cmp.Diff(whole[6:], slices.Collect(season.From(6)), sameSamples); diff != "" {
		t.Errorf("the runs from the seventh on differ:\n%.1500s", diff)
	}
}

func TestSeasonShape(t *testing.T) {
	runs := simulate.LimpSeason(1, start, 40, 30, 2, gait.Left)
	if len(runs) != 40 || !runs[0].Start.Equal(start) {
		t.Fatalf("%d runs from %v", len(runs), runs[0].Start)
	}
	want := gait.SignalDistance | gait.SignalSpeed | gait.SignalAltitude | gait.SignalCadence | gait.SignalStanceTime |
		gait.SignalStanceTimeBalance | gait.SignalVerticalOscillation | gait.SignalStepLength | gait.SignalHeartRate
	for i, r := range runs {
		if r.Signals != want || r.Context != gait.Road || r.Sensor.Serial != runs[0].Sensor.Serial || r.Sensor.Serial == 0 {
			t.Errorf("run %d: signals %v, %v, sensor %+v", i, r.Signals, r.Context, r.Sensor)
		}
		if m := r.Duration.Minutes(); m < 25 || m > 90 {
			t.Errorf("run %d lasts %.0f min", i, m)
		}
		if speed := float64(r.Distance) / r.Duration.Seconds(); speed < 2 || speed > 4.2 {
			t.Errorf("run %d: %.2f m/s", i, speed)
		}
		if i > 0 {
			if gap := r.Start.Sub(runs[i-1].Start); gap < 22*time.Hour || gap > 74*time.Hour {
				t.Errorf("run %d comes %v after the one before", i, gap)
			}
		}
	}
}

func TestLimpMovesBalanceToItsSide(t *testing.T) {
	healthy := simulate.LimpSeason(3, start, 20, -1, 2, gait.Left)
	for _, c := range []struct {
		side gait.Side
		want float64
	}{{gait.Left, -2}, {gait.Right, 2}, {gait.Both, 0}} {
		limping := simulate.LimpSeason(3, start, 20, 10, 2, c.side)
		for i := range limping {
			want := c.want
			if i < 10 {
				want = 0
			}
			got := mean(limping[i].Samples, balance, running) - mean(healthy[i].Samples, balance, running)
			if math.Abs(got-want) > 0.03 {
				t.Errorf("%s, run %d: balance moved by %.3f points, want %.1f", c.side, i, got, want)
			}
		}
		longer := mean(limping[15].Samples, stance, running) - mean(healthy[15].Samples, stance, running)
		if math.Abs(longer-4) > 0.3 {
			t.Errorf("%s: stance time %+.2f ms, want +4 for 2 points", c.side, longer)
		}
	}
}

func TestLimpShapes(t *testing.T) {
	base := simulate.Season{Runner: simulate.NewRunner(5), Start: start, Runs: 16}
	healthy := base.Make()
	for _, c := range []struct {
		limp  simulate.Limp
		run   int
		early float64 // shift in the second quarter of the run
		late  float64 // shift in its last eighth
		onset float64 // as a share of the run
	}{
		{simulate.Limp{From: 8, Shape: simulate.Pulse}, 8, 2, 2, 0},
		{simulate.Limp{From: 8, Shape: simulate.Pulse}, 9, 0, 0, 0},
		{simulate.Limp{From: 8, To: 10, Shape: simulate.Step}, 9, 2, 2, 0},
		{simulate.Limp{From: 8, To: 10, Shape: simulate.Step}, 10, 0, 0, 0},
		{simulate.Limp{From: 5, Shape: simulate.Ramp}, 9, 1, 1, 0},
		{simulate.Limp{From: 5, Shape: simulate.Ramp, RampRuns: 4}, 9, 2, 2, 0},
		{simulate.Limp{From: 8, Shape: simulate.StepInRun, AtShare: 0.5}, 8, 0, 2, 0.5},
		{simulate.Limp{From: 8, Shape: simulate.RampInRun, AtShare: 0.5, RampTime: 5 * time.Minute}, 8, 0, 2, 0.5},
		{simulate.Limp{From: 8, Shape: simulate.StepInRun, At: 10 * time.Hour}, 8, 0, 0, 0},
	} {
		c.limp.Side, c.limp.Size = gait.Right, 2
		season := base
		season.Limps = []simulate.Limp{c.limp}
		run := season.Make()[c.run]
		n := len(run.Samples)
		shift := func(from, to int) float64 {
			return mean(run.Samples[from:to], balance, running) - mean(healthy[c.run].Samples[from:to], balance, running)
		}
		early, late := shift(n/4, n*31/64), shift(n*7/8, n)
		if math.Abs(early-c.early) > 0.1 || math.Abs(late-c.late) > 0.1 {
			t.Errorf("%+v, run %d: shifts %.2f and %.2f, want %.1f and %.1f", c.limp, c.run, early, late, c.early, c.late)
		}
		if run.Truth.Limping != (c.late != 0) || math.Abs(run.Truth.Onset.Seconds()-c.onset*run.Duration.Seconds()) > 1 {
			t.Errorf("%+v, run %d: truth %+v", c.limp, c.run, run.Truth)
		}
	}
}

func balance(s gait.Sample) float64 { return float64(s.StanceTimeBalance) }
func stance(s gait.Sample) float64  { return float64(s.StanceTime) }
func running(s gait.Sample) bool    { return s.Cadence > 140 && s.StanceTime < 400 }

// mean of a figure over the samples for which keep holds.
func mean(samples []gait.Sample, figure func(gait.Sample) float64, keep func(gait.Sample) bool) float64 {
	sum, n := 0.0, 0.0
	for _, s := range samples {
		if v := figure(s); keep(s) && !math.IsNaN(v) {
			sum, n = sum+v, n+1
		}
	}
	return sum / n
}

// blocks returns the balance's means over stretches of so many seconds.
func blocks(run gait.Run, seconds int) []float64 {
	var means []float64
	for block := range slices.Chunk(run.Samples, seconds) {
		if len(block) == seconds {
			means = append(means, mean(block, balance, running))
		}
	}
	return means
}

func TestASeasonUntilAMomentEndsThereAndIsTheSame(t *testing.T) {
	last := start.AddDate(0, 6, 0)
	forth, back := simulate.LimpSeason(3, start, 12, 10, 2, gait.Left), simulate.LimpSeasonUntil(3, last, 12, 10, 2, gait.Left)
	if got := back[11].Start; !got.Equal(last) {
		t.Errorf("the last run begins at %v, want %v", got, last)
	}
	for i := range forth {
		if back[i].ID != gait.NewRunID(back[i].Start) {
			t.Errorf("run %d is named by another start", i)
		}
		back[i].Start, back[i].ID = forth[i].Start, forth[i].ID
	}
	if diff := cmp.Diff(forth, back, sameSamples); diff != "" {
		t.Errorf("another season: %s", diff)
	}
}
