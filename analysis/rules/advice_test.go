package rules

import (
	"math"
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// after is the outcome of one run with one entry.
func after(t *testing.T, entry string, change ...func(*world)) Outcome {
	w := newWorld(t)
	for _, c := range change {
		c(w)
	}
	return w.run(0, w.pain(entry))
}

// back is a runner whose stop of the knee has just fallen; fallen is what is said
// then, and walked when the first run of the way back is next.
func back(t *testing.T) (*world, Outcome) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 7"))
	w.tap(2, gait.AnswerWalkingFine)
	return w, w.tap(3, gait.AnswerWalkingFine)
}

func fallen(t *testing.T) Outcome {
	_, o := back(t)
	return o
}

func walked(t *testing.T) Outcome {
	w, _ := back(t)
	return w.tap(4, gait.AnswerWalkingFine)
}

func TestWhenAdviceIsGiven(t *testing.T) {
	cold := func(w *world) { w.measures.WarmUp.Speed = 2.8 }
	fast := func(w *world) {
		for i := range w.measures.Blocks {
			w.measures.Blocks[i].Speed = 3.2
		}
	}
	for rule, tries := range map[finding.Rule][]struct {
		name   string
		o      Outcome
		want   bool
		detail finding.How
	}{
		finding.CutShort: {
			{"it grew", after(t, "left knee 3, start 0, end 3"), true, ""},
			{"a stop has just fallen, and walking comes first", fallen(t), false, ""},
			{"running comes next", walked(t), true, ""},
			{"a stop", after(t, "left knee 7"), false, ""},
			{"a steady pain", after(t, "left knee 4"), false, ""},
		},
		finding.Return: {
			{"a stop", after(t, "left knee 7"), true, ""},
			{"a bone", after(t, "left knee 2, focal"), true, finding.HowCleared},
			{"a measured stop", newWorld(t).shifted(gait.LevelWarn, gait.Left).told(0, "left knee 3"), true, finding.HowMeasured},
			{"the skin", after(t, "left heel 3, skin, limping"), true, finding.HowSkin},
			{"a modify", after(t, "left knee 4"), false, ""},
		},
		finding.Flatter: {
			{"a knee", after(t, "left knee 4"), true, ""},
			{"a back", after(t, "back 4"), false, ""},
			{"a stop", after(t, "left knee 7"), false, ""},
		},
		finding.Slower: {
			{"a fast run", after(t, "left knee 3", fast), true, ""},
			{"a usual run", after(t, "left knee 3"), false, ""},
			{"a calf, always", after(t, "left calf 3"), true, ""},
			{"a fast run without pain", after(t, "0", fast), false, ""},
		},
		finding.WalkBreaks: {
			{"stable", after(t, "left knee 3"), true, ""},
			{"it grew", after(t, "left knee 3, start 0, end 3"), false, ""},
			{"a stop", after(t, "left knee 7"), false, ""},
		},
		finding.WarmUp: {
			{"a fast start", after(t, "left calf 3", cold), true, finding.HowFast},
			{"a slow start, once", after(t, "left calf 3"), true, ""},
			{"a bone", after(t, "left shin 3", cold), false, ""},
			{"a stop", after(t, "left calf 7", cold), false, ""},
		},
		finding.FormReview: {
			{"a professional", after(t, "left knee 3, mood"), true, ""},
			{"none", after(t, "left knee 3"), false, ""},
			{"urgent", after(t, "left groin 3, start 3, end 3, focal"), false, ""},
		},
		finding.OtherSide: {
			{"the other leg hurts", newWorld(t).shifted(gait.LevelWarn, gait.Left).told(0, "right knee 3"), true, ""},
			{"the spared leg hurts", newWorld(t).shifted(gait.LevelWarn, gait.Left).told(0, "left knee 3"), false, ""},
			{"no side", newWorld(t).shifted(gait.LevelWarn, gait.Left).told(0, "knee 3"), false, ""},
		},
		finding.KeepBusy: {{"a stop", after(t, "left knee 7"), true, ""}, {"a first modify", after(t, "left knee 4"), false, ""}},
		finding.NotAlone: {{"a modify", after(t, "left knee 4"), true, ""}, {"a keep", after(t, "0"), false, ""}},
		finding.LongView: {
			{"a modify", after(t, "left knee 4"), true, ""},
			{"only measured", newWorld(t).shifted(gait.LevelWarn, gait.Left).run(0), false, ""},
			{"a blister", after(t, "left heel 3, skin, limping"), false, ""},
			{"minor", after(t, "left knee 2"), false, ""},
		},
	} {
		for _, try := range tries {
			f, given := try.o.fact(rule)
			if given != try.want || given && f.How != try.detail {
				t.Errorf("%s, %s: given %v, %q (%s)", rule, try.name, given, f.How, try.o.Verdict)
			}
		}
	}
}

func TestAdviceIsGivenOnceATrouble(t *testing.T) {
	w := newWorld(t)
	once := []finding.Rule{finding.LongView, finding.NotAlone, finding.WarmUp}
	given := func(o Outcome, want bool) {
		t.Helper()
		for _, rule := range once {
			if _, got := o.fact(rule); got != want {
				t.Errorf("%s given: %v, want %v", rule, got, want)
			}
		}
	}
	given(w.run(0, w.pain("left calf 4")), true)
	given(w.look(1), true) // nothing has happened since
	given(w.run(2, w.pain("left calf 4")), false)
	given(w.look(3), false)
	w.run(4, w.pain("left calf 0"))
	w.run(6, w.pain("left calf 0"))
	given(w.run(40, w.pain("left calf 4")), true) // another trouble
}

func TestKeepBusyComesBeforeAStopIsNeeded(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 4"))
	if o := w.run(8, w.pain("left knee 4")); o.how(finding.KeepBusy) != finding.HowStill {
		t.Errorf("in the second week: %v", o.Advice)
	}
	if _, again := w.run(10, w.pain("left knee 4")).fact(finding.KeepBusy); again {
		t.Error("once")
	}
}

func TestTheMetresClimbedAreNamed(t *testing.T) {
	o := after(t, "left achilles 3", func(w *world) {
		for i := range w.c.Runs {
			w.c.Runs[i].Ascent = 160
		}
		w.measures.Ascent = 160
	})
	if f, _ := o.fact(finding.Flatter); math.Round(f.Climb) != 20 {
		t.Errorf("%v m/km", f.Climb)
	}
}

// 14 runs of 8 km in the four weeks before the trouble are 28 km a week.
func TestLessVolumeKnowsTheWeeksBefore(t *testing.T) {
	w := newWorld(t)
	volume := func(o Outcome) (how finding.How, advised, usual float64) {
		f, _ := o.fact(finding.LessVolume)
		return f.How, math.Round(float64(f.Distance) / 1000), math.Round(float64(f.Usual) / 1000)
	}
	if how, advised, usual := volume(w.run(0, w.pain("left knee 4"))); how != "" || advised != 21 || usual != 28 {
		t.Errorf("at once: %q, %v of %v km", how, advised, usual)
	}
	w.measures.Distance = 4000
	var o Outcome
	for d := 2; d <= 14; d += 2 {
		o = w.run(d, w.pain("left knee 4"))
	}
	if how, now, usual := volume(o); how != finding.HowCut || now > 18 || usual < 26 {
		t.Errorf("who has halved it is to hold that: %q, %v of %v km", how, now, usual)
	}
	w = newWorld(t)
	w.run(0, w.pain("left knee 4"))
	if how, advised, _ := volume(w.look(13)); how == finding.HowCut || advised != 21 {
		t.Errorf("a holiday is no cut: %q %v", how, advised)
	}
}

func TestBesideARedFlagThereIsNoTrainingAdvice(t *testing.T) {
	for _, entry := range []string{"left knee 4, pop", "left calf 3, swelling, hot", "chest"} {
		if o := after(t, entry); len(o.Advice) > 0 || !o.Urgent || o.Verdict != finding.VerdictStop {
			t.Errorf("%s: %s, urgent %v, %v", entry, o.Verdict, o.Urgent, o.Advice)
		}
	}
}
