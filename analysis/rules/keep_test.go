package rules

import (
	"slices"
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func tryOld(t *testing.T, rule finding.Rule, tries []told) {
	t.Helper()
	for _, try := range tries {
		w := oldPain(t, "left knee")
		checkRule(t, w.run(0, w.pain(try.entry)), rule, finding.VerdictKeep, try)
	}
}

func TestKeepWarmsUp(t *testing.T) {
	tryOld(t, finding.KeepWarmsUp, []told{
		{"left knee 3, start 3, end 1", true},
		{"left knee 6, start 3, end 1", false},
		{"left knee 3, start 3, end 3", false},
		{"left knee 3, start 3", false},
		{"left knee 3, start 3, end 1, limping", false},
		{"left knee 3, start 3, end 1, medication", false},
		{"left knee 3, start 3, end 1, morning 3", false},
	})
	tryRun(t, finding.KeepWarmsUp, finding.VerdictKeep, []told{{"left knee 3, start 3, end 1", false}}) // new
	w := oldPain(t, "left knee")
	if o := w.run(0, w.pain("left knee 2, start 2, end 1")); !o.has(finding.KeepWarmsUp) || o.Verdict != finding.VerdictKeep {
		t.Errorf("%s %v", o.Verdict, o.names())
	}
	w = oldPain(t, "left knee")
	w.measures.Distance = 3000
	if o := w.run(0, w.pain("left knee 2, start 2, end 1")); o.has(finding.KeepWarmsUp) {
		t.Error("the run was cut short")
	}
}

func TestKeepLow(t *testing.T) {
	tryOld(t, finding.KeepLow, []told{
		{"left knee 2, morning 1", true},
		{"left knee 1, start 1, end 1, morning 0", true},
		{"left knee 2", false},
		{"left knee 2, morning 2", false},
		{"left knee 3, morning 0", false},
		{"left knee 2, start 1, end 2, morning 0", false},
		{"left knee 2, morning 0, medication", false},
	})
	tryRun(t, finding.KeepLow, finding.VerdictKeep, []told{{"left knee 2, morning 0", false}}) // new
}

func TestKeepSore(t *testing.T) {
	race := func(day int, entry string) Outcome {
		w := newWorld(t)
		w.c.Races = append(w.c.Races, on(0))
		w.run(0)
		return w.rest(day, w.pain(entry))
	}
	for _, try := range []struct {
		day   int
		entry string
		want  bool
	}{
		{2, "both thigh 7, sore", true},
		{4, "both thigh 7, sore", false},
		{2, "left thigh 7, sore", false},
		{2, "both knee 7, sore", false},
		{2, "both thigh 7, ache", false},
	} {
		o := race(try.day, try.entry)
		if o.has(finding.KeepSore) != try.want {
			t.Errorf("%d days after, %s: %v", try.day, try.entry, o.names())
		}
		if try.want && !o.has(finding.ModNew) && o.Verdict != finding.VerdictKeep {
			t.Errorf("%d days after, %s: %s %v", try.day, try.entry, o.Verdict, o.names())
		}
	}
	for name, try := range map[string]struct {
		distance gait.Metres
		want     bool
	}{"a long run": {16000, true}, "a usual run": {8000, false}} {
		w := newWorld(t)
		w.measures.Distance = try.distance
		w.run(0)
		w.usual()
		if o := w.run(2, w.pain("both calf 6, sore, morning 5")); o.has(finding.KeepSore) != try.want {
			t.Errorf("after %s: %v", name, o.names())
		}
	}
	for entry, want := range map[string]finding.Verdict{"both thigh 6, sore": finding.VerdictKeep, "both thigh 7, sore": finding.VerdictStop} {
		w := newWorld(t)
		if o := w.rest(1, w.pain(entry)); o.Verdict != want {
			t.Errorf("on a rest day, %s: %s %v", entry, o.Verdict, o.names())
		}
	}
	w := newWorld(t)
	if o := w.run(0, w.pain("both thigh 6, sore; squats yesterday")); o.how(finding.KeepSore) != finding.HowStrength {
		t.Errorf("after strength work: %s %v", o.Verdict, o.names())
	}
	w = newWorld(t)
	w.run(0)
	if o := w.run(1, w.pain("both calf 4, sore, night")); o.Verdict != finding.VerdictStop {
		t.Error("a disturbed night stops, sore or not")
	}
}

func TestKeepAnswered(t *testing.T) {
	for _, try := range []struct {
		level  gait.Level
		entry  string
		answer gait.AnswerKind
		want   bool
	}{
		{level: gait.LevelWarn, entry: "0", want: true},
		{level: gait.LevelAsk, answer: gait.AnswerNewStrap, want: true},
		{level: gait.LevelAsk, answer: gait.AnswerNewShoes, want: true},
		{level: gait.LevelAsk, answer: gait.AnswerOnPurpose, want: true},
		{level: gait.LevelAsk, answer: gait.AnswerNotALimp, want: true},
		{level: gait.LevelAsk},
		{level: gait.LevelNone, entry: "0"},
		{level: gait.LevelWarn, entry: "left knee 2", answer: gait.AnswerNewStrap, want: true},
		{level: gait.LevelWarn, entry: "left knee 2", answer: gait.AnswerOnPurpose},
	} {
		w := newWorld(t).shifted(try.level, gait.Left)
		if try.answer != "" {
			w.answers = []gait.AnswerKind{try.answer}
		}
		o := w.told(0, try.entry)
		if o.has(finding.KeepAnswered) != try.want || try.want && !o.has(finding.ModNew) && o.Verdict != finding.VerdictKeep {
			t.Errorf("%+v: %s %v", try, o.Verdict, o.names())
		}
	}
}

func TestKeepClearAndQuiet(t *testing.T) {
	w := newWorld(t)
	if o := w.run(0, w.pain("0")); !o.has(finding.KeepClear) || o.has(finding.KeepQuiet) || o.Verdict != finding.VerdictKeep {
		t.Errorf("no pain: %v", o.names())
	}
	o := w.run(2)
	if !o.has(finding.KeepQuiet) || o.has(finding.KeepClear) {
		t.Errorf("no word: %v", o.names())
	}
	w.shifted(gait.LevelAsk, gait.Left)
	if o := w.run(4, w.pain("0")); o.has(finding.KeepClear) {
		t.Error("something was measured")
	}
	if o := w.run(6); o.has(finding.KeepQuiet) {
		t.Error("something was measured, and it is not quiet")
	}
}

func TestNothingReportedIsSaidOnlyWhereNothingWas(t *testing.T) {
	for entry, want := range map[string][]finding.Rule{
		"left knee morning 0": {finding.KeepQuiet},
		"left knee morning 1": {finding.Watch},
		"left knee morning 2": {finding.ModMorning},
		"left knee ache":      {finding.Watch},
	} {
		w := newWorld(t)
		if o := w.run(0, w.pain(entry)); !slices.Equal(o.names(), want) {
			t.Errorf("%s: %v, want %v", entry, o.names(), want)
		}
	}
	w := newWorld(t)
	w.answers = []gait.AnswerKind{gait.AnswerIll}
	if o := w.run(0); !slices.Equal(o.names(), []finding.Rule{finding.Ill}) {
		t.Errorf("ill: %v", o.names())
	}
}

func TestAPainWithoutANumberIsAskedAbout(t *testing.T) {
	w := newWorld(t)
	if o := w.run(0, w.pain("left knee ache")); !o.asks(finding.AskHowBad) || len(o.Questions) != 1 {
		t.Errorf("asks %v", o.Questions)
	}
	w = newWorld(t).shifted(gait.LevelAsk, gait.Left)
	if o := w.run(0, w.pain("left knee ache")); o.Verdict != finding.VerdictAsk || !o.asks(finding.AskHowBad) || len(o.Questions) != 1 {
		t.Errorf("%s, asks %v", o.Verdict, o.Questions)
	}
}

func TestLearning(t *testing.T) {
	for runs, want := range map[int]bool{0: true, 2: true, 3: false} {
		w := newWorld(t)
		w.evidence.BaselineRuns = runs
		o := w.run(0)
		if o.has(finding.Learning) != want || (o.Verdict == finding.VerdictLearning) != want {
			t.Errorf("after %d runs: %s %v", runs, o.Verdict, o.names())
		}
	}
	w := newWorld(t)
	w.evidence.BaselineRuns, w.evidence.Quality.Balance = 0, gait.BalanceNone
	if o := w.run(0); o.has(finding.Learning) || !o.has(finding.KeepQuiet) {
		t.Errorf("without a strap, after twenty runs: %v", o.names())
	}
	w = newWorld(t)
	w.evidence.BaselineRuns = 1
	if o := w.run(0, w.pain("left knee 4")); o.Verdict != finding.VerdictModify {
		t.Errorf("a pain decides while learning: %s", o.Verdict)
	}
}

func TestWatchGoesWithEveryPainfulKeep(t *testing.T) {
	w := oldPain(t, "left knee")
	if o := w.run(0, w.pain("left knee 2, morning 0")); o.Verdict != finding.VerdictKeep || !o.has(finding.Watch) {
		t.Errorf("%s %v", o.Verdict, o.names())
	}
	if o := w.run(2, w.pain("left knee 4")); o.has(finding.Watch) {
		t.Error("it goes with a keep only")
	}
	w = newWorld(t)
	if o := w.run(0, w.pain("0")); o.has(finding.Watch) {
		t.Error("there is nothing to watch")
	}
}

func TestCramp(t *testing.T) {
	w := newWorld(t)
	o := w.run(0, w.pain("left calf 8, start 0, end 8, cramp"))
	if o.Verdict != finding.VerdictKeep || !o.has(finding.Watch) {
		t.Errorf("on the day: %s %v", o.Verdict, o.names())
	}
	w = newWorld(t)
	if o := w.run(0, w.pain("left calf 8, cramp, morning 2")); !o.has(finding.ModNew) || o.Verdict != finding.VerdictModify {
		t.Errorf("sore the next day: %s %v", o.Verdict, o.names())
	}
	w = newWorld(t)
	w.run(0, w.pain("left calf 8, cramp"))
	if o := w.rest(1, w.pain("left calf 2, sore")); !o.has(finding.ModNew) {
		t.Errorf("sore on the next day's entry: %v", o.names())
	}
	w = newWorld(t)
	if o := w.run(0, w.pain("left calf 8, cramp, limping")); o.Verdict != finding.VerdictStop {
		t.Error("a limp stops whatever the kind")
	}
}

func TestSkin(t *testing.T) {
	w := newWorld(t)
	for i, entry := range []string{"left heel 2, skin", "left heel 4, skin", "left heel 5, skin, daily-life"} {
		if o := w.run(2*i, w.pain(entry)); o.Verdict != finding.VerdictKeep || o.Professional || o.has(finding.ModTrend) {
			t.Errorf("%s: %s %v", entry, o.Verdict, o.names())
		}
	}
	if o := w.run(6, w.pain("left heel 5, skin, limping")); o.Verdict != finding.VerdictStop {
		t.Errorf("a limp: %s", o.Verdict)
	}
	if o := w.run(8); o.Verdict != finding.VerdictStop {
		t.Error("a silent run does not end it")
	}
	if o := w.rest(9, w.pain("left heel 1")); o.Verdict == finding.VerdictStop || len(o.Next.Stops) > 0 {
		t.Errorf("walking is normal: %s", o.Verdict)
	}
}

func TestIll(t *testing.T) {
	w := newWorld(t).shifted(gait.LevelWarn, gait.Left)
	w.answers = []gait.AnswerKind{gait.AnswerIll}
	o := w.run(0)
	if o.Verdict != finding.VerdictKeep || !o.has(finding.Ill) {
		t.Errorf("%s %v", o.Verdict, o.Reasons())
	}
	w.usual()
	if o := w.run(2); o.has(finding.Ill) {
		t.Error("nobody said ill")
	}
}

func TestAskMeasured(t *testing.T) {
	form := func(level gait.Level) func(*world) {
		return func(w *world) {
			w.evidence.Form = gait.Form{Level: level, What: []gait.Feature{gait.FeatureCadence}}
			w.evidence.Quality.Balance = gait.BalanceNone
		}
	}
	for name, try := range map[string]struct {
		change func(*world)
		entry  string
		want   bool
	}{
		"balance at ask": {func(w *world) { w.shifted(gait.LevelAsk, gait.Left) }, "", true},
		"form at ask":    {form(gait.LevelAsk), "", true},
		"form at warn":   {form(gait.LevelWarn), "", true},
		"nothing":        {func(*world) {}, "", false},
		"answered":       {func(w *world) { w.shifted(gait.LevelAsk, gait.Left) }, "0", false},
		"form, answered": {form(gait.LevelWarn), "left knee 2", false},
		"explained":      {func(w *world) { w.shifted(gait.LevelAsk, gait.Left).answers = []gait.AnswerKind{gait.AnswerNewShoes} }, "", false},
		"the sensor is suspect": {func(w *world) {
			w.shifted(gait.LevelAsk, gait.Left).evidence.Quality.Balance = gait.BalanceSuspectSensor
		}, "", false},
		"balance at warn is more": {func(w *world) { w.shifted(gait.LevelWarn, gait.Left) }, "", false},
	} {
		w := newWorld(t)
		try.change(w)
		o := w.told(0, try.entry)
		if o.has(finding.AskMeasured) != try.want || try.want && o.Verdict != finding.VerdictAsk {
			t.Errorf("%s: %s %v", name, o.Verdict, o.names())
		}
		if f, _ := o.fact(finding.AskMeasured); w.evidence.Quality.Balance == gait.BalanceNone && f.Shift != (finding.Shift{}) {
			t.Errorf("%s: %+v claims what no signal shows", name, f)
		}
	}
}

func TestANewPainThatWarmsUpIsTheAcceptableKindFromTheSecondTimeOn(t *testing.T) {
	w := newWorld(t)
	entry := w.pain("left achilles 3, start 3, end 1")
	if o := w.run(0, entry); o.has(finding.KeepWarmsUp) || !o.has(finding.ModNew) {
		t.Errorf("the first time: %v", o.names())
	}
	if o := w.run(2, entry); !o.has(finding.KeepWarmsUp) || o.has(finding.ModNew) || o.Verdict != finding.VerdictKeep {
		t.Errorf("the second time: %s %v", o.Verdict, o.names())
	}
	if o := w.look(3); o.has(finding.ModNew) {
		t.Errorf("the day after: %v", o.names())
	}
	w = newWorld(t)
	w.run(0, w.pain("left achilles 3, start 3, end 3"))
	if o := w.run(2, entry); o.has(finding.KeepWarmsUp) {
		t.Error("it has not warmed up before")
	}
}

func TestKeepLowSaysOnceWhatKindItIs(t *testing.T) {
	w := oldPain(t, "left knee")
	entry := w.pain("left knee 2, morning 0")
	w.c.course(gait.Spot{Site: gait.Knee, Side: gait.Left}).lowSaid = false
	if o := w.run(0, entry); o.how(finding.KeepLow) != finding.HowFirst {
		t.Errorf("%v", o.names())
	}
	if o := w.run(2, entry); !o.has(finding.KeepLow) || o.how(finding.KeepLow) == finding.HowFirst {
		t.Errorf("again: %v", o.names())
	}
}

func TestAMorningAsUsualHasSettled(t *testing.T) {
	w := newWorld(t)
	for d := range 4 {
		w.run(2*d, w.pain("left achilles 2, morning 2"))
	}
	if o := w.run(38, w.pain("left achilles 2, morning 2")); o.has(finding.ModMorning) {
		t.Errorf("%v", o.names())
	}
}
