package rules

import (
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// told is one run with one entry, and whether the rule should match.
type told struct {
	entry string
	want  bool
}

// tryRun runs each entry as the first word of a fresh runner and asks for a
// rule and, where it matches, for at least its verdict.
func tryRun(t *testing.T, rule finding.Rule, verdict finding.Verdict, tries []told) {
	t.Helper()
	for _, try := range tries {
		w := newWorld(t)
		checkRule(t, w.run(0, w.pain(try.entry)), rule, verdict, try)
	}
}

func checkRule(t *testing.T, o Outcome, rule finding.Rule, verdict finding.Verdict, try told) {
	t.Helper()
	if o.has(rule) != try.want {
		t.Errorf("%q: %s %v, want %v (%v)", try.entry, rule, o.has(rule), try.want, o.names())
	}
	if try.want && verdict.MoreSevere(o.Verdict) {
		t.Errorf("%q: verdict %s is lighter than %s", try.entry, o.Verdict, verdict)
	}
}

func TestStopBone(t *testing.T) {
	tryRun(t, finding.StopBone, finding.VerdictStop, []told{
		{"left heel 4, skin; one sore spot", false},
		{"left shin 2, focal", true},
		{"left knee 2, bone", true},
		{"left shin 2, no focal", false},
		{"left shin 2", false},
	})
	w := newWorld(t)
	if o := w.run(0, w.pain("left groin 3, start 3, end 3, focal")); !o.Urgent || !o.Professional {
		t.Errorf("groin that does not fade: urgent %v, professional %v", o.Urgent, o.Professional)
	}
	w = newWorld(t)
	if o := w.run(0, w.pain("left groin 3, start 3, end 2, focal")); o.Urgent || !o.Professional {
		t.Errorf("groin that fades: urgent %v, professional %v", o.Urgent, o.Professional)
	}
	w = newWorld(t)
	if o := w.run(0, w.pain("left shin 3, start 3, end 3, focal")); o.Urgent {
		t.Error("a shin is not urgent")
	}
}

func TestStopLimpSaid(t *testing.T) {
	tryRun(t, finding.StopLimp, finding.VerdictStop, []told{{"left knee 2, limping", true}, {"left knee 2", false}, {"left knee 2, no limping", false}})
}

func TestStopLimpMeasured(t *testing.T) {
	for _, try := range []struct {
		name   string
		level  gait.Level
		entry  string
		answer gait.AnswerKind
		poor   bool
		want   bool
	}{
		{name: "warn and pain 1", level: gait.LevelWarn, entry: "left knee 1", want: true},
		{name: "ask and pain 3, once", level: gait.LevelAsk, entry: "left knee 3"},
		{name: "ask and pain 2", level: gait.LevelAsk, entry: "left knee 2"},
		{name: "the side is unknown", level: gait.LevelWarn, entry: "knee 2", want: true},
		{name: "the other side hurts", level: gait.LevelWarn, entry: "right knee 2"},
		{name: "both sides hurt", level: gait.LevelWarn, entry: "both knee 3"},
		{name: "the back hurts", level: gait.LevelWarn, entry: "left back 3"},
		{name: "the sensor is suspect", level: gait.LevelWarn, entry: "left knee 3", poor: true},
		{name: "new strap", level: gait.LevelWarn, entry: "left knee 3", answer: gait.AnswerNewStrap},
		{name: "new shoes", level: gait.LevelWarn, entry: "left knee 3", answer: gait.AnswerNewShoes},
		{name: "not a limp", level: gait.LevelWarn, entry: "left knee 3", answer: gait.AnswerNotALimp},
		{name: "on purpose lifts nothing", level: gait.LevelWarn, entry: "left knee 3", answer: gait.AnswerOnPurpose, want: true},
		{name: "nothing measured", level: gait.LevelNone, entry: "left knee 3"},
	} {
		w := newWorld(t).shifted(try.level, gait.Left)
		if try.answer != "" {
			w.answers = []gait.AnswerKind{try.answer}
		}
		if try.poor {
			w.evidence.Quality.Balance = gait.BalanceSuspectSensor
		}
		o := w.run(0, w.pain(try.entry))
		if o.has(finding.StopLimp) != try.want {
			t.Errorf("%s: %v", try.name, o.names())
		}
		if f, _ := o.fact(finding.StopLimp); try.want && (f.Shift.Short != gait.Left || f.Shift.Shorter != 12 || !o.asks(finding.AskFavouring)) {
			t.Errorf("%s: %+v, asks %v", try.name, f.Shift, o.Questions)
		}
	}
}

func TestStopNight(t *testing.T) {
	tryRun(t, finding.StopNight, finding.VerdictStop, []told{{"left knee 1, night", true}, {"left knee 1, no night", false}, {"left knee 1", false}, {"left calf 5, cramp, night", false}, {"left heel 3, skin, night", false}})
	w := newWorld(t)
	if o := w.rest(0, w.pain("left knee 1, night")); !o.has(finding.StopNight) || o.Verdict != finding.VerdictStop {
		t.Errorf("on a rest day: %v", o.names())
	}
	w = newWorld(t)
	if o := w.run(0, w.pain("left calf 3, ache, night"), w.pain("left calf 2, cramp")); !o.has(finding.StopNight) {
		t.Errorf("an ache at night beside a cramp: %v", o.names())
	}
}

func TestStopSharp(t *testing.T) {
	tryRun(t, finding.StopSharp, finding.VerdictStop, []told{
		{"left knee 2, sharp", true}, {"left knee 2, twinge", false}, {"left knee 2, ache", false},
	})
	w := newWorld(t)
	w.run(0, w.pain("left knee 2, twinge"))
	if o := w.run(2, w.pain("left knee 2, twinge")); !o.has(finding.StopSharp) {
		t.Errorf("a twinge that came back: %v", o.names())
	}
	w = newWorld(t)
	w.run(0, w.pain("left knee 2, twinge"))
	if o := w.run(2, w.pain("right knee 2, twinge")); o.has(finding.StopSharp) {
		t.Error("a twinge elsewhere did not come back")
	}
}

func TestStopMedication(t *testing.T) {
	tryRun(t, finding.StopMedication, finding.VerdictStop, []told{{"left knee 2, medication", true}, {"left knee 2, no medication", false}, {"left knee 2", false}})
	w := newWorld(t)
	if o := w.rest(0, w.pain("left knee 2, medication")); o.has(finding.StopMedication) {
		t.Error("a painkiller on a rest day was not needed to get through a run")
	}
}

func TestStopWorse(t *testing.T) {
	tryRun(t, finding.StopWorse, finding.VerdictStop, []told{
		{"left knee 3, worsening", true},
		{"left knee 3, start 1, end 3", true},
		{"left knee 2, start 1, end 2", false},
		{"left knee 4, start 0, end 4", true},
		{"left knee 3, start 0, end 3", false},
		{"left knee 5, end 5", false},
		{"left knee 5, start 2", false},
	})
}

func TestStopHigh(t *testing.T) {
	tryRun(t, finding.StopHigh, finding.VerdictStop, []told{
		{"left knee 6", true},
		{"left knee 5", false},
		{"left shin 4, start 4, end 4", true},
		{"left shin 4, start 4, end 3", false},
		{"left shin 4, end 4", false},
		{"left shin 3, start 3, end 3", false},
		{"left knee 4, start 4, end 4", false},
		{"sacrum 4, start 4, end 4", true},
	})
}

func TestAShiftAtAskTwiceBesideAPainThatHasNotEased(t *testing.T) {
	for name, try := range map[string]struct {
		first, second string
		side          gait.Side
		want          bool
	}{
		"as bad as before":  {"left knee 3", "left knee 3", gait.Left, true},
		"eased":             {"left knee 4", "left knee 3", gait.Left, false},
		"too little pain":   {"left knee 2", "left knee 2", gait.Left, false},
		"no pain the first": {"left knee 0", "left knee 3", gait.Left, false},
		"the other side":    {"left knee 3", "left knee 3", gait.Right, false},
	} {
		w := newWorld(t).shifted(gait.LevelAsk, try.side)
		w.run(0, w.pain(try.first))
		w.shifted(gait.LevelAsk, gait.Left)
		if o := w.run(2, w.pain(try.second)); o.has(finding.StopLimp) != try.want {
			t.Errorf("%s: %v", name, o.names())
		}
	}
}

func TestNoStopRestsOnLessThanTheUsualVariation(t *testing.T) {
	w := newWorld(t).shifted(gait.LevelWarn, gait.Left)
	w.evidence.Shift, w.evidence.Band = -0.3, 1
	if o := w.run(0, w.pain("left knee 3")); o.has(finding.StopLimp) {
		t.Errorf("%v", o.names())
	}
}

func TestTheUsualPlantarHeel(t *testing.T) {
	for entry, bone := range map[string]bool{
		"left heel 3, start 3, end 1, focal":             false,
		"left heel 3, start 3, end 1, bone, morning 4":   false,
		"left heel 3, start 3, end 3, focal":             true,
		"left heel 3, focal":                             true,
		"left heel 3, start 3, end 1, focal, night":      true,
		"left heel 3, start 3, end 1, focal, medication": true,
		"left shin 3, start 3, end 1, focal":             true,
	} {
		w := newWorld(t)
		o := w.run(0, w.pain(entry))
		if o.has(finding.StopBone) != bone || !o.Professional || !bone && o.how(finding.ModBone) != finding.HowHeel {
			t.Errorf("%s: %v, professional %v", entry, o.names(), o.Professional)
		}
	}
	w := newWorld(t)
	if o := w.rest(0, w.pain("left heel 4, focal")); !o.has(finding.StopBone) {
		t.Error("it hurts at rest")
	}
}
