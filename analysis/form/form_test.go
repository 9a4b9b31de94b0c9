package form_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gaitkeeper/analysis/form"
	"gaitkeeper/gait"
)

func TestALimpThatMovesSeveralTraitsIsAskedAbout(t *testing.T) {
	for name, streams := range map[string]bool{"with a watch": false, "from Strava alone": true} {
		found, healthy := 0, 0
		for seed := range uint64(20) {
			r := newRunner(seed)
			r.streams = streams
			f := form.New(ask)
			healthy += asked(read(f, r.season(30)...))
			var limping []gait.Measures
			for range 8 {
				limping = append(limping, r.run(plainLimp()))
			}
			forms := read(f, limping...)
			n := asked(forms)
			if n == 0 {
				continue
			}
			found++
			said := forms[n-1]
			if len(said.What) < 2 || !hasSizes(said) || said.Runs < 1 {
				t.Errorf("%s, seed %d: %+v", name, seed, said)
			}
			if streams && slices.Contains(said.What, gait.FeatureStanceTime) {
				t.Errorf("%s speaks of a time on the ground that nobody measured", name)
			}
		}
		if found < 18 || healthy > 0 {
			t.Errorf("%s: %d of 20 asked about, healthy runners: first at %d", name, found, healthy)
		}
	}
}

// What has another reason moves other features, or fewer.
func TestWhatHasAnotherReasonIsNotAskedAbout(t *testing.T) {
	for name, change := range map[string]func(m *gait.Measures){
		"a new watch measures another stance time": func(m *gait.Measures) {
			m.Sensor.Product = 2
			each(m, func(b *gait.Block) { b.StanceTime += 25; b.VerticalOscillation += 9 })
		},
		"new shoes":     func(m *gait.Measures) { each(m, func(b *gait.Block) { b.StanceTime += 5 }) },
		"a wrong speed": func(m *gait.Measures) { each(m, func(b *gait.Block) { b.Speed *= 1.08 }) },
		"a treadmill": func(m *gait.Measures) {
			m.Context = gait.Treadmill
			each(m, func(b *gait.Block) { b.Speed *= 1.1 })
		},
		"heat":           func(m *gait.Measures) { each(m, func(b *gait.Block) { b.HeartRate += 12 }) },
		"a better pace":  func(m *gait.Measures) { each(m, func(b *gait.Block) { b.HeartRate -= 9 }); m.WalkShare = 0 },
		"walking breaks": func(m *gait.Measures) { m.WalkShare += 0.05 },
	} {
		times := 0
		for seed := range uint64(10) {
			r := newRunner(100 + seed)
			f := form.New(ask)
			read(f, r.season(30)...)
			changed := r.season(12)
			for i := range changed {
				change(&changed[i])
			}
			if asked(read(f, changed...)) > 0 {
				times++
			}
		}
		if times > 1 {
			t.Errorf("%s: asked in %d of 10 seasons", name, times)
		}
	}
}

func each(m *gait.Measures, change func(*gait.Block)) {
	for i := range m.Blocks {
		change(&m.Blocks[i])
	}
}

func TestTheRunsOfAStandingQuestionStayOutOfTheHabit(t *testing.T) {
	r := newRunner(3)
	f := form.New(ask)
	read(f, r.season(30)...)
	var limping []gait.Measures
	for range 7 {
		limping = append(limping, r.run(sore{-7, 16, 0.1, 0.1, 0.15}))
	}
	forms := read(f, limping...)
	last := forms[6]
	if last.Level != gait.LevelAsk || last.Runs < 5 || last.Runs > 9 {
		t.Fatalf("the seventh run: %+v", last)
	}
	for _, l := range last.Readings {
		if l.Feature == gait.FeatureStanceTime && (l.Change < 11 || l.Change > 21) {
			t.Errorf("16 ms more: %+v", l)
		}
		if l.Feature == gait.FeatureCadence && (l.Usual < 163.5 || l.Change > -4) {
			t.Errorf("7 steps fewer: %+v", l)
		}
	}
	for range 12 {
		limping = append(limping, r.run(sore{-7, 16, 0.1, 0.1, 0.15}))
	}
	read(f, limping[7:12]...)
	if n := asked(read(f, limping[12:]...)); n > 0 {
		t.Errorf("after all that time without a word it is the habit, but run %d is asked about", n)
	}
}

func TestALimpThatComesAndGoesAddsUp(t *testing.T) {
	found := 0
	for seed := range uint64(10) {
		r := newRunner(200 + seed)
		f := form.New(ask)
		read(f, r.season(30)...)
		var runs []gait.Measures
		for i := range 12 {
			if i%2 == 0 {
				runs = append(runs, r.run(plainLimp()))
			} else {
				runs = append(runs, r.run(sore{}))
			}
		}
		if asked(read(f, runs...)) > 0 {
			found++
		}
	}
	if found < 7 {
		t.Errorf("%d of 10", found)
	}
}

func TestAnExplainedChangeIsTheHabit(t *testing.T) {
	r := newRunner(5)
	f := form.New(ask)
	read(f, r.season(30)...)
	read(f, r.run(plainLimp()), r.run(plainLimp()), r.run(plainLimp()))
	f.Rebaseline()
	var runs []gait.Measures
	for range 8 {
		runs = append(runs, r.run(plainLimp()))
	}
	if n := asked(read(f, runs...)); n > 0 {
		t.Errorf("run %d after the answer is asked about", n)
	}
}

func TestANewPainRaisesTheOdds(t *testing.T) {
	r := newRunner(6)
	f := form.New(ask)
	read(f, r.season(30)...)
	m := r.run(sore{-1, 2, 0.01, 0.01, 0.01})
	alone := f.Judge(m, 0)
	if alone.Level != gait.LevelNone {
		t.Fatalf("a small change alone: %+v", alone)
	}
	joined := f.Judge(m, ask-alone.LogOdds+0.01)
	if joined.Level != gait.LevelAsk {
		t.Errorf("with a pain: %+v", joined)
	}
}

func TestARunIsJudgedByThoseBeforeIt(t *testing.T) {
	r := newRunner(7)
	f := form.New(ask)
	read(f, r.season(20)...)
	other := f.Clone()
	odd, next := r.run(sore{-9, 20, 0.1, 0.1, 0.2}), r.run(sore{})
	first := f.Judge(odd, 0)
	if again := f.Judge(odd, 0); again.LogOdds != first.LogOdds {
		t.Errorf("judged twice: %v, then %v", first.LogOdds, again.LogOdds)
	}
	want := other.Judge(next, 0).LogOdds
	read(f, odd, odd)
	if got := other.Judge(next, 0).LogOdds; got != want {
		t.Errorf("what one fold learned changed its clone: %v, was %v", got, want)
	}
}

// A run with a pain is evidence, and no habit.
func TestARunThatIsNotHealthyIsNoHabit(t *testing.T) {
	r := newRunner(8)
	f := form.New(ask)
	read(f, r.season(20)...)
	usual := func() float64 { return f.Judge(r.run(sore{}), 0).Readings[0].Usual }
	before := usual()
	for range 6 {
		m := r.run(sore{-9, 20, 0.1, 0.1, 0.2})
		f.Judge(m, 0)
		f.Learn(m, false)
	}
	if after := usual(); math.Abs(after-before) > 2 {
		t.Errorf("cadence: usual %.1f, was %.1f", after, before)
	}
}

func TestLogOddsAreAlwaysFinite(t *testing.T) {
	figure := rapid.OneOf(rapid.Float64Range(-1e3, 1e3), rapid.Just(math.NaN()), rapid.Just(0.0), rapid.Just(2.8))
	rapid.Check(t, func(t *rapid.T) {
		f := form.New(ask)
		start := time.Unix(1e9, 0).UTC()
		for range rapid.IntRange(1, 12).Draw(t, "runs") {
			start = start.Add(time.Duration(rapid.IntRange(0, 1e7).Draw(t, "gap")) * time.Second)
			m := gait.Measures{Run: gait.NewRunID(start), Start: start, Duration: time.Hour, WalkShare: rapid.Float64Range(0, 1).Draw(t, "walk")}
			b := gait.Block{
				Speed: gait.MetresPerSecond(figure.Draw(t, "speed")), Grade: gait.Percent(figure.Draw(t, "grade")),
				Cadence: gait.StepsPerMinute(figure.Draw(t, "cadence")), StanceTime: gait.Milliseconds(figure.Draw(t, "stance")),
				VerticalOscillation: gait.Millimetres(figure.Draw(t, "bounce")), HeartRate: gait.BeatsPerMinute(figure.Draw(t, "heart")),
			}
			for range rapid.IntRange(0, 20).Draw(t, "minutes") {
				m.Blocks = append(m.Blocks, b)
			}
			got := f.Judge(m, rapid.Float64Range(-5, 5).Draw(t, "prior"))
			if math.IsNaN(got.LogOdds) || math.IsInf(got.LogOdds, 0) {
				t.Fatalf("log odds %v", got.LogOdds)
			}
			for _, l := range got.Readings {
				if math.IsNaN(l.Value+l.Usual+l.Spread+l.Change) || math.IsInf(l.Value+l.Usual+l.Spread+l.Change, 0) {
					t.Fatalf("%+v", l)
				}
			}
			f.Learn(m, rapid.Bool().Draw(t, "healthy"))
		}
	})
}

// hasSizes tells whether each change comes with its size.
func hasSizes(f gait.Form) bool {
	return !slices.ContainsFunc(f.What, func(what gait.Feature) bool {
		return !slices.ContainsFunc(f.Readings, func(r gait.FormReading) bool { return r.Feature == what && r.Change != 0 })
	})
}
