package analysis

import (
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// anySeason draws a season for the real detector: limps, straps, words, a run
// that is excluded.
func anySeason(t *rapid.T) gait.History {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 6))
	h := gait.History{Excluded: map[gait.RunID]bool{}}
	level := 50.3
	for i := range rapid.IntRange(1, 16).Draw(t, "runs") {
		if r.IntN(8) == 0 {
			level = 50.3 + 2*r.NormFloat64()
		}
		m := drawn(r, 2*i, level)
		m.Blocks = m.Blocks[:12]
		m.Sensor.Serial = uint32(1 + i/9)
		if r.IntN(10) == 0 {
			m.Quality.Balance = gait.BalanceSuspectSensor
		}
		m.Ascent = gait.Unknown[gait.Metres]()
		h.Runs = append(h.Runs, m)
		id, at := int64(10*i), end(&m).Add(time.Duration(r.IntN(60))*time.Hour)
		switch r.IntN(5) {
		case 0:
			h.Pain = append(h.Pain, gait.Pain{ID: id, Run: m.Run, At: end(&m), Recorded: at, Site: gait.Knee, Side: gait.Left, Worst: exactly(r.IntN(7))})
		case 1:
			h.Pain = append(h.Pain, gait.Pain{ID: id, At: at, Recorded: at, Site: gait.Shin, Side: gait.Right, Worst: exactly(r.IntN(5)), Morning: exactly(r.IntN(4))})
		case 2:
			h.Answers = append(h.Answers, gait.Answer{ID: id, Run: m.Run, Kind: gait.AnswerKinds()[r.IntN(len(gait.AnswerKinds()))], Recorded: at})
		}
		h.Excluded[m.Run] = r.IntN(12) == 0
	}
	return h
}

// without drops some of a history at random.
func without(t *rapid.T, h gait.History) gait.History {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "drop"), 7))
	some := rapid.SampledFrom([]int{0, 1, 2, 20}).Draw(t, "of 20")
	drop := func() bool { return r.IntN(20) < some }
	h.Runs = slices.DeleteFunc(slices.Clone(h.Runs), func(gait.Measures) bool { return drop() })
	h.Pain = slices.DeleteFunc(slices.Clone(h.Pain), func(gait.Pain) bool { return drop() })
	h.Answers = slices.DeleteFunc(slices.Clone(h.Answers), func(gait.Answer) bool { return drop() })
	h.Runs = h.Runs[:len(h.Runs)-rapid.IntRange(0, min(3, max(0, len(h.Runs)-1))).Draw(t, "last")]
	return h
}

// edited changes one thing in a history, where it stands.
func edited(t *rapid.T, h gait.History) gait.History {
	h.Runs, h.Pain, h.Answers = slices.Clone(h.Runs), slices.Clone(h.Pain), slices.Clone(h.Answers)
	n := rapid.IntRange(0, 1000).Draw(t, "edited")
	switch what := rapid.IntRange(0, 5).Draw(t, "edit"); {
	case what == 0 && len(h.Pain) > 0:
		p := &h.Pain[n%len(h.Pain)]
		p.Worst = exactly((p.Worst.Low() + 3) % 7)
	case what == 1 && len(h.Pain) > 0:
		p := &h.Pain[n%len(h.Pain)]
		p.Recorded = p.Recorded.Add(-time.Hour)
	case what == 2 && len(h.Answers) > 0:
		h.Answers[n%len(h.Answers)].Kind = gait.AnswerKinds()[n%len(gait.AnswerKinds())]
	case what == 3 && len(h.Answers) > 0:
		a := &h.Answers[n%len(h.Answers)]
		a.Recorded = a.Recorded.Add(90 * time.Minute)
	case what == 4 && len(h.Runs) > 0:
		h.Runs[n%len(h.Runs)].Distance += 5000
	case len(h.Runs) > 0:
		id := h.Runs[n%len(h.Runs)].Run
		h.Excluded = maps.Clone(h.Excluded)
		h.Excluded[id] = !h.Excluded[id]
	}
	return h
}

// TestGoingOnIsFoldingAnew lets a history change in any way, a few times over:
// going on from the fold before is the same as a fold from nothing.
func TestGoingOnIsFoldingAnew(t *testing.T) {
	p := gait.DefaultParams()
	rapid.Check(t, func(t *rapid.T) {
		whole := anySeason(t)
		f := Replay(without(t, whole), p)
		for range rapid.IntRange(1, 2).Draw(t, "changes") {
			h := whole
			if len(h.Runs) > 1 && rapid.Bool().Draw(t, "dropped") {
				h = without(t, whole)
			}
			if rapid.Bool().Draw(t, "changed") {
				h = edited(t, h)
			}
			switch rapid.IntRange(0, 9).Draw(t, "runner") {
			case 0:
				h.Zone = time.FixedZone("west", -9*3600)
			case 1:
				if len(h.Runs) == 0 {
					break
				}
				h.Races = []time.Time{h.Runs[len(h.Runs)/2].Start.AddDate(0, 0, 20)}
			}
			before, was := f, f.history
			f = f.With(h)
			sameFold(t, Replay(h, p), f, whole)
			before.With(without(t, whole))
			sameFold(t, Replay(was, p), before, whole)
			sameFold(t, Replay(h, p), f, whole)
		}
	})
}

// TestGrowingRunByRunIsFoldingAnew is the daily use, with the words that come
// after each run.
func TestGrowingRunByRunIsFoldingAnew(t *testing.T) {
	p := gait.DefaultParams()
	rapid.Check(t, func(t *rapid.T) {
		whole := anySeason(t)
		f := Replay(gait.History{}, p)
		for i := range whole.Runs {
			at := end(&whole.Runs[i])
			f = f.With(until(whole, at))
			f = f.With(until(whole, at.Add(30*time.Hour)))
		}
		f = f.With(whole)
		sameFold(t, Replay(whole, p), f, whole)
		if n := len(f.checkpoints); n > 3+int(math.Log2(float64(len(f.events)+1))) {
			t.Fatalf("%d states are kept for %d events", n, len(f.events))
		}
	})
}

func sameFold(t *rapid.T, want, got *Fold, whole gait.History) {
	if diff := same(want.Assessments, got.Assessments) + same(want.Episodes, got.Episodes); diff != "" {
		t.Fatal(diff)
	}
	for _, m := range whole.Runs {
		_, known := want.Assessment(m.Run)
		if a, ok := got.Assessment(m.Run); ok != known || ok && a.Run != m.Run {
			t.Fatalf("run %s is found as %s, %v", m.Run, a.Run, ok)
		}
	}
	for _, days := range []int{-40, -1, 0, 1, 20} {
		at := want.newest.AddDate(0, 0, days)
		if diff := same(want.Standing(at), got.Standing(at)) + same(want.EpisodesAt(at), got.EpisodesAt(at)); diff != "" {
			t.Fatalf("after %d days: %s", days, diff)
		}
	}
}

// Two histories that go on differently from one fold leave each other alone,
// however many words and steps came before.
func TestTwoWaysOnFromOneFold(t *testing.T) {
	for before := range 9 {
		s := usualRuns(t)
		knee := pain(gait.Right, gait.Knee)
		s.day(0).run(8).shift(gait.LevelAsk, gait.Left)
		s.day(2).run(8).shift(gait.LevelWarn, gait.Left)
		s.day(4).run(8).shift(gait.LevelWarn, gait.Left)
		for i := range before {
			s.day(6 + 2*i).run(8).says(knee.worst(1 + i%2).morning(0))
		}
		s.h.Runs, s.h.Pain = slices.Clip(s.h.Runs), slices.Clip(s.h.Pain)
		f, was := s.fold(), s.h
		s.day(30).run(8).says(knee.worst(2).limping().morning(0))
		one, h := f.With(s.h), s.h
		s.h = was
		s.day(30).run(8).says(knee.worst(5).limping().morning(4))
		f.With(s.h)

		s.h = h
		s.day(32).run(8).says(knee.worst(4).morning(2))
		want, got := replay(s.h, f.params, f.newDetector), one.With(s.h)
		if diff := same(want.Assessments, got.Assessments) + same(want.Episodes, got.Episodes); diff != "" {
			t.Errorf("after %d painful runs: %s", before, diff)
		}
	}
}

func TestARunMoreCostsOneRun(t *testing.T) {
	h := season(300)
	counting := &countingDetector{}
	f := replay(gait.History{Runs: h.Runs[:299]}, gait.DefaultParams(), func() detector { return counting })
	counting.judged = 0
	f = f.With(gait.History{Runs: h.Runs})
	if counting.judged != 1 {
		t.Errorf("one run more: %d were judged", counting.judged)
	}
	counting.judged = 0
	m := h.Runs[299]
	f.With(gait.History{Runs: h.Runs, Answers: []gait.Answer{{ID: 1, Run: m.Run, Kind: gait.AnswerNoPain, Recorded: end(&m)}}})
	if counting.judged > 2 {
		t.Errorf("a word about the last run: %d were judged", counting.judged)
	}
	counting.judged = 0
	late := slices.Delete(slices.Clone(h.Runs), 280, 281)
	f.With(gait.History{Runs: late})
	if counting.judged > 40 {
		t.Errorf("a run of three weeks ago is gone: %d were judged", counting.judged)
	}
}

type countingDetector struct {
	stillDetector
	judged int
}

func (d *countingDetector) Judge(gait.Measures, gait.Prior) gait.Evidence { d.judged++; return quiet() }
func (d *countingDetector) clone() detector                               { return d }

// A field that nobody compares would let a changed run pass for the old one.
func TestEveryFigureOfARunIsCompared(t *testing.T) {
	run := drawn(rand.New(rand.NewPCG(1, 1)), 0, 50)
	every := func(of any, changed func() bool) {
		v := reflect.ValueOf(of).Elem()
		for i := range v.NumField() {
			was := reflect.New(v.Field(i).Type()).Elem()
			was.Set(v.Field(i))
			change(v.Field(i))
			if !changed() {
				t.Errorf("%s.%s is not compared", v.Type(), v.Type().Field(i).Name)
			}
			v.Field(i).Set(was)
		}
	}
	other := run
	every(&other, func() bool { return !sameRun(&run, &other) })
	block := run.Blocks[0]
	every(&block, func() bool { return !sameBlock(run.Blocks[0], block) })
	if !sameRun(&run, &other) {
		t.Error("a run is not the same as itself")
	}
}

// change changes a figure in any way.
func change(v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = x.Add(time.Second)
	case *[]gait.Block:
		*x = (*x)[1:]
	case *gait.Block:
		x.Kept++
	case *gait.Sensor:
		x.Serial++
	case *gait.Quality:
		x.Reason += "changed"
	default:
		switch v.Kind() {
		case reflect.Bool:
			v.SetBool(!v.Bool())
		case reflect.String:
			v.SetString(v.String() + "changed")
		case reflect.Float64:
			v.SetFloat(v.Float() + 1)
		case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uint:
			v.SetUint(v.Uint() + 1)
		default:
			v.SetInt(v.Int() + 1)
		}
	}
}

// TestARunAsideChangesNothing: a run without a place in time is judged against
// what is known, sends nothing, and leaves the fold as it is.
func TestARunAsideChangesNothing(t *testing.T) {
	p, h := gait.DefaultParams(), season(40)
	odd := h.Runs[39]
	h.Runs = h.Runs[:39]
	h.Pain = append(h.Pain, gait.Pain{ID: 99, Run: odd.Run, At: end(&h.Runs[38]), Recorded: end(&h.Runs[38]), Site: gait.Knee, Side: gait.Left, Worst: exactly(3)})
	f := Replay(h, p)
	a := f.Aside(odd)
	if a.Run != odd.Run || a.Alert.Suppressed != finding.SuppressedExcluded || a.Evidence.BaselineRuns == 0 || !a.Pain.Worst.AtLeast(3) {
		t.Errorf("%+v", a)
	}
	if _, held := f.Assessment(odd.Run); held {
		t.Error("the fold holds it")
	}
	again := Replay(h, p)
	at := end(&h.Runs[38]).AddDate(0, 0, 1)
	if diff := same(again.Assessments, f.Assessments) + same(again.Standing(at), f.Standing(at)); diff != "" {
		t.Error(diff)
	}
}
