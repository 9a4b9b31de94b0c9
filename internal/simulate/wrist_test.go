package simulate

import (
	"math"
	"slices"
	"testing"
	"time"

	"gaitkeeper/gait"
)

func wristSeason(seed uint64) WristSeason {
	return WristSeason{Seed: seed, Start: time.Date(2026, 1, 5, 7, 0, 0, 0, time.UTC), Runs: 12}
}

func figure(run gait.Run, of func(*gait.Sample) float64) float64 {
	sum, n := 0.0, 0.0
	for i := range run.Samples {
		if v := of(&run.Samples[i]); run.Samples[i].Cadence > 140 && !math.IsNaN(v) {
			sum, n = sum+v, n+1
		}
	}
	return sum / n
}

func cadence(s *gait.Sample) float64 { return float64(s.Cadence) }

func TestAWristSeasonIsTheSameEveryTimeAndFromEveryRun(t *testing.T) {
	s := wristSeason(3)
	s.Life, s.LifeFrom = Heat, 4
	all, later := slices.Collect(s.All()), slices.Collect(s.From(5))
	for i, run := range later {
		if run.ID != all[5+i].ID || len(run.Samples) != len(all[5+i].Samples) || figure(run, cadence) != figure(all[5+i], cadence) {
			t.Fatalf("run %d is another one", 5+i)
		}
	}
}

func TestASoreLegChangesTheRunsFromItsFirstOn(t *testing.T) {
	s := wristSeason(5)
	healthy := slices.Collect(s.All())
	s.Change, s.ChangeFrom = FormChange{Cadence: -5, EveryOther: true}, 6
	sore := slices.Collect(s.All())
	for i := range sore {
		off := figure(sore[i], cadence) - figure(healthy[i], cadence)
		if hit := i >= 6 && i%2 == 0; hit != (off < -4) || !hit && off != 0 {
			t.Errorf("run %d: %.1f steps", i, off)
		}
	}
}

func TestStreamsAloneHoldNoStanceTime(t *testing.T) {
	s := wristSeason(7)
	s.StreamsAlone = true
	for run := range s.All() {
		if run.Signals.Has(gait.SignalStanceTime) || run.Signals.Has(gait.SignalVerticalOscillation) || run.Sensor != (gait.Sensor{}) {
			t.Fatalf("%v %v", run.Signals, run.Sensor)
		}
		if !run.Signals.Has(gait.SignalCadence | gait.SignalSpeed) {
			t.Fatalf("%v", run.Signals)
		}
	}
}

// Every life leaves its mark, and only from its run on.
func TestEveryLifeBefallsTheRunner(t *testing.T) {
	for _, life := range append(Lives(), UnseenLives()...) {
		if life == PlainLife || life == SeasonSwing {
			continue
		}
		marked := false
		for seed := range uint64(4) {
			s := wristSeason(20 + seed)
			s.Runs = 20
			plain := slices.Collect(s.All())
			s.Life, s.LifeFrom = life, 6
			befallen := slices.Collect(s.All())
			for i := range plain {
				same := plain[i].Distance == befallen[i].Distance && plain[i].Sensor == befallen[i].Sensor &&
					figure(plain[i], cadence) == figure(befallen[i], cadence) && plain[i].Context == befallen[i].Context &&
					figure(plain[i], func(s *gait.Sample) float64 { return float64(s.HeartRate) }) == figure(befallen[i], func(s *gait.Sample) float64 { return float64(s.HeartRate) })
				if marked = marked || !same; !same && i < 6 {
					t.Fatalf("%s: run %d is another one already", life, i)
				}
			}
		}
		if !marked {
			t.Errorf("%s does nothing", life)
		}
	}
}
