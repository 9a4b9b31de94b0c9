package alert_test

import (
	"testing"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func TestUnevenWalksAreAskedAboutOnce(t *testing.T) {
	s := newStory(t).run("r1", 0)
	decide := func(at float64) []alert.Decision {
		decisions := alert.Decide(s.at(at).s)
		for _, d := range decisions {
			s.record(d)
		}
		return decisions
	}
	s.s.Standing.Verdict, s.s.Standing.Walking = finding.VerdictAsk, gait.Walking{Level: gait.LevelAsk, Asked: day(1)}
	got := decide(2)
	if len(got) != 1 || got[0].Why != alert.WhyWalking || got[0].Level != gait.LevelAsk || got[0].Run != "" || got[0].Episode != "" {
		t.Fatalf("%+v", got)
	}
	s.s.Standing.Walking.Asked = day(0) // walks that arrived late moved it
	if got := decide(3); len(got) != 0 {
		t.Errorf("asked again: %+v", got)
	}
	s.s.Standing.Walking.Asked = day(70)
	if got := decide(71); len(got) != 1 {
		t.Errorf("two months later: %+v", got)
	}
}

func TestUnevenWalksThatNeedNoMessage(t *testing.T) {
	for name, st := range map[string]finding.Standing{
		"even ones":              {Verdict: finding.VerdictKeep, Walking: gait.Walking{Level: gait.LevelNone}},
		"of a first import":      {Verdict: finding.VerdictAsk, Walking: gait.Walking{Level: gait.LevelAsk, Asked: day(-9)}},
		"during a stop":          {Verdict: finding.VerdictStop, Walking: gait.Walking{Level: gait.LevelAsk, Asked: day(1)}},
		"answered in the diary":  {Verdict: finding.VerdictKeep, Walking: gait.Walking{Level: gait.LevelAsk, Asked: day(1)}},
		"no phone measures them": {Verdict: finding.VerdictAsk},
	} {
		s := newStory(t).run("r1", 0)
		s.s.Standing = st
		if got := alert.Decide(s.at(2).s); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	s := newStory(t).pausedUntil(3)
	s.s.Standing = finding.Standing{Verdict: finding.VerdictAsk, Walking: gait.Walking{Level: gait.LevelAsk, Asked: day(1)}}
	if got := alert.Decide(s.at(2).s); len(got) != 0 {
		t.Errorf("in a pause: %+v", got)
	}
}
