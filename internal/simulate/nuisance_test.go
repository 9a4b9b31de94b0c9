package simulate_test

import (
	"math"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

func TestWalkingKeepsAStaleBalance(t *testing.T) {
	r := plain(1)
	r.Habits.RunFor, r.Habits.WalkFor = 4*time.Minute, time.Minute
	run := simulate.Season{Runner: r, Start: start, Runs: 1}.Make()[0]
	walked := 0
	for i, s := range run.Samples[1:] {
		if s.Cadence > 135 {
			continue
		}
		walked++
		if s.StanceTime < 500 || (i > 0 && run.Samples[i].Cadence < 135 && balance(s) != balance(run.Samples[i])) {
			t.Fatalf("second %d of walking: %+v after %v", s.Second, s, balance(run.Samples[i]))
		}
	}
	within(t, "share walked", float64(walked)/float64(len(run.Samples)), 0.12, 0.28)
}

func TestStrapFaults(t *testing.T) {
	r := plain(2)
	r.Strap.SwapChance, r.Strap.SwapSD, r.Strap.Announced = 0.3, 0.7, 0.5
	r.Strap.ContactLoss, r.Strap.Worn = 0.3, 0.8
	r.Habits.Minutes = 20
	var announced, silent, lost, high, bare int
	var before simulate.Run
	for run := range (simulate.Season{Runner: r, Start: start, Runs: 60}).All() {
		if worn := run.Signals.Has(gait.SignalStanceTimeBalance); !worn {
			bare++
			if run.Sensor != (gait.Sensor{}) || run.Signals.Has(gait.SignalStanceTime) {
				t.Errorf("run %d without a strap: sensor %+v, %v", run.Truth.Index, run.Sensor, run.Signals)
			}
			continue
		}
		if lostSeconds := count(run.Samples, func(s gait.Sample) bool { return math.Abs(balance(s)-float64(r.Body.Level)) > 3.5 }); lostSeconds > 60 {
			lost++
			high += min(1, count(run.Samples, func(s gait.Sample) bool { return balance(s) > float64(r.Body.Level)+3.5 }))
			if d := lostSeconds - (run.Truth.LostTo - run.Truth.LostFrom); d < -60 || d > 60 {
				t.Errorf("run %d: %d seconds far off, truth says %+v", run.Truth.Index, lostSeconds, run.Truth)
			}
		}
		if before.Samples != nil && run.Truth.NewStrap {
			if run.Sensor != before.Sensor {
				announced++
			} else {
				silent++
			}
			if run.Truth.Level == before.Truth.Level {
				t.Errorf("run %d: another strap reads the same", run.Truth.Index)
			}
		}
		before = run
	}
	if announced < 3 || silent < 3 || lost < 8 || high == 0 || high == lost || bare < 5 {
		t.Errorf("%d announced and %d silent swaps, %d runs without contact (%d of them too high), %d without a strap: too few", announced, silent, lost, high, bare)
	}
}

func TestDyingStrapIsReplaced(t *testing.T) {
	r := plain(3)
	r.Strap.DyingChance, r.Strap.Announced, r.Strap.SwapSD, r.Habits.Minutes = 0.1, 1, 0.7, 12
	bad, deaths := 0, 0
	for run := range (simulate.Season{Runner: r, Start: start, Runs: 120}).All() {
		switch {
		case run.Truth.BadStrap:
			bad++
		case bad > 0:
			if bad < 2 || bad > 4 || !run.Truth.NewStrap {
				t.Errorf("run %d: after %d bad runs, truth %+v", run.Truth.Index, bad, run.Truth)
			}
			bad, deaths = 0, deaths+1
		}
	}
	if deaths < 3 {
		t.Errorf("%d straps died", deaths)
	}
}

func TestSmartRecordingLeavesGaps(t *testing.T) {
	r := plain(1)
	whole := simulate.Season{Runner: r, Start: start, Runs: 1}.Make()[0]
	r.Watch.SmartRecording = true
	smart := simulate.Season{Runner: r, Start: start, Runs: 1}.Make()[0]
	within(t, "share of samples kept", float64(len(smart.Samples))/float64(len(whole.Samples)), 0.2, 0.3)
	for i, s := range smart.Samples[1:] {
		if gap := s.Second - smart.Samples[i].Second; gap < 1 || gap > 7 {
			t.Fatalf("gap of %d s", gap)
		}
		if !sameFigures(s, whole.Samples[s.Second]) {
			t.Fatalf("second %d differs from the whole recording", s.Second)
		}
	}
	if smart.Distance != whole.Distance || smart.Duration != whole.Duration {
		t.Error("smart recording changed distance or duration")
	}
}

func TestSpeedMovesBalance(t *testing.T) {
	r := plain(1)
	r.Body.SpeedSlope, r.Noise.MinuteSD = 1, 0.05
	r.Habits.Mix = simulate.Mix{Interval: 1}
	run := simulate.Season{Runner: r, Start: start, Runs: 1}.Make()[0]
	fast := mean(run.Samples, balance, func(s gait.Sample) bool { return float64(s.Speed) > 1.25*float64(r.Body.EasySpeed) })
	// 0.35 of the easy speed faster, less what the strap's filter hides.
	within(t, "balance in the fast parts less the level", fast-float64(r.Body.Level), 0.6, 1.2)
}

func TestNuisanceLeavesTheRunnerAlone(t *testing.T) {
	for seed := range uint64(20) {
		ordinary, rough := simulate.NewRunner(seed), simulate.NewRoughRunner(seed)
		if ordinary.Body.Level != rough.Body.Level || ordinary.Noise != rough.Noise || ordinary.Strap.First != rough.Strap.First {
			t.Errorf("seed %d: the rough runner is another person", seed)
		}
	}
}

func count(samples []gait.Sample, is func(gait.Sample) bool) int {
	n := 0
	for _, s := range samples {
		if is(s) {
			n++
		}
	}
	return n
}

func BenchmarkSeason(b *testing.B) {
	for b.Loop() {
		simulate.LimpSeason(1, start, 40, 30, 2, gait.Left)
	}
}

// TestAnotherStrapReadsOffTheOneBefore: each change moves the balance by as much,
// however many came before.
func TestAnotherStrapReadsOffTheOneBefore(t *testing.T) {
	r := simulate.NewRunner(4)
	r.Strap.SwapChance, r.Strap.SwapSD = 1, 0.7
	r.Noise.DriftSD = 0
	r.Habits.Minutes = 10
	const runs = 400
	squares, before := 0.0, r.Body.Level
	for run := range (simulate.Season{Runner: r, Start: start, Runs: runs}).All() {
		step := float64(run.Truth.Level - before)
		squares, before = squares+step*step, run.Truth.Level
	}
	if sd := math.Sqrt(squares / runs); math.Abs(sd-0.7) > 0.1 {
		t.Errorf("a change moves the balance by %.2f, want 0.70", sd)
	}
}
