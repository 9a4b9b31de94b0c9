package rules

import (
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func TestOnlyClearedEndsStopBone(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left shin 3, focal"))
	for d := 1; d < 10; d++ {
		if o := w.rest(d, w.pain("left shin 0")); o.Verdict != finding.VerdictStop {
			t.Fatalf("day %d: %s", d, o.Verdict)
		}
	}
	if o := w.look(300); o.Verdict != finding.VerdictStop || !o.Professional || o.how(finding.Return) != finding.HowCleared {
		t.Errorf("time alone: %s, professional %v, %v", o.Verdict, o.Professional, o.Advice)
	}
	if o := w.tap(20, gait.AnswerCleared); o.Verdict != finding.VerdictKeep {
		t.Errorf("cleared: %s %v", o.Verdict, o.names())
	}
}

func TestClearedLowersAnyOtherStop(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3, limping"))
	if o := w.tap(5, gait.AnswerCleared); o.Verdict != finding.VerdictModify || !o.has(finding.ModStanding) || o.how(finding.Return) != finding.HowStep {
		t.Errorf("cleared: %s %v, %v", o.Verdict, o.names(), o.Advice)
	}
}

func TestAStopFallsToModifyAndThenToKeep(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3, sharp"))
	if o := w.rest(1, w.pain("left knee 1")); o.Verdict != finding.VerdictStop {
		t.Fatalf("after one day: %s", o.Verdict)
	}
	if o := w.rest(1, w.pain("left knee 0")); o.Verdict != finding.VerdictStop {
		t.Fatalf("two entries on one day are one day: %s", o.Verdict)
	}
	o := w.rest(3, w.pain("left knee 0"))
	if o.Verdict != finding.VerdictModify || !o.has(finding.ModStanding) {
		t.Fatalf("after two days: %s %v", o.Verdict, o.names())
	}
	if o := w.run(5, w.pain("left knee 2, morning 0")); !o.has(finding.ModStanding) {
		t.Fatalf("after one settled run: %v", o.names())
	}
	if o := w.run(7, w.pain("left knee 1, morning 1")); len(o.Next.Stops) > 0 {
		t.Errorf("after two settled runs: %v", o.names())
	}
	if o := w.look(30); o.Verdict != finding.VerdictKeep {
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
		if o := w.look(60); o.Verdict != finding.VerdictStop {
			t.Errorf("%s: %s", name, o.Verdict)
		}
	}
}

func TestASilentRunDoesNotLowerAStop(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3, sharp"))
	for d := 2; d < 12; d += 2 {
		if o := w.run(d); o.Verdict != finding.VerdictStop {
			t.Fatalf("a silent run: %s", o.Verdict)
		}
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
	if o := w.rest(3, w.pain("left knee 0")); o.Verdict != finding.VerdictStop {
		t.Errorf("the good day before it counts: %s", o.Verdict)
	}
	if s := w.c.Before.Stops[0]; !s.Since.Before(on(1)) || s.Found.Before(on(2)) {
		t.Errorf("it is the same stop, but stands since %v, and what it says is of %v", s.Since, s.Found)
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
	if o := w.run(2); o.Verdict == finding.VerdictStop {
		t.Errorf("a new strap explains it: %v", o.names())
	}
	w = newWorld(t)
	w.run(0, w.pain("left knee 2, limping"))
	w.answers = []gait.AnswerKind{gait.AnswerNewStrap}
	if o := w.run(2); o.Verdict != finding.VerdictStop {
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
	if o := w.rest(2, w.pain("left knee 0")); o.Verdict != finding.VerdictStop {
		t.Error("the hip still stops")
	}
	for _, s := range w.c.Before.Stops {
		if s.Lowered != (s.Site == gait.Knee) {
			t.Errorf("%s at the %s: lowered %v", s.Rule, s.Site, s.Lowered)
		}
	}
}

func TestALimpNeedsTwoFreeDaysUnlessTheSkinHurts(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 2, limping"))
	if o := w.rest(1, w.pain("left knee 0")); o.Verdict != finding.VerdictStop {
		t.Errorf("after one day: %s", o.Verdict)
	}
}

func TestCalmWordsOfEveryKindCountAlike(t *testing.T) {
	rest := func(day int, entry string) func(*world) { return func(w *world) { w.rest(day, w.pain(entry)) } }
	run := func(day int, entry string) func(*world) { return func(w *world) { w.told(day, entry) } }
	tap := func(day int, kind gait.AnswerKind) func(*world) { return func(w *world) { w.tap(day, kind) } }
	for name, try := range map[string]struct {
		words []func(*world)
		want  bool
	}{
		"two rest days":            {[]func(*world){rest(1, "left knee 1"), rest(2, "left knee 0")}, true},
		"a rest day and a run":     {[]func(*world){rest(1, "left knee 1"), run(3, "0")}, true},
		"two runs":                 {[]func(*world){run(2, "0"), run(4, "left knee 0")}, true},
		"a run and its morning":    {[]func(*world){run(2, "left knee 0, morning 0")}, true},
		"two taps":                 {[]func(*world){tap(1, gait.AnswerWalkingFine), tap(2, gait.AnswerWalkingFine)}, true},
		"two taps on one day":      {[]func(*world){tap(1, gait.AnswerWalkingFine), tap(1, gait.AnswerWalkingFine)}, false},
		"a tap and a worse one":    {[]func(*world){tap(1, gait.AnswerWalkingFine), tap(2, gait.AnswerStillHurts), tap(3, gait.AnswerWalkingFine)}, false},
		"a run that hurts between": {[]func(*world){rest(1, "left knee 0"), run(2, "left knee 4"), rest(3, "left knee 0")}, false},
		"a bad morning in between": {[]func(*world){rest(1, "left knee 0"), run(2, "left knee 1, morning 3"), rest(3, "left knee 0")}, false},
		"runs without a word":      {[]func(*world){run(2, ""), run(4, "")}, false},
	} {
		w := newWorld(t)
		w.run(0, w.pain("left knee 3, sharp"))
		for _, word := range try.words {
			word(w)
		}
		if lowered := w.c.Before.Stops[0].Lowered; lowered != try.want {
			t.Errorf("%s: lowered %v (%+v)", name, lowered, w.c.Before.Stops[0].CalmDays)
		}
	}
}

func TestWalkingAsUsualIsCalm(t *testing.T) {
	w := newWorld(t)
	for d := -50; d < -40; d += 2 {
		w.rest(d, w.pain("left knee 2"))
	}
	w.run(0, w.pain("left knee 4, sharp"))
	w.rest(1, w.pain("left knee 2"))
	if w.rest(2, w.pain("left knee 2")); !w.c.Before.Stops[0].Lowered {
		t.Error("a knee that always hurts 2 in walking never lowers a stop")
	}
}

// falseStop is a runner with a sore knee who was stopped by a strap.
func falseStop(t *testing.T) *world {
	w := newWorld(t).shifted(gait.LevelWarn, gait.Left)
	if o := w.run(0, w.pain("left knee 2")); o.Verdict != finding.VerdictStop {
		t.Fatal(o.names())
	}
	w.usual()
	return w
}

func TestAMeasuredStopEndsByItself(t *testing.T) {
	for name, try := range map[string]struct {
		runs  []string
		level gait.Level
		want  bool
	}{
		"two ordinary painless runs": {[]string{"0", "0"}, gait.LevelNone, true},
		"one":                        {[]string{"0"}, gait.LevelNone, false},
		"silence":                    {[]string{"", ""}, gait.LevelNone, false},
		"silence in between":         {[]string{"0", "", "0"}, gait.LevelNone, true},
		"more pain":                  {[]string{"left knee 4", "left knee 4"}, gait.LevelNone, false},
		"still shifted":              {[]string{"left knee 0", "left knee 0"}, gait.LevelAsk, false},
	} {
		w := falseStop(t)
		if try.level != gait.LevelNone {
			w.shifted(try.level, gait.Left)
		}
		for i, entry := range try.runs {
			w.told(2+2*i, entry)
		}
		if gone := len(w.c.Before.Stops) == 0; gone != try.want {
			t.Errorf("%s: gone %v (%+v)", name, gone, w.c.Before.Stops)
		}
	}
}

func TestAMeasuredStopEndsByOneTap(t *testing.T) {
	for _, kind := range []gait.AnswerKind{gait.AnswerNotALimp, gait.AnswerNewStrap, gait.AnswerNewShoes} {
		w := falseStop(t)
		w.answers = []gait.AnswerKind{kind}
		if o := w.run(2); len(o.Next.Stops) > 0 {
			t.Errorf("%s: %v", kind, o.names())
		}
	}
}

func TestTheMorningIsAskedAboutUntilItIsCalmThreeTimes(t *testing.T) {
	for name, try := range map[string]struct {
		mornings []string
		want     bool
	}{
		"two calm":               {[]string{", morning 0", ", morning 0"}, true},
		"three calm":             {[]string{", morning 0", ", morning 0", ", morning 1"}, false},
		"three silent":           {[]string{"", "", ""}, false},
		"a bad one among them":   {[]string{", morning 0", ", morning 0", ", morning 3"}, true},
		"silence before the bad": {[]string{"", "", ", morning 3", ""}, true},
	} {
		w := newWorld(t)
		for i, morning := range try.mornings {
			w.run(2*i, w.pain("left knee 4"+morning))
		}
		w.run(20, w.pain("left knee 4"))
		_, ask := w.c.course(gait.Spot{Site: gait.Knee, Side: gait.Left}).AskMorning(len(w.c.Runs)-1, w.c.Params.Pain)
		if ask != try.want {
			t.Errorf("%s: asked %v", name, ask)
		}
	}
}

// A run that by itself is within the normal band is an ordinary one, also while the
// runs before it still speak.
func TestAMeasuredStopEndsThoughTheRunsBeforeStillSpeak(t *testing.T) {
	w := newWorld(t)
	w.shifted(gait.LevelWarn, gait.Left)
	w.evidence.Shift, w.evidence.Band = -3, 1
	if o := w.run(0, w.pain("left knee 3, start 3, end 3")); !o.has(finding.StopLimp) {
		t.Fatalf("%v", o.names())
	}
	w.shifted(gait.LevelAsk, gait.Left)
	w.evidence.Shift, w.evidence.Band = -.4, 1
	w.run(2, w.pain("0"))
	if o := w.run(4, w.pain("0")); len(o.Next.Stops) > 0 {
		t.Errorf("after two ordinary runs: %+v", o.Next.Stops)
	}
}

// Where nobody speaks of a morning, the next calm run or word says how it was.
func TestTheNextCalmWordSpeaksForAMorning(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 7, start 4, end 7")) // two stops of one place
	w.rest(1, w.pain("0"))
	if o := w.rest(2, w.pain("0")); len(o.Next.Stops) != 2 || len(o.Findings) != 2 || !o.has(finding.ModStanding) {
		t.Fatalf("what has eased at a place is said once: %v", o.names())
	}
	w.run(4, w.pain("0"))
	w.run(6)
	if o := w.run(8, w.pain("left knee 1")); len(o.Next.Stops) == 0 {
		t.Fatal("one run has a calm morning after it")
	}
	if o := w.tap(9, gait.AnswerWalkingFine); len(o.Next.Stops) > 0 {
		t.Errorf("two have: %v", o.names())
	}
}
