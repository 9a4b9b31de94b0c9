package simulate_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// change makes the same run twice, without and with a change of the runner,
// and returns both.
func change(before, after func(r *simulate.Runner), limps ...simulate.Limp) (plainRun, changed simulate.Run) {
	r := plain(6)
	r.Ground = simulate.Ground{Hills: 1}
	before(&r)
	plainRun = simulate.Season{Runner: r, Start: start, Runs: 1}.Make()[0]
	after(&r)
	changed = simulate.Season{Runner: r, Start: start, Runs: 1, Limps: limps}.Make()[0]
	return plainRun, changed
}

func nothing(*simulate.Runner) {}

func moved(a, b simulate.Run, from, to int) float64 {
	return mean(b.Samples[from:to], balance, running) - mean(a.Samples[from:to], balance, running)
}

func TestGroundMovesBalance(t *testing.T) {
	trail := func(r *simulate.Runner) { r.Habits.Trail = 1 }
	treadmill := func(r *simulate.Runner) { r.Habits.Treadmill = 1 }
	track := func(r *simulate.Runner) { r.Habits.Mix, r.Habits.Track = simulate.Mix{Interval: 1}, 1 }
	for _, c := range []struct {
		what          string
		before, after func(r *simulate.Runner)
		out, back     float64 // points, on the first and the second half
	}{
		{"camber", nothing, func(r *simulate.Runner) { r.Ground.Camber = 0.4 }, 0.4, -0.4},
		{"trail", trail, func(r *simulate.Runner) { r.Ground.Trail = 0.6 }, 0.6, 0.6},
		{"treadmill", treadmill, func(r *simulate.Runner) { r.Ground.Treadmill = -0.5 }, -0.5, -0.5},
		{"bends", track, func(r *simulate.Runner) { r.Ground.Bend = 0.4 }, 0.23, 0.23}, // 115.6 of 200 m
	} {
		a, b := change(c.before, c.after)
		half := len(a.Samples) / 2
		for _, got := range []struct{ got, want float64 }{{moved(a, b, 60, half-10), c.out}, {moved(a, b, half+60, len(a.Samples)), c.back}} {
			if math.Abs(got.got-got.want) > 0.05 {
				t.Errorf("%s: balance moved by %.2f points, want %.2f", c.what, got.got, got.want)
			}
		}
	}
}

func TestNewShoesMoveTheLevel(t *testing.T) {
	a, b := change(nothing, func(r *simulate.Runner) { r.Habits.ShoesChance, r.Habits.ShoesSD = 1, 0.5 })
	level := float64(b.Truth.Level - a.Truth.Level)
	if got := moved(a, b, 60, len(a.Samples)); level == 0 || math.Abs(got-level) > 0.03 {
		t.Errorf("balance moved by %.2f points, the level by %.2f", got, level)
	}
}

func TestClimbMovesBalance(t *testing.T) {
	a, b := change(nothing, func(r *simulate.Runner) { r.Body.GradeSlope = 0.3 })
	var climb, shift []float64
	for i := 60; i < len(a.Samples)-60; i += 30 {
		climb = append(climb, float64(a.Samples[i+30].Altitude-a.Samples[i-30].Altitude))
		shift = append(shift, balance(b.Samples[i])-balance(a.Samples[i]))
	}
	within(t, "correlation of climb and shift", stat.Correlation(climb, shift, nil), 0.8, 1)
}

func TestTrailsScatterMore(t *testing.T) {
	a, b := change(func(r *simulate.Runner) { r.Habits.Trail = 1 }, func(r *simulate.Runner) { r.Ground.TrailFactor = 1.4 })
	within(t, "scatter", stat.StdDev(blocks(b.Run, 60), nil)/stat.StdDev(blocks(a.Run, 60), nil), 1.3, 1.5)
}

func TestSlippedStrap(t *testing.T) {
	noisy := func(r *simulate.Runner) { r.Noise.RunSD = 0.36 }
	a, b := change(noisy, func(r *simulate.Runner) { r.Strap.SlipChance, r.Strap.SlipFactor = 1, 4 })
	off := func(run simulate.Run) float64 { return mean(run.Samples, balance, running) - float64(run.Truth.Level) }
	still, _ := change(nothing, nothing)
	within(t, "slip over no slip", (off(b)-off(still))/(off(a)-off(still)), 3.9, 4.1)
	if a.Truth.BadStrap || !b.Truth.BadStrap {
		t.Error("the truth does not tell the slip")
	}
}

func TestCadence(t *testing.T) {
	steps := func(s gait.Sample) float64 { return float64(s.Cadence) }
	a, b := change(nothing, func(r *simulate.Runner) { r.Habits.RetrainChance = 1 })
	within(t, "retrained cadence", mean(b.Samples, steps, running)/mean(a.Samples, steps, running), 1.045, 1.055)
	if a.Truth.Retrained || !b.Truth.Retrained {
		t.Error("the truth does not tell the change on purpose")
	}

	quiet := func(r *simulate.Runner) { r.Body.CadenceSlope, r.Body.CadenceGrade, r.Body.LimpCadence = 0, 0, 0.8 }
	a, b = change(quiet, nothing, simulate.Limp{Size: 4, Side: gait.Both})
	within(t, "cadence with a limp of 4 points", mean(b.Samples, steps, running)-mean(a.Samples, steps, running), 3, 3.4)
	spread := func(run simulate.Run) float64 {
		var all []float64
		for _, s := range run.Samples[60:] {
			if running(s) {
				all = append(all, steps(s))
			}
		}
		return stat.StdDev(all, nil)
	}
	within(t, "its spread", spread(b)/spread(a), 1.15, 1.3) // exp(0.05 · 4) = 1.22
	walked := count(b.Samples, func(s gait.Sample) bool { return !running(s) }) - count(a.Samples, func(s gait.Sample) bool { return !running(s) })
	within(t, "share walked because of it", float64(walked)/float64(len(b.Samples)), 0.015, 0.025)
}

func TestGPSDropouts(t *testing.T) {
	_, b := change(nothing, func(r *simulate.Runner) { r.Watch.SpeedNoise, r.Watch.Dropouts = 0.12, 0.1 })
	frozen, lasting := 0, 0
	for i, s := range b.Samples[1:] {
		if s.Speed != b.Samples[i].Speed {
			lasting = 0
			continue
		}
		if lasting++; lasting >= 5 {
			frozen++
		}
	}
	within(t, "share of seconds with a frozen speed", float64(frozen)/float64(len(b.Samples)), 0.03, 0.12)
}
