package analysis_test

import (
	"os"
	"slices"
	"testing"

	"gaitkeeper/analysis"
	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
	"gaitkeeper/internal/realruns"
)

// replay judges and learns every run, all healthy, and returns the evidence.
func replay(runs []gait.Measures) []gait.Evidence {
	d := evidence.New(params)
	out := make([]gait.Evidence, len(runs))
	for i, m := range runs {
		out[i] = d.Judge(m, gait.Prior{})
		d.Learn(m, out[i], true)
	}
	return out
}

func TestRealSeasons(t *testing.T) {
	seasons, err := realruns.Seasons()
	if err != nil {
		t.Fatal(err)
	}
	if len(seasons) == 0 {
		t.Skip("skipped: no season of a real runner is here")
	}
	all := map[string][]gait.Measures{}
	for _, s := range seasons {
		for run := range s.Runs() {
			all[s.Name] = append(all[s.Name], analysis.Measure(run, params))
		}
	}
	t.Run("untouched", func(t *testing.T) { untouched(t, all) })
	t.Run("with a limp", func(t *testing.T) { withALimp(t, all) })
}

// untouched counts the alarms on two runners of whom nothing is
// known; the named faults of their straps do not count.
func untouched(t *testing.T, all map[string][]gait.Measures) {
	for name, runs := range all {
		ask, warn, form := 0.0, 0.0, 0.0
		for i, e := range replay(runs) {
			switch e.Level {
			case gait.LevelWarn:
				warn++
			case gait.LevelAsk:
				ask++
			}
			if e.Level != gait.LevelNone || e.Quality.Balance == gait.BalanceSuspectSensor {
				t.Logf("%s, run %d: %s %s %s, log odds %.1f, balance %.2f, normal %.2f", name, i, e.Level, e.Chart, e.Quality.Balance, e.LogOdds, e.Balance, e.Baseline)
			}
		}
		for _, a := range analysis.Replay(gait.History{Runs: runs}, gait.DefaultParams()).Assessments {
			if a.Evidence.Form.Level != gait.LevelNone {
				form++
			}
		}
		per := 100 / float64(len(runs))
		t.Logf("%s: of 100 runs %.1f at ask, %.1f at warn, %.1f for their form", name, ask*per, warn*per, form*per)
		if ask*per > 4 || warn*per > 1 || form*per > 1 {
			t.Errorf("%s: too many alarms", name)
		}
	}
}

// withALimp moves the balance from a run on, at many places of
// the real seasons. With GAITKEEPER_FIGURES=1 it takes every run and more sizes.
func withALimp(t *testing.T, all map[string][]gait.Measures) {
	stride, sizes := 21, []float64{2}
	if os.Getenv("GAITKEEPER_FIGURES") != "" {
		stride, sizes = 1, []float64{1.5, 2, 3}
	}
	for name, runs := range all {
		for _, size := range sizes {
			asked, warned, n := 0.0, 0.0, 0.0
			for at := 20; at+4 <= len(runs); at += stride {
				level := limpFrom(runs, at, size*float64(1-2*(at%2)))
				n++
				if level != gait.LevelNone {
					asked++
				}
				if level == gait.LevelWarn {
					warned++
				}
			}
			t.Logf("%s, step of %.1f points at %.0f places: asked %.2f, warned %.2f within 4 runs", name, size, n, asked/n, warned/n)
			if size == 2 && (asked/n < 0.85 || warned/n < 0.6) {
				t.Errorf("%s: asked %.2f, warned %.2f", name, asked/n, warned/n)
			}
		}
	}
}

// limpFrom returns the loudest level in the four runs from at on, whose balance
// is moved; the forty runs before are the runner's normal.
func limpFrom(runs []gait.Measures, at int, points float64) gait.Level {
	from := max(0, at-40)
	window := slices.Clone(runs[from : at+4])
	for i := at - from; i < len(window); i++ {
		window[i].Blocks = slices.Clone(window[i].Blocks)
		for j := range window[i].Blocks {
			window[i].Blocks[j].StanceTimeBalance += gait.Percent(points)
		}
	}
	level := gait.LevelNone
	for _, e := range replay(window)[at-from:] {
		if e.Level.Above(level) {
			level = e.Level
		}
	}
	return level
}
