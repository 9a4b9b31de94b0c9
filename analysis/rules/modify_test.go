package rules

import (
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func TestModBone(t *testing.T) {
	tryRun(t, finding.ModBone, finding.VerdictModify, []told{
		{"left shin 2, start 2, end 2", true},
		{"left shin 2, start 1, end 2", true},
		{"left shin 2, morning 2", true},
		{"left shin 2, worsening", true},
		{"left shin 2, morning 1", false},
		{"left shin 2", false},
		{"left shin 1, start 1, end 1", false},
		{"left shin 3, start 3, end 1", false},
		{"left shin 2, start 2, end 2, no focal", false},
		{"left knee 2, start 2, end 2", false},
	})
	w := newWorld(t)
	o := w.run(0, w.pain("left hip 3, start 3, end 3"))
	if !o.asks(finding.AskDeepSpot, finding.AskFrontOfHip, finding.AskWalking) {
		t.Errorf("asks %v", o.Questions)
	}
}

func TestModTrend(t *testing.T) {
	series := func(entries ...string) Outcome {
		w := newWorld(t)
		var o Outcome
		for i, e := range entries {
			o = w.run(2*i, w.pain(e))
		}
		return o
	}
	for _, try := range []struct {
		entries []string
		want    bool
	}{
		{[]string{"left knee 1", "left knee 2", "left knee 3"}, true},
		{[]string{"left knee 1", "left knee 3"}, true},
		{[]string{"left knee 1", "left knee 2"}, false},
		{[]string{"left knee 2", "left knee 2", "left knee 3"}, false},
		{[]string{"left knee 3"}, false},
		{[]string{"right knee 1", "left knee 3"}, false},
		{[]string{"left knee 3", "left knee 1, medication", "left knee 3"}, false},
	} {
		if o := series(try.entries...); o.has(finding.ModTrend) != try.want {
			t.Errorf("%v: %v", try.entries, o.names())
		}
	}
}

func TestModTrendLooksAtPainfulRunsOnly(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3"))
	w.rest(1, w.pain("left knee 1"))
	w.run(2, w.pain("left knee 0"))
	if o := w.run(4, w.pain("left knee 3")); o.has(finding.ModTrend) {
		t.Error("a rest day and a free run are no steps of a trend")
	}
}

func TestModMorning(t *testing.T) {
	tryRun(t, finding.ModMorning, finding.VerdictModify, []told{
		{"left knee 2, morning 2", true}, {"left knee 2, morning 1", false}, {"left knee 2", false},
	})
	w := newWorld(t)
	for i := range 3 {
		if o := w.run(2*i, w.pain("left knee 2, morning 3")); !o.has(finding.ModMorning) {
			t.Errorf("the trouble's own mornings are not the usual ones: %v", o.names())
		}
	}
	if o := w.run(34, w.pain("left knee 2, morning 3")); o.has(finding.ModMorning) {
		t.Error("a month later they are")
	}
	if o := w.run(36, w.pain("left knee 2, morning 4")); !o.has(finding.ModMorning) {
		t.Errorf("a morning above the usual ones: %v", o.names())
	}
}

func TestModAfter(t *testing.T) {
	w := newWorld(t)
	w.run(0)
	if o := w.rest(0, w.pain("left knee 2")); !o.has(finding.ModAfter) || !o.asks(finding.AskGone) {
		t.Errorf("entered after the run: %v, asks %v", o.names(), o.Questions)
	}
	w = newWorld(t)
	w.run(0)
	if o := w.rest(2, w.pain("left knee 2")); o.has(finding.ModAfter) {
		t.Error("two days later is not after the run")
	}
	w = newWorld(t)
	w.run(0, w.pain("left knee 2"))
	if o := w.rest(0, w.pain("left knee 2")); o.has(finding.ModAfter) {
		t.Error("it hurt during the run already")
	}
	w = newWorld(t)
	w.run(0)
	if o := w.rest(0, w.pain("left calf 4, cramp"), w.pain("left knee 0")); o.has(finding.ModAfter) {
		t.Error("neither a cramp nor a zero is a pain after the run")
	}
	tryRun(t, finding.ModAfter, finding.VerdictModify, []told{
		{"left knee 2, start 0, end 0", true}, {"left knee 2, start 0, end 1", false}, {"left knee 2", false},
	})
	w = newWorld(t)
	late := w.pain("left knee 2, start 0, end 0")
	late.Recorded = on(3)
	if o := w.run(0, late); o.has(finding.ModAfter) {
		t.Error("entered days later, it was not within 24 hours")
	}
}

func TestModRest(t *testing.T) {
	for entry, want := range map[string]bool{"left knee 3": true, "left knee 2": false} {
		w := newWorld(t)
		o := w.rest(0, w.pain(entry))
		if o.has(finding.ModRest) != want {
			t.Errorf("%s: %v", entry, o.names())
		}
		if want && !o.asks(finding.AskWalking) {
			t.Errorf("asks %v", o.Questions)
		}
	}
	tryRun(t, finding.ModRest, finding.VerdictModify, []told{{"left knee 3", false}})
}

func TestModChanged(t *testing.T) {
	for name, try := range map[string]struct {
		change func(*world)
		entry  string
		want   bool
	}{
		"as usual":           {func(*world) {}, "left knee 2", false},
		"cut short":          {func(w *world) { w.measures.Distance = 3000 }, "left knee 2", true},
		"cut short, no pain": {func(w *world) { w.measures.Distance = 3000 }, "left knee 0", false},
		"a little shorter":   {func(w *world) { w.measures.Distance = 6000 }, "left knee 2", false},
		"walking":            {func(w *world) { w.measures.WalkShare = 0.15 }, "left knee 2", true},
		"a step of walking":  {func(w *world) { w.measures.WalkShare = 0.05 }, "left knee 2", false},
		"faded":              {func(w *world) { w.fade(2.3) }, "left knee 2", true},
		"faded a little":     {func(w *world) { w.fade(2.7) }, "left knee 2", false},
		"the detector saw it": {func(w *world) {
			w.evidence.Form = gait.Form{Level: gait.LevelAsk, What: []gait.Feature{gait.FeatureCadence}}
		}, "left knee 2", true},
		"the detector saw it because of the pain": {func(w *world) {
			w.evidence.Form = gait.Form{Level: gait.LevelAsk, ByPain: true, What: []gait.Feature{gait.FeatureCadence}}
		}, "left knee 2", false},
	} {
		w := newWorld(t)
		try.change(w)
		if o := w.run(0, w.pain(try.entry)); o.has(finding.ModChanged) != try.want {
			t.Errorf("%s: %v", name, o.names())
		}
	}
	w := newWorld(t)
	w.c.Runs = w.c.Runs[:3]
	w.measures.Distance = 3000
	if o := w.run(0, w.pain("left knee 2")); o.has(finding.ModChanged) {
		t.Error("three runs are no habit")
	}
}

// fade lets the next runs end at a speed.
func (w *world) fade(to gait.MetresPerSecond) {
	for i := 26; i < len(w.measures.Blocks); i++ {
		w.measures.Blocks[i].Speed = to
	}
}

func TestModGrew(t *testing.T) {
	tryRun(t, finding.ModGrew, finding.VerdictModify, []told{
		{"left knee 2, start 0, end 2", true},
		{"left knee 3, start 0, end 3", true},
		{"left knee 4, start 0, end 4", false},
		{"left knee 1, start 0, end 1", false},
		{"left knee 2, end 2", false},
	})
	w := newWorld(t)
	if o := w.run(0, w.pain("left knee 2, start 0, end 2")); !o.asks(finding.AskGrowing) {
		t.Errorf("asks %v", o.Questions)
	}
}

func TestModStable(t *testing.T) {
	tryRun(t, finding.ModStable, finding.VerdictModify, []told{
		{"left knee 3", true},
		{"left knee 5, start 5, end 5", true},
		{"left knee 4, start 3", true},
		{"left knee 2", false},
		{"left knee 6", false},
		{"left knee 4, start 4, end 2", false},
		{"left knee 4, limping", false},
		{"left knee 4, start 4, end 2, medication", true},
	})
	w := newWorld(t)
	w.measures.Distance = 3000
	if o := w.run(0, w.pain("left knee 4")); o.has(finding.ModStable) {
		t.Error("the run was cut short: its form was not unchanged")
	}
	w = newWorld(t)
	hurts := gait.Pain{}
	hurts.Worst, _ = gait.AtLeastScore(3)
	o := w.run(0, hurts)
	if !o.has(finding.ModStable) || !o.asks(finding.AskHowBad) {
		t.Errorf("it hurts, number unknown: %v, asks %v", o.names(), o.Questions)
	}
}

func TestModNew(t *testing.T) {
	tryRun(t, finding.ModNew, finding.VerdictModify, []told{
		{"left knee 1", true},
		{"left knee 5", true},
		{"left knee 6", false},
		{"left knee 0", false},
		{"left knee 2, twinge", true},
		{"left knee twinge", true},
	})
	w := newWorld(t)
	w.run(0, w.pain("left knee 2"))
	if o := w.run(13); !o.has(finding.ModNew) || !o.Minor {
		t.Errorf("thirteen days later, without a word: %v, minor %v", o.names(), o.Minor)
	}
	if o := w.run(15); o.has(finding.ModNew) {
		t.Error("it ends after 14 days")
	}
	if o := w.run(27, w.pain("left knee 2")); o.has(finding.ModNew) {
		t.Error("a pain of 27 days ago is known")
	}
	if o := w.run(60, w.pain("left knee 2")); !o.has(finding.ModNew) {
		t.Errorf("after more than 28 days without it, it is new: %v", o.names())
	}
}

func TestModNewEndsAfterTwoCalmRuns(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 2"))
	if o := w.run(2, w.pain("left knee 1")); !o.has(finding.ModNew) {
		t.Error("one calm run is not enough")
	}
	if o := w.run(4, w.pain("0")); o.has(finding.ModNew) {
		t.Errorf("two runs at 0 to 1 end it: %v", o.names())
	}
	w = newWorld(t)
	w.run(0, w.pain("left knee 2"))
	w.run(2)
	if o := w.run(4); !o.has(finding.ModNew) {
		t.Error("silence is not calm")
	}
	w = newWorld(t)
	w.run(0, w.pain("left knee 2"))
	w.run(2, w.pain("left knee 1, medication"))
	o := w.run(4, w.pain("left knee 1, medication"))
	if !w.c.course(gait.Spot{Site: gait.Knee, Side: gait.Left}).NewStands(on(4)) {
		t.Error("a number taken with painkillers is not better")
	}
	if o.has(finding.ModNew) {
		t.Error("beside a stop nobody is told to take the next runs easier")
	}
}

func TestModNewIsMinorUpToTwo(t *testing.T) {
	for entry, want := range map[string]bool{"left knee 2": true, "left knee 3": false} {
		w := newWorld(t)
		if o := w.run(0, w.pain(entry)); o.Minor != want {
			t.Errorf("%s: minor %v", entry, o.Minor)
		}
	}
}

func TestModMeasured(t *testing.T) {
	for _, try := range []struct {
		level  gait.Level
		entry  string
		answer gait.AnswerKind
		want   bool
	}{
		{level: gait.LevelWarn, want: true},
		{level: gait.LevelAsk, want: false},
		{level: gait.LevelAsk, entry: "right knee 2", want: false},
		{level: gait.LevelAsk, entry: "left knee 3", want: true},
		{level: gait.LevelWarn, entry: "0", want: false},
		{level: gait.LevelWarn, entry: "left knee 1", want: false},
		{level: gait.LevelWarn, entry: "left knee 2", answer: gait.AnswerOnPurpose, want: false},
		{level: gait.LevelWarn, entry: "right knee 4, start 4, end 2", want: true},
		{level: gait.LevelWarn, entry: "back 4", want: true},
		{level: gait.LevelWarn, entry: "left knee ache", want: true},
		{level: gait.LevelWarn, answer: gait.AnswerNewStrap, want: false},
		{level: gait.LevelWarn, answer: gait.AnswerUnsure, want: true},
	} {
		w := newWorld(t).shifted(try.level, gait.Left)
		if try.answer != "" {
			w.answers = []gait.AnswerKind{try.answer}
		}
		o := w.told(0, try.entry)
		if o.has(finding.ModMeasured) != try.want {
			t.Errorf("%+v: %v", try, o.names())
		}
	}
	w := newWorld(t).shifted(gait.LevelWarn, gait.Left)
	o := w.run(0)
	if f, _ := o.fact(finding.ModMeasured); f.Shift.Short != gait.Left || len(o.Questions) != 1 || !o.asks(finding.AskHurt) {
		t.Errorf("%+v, asks %v", f, o.Questions)
	}
}

func TestWhenSaysWhatTheRunnerCanCheck(t *testing.T) {
	w := newWorld(t).shifted(gait.LevelWarn, gait.Right)
	w.evidence.Chart, w.evidence.Onset = gait.ChartWithinRun, 23*time.Minute
	if f, _ := w.run(0).fact(finding.ModMeasured); f.Shift.Short != gait.Right || f.Shift.Onset != 23*time.Minute {
		t.Errorf("got %+v", f.Shift)
	}
}

func TestGroinHipAndThighAreAskedAboutTheDeepSpotAlsoWhereThePainFades(t *testing.T) {
	for place, want := range map[string]bool{"left groin": true, "left hip": true, "left thigh": true, "left knee": false, "left shin": false} {
		w := newWorld(t)
		entry := w.pain(place + " 2, start 2, end 0, morning 0")
		if o := w.run(0, entry); o.has(finding.ModBone) {
			t.Errorf("%s: at the first time: %v", place, o.names())
		}
		if o := w.run(2, entry); o.has(finding.ModBone) != want || want && !o.asks(finding.AskDeepSpot) || o.Professional {
			t.Errorf("%s: at the second time: %v", place, o.names())
		}
		if o := w.run(4, entry); o.Professional != want {
			t.Errorf("%s: at the third time: professional %v", place, o.Professional)
		}
	}
}

func TestModWorsens(t *testing.T) {
	for _, try := range []struct {
		days []string
		want finding.Rule
	}{
		{[]string{"left knee 1", "left knee 3"}, finding.ModWorsens},
		{[]string{"left knee 1", "left knee 2", "left knee 3"}, finding.ModWorsens},
		{[]string{"left knee 1", "left knee 2"}, ""},
		{[]string{"left knee 2", "left knee 2"}, ""},
		{[]string{"left knee 3", "left knee 5"}, finding.StopWorse},
		{[]string{"left knee 1", "right knee 3"}, ""},
		{[]string{"left calf 1", "left calf 4, cramp"}, ""},
	} {
		w := newWorld(t)
		var o Outcome
		for i, entry := range try.days {
			o = w.rest(1+i, w.pain(entry))
		}
		for _, rule := range []finding.Rule{finding.ModWorsens, finding.StopWorse} {
			if o.has(rule) != (rule == try.want) {
				t.Errorf("%v: %v, want %q", try.days, o.names(), try.want)
			}
		}
	}
}

func TestTheSilentAreAsked(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 4"))
	if o := w.look(13); o.has(finding.AskSilent) {
		t.Error("thirteen days are no silence")
	}
	if o := w.look(16); o.Verdict != finding.VerdictAsk || !o.asks(finding.AskHowNow) {
		t.Errorf("%s %v", o.Verdict, o.names())
	}
	if o := w.look(30); o.Verdict != finding.VerdictKeep {
		t.Errorf("for ever: %s %v", o.Verdict, o.names())
	}
	w.run(16, w.pain("left knee 0"))
	if o := w.look(18); o.has(finding.AskSilent) {
		t.Error("somebody spoke")
	}
	w = newWorld(t)
	w.run(0, w.pain("left knee 2"))
	if o := w.look(16); o.has(finding.AskSilent) {
		t.Error("a minor pain is not asked after")
	}
}

// Who was told to run less and does so is not told that the run was not like the
// others; nobody cuts a week for 1 of 10.
func TestLessIsNoChangeAfterItWasAdvised(t *testing.T) {
	w := newWorld(t)
	w.usual()
	w.run(0, w.pain("left achilles 3, start 3, end 3"))
	w.measures.Distance /= 2
	if o := w.run(3, w.pain("left achilles 3, start 3, end 3")); o.has(finding.ModChanged) || !o.has(finding.ModStable) {
		t.Errorf("half of it: %v", o.names())
	}
	w = newWorld(t)
	w.usual()
	o := w.run(0, w.pain("back 1, start 1, end 1"))
	if _, less := o.fact(finding.LessVolume); less || !o.Minor {
		t.Errorf("1 of 10: %v", o.Advice)
	}
}
