package rules

import (
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func TestPTReturns(t *testing.T) {
	series := func(km gait.Metres, days ...int) Outcome {
		w := newWorld(t)
		var o Outcome
		for i, d := range days {
			if i > 0 {
				w.measures.Distance = km * 1000
			}
			o = w.run(d, w.pain("left knee 3"))
		}
		return o
	}
	for name, try := range map[string]struct {
		outcome Outcome
		want    bool
	}{
		"again and again, with less running": {series(5, 0, 5, 10, 15), true},
		"training was not changed":           {series(8, 0, 2, 4, 6, 8, 10, 12, 14), false},
		"within two weeks":                   {series(5, 0, 4, 8, 13), false},
		"twice":                              {series(5, 0, 15), false},
	} {
		if o := try.outcome; o.has(finding.PTReturns) != try.want || try.want && !o.Professional {
			t.Errorf("%s: %v", name, o.names())
		}
	}
	w := newWorld(t)
	w.run(0, w.pain("left knee 2"))
	w.run(40, w.pain("left knee 2"))
	if o := w.run(42, w.pain("left knee 2")); o.has(finding.PTReturns) {
		t.Error("the second episode goes on; it is not a third")
	}
	if o := w.run(80, w.pain("left knee 2")); !o.has(finding.PTReturns) {
		t.Errorf("the third episode within 180 days: %v", o.names())
	}
	if o := w.run(230, w.pain("left knee 2")); o.has(finding.PTReturns) {
		t.Error("two of them lie more than 180 days back")
	}
}

func TestPTPersists(t *testing.T) {
	series := func(km gait.Metres, last string) Outcome {
		w := newWorld(t)
		w.run(0, w.pain("left knee 3"))
		w.measures.Distance = km * 1000
		for d := 2; d < 16; d += 2 {
			w.run(d)
		}
		return w.run(16, w.pain(last))
	}
	for name, try := range map[string]struct {
		outcome Outcome
		want    bool
	}{
		"less running, no lower":      {series(6, "left knee 3"), true},
		"less running, lower":         {series(6, "left knee 2"), false},
		"lower by painkillers only":   {series(6, "left knee 2, medication"), true},
		"as much running":             {series(8, "left knee 3"), false},
		"less running, another place": {series(6, "right knee 3"), false},
	} {
		if o := try.outcome; o.has(finding.PTPersists) != try.want || try.want && !o.Professional {
			t.Errorf("%s: %v", name, o.names())
		}
	}
}

// Why somebody ran less decides whether less running was tried: "for another
// reason" takes back what rests on it, and either answer ends the question.
func TestWhyTheRunnerRanLess(t *testing.T) {
	lessRunning := func() *world {
		w := newWorld(t)
		w.run(0, w.pain("left knee 3"))
		w.measures.Distance = 5000
		for d := 3; d <= 18; d += 3 {
			w.run(d, w.pain("left knee 3"))
		}
		return w
	}
	rests := func(o Outcome) bool { return o.has(finding.PTReturns) && o.has(finding.PTPersists) }
	w := lessRunning()
	if o := w.look(19); !rests(o) || !o.asks(finding.AskCutBack) {
		t.Fatalf("before an answer: %v, asks %v", o.names(), o.Questions)
	}
	for kind, stays := range map[gait.AnswerKind]bool{gait.AnswerCutBack: true, gait.AnswerOtherReason: false} {
		w := lessRunning()
		for when, o := range map[string]Outcome{
			"at once": w.tap(19, kind), "the day after": w.look(20), "with the next run": w.run(21, w.pain("left knee 3")),
		} {
			if rests(o) != stays || o.asks(finding.AskCutBack) {
				t.Errorf("%s, %s: %v, asks %v", kind, when, o.names(), o.Questions)
			}
		}
	}
	w = lessRunning()
	w.tap(19, gait.AnswerOtherReason)
	for d := 21; d <= 48; d += 3 {
		w.run(d, w.pain("left knee 3"))
	}
	if o := w.run(51, w.pain("left knee 3")); !o.has(finding.PTReturns) || !o.asks(finding.AskCutBack) {
		t.Errorf("an answer of five weeks ago says nothing of these weeks: %v", o.names())
	}
}

func TestPTLife(t *testing.T) {
	tryRun(t, finding.PTLife, finding.VerdictModify, []told{
		{"left knee 1, daily-life", true},
		{"left knee 1, mood", true},
		{"left knee 1, night", true},
		{"left knee 1, no mood, no daily-life, no night", false},
		{"left knee 1", false},
	})
}

func TestPTMorning(t *testing.T) {
	series := func(days ...int) Outcome {
		w := newWorld(t)
		var o Outcome
		for i, d := range days {
			o = w.run(d, w.pain([]string{"left knee 2, morning 2", "left knee 2, morning 4"}[i]))
		}
		return o
	}
	w := newWorld(t)
	w.run(0, w.pain("left knee 4"))
	if o := w.run(4, w.pain("left knee 2, morning 2")); o.has(finding.PTMorning) {
		t.Error("another modify is no morning")
	}
	if o := series(0); o.has(finding.PTMorning) {
		t.Error("once is not twice")
	}
	if o := series(0, 20); !o.has(finding.PTMorning) || !o.Professional {
		t.Errorf("twice within 28 days: %v", o.names())
	}
	if o := series(0, 30); o.has(finding.PTMorning) {
		t.Error("twice within 30 days is not within 28")
	}
}

func TestPTGoal(t *testing.T) {
	for _, try := range []struct {
		race  int
		entry string
		want  bool
	}{
		{42, "left knee 4", true},
		{43, "left knee 4", false},
		{0, "left knee 4", true},
		{-1, "left knee 4", false},
		{10, "left knee 7", true},
		{10, "0", false},
	} {
		w := newWorld(t)
		w.c.Races = append(w.c.Races, on(try.race))
		if o := w.run(0, w.pain(try.entry)); o.has(finding.PTGoal) != try.want || o.Professional != try.want {
			t.Errorf("race in %d days, %s: %v", try.race, try.entry, o.names())
		}
	}
	w := newWorld(t)
	w.c.Races = append(w.c.Races, on(50))
	w.run(0, w.pain("left knee 4"))
	if o := w.look(7); o.has(finding.PTGoal) {
		t.Error("the race is 43 days away")
	}
	if o := w.look(8); !o.has(finding.PTGoal) {
		t.Error("the race has come near without a run")
	}
}

func TestPTUnsure(t *testing.T) {
	w := newWorld(t)
	w.answers = []gait.AnswerKind{gait.AnswerUnsure}
	if o := w.run(0); !o.has(finding.PTUnsure) || !o.Professional || o.Verdict != finding.VerdictModify {
		t.Errorf("%s %v", o.Verdict, o.names())
	}
	w = newWorld(t)
	if o := w.run(0); o.has(finding.PTUnsure) {
		t.Error("nobody was unsure")
	}
}

func TestPTUnexplained(t *testing.T) {
	for name, try := range map[string]struct {
		between func(*world)
		want    bool
	}{
		"twice":                 {func(*world) {}, true},
		"a new strap":           {func(w *world) { w.measures.Sensor.Serial = 7 }, false},
		"the sensor is suspect": {func(w *world) { w.evidence.Quality.Balance = gait.BalanceSuspectSensor }, false},
		"explained":             {func(w *world) { w.answers = []gait.AnswerKind{gait.AnswerNewShoes} }, false},
		"only a question":       {func(w *world) { w.evidence.Level = gait.LevelAsk }, false},
	} {
		w := newWorld(t).shifted(gait.LevelWarn, gait.Left)
		if o := w.run(0); o.has(finding.PTUnexplained) {
			t.Error("once is not twice")
		}
		try.between(w)
		if o := w.run(2); o.has(finding.PTUnexplained) != try.want {
			t.Errorf("%s: %v", name, o.names())
		}
	}
	w := newWorld(t).shifted(gait.LevelWarn, gait.Left)
	w.run(0)
	w.usual()
	w.run(2)
	w.run(4)
	w.shifted(gait.LevelWarn, gait.Left)
	if o := w.run(6); o.has(finding.PTUnexplained) {
		t.Error("two of four is not two of three")
	}
}

func TestSeenProfessionalMutesButNeverAStop(t *testing.T) {
	w := newWorld(t)
	w.c.Races = append(w.c.Races, on(5))
	w.c.Before.MutedUntil = on(42)
	if o := w.run(0, w.pain("left knee 4, mood")); o.Professional || o.has(finding.PTLife) || o.has(finding.PTGoal) {
		t.Errorf("muted: %v", o.names())
	}
	if o := w.run(2, w.pain("left shin 2, focal")); !o.Professional || o.Verdict != finding.VerdictStop {
		t.Errorf("a stop is never muted: %v", o.names())
	}
	if o := w.run(43, w.pain("left knee 4, mood")); !o.has(finding.PTLife) {
		t.Errorf("after that it speaks again: %v", o.names())
	}
}

func TestProfessionalImpliesModify(t *testing.T) {
	w := oldPain(t, "left knee")
	if o := w.run(0, w.pain("left knee 1, morning 0, mood")); o.Verdict != finding.VerdictModify {
		t.Errorf("%s %v", o.Verdict, o.names())
	}
}

func TestPTIgnored(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3, sharp"))
	if o := w.run(2, w.pain("left knee 3")); o.has(finding.PTIgnored) {
		t.Error("it did not grow")
	}
	if o := w.run(4, w.pain("left knee 4")); !o.has(finding.PTIgnored) || !o.Professional {
		t.Errorf("it grew: %v", o.names())
	}
	w = newWorld(t)
	w.run(0, w.pain("left knee 3"))
	if o := w.run(2, w.pain("left knee 4")); o.has(finding.PTIgnored) {
		t.Error("nobody had said stop")
	}
}

func TestPTStrain(t *testing.T) {
	tryRun(t, finding.PTStrain, finding.VerdictStop, []told{
		{"left calf 4, sharp", true},
		{"left hamstring 3, limping", true},
		{"left thigh 3, pop", true},
		{"left knee 4, sharp", false},
		{"left calf 4, twinge", false},
		{"left calf 4, cramp, limping", false},
		{"right groin 7, start 3, end 7", true},
		{"right foot 6", true},
		{"right hip 7", false},
	})
	w := newWorld(t)
	tight := w.pain("both calf 5, start 0, end 5, tight")
	if o := w.run(0, tight); o.Professional {
		t.Errorf("once: %v", o.names())
	}
	if o := w.run(3, tight); !o.has(finding.PTStrain) {
		t.Errorf("both calves, twice: %v", o.names())
	}
}

func TestAbsenceIsNoReduction(t *testing.T) {
	for name, try := range map[string]struct {
		runs []int
		want bool
	}{
		"he ran on, and less": {[]int{12, 16, 20, 24}, true},
		"a holiday":           {[]int{24}, false},
	} {
		w := newWorld(t)
		w.run(0, w.pain("left knee 3"))
		w.run(2, w.pain("left knee 3"))
		w.measures.Distance = 4000
		var o Outcome
		for _, d := range try.runs {
			o = w.run(d, w.pain("left knee 3"))
		}
		if o.has(finding.PTReturns) != try.want || o.has(finding.PTPersists) != try.want {
			t.Errorf("%s: %v", name, o.names())
		}
		if try.want && !o.asks(finding.AskCutBack) {
			t.Errorf("asks %v", o.Questions)
		}
	}
}

func TestPTGoalNeedsMoreThanANiggle(t *testing.T) {
	for name, try := range map[string]struct {
		live func(*world) Outcome
		want bool
	}{
		"a niggle of 1":       {func(w *world) Outcome { return w.run(0, w.pain("back 1")) }, false},
		"a pain of 3":         {func(w *world) Outcome { return w.run(0, w.pain("left knee 3")) }, true},
		"a stop":              {func(w *world) Outcome { return w.run(0, w.pain("left knee 1, night")) }, true},
		"a niggle for a week": {func(w *world) Outcome { w.run(0, w.pain("back 1")); return w.run(9, w.pain("back 1")) }, true},
		"only sore": {func(w *world) Outcome {
			w.c.Races = append(w.c.Races, on(-1))
			w.run(-1)
			return w.rest(1, w.pain("both thigh 7, sore"))
		}, false},
	} {
		w := newWorld(t)
		w.c.Races = append(w.c.Races, on(30))
		if o := try.live(w); o.has(finding.PTGoal) != try.want {
			t.Errorf("%s: %v", name, o.names())
		}
	}
}

func TestThreeUnansweredQuestionsAreUnexplained(t *testing.T) {
	w := newWorld(t).shifted(gait.LevelAsk, gait.Left)
	w.run(0)
	if o := w.run(2); o.has(finding.PTUnexplained) {
		t.Errorf("twice: %v", o.names())
	}
	if o := w.run(4); !o.has(finding.PTUnexplained) {
		t.Errorf("three times: %v", o.names())
	}
}
