package main

import (
	"math"
	"testing"
	"time"

	"gaitkeeper/gait"
)

// plainRuns are runs whose cadence is given, everything else the same.
func plainRuns(cadences ...float64) []gait.Measures {
	var runs []gait.Measures
	for i, c := range cadences {
		m := gait.Measures{Start: seasonStart().Add(time.Duration(i) * 48 * time.Hour), WalkShare: 0.01}
		for range 12 {
			m.Blocks = append(m.Blocks, gait.Block{
				Speed: 3, Cadence: gait.StepsPerMinute(c), StanceTime: gait.Milliseconds(math.NaN()),
			})
		}
		runs = append(runs, m)
	}
	return runs
}

func TestThePlainRulesSeeWhatLiesOffTheLastRuns(t *testing.T) {
	steady := []float64{168, 170, 169, 171, 168, 170, 169, 171, 168, 170}
	runs := plainRuns(append(steady, 176, 176, 162)...)
	z, two := plainForm(runs, false), plainForm(runs, true)
	if z[9] > 2 || z[10] < 4 || two[10] > 2 || two[11] < 1.5 || two[12] > 0.1 {
		t.Errorf("z %.1f, two %.1f", z[8:], two[8:])
	}
}

func TestStravaHandsOutNoStanceTime(t *testing.T) {
	m := plainRuns(170)[0]
	m.Blocks[0].StanceTime, m.Sensor.Product = 250, 7
	if seen := byStrava.seen(m); gait.Known(seen.Blocks[0].StanceTime) || seen.Sensor != (gait.Sensor{}) {
		t.Errorf("%+v", seen)
	}
	if m.Blocks[0].StanceTime != 250 {
		t.Error("the watch's own figures are gone")
	}
}

func TestAFallBehindIsNamed(t *testing.T) {
	w := &wrist{limits: [bothEyes][]float64{{1}, {1}}}
	quiet, asked := wristSeason{}, wristSeason{}
	for e := range bothEyes {
		quiet.loudness[e] = [][]float64{make([]float64, changeRuns)}
		asked.loudness[e] = [][]float64{{0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}}
	}
	for range 200 {
		w.healthy = append(w.healthy, quiet)
	}
	w.sore = make([][]wristSeason, len(sorenesses()))
	for c := range w.sore {
		for range 20 {
			w.sore[c] = append(w.sore[c], asked)
		}
	}
	if err := w.compare(); err != nil {
		t.Errorf("all is found, and no healthy run asked about: %v", err)
	}
	w.sore[1] = nil
	for range 20 {
		w.sore[1] = append(w.sore[1], quiet)
	}
	if w.compare() == nil {
		t.Error("no bad limp is found")
	}
	for range 200 {
		w.healthy = append(w.healthy, asked)
	}
	w.sore[1] = w.sore[0]
	if w.compare() == nil {
		t.Error("more than 2 questions of 100 healthy runs pass")
	}
}
