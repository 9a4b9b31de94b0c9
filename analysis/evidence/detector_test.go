package evidence_test

import (
	"testing"

	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
)

var params = gait.DefaultParams().Analysis

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

func moved(m gait.Measures, points func(gait.Block) float64) gait.Measures {
	m.Blocks = append([]gait.Block(nil), m.Blocks...)
	for j := range m.Blocks {
		m.Blocks[j].StanceTimeBalance += gait.Percent(points(m.Blocks[j]))
	}
	return m
}

func BenchmarkJudgeAndLearn(b *testing.B) {
	runs := newRunner(1).season(400)
	var d *evidence.Detector
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		if n%len(runs) == 0 {
			d = evidence.New(params)
		}
		m := runs[n%len(runs)]
		d.Learn(m, d.Judge(m, gait.Prior{}), true)
		n++
	}
}
