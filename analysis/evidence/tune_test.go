package evidence_test

import (
	"os"
	"sort"
	"testing"

	"gaitkeeper/gait"
)

func TestTune(t *testing.T) {
	if os.Getenv("TUNE") == "" {
		t.Skip()
	}
	const seeds = 120
	type tally struct{ runs, ask, warn, askEvents, warnEvents, within int }
	var h tally
	var all []float64
	for seed := range uint64(seeds) {
		lastAsk, lastWarn := -10, -10
		for i, e := range replay(newRunner(seed).season(100)) {
			if i < 10 {
				continue
			}
			h.runs++
			all = append(all, e.LogOdds)
			if e.Level != gait.LevelNone {
				h.ask++
				if i-lastAsk > 7 {
					h.askEvents++
					lastAsk = i
				}
				if e.Chart == gait.ChartWithinRun {
					h.within++
				}
			}
			if e.Level == gait.LevelWarn {
				h.warn++
				if i-lastWarn > 7 {
					h.warnEvents++
					lastWarn = i
				}
			}
		}
	}
	f := func(n int) float64 { return 100 * float64(n) / float64(h.runs) }
	t.Logf("healthy: flagged ask %.2f warn %.2f; events ask %.2f warn %.2f; within %.2f", f(h.ask), f(h.warn), f(h.askEvents), f(h.warnEvents), f(h.within))
	sort.Float64s(all)
	for _, q := range []float64{.9, .95, .98, .99, .995, .998, .999} {
		t.Logf("quantile %.3f: %.2f", q, all[int(q*float64(len(all)))])
	}
	test := func(name string, horizon int, shift func(i int, m gait.Measures) gait.Measures) {
		ask, warn := 0, 0
		for seed := range uint64(seeds) {
			runs := newRunner(1000 + seed).season(30 + horizon)
			for i := 30; i < len(runs); i++ {
				runs[i] = shift(i-30, runs[i])
			}
			a, w := false, false
			for _, e := range replay(runs)[30:] {
				a = a || e.Level != gait.LevelNone
				w = w || e.Level == gait.LevelWarn
			}
			if a {
				ask++
			}
			if w {
				warn++
			}
		}
		t.Logf("%-22s ask %.2f warn %.2f", name, float64(ask)/seeds, float64(warn)/seeds)
	}
	flat := func(p float64) func(int, gait.Measures) gait.Measures {
		return func(_ int, m gait.Measures) gait.Measures { return limp(m, func(gait.Block) float64 { return p }) }
	}
	test("pulse 3", 1, flat(3))
	test("step 1.5 in 4", 4, flat(-1.5))
	test("step 2 in 3", 3, flat(2))
	test("step 2 in 4", 4, flat(2))
	test("step 3 in 4", 4, flat(-3))
	test("ramp 1.5 in 20", 20, func(i int, m gait.Measures) gait.Measures {
		return limp(m, func(gait.Block) float64 { return 1.5 * min(1, float64(i+1)/10) })
	})
	for _, s := range []float64{1.5, 2.5} {
		test("mid-run", 1, func(_ int, m gait.Measures) gait.Measures {
			half := m.Blocks[len(m.Blocks)/2].Second
			return limp(m, func(b gait.Block) float64 {
				if b.Second >= half {
					return s
				}
				return 0
			})
		})
	}
}

func limp(m gait.Measures, points func(gait.Block) float64) gait.Measures {
	m = moved(m, points)
	for i := range m.Blocks {
		p := points(m.Blocks[i])
		if p < 0 {
			p = -p
		}
		m.Blocks[i].StanceTime += gait.Milliseconds(2 * p)
	}
	return m
}
