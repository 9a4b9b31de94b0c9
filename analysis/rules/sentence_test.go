package rules

import (
	"strings"
	"testing"

	"gaitkeeper/gait"
)

// assessed puts an outcome into the form that is shown.
func assessed(o Outcome, e gait.Evidence) gait.Assessment {
	return gait.Assessment{
		Verdict: o.Verdict, SeeProfessional: o.Professional, Urgent: o.Urgent, Evidence: e,
		Reasons: o.Reasons(), Advice: o.Advice, Questions: o.Questions,
	}
}

func TestSentence(t *testing.T) {
	for name, try := range map[string]struct {
		run  func(w *world) Outcome
		want string
	}{
		"nothing": {
			func(w *world) Outcome { return w.run(0) },
			"Nothing was seen in the figures, and nothing was reported. Carry on as planned.",
		},
		"no pain": {
			func(w *world) Outcome { return w.run(0, w.pain("0")) },
			"You said: no pain. The figures show nothing else. Carry on as planned.",
		},
		"a question": {
			func(w *world) Outcome { return w.shifted(gait.LevelAsk, gait.Left).run(0) },
			"Your left foot was on the ground 12 ms less than is usual for you: did anything hurt? If not, say so and carry on.",
		},
		"a warning": {
			func(w *world) Outcome { return w.shifted(gait.LevelWarn, gait.Left).run(0) },
			"Your left foot was on the ground 12 ms less than is usual for you: did anything hurt? " +
				"Take it a little easier, and see how the next run and the morning after it feel.",
		},
		"a limp": {
			func(w *world) Outcome { return w.shifted(gait.LevelWarn, gait.Left).run(0, w.pain("left knee 3")) },
			"Your left foot was on the ground 12 ms less than is usual for you, and your left knee hurt. Your stride may be sparing it. " +
				"Leave running be for now; whatever does not hurt is fine.",
		},
		"a bone": {
			func(w *world) Outcome { return w.run(0, w.pain("left shin 3, focal")) },
			"Left shin: one deep, tender spot. It may be the bone, and bone gives little warning: somebody who knows should look at it before the next run. " +
				"Leave running be for now; whatever does not hurt is fine. " +
				"Somebody who works with runners, a physical therapist, should have a look at it.",
		},
	} {
		w := newWorld(t)
		o := try.run(w)
		if got := Sentence(assessed(o, w.evidence)); got != try.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, try.want)
		}
	}
}

func TestSentenceOfAnExcludedRun(t *testing.T) {
	if got := Sentence(gait.Assessment{Verdict: gait.VerdictKeep}); !strings.Contains(got, "took this run out") {
		t.Error(got)
	}
}

func TestSentenceOfABadStrap(t *testing.T) {
	w := newWorld(t)
	w.evidence.Quality.Balance = gait.BalanceSuspectSensor
	if got := Sentence(assessed(w.run(0), w.evidence)); !strings.Contains(got, "Check your strap") {
		t.Error(got)
	}
}
