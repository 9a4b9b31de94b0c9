package rules

import (
	"strings"
	"testing"

	"gaitkeeper/gait"
)

func TestOnlyClearedEndsStopBone(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left shin 3, focal"))
	for d := 1; d < 10; d++ {
		if o := w.rest(d, w.pain("left shin 0")); o.Verdict != gait.VerdictStop {
			t.Fatalf("day %d: %s", d, o.Verdict)
		}
	}
	if o := w.look(300); o.Verdict != gait.VerdictStop || !o.Professional || !strings.Contains(o.text(gait.Return), "cleared") {
		t.Errorf("time alone: %s, professional %v, %q", o.Verdict, o.Professional, o.text(gait.Return))
	}
	c := w.c
	c.At, c.Cleared = on(20), true
	if o := w.judge(c); o.Verdict != gait.VerdictKeep {
		t.Errorf("cleared: %s %v", o.Verdict, o.names())
	}
}

func TestAStopFallsToModifyAndThenToKeep(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3, sharp"))
	if o := w.rest(1, w.pain("left knee 1")); o.Verdict != gait.VerdictStop {
		t.Fatalf("after one day: %s", o.Verdict)
	}
	if o := w.rest(1, w.pain("left knee 0")); o.Verdict != gait.VerdictStop {
		t.Fatalf("two entries on one day are one day: %s", o.Verdict)
	}
	o := w.rest(3, w.pain("left knee 0"))
	if o.Verdict != gait.VerdictModify || !o.has(gait.ModStanding) {
		t.Fatalf("after two days: %s %v", o.Verdict, o.names())
	}
	if o := w.run(5, w.pain("left knee 2, morning 0")); !o.has(gait.ModStanding) {
		t.Fatalf("after one settled run: %v", o.names())
	}
	if o := w.run(7, w.pain("left knee 1, morning 1")); len(o.Next.Stops) > 0 {
		t.Errorf("after two settled runs: %v", o.names())
	}
	if o := w.look(30); o.Verdict != gait.VerdictKeep {
		t.Errorf("at last: %s %v", o.Verdict, o.names())
	}
}

func TestWhatDoesNotLowerAStop(t *testing.T) {
	for name, days := range map[string][]string{
		"silence":             {},
		"walking hurts":       {"left knee 2", "left knee 2"},
		"a limp":              {"left knee 1, limping", "left knee 1, limping"},
		"a painkiller":        {"left knee 0, medication", "left knee 0, medication"},
		"another place":       {"right knee 0", "right knee 0"},
		"a bad day between":   {"left knee 0", "left knee 3", "left knee 0"},
		"no number":           {"left knee no limping", "left knee no limping"},
		"one good day of two": {"left knee 0", "left knee 2"},
	} {
		w := newWorld(t)
		w.run(0, w.pain("left knee 3, sharp"))
		for i, entry := range days {
			p := w.pain("left knee 0")
			if entry != "left knee no limping" {
				p = w.pain(entry)
			} else {
				p.Worst, p.Limping = gait.Score{}, gait.No
			}
			w.rest(1+i, p)
		}
		if o := w.look(60); o.Verdict != gait.VerdictStop {
			t.Errorf("%s: %s", name, o.Verdict)
		}
	}
}

func TestRunsDoNotLowerAStop(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3, sharp"))
	for d := 2; d < 12; d += 2 {
		if o := w.run(d); o.Verdict != gait.VerdictStop {
			t.Fatalf("a silent run: %s", o.Verdict)
		}
	}
	if o := w.run(12, w.pain("left knee 0, morning 0")); o.Verdict != gait.VerdictStop {
		t.Errorf("a run is no entry about walking: %s", o.Verdict)
	}
}

func TestALoweredStopNeedsSettledRuns(t *testing.T) {
	for name, runs := range map[string][]string{
		"no morning":       {"left knee 1", "left knee 1"},
		"a bad morning":    {"left knee 1, morning 0", "left knee 1, morning 3"},
		"too much pain":    {"left knee 1, morning 0", "left knee 3, morning 0"},
		"painkillers":      {"left knee 1, morning 0, medication", "left knee 1, morning 0, medication"},
		"silence":          {"", ""},
		"not two in a row": {"left knee 1, morning 0", "left knee 3, morning 0", "left knee 1, morning 0"},
		"another place":    {"right hip 1, morning 0", "right hip 1, morning 0"},
	} {
		w := newWorld(t)
		w.run(0, w.pain("left knee 3, sharp"))
		w.rest(1, w.pain("0"))
		w.rest(2, w.pain("0"))
		for i, entry := range runs {
			w.told(4+2*i, entry)
		}
		if len(w.c.Before.Stops) == 0 {
			t.Errorf("%s: the stop has ended", name)
		}
	}
}

func TestAStopBeginsAgain(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3, sharp"))
	w.rest(1, w.pain("left knee 0"))
	w.run(2, w.pain("left knee 3, sharp"))
	if o := w.rest(3, w.pain("left knee 0")); o.Verdict != gait.VerdictStop {
		t.Errorf("the good day before it counts: %s", o.Verdict)
	}
	if since := w.c.Before.Stops[0].Since; !since.Before(on(1)) {
		t.Errorf("it is the same stop, but stands since %v", since)
	}
	w.rest(4, w.pain("left knee 0"))
	w.run(6, w.pain("left knee 3, sharp"))
	if s := w.c.Before.Stops[0]; s.Lowered || s.Since.Before(on(6)) {
		t.Errorf("a stop after it was lowered is a new one: %+v", s)
	}
}

func TestAMeasuredLimpIsLiftedLater(t *testing.T) {
	w := newWorld(t).shifted(gait.LevelWarn, gait.Left)
	w.run(0, w.pain("left knee 2"))
	w.usual()
	w.answers = []gait.AnswerKind{gait.AnswerNewStrap}
	if o := w.run(2); o.Verdict == gait.VerdictStop {
		t.Errorf("a new strap explains it: %v", o.names())
	}
	w = newWorld(t)
	w.run(0, w.pain("left knee 2, limping"))
	w.answers = []gait.AnswerKind{gait.AnswerNewStrap}
	if o := w.run(2); o.Verdict != gait.VerdictStop {
		t.Error("a strap does not explain what the runner felt")
	}
}

func TestEachStopEndsByItself(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3, sharp, limping"), w.pain("right hip 3, sharp"))
	if n := len(w.c.Before.Stops); n != 3 {
		t.Fatalf("%d stops", n)
	}
	w.rest(1, w.pain("left knee 0"))
	if o := w.rest(2, w.pain("left knee 0")); o.Verdict != gait.VerdictStop {
		t.Error("the hip still stops")
	}
	for _, s := range w.c.Before.Stops {
		if s.Lowered != (s.Place.Site == gait.Knee) {
			t.Errorf("%s at the %s: lowered %v", s.Rule, s.Place.Site, s.Lowered)
		}
	}
}

func TestALimpNeedsTwoFreeDaysUnlessTheSkinHurts(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 2, limping"))
	if o := w.rest(1, w.pain("left knee 0")); o.Verdict != gait.VerdictStop {
		t.Errorf("after one day: %s", o.Verdict)
	}
}
