package evidence_test

import (
	"math"
	"os"
	"testing"
	"time"

	"gaitkeeper/gait"
)

// figures counts what the detector does over many made runners.
type figures struct{ seeds uint64 }

// share replays a season of 30 healthy runs and more with a limp in them for
// every runner, and returns in what share of them the limp was asked about
// and warned of. The limp's points go by the run and the share of it passed.
func (f figures) share(more int, points func(run int, passed float64) float64) (ask, warn float64) {
	for seed := range f.seeds {
		runs := newRunner(1000 + seed).season(30 + more)
		side := float64(1 - 2*int(seed%2))
		for i := 30; i < len(runs); i++ {
			length := runs[i].Duration.Seconds()
			runs[i] = limping(runs[i], func(b gait.Block) float64 { return side * points(i-30, float64(b.Second)/length) })
		}
		loudest := gait.LevelNone
		for _, e := range replay(runs)[30:] {
			if e.Level.Above(loudest) {
				loudest = e.Level
			}
		}
		if loudest != gait.LevelNone {
			ask++
		}
		if loudest == gait.LevelWarn {
			warn++
		}
	}
	return ask / float64(f.seeds), warn / float64(f.seeds)
}

// rate counts alarms for 100 runs: runs flagged, and alerts that begin with
// seven runs of silence after each.
type rate struct{ flagged, events float64 }

// healthy returns the rates of healthy runners at ask or more and at warn, the
// first runs included.
func (f figures) healthy() (ask, warn rate) {
	per := 100 / (80 * float64(f.seeds))
	for seed := range f.seeds {
		es := replay(newRunner(seed).season(80))
		ask.count(es, per, func(l gait.Level) bool { return l != gait.LevelNone })
		warn.count(es, per, func(l gait.Level) bool { return l == gait.LevelWarn })
	}
	return ask, warn
}

func (r *rate) count(es []gait.Evidence, per float64, loud func(gait.Level) bool) {
	silent := 0
	for _, e := range es {
		silent--
		if !loud(e.Level) {
			continue
		}
		if r.flagged += per; silent <= 0 {
			r.events += per
			silent = 7
		}
	}
}

func flat(points float64) func(int, float64) float64 {
	return func(int, float64) float64 { return points }
}

func fromHalf(points float64) func(int, float64) float64 {
	return func(_ int, passed float64) float64 {
		if passed < 0.5 {
			return 0
		}
		return points
	}
}

// TestFigures prints how the detector does on made runners. With
// GAITKEEPER_FIGURES=1 it takes 200 of them, which needs a minute.
func TestFigures(t *testing.T) {
	f, slack := figures{8}, 0.3
	if os.Getenv("GAITKEEPER_FIGURES") != "" {
		f, slack = figures{200}, 0
	}
	asked, warned := f.healthy()
	t.Logf("of 100 healthy runs: %.2f flagged in %.2f events at ask, %.2f in %.2f at warn", asked.flagged, asked.events, warned.flagged, warned.events)
	if asked.events > 2 || warned.events > 0.2+slack {
		t.Errorf("too many alarms on healthy runners")
	}
	for _, c := range []struct {
		name      string
		runs      int
		points    func(int, float64) float64
		ask, warn float64 // the least that is expected
	}{
		{"one run, 3 points", 1, flat(3), 0.80, 0.2},
		{"step of 1.5 points, 4 runs", 4, flat(1.5), 0.88, 0.60},
		{"step of 2 points, 3 runs", 3, flat(2), 0.95, 0.85},
		{"step of 3 points, 4 runs", 4, flat(3), 0.98, 0.95},
		{"ramp to 1.5 points, 20 runs", 20, func(i int, _ float64) float64 { return 1.5 * min(1, float64(i+1)/10) }, 0.90, 0.60},
		{"from half a run on, 1.5 points", 1, fromHalf(1.5), 0.75, 0.40},
		{"from half a run on, 2.5 points", 1, fromHalf(2.5), 0.95, 0.88},
	} {
		ask, warn := f.share(c.runs, c.points)
		t.Logf("%-32s asked %.2f, warned %.2f", c.name, ask, warn)
		if ask < c.ask-slack || warn < c.warn-slack {
			t.Errorf("%s: asked %.2f and warned %.2f, want %.2f and %.2f", c.name, ask, warn, c.ask, c.warn)
		}
	}
}

// TestStrapChanges prints what a change of strap costs.
func TestStrapChanges(t *testing.T) {
	seeds, slack := uint64(20), 0.1
	if os.Getenv("GAITKEEPER_FIGURES") != "" {
		seeds, slack = 200, 0
	}
	for _, c := range []struct {
		name   string
		serial uint32
		most   float64 // share of changes that may cost a warning
	}{{"announced", 2, 0.015}, {"silent", 1, 0.14}} {
		warned := 0.0
		for seed := range seeds {
			r := newRunner(2000 + seed)
			runs := r.season(25)
			r.sensor.Serial = c.serial
			r.normal += 0.7 * r.NormFloat64()
			for _, e := range replay(append(runs, r.season(8)...))[25:] {
				if e.Level == gait.LevelWarn {
					warned++
					break
				}
			}
		}
		t.Logf("%s change of strap: %.3f warned", c.name, warned/float64(seeds))
		if warned/float64(seeds) > c.most+slack {
			t.Errorf("%s change of strap: %.3f warned, at most %.3f are allowed", c.name, warned/float64(seeds), c.most)
		}
	}
}

func TestOnsetInsideARun(t *testing.T) {
	found, right, off := 0, 0, 0.0
	for seed := range uint64(12) {
		runs := newRunner(3000 + seed).season(20)
		side := float64(1 - 2*int(seed%2))
		runs[19] = limping(runs[19], func(b gait.Block) float64 {
			return side * fromHalf(2.5)(0, float64(b.Second)/runs[19].Duration.Seconds())
		})
		e := replay(runs)[19]
		if e.Chart != gait.ChartWithinRun {
			continue
		}
		found++
		off += math.Abs(e.Onset.Seconds() - runs[19].Duration.Seconds()/2)
		if e.ShortSide == shortSide(side) {
			right++
		}
		if e.Onset > runs[19].Duration || e.ShortSide == shortSide(side) && e.Onset <= 0 || e.Onset > runs[19].Duration || e.StanceDifference < 5 || e.StanceDifference > 20 {
			t.Errorf("seed %d: onset %v of %v, %v ms", seed, e.Onset, runs[19].Duration, e.StanceDifference)
		}
	}
	t.Logf("found %d of 12, mean error %v", found, time.Duration(off/float64(found))*time.Second)
	if found < 9 || right < found-1 || off/float64(found) > 90 {
		t.Errorf("found %d of 12, %d on the right side, mean error %.0f s", found, right, off/float64(found))
	}
}

func shortSide(points float64) gait.Side {
	if points < 0 {
		return gait.Left
	}
	return gait.Right
}
