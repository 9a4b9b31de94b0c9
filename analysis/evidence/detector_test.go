package evidence_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
)

var params = gait.DefaultParams().Analysis

// replay judges and learns every run, all healthy, and returns the evidence.
func replay(runs []gait.Measures) []gait.Evidence {
	return feed(evidence.New(params), runs, gait.Prior{}, true)
}

func feed(d *evidence.Detector, runs []gait.Measures, prior gait.Prior, healthy bool) []gait.Evidence {
	out := make([]gait.Evidence, len(runs))
	for i, m := range runs {
		out[i] = d.Judge(m, prior)
		d.Learn(m, out[i], healthy)
	}
	return out
}

// steady is a runner without the rare troubles of made ones.
func steady(seed uint64) *runner {
	r := newRunner(seed)
	r.normal, r.drift, r.noise, r.minute, r.slip = 50.4, 0.2, 0.3, 0.35, 0
	return r
}

func moved(m gait.Measures, points func(gait.Block) float64) gait.Measures {
	m.Blocks = append([]gait.Block(nil), m.Blocks...)
	for j := range m.Blocks {
		m.Blocks[j].StanceTimeBalance += gait.Percent(points(m.Blocks[j]))
	}
	return m
}

func by(points float64) func(gait.Block) float64 { return func(gait.Block) float64 { return points } }

// limping moves the balance and lengthens the stance with it.
func limping(m gait.Measures, points func(gait.Block) float64) gait.Measures {
	m = moved(m, points)
	for i := range m.Blocks {
		m.Blocks[i].StanceTime += gait.Milliseconds(2 * math.Abs(points(m.Blocks[i])))
	}
	return m
}

func allMoved(runs []gait.Measures, points float64) []gait.Measures {
	out := make([]gait.Measures, len(runs))
	for i, m := range runs {
		out[i] = limping(m, by(points))
	}
	return out
}

func loudest(es []gait.Evidence) gait.Level {
	level := gait.LevelNone
	for _, e := range es {
		if e.Level.Above(level) {
			level = e.Level
		}
	}
	return level
}

// equal takes figures for equal that differ by rounding or are both unknown.
var equal = cmp.Options{near[float64](), near[gait.Percent](), near[gait.Points](), near[gait.Milliseconds]()}

func near[T ~float64]() cmp.Option {
	return cmp.Comparer(func(a, b T) bool {
		return math.Abs(float64(a-b)) < 1e-6 || math.IsNaN(float64(a)) && math.IsNaN(float64(b))
	})
}

func TestStepIsWarnedOfWithTheRightSide(t *testing.T) {
	for _, points := range []float64{-2.2, 2.2} {
		r := steady(1)
		d := evidence.New(params)
		feed(d, r.season(30), gait.Prior{}, true)
		es := feed(d, allMoved(r.season(3), points), gait.Prior{}, true)
		e := es[2]
		if loudest(es) != gait.LevelWarn || e.Level != gait.LevelWarn || e.ShortSide != shortSide(points) {
			t.Errorf("%v: got %s %s", points, e.Level, e.ShortSide)
		}
		if math.Abs(float64(e.Shift)-points) > 0.8 || math.Abs(float64(e.StanceDifference)-11) > 4 || e.Chart != gait.ChartConfirmed {
			t.Errorf("%v: got shift %.2f, %.1f ms, %s", points, e.Shift, e.StanceDifference, e.Chart)
		}
		if e.BaselineRuns != 32 || e.Band < 0.4 || e.Band > 2 || len(e.Charts) != 4 {
			t.Errorf("%v: got %d runs, band %.2f, %d charts", points, e.BaselineRuns, e.Band, len(e.Charts))
		}
	}
}

func TestBandIsThatOfHealthyRuns(t *testing.T) {
	r := steady(1)
	es := replay(append(r.season(30), allMoved(r.season(6), 2.2)...))
	if e := es[0]; gait.Known(e.Baseline) || gait.Known(e.Band) || gait.Known(e.Shift) || e.ShortSide != gait.NoSide || !gait.Known(e.Balance) {
		t.Errorf("a normal before the first run is learned: %+v", e)
	}
	before := float64(es[29].Band)
	if before < 0.4 || before > 1.1 {
		t.Errorf("band %.2f", before)
	}
	for i, e := range es[30:] {
		if math.Abs(float64(e.Band)-before) > 0.2 {
			t.Errorf("run %d of the limp: band %.2f after %.2f", i, e.Band, before)
		}
		if e.Level == gait.LevelWarn && math.Abs(float64(e.Shift)) < float64(e.Band) {
			t.Errorf("run %d of the limp is warned of within the band: shift %.2f, band %.2f", i, e.Shift, e.Band)
		}
	}
}

func TestNoRunSeesTheFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newRunner(rapid.Uint64().Draw(t, "seed"))
		runs := append(r.season(5), allMoved(r.season(5), rapid.Float64Range(-4, 4).Draw(t, "points"))...)
		n := rapid.IntRange(1, len(runs)).Draw(t, "kept")
		if diff := cmp.Diff(replay(runs)[:n], replay(runs[:n]), equal); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestTimeZoneChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newRunner(rapid.Uint64().Draw(t, "seed"))
		runs := append(r.season(5), allMoved(r.season(3), 2)...)
		zone := time.FixedZone("anywhere", rapid.IntRange(-12, 14).Draw(t, "hours")*3600)
		moved := make([]gait.Measures, len(runs))
		for i, m := range runs {
			m.Start = m.Start.In(zone)
			moved[i] = m
		}
		if diff := cmp.Diff(replay(runs), replay(moved), equal); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestLimpThatEndsFallsSilent(t *testing.T) {
	r := steady(2)
	d := evidence.New(params)
	feed(d, r.season(30), gait.Prior{}, true)
	feed(d, allMoved(r.season(4), 2), gait.Prior{}, true)
	if es := feed(d, r.season(4), gait.Prior{}, true); loudest(es[1:]) != gait.LevelNone {
		t.Errorf("still %s after the limp", loudest(es[1:]))
	}
}

func TestMirrorFlipsTheSideAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newRunner(rapid.Uint64().Draw(t, "seed"))
		points := rapid.Float64Range(-4, 4).Draw(t, "points")
		runs := append(r.season(4), allMoved(r.season(2), points)...)
		mirrored := make([]gait.Measures, len(runs))
		for i, m := range runs {
			mirrored[i] = moved(m, func(b gait.Block) float64 { return 100 - 2*float64(b.StanceTimeBalance) })
		}
		flipped := replay(mirrored)
		for i, a := range replay(runs) {
			b := flipped[i]
			b.ShortSide, b.Shift = b.ShortSide.Opposite(), -b.Shift
			b.Balance, b.Baseline = 100-b.Balance, 100-b.Baseline
			b.Adjustments, a.Adjustments = nil, nil
			if diff := cmp.Diff(a, b, equal); diff != "" {
				t.Fatalf("run %d: %s", i, diff)
			}
		}
	})
}

func TestYoungBaselineIsSilent(t *testing.T) {
	r := steady(3)
	runs := append(r.season(1), allMoved(r.season(2), 4)...)
	es := replay(runs)
	if loudest(es) != gait.LevelNone {
		t.Errorf("got %s before %d runs", loudest(es), params.LearningRuns)
	}
	if e := es[2]; e.BaselineRuns != 2 || !slices.Contains(e.LeftOut, gait.Omission{Why: gait.OmittedLearning, Count: 2, Of: 3}) {
		t.Errorf("got %+v", e)
	}
}

func TestJudgingChangesNothing(t *testing.T) {
	r := steady(4)
	runs := r.season(25)
	odd := limping(r.run(), by(3))
	plain, nosy := evidence.New(params), evidence.New(params)
	for i, m := range runs {
		nosy.Judge(odd, gait.Prior{LogOdds: 4, Side: gait.Left})
		a, b := plain.Judge(m, gait.Prior{}), nosy.Judge(m, gait.Prior{})
		if diff := cmp.Diff(a, b, equal); diff != "" {
			t.Fatalf("run %d: %s", i, diff)
		}
		plain.Learn(m, a, true)
		nosy.Judge(odd, gait.Prior{})
		nosy.Learn(m, b, true) // not the run judged last
	}
}

func TestUnhealthyRunsAreKeptOutButCount(t *testing.T) {
	r := steady(5)
	d := evidence.New(params)
	feed(d, r.season(30), gait.Prior{}, true)
	before := d.Judge(r.run(), gait.Prior{})
	sick := feed(d, allMoved(r.season(25), -2.5), gait.Prior{}, false)
	if sick[2].Level != gait.LevelWarn || sick[24].Level == gait.LevelNone {
		t.Errorf("got %s at the third run and %s at the last", sick[2].Level, sick[24].Level)
	}
	feed(d, r.season(4), gait.Prior{}, true)
	e := d.Judge(r.run(), gait.Prior{})
	if e.Level != gait.LevelNone || math.Abs(float64(e.Baseline-before.Baseline)) > 0.8 || e.BaselineRuns != 34 {
		t.Errorf("got %s, normal %.2f after %.2f, %d runs", e.Level, e.Baseline, before.Baseline, e.BaselineRuns)
	}
}

func TestExplainedChangeIsTheNewNormal(t *testing.T) {
	for _, why := range gait.AnswerKinds() {
		r := steady(6)
		d := evidence.New(params)
		feed(d, r.season(30), gait.Prior{}, true)
		feed(d, allMoved(r.season(2), 2.5), gait.Prior{}, true)
		d.Rebaseline(why)
		es := feed(d, allMoved(r.season(5), 2.5), gait.Prior{}, true)
		if why.Explains() != (loudest(es) == gait.LevelNone) {
			t.Errorf("%s: then %s", why, loudest(es))
		}
	}
}

func BenchmarkJudgeAndLearn(b *testing.B) {
	runs := newRunner(1).season(1000)
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
