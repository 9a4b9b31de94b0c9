package alert_test

import (
	"testing"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// sore is a story with a pain that should be asked about in the morning.
func sore(t *testing.T) *story {
	s := newStory(t).run("r1", 0)
	p := gait.Pain{ID: 1, Run: "r1", At: day(0), Recorded: day(0.1), Site: gait.Achilles, Side: gait.Left}
	s.s.Pain = []gait.Pain{p}
	s.s.Standing.Morning = &p
	return s
}

func (st *story) asksInTheMorning(d float64, want bool) {
	st.t.Helper()
	got := alert.Morning(st.at(d).s)
	if len(got) > 0 != want {
		st.t.Errorf("%s: asked %v, want %v", st.s.Now.Format("Mon 2 Jan 15:04"), len(got) > 0, want)
	}
	for _, d := range got {
		st.record(d)
	}
}

func TestMorningIsAskedOnceADay(t *testing.T) {
	s := sore(t)
	s.asksInTheMorning(0.8, true)
	s.asksInTheMorning(0.81, false)
	s.asksInTheMorning(1.8, true)
}

func TestMorningIsNotAskedAboutNothingOrInAPause(t *testing.T) {
	s := sore(t).pausedUntil(2)
	s.asksInTheMorning(0.8, false)
	s = sore(t)
	s.s.Standing.Morning = nil
	s.asksInTheMorning(0.8, false)
}

func TestDigest(t *testing.T) {
	tests := map[string]struct {
		tell func(*story)
		want int
	}{
		"a week with runs alone":          {func(s *story) { s.run("r1", -2) }, 0},
		"a week with runs alone, always":  {func(s *story) { s.run("r1", -2); s.s.Settings.DigestAlways = true }, 1},
		"a week without anything":         {func(s *story) { s.run("r1", -8) }, 0},
		"a week in which nothing hurt":    {func(s *story) { s.run("r1", -2).pain(gait.NothingHurt("r1"), -2) }, 0},
		"a week with a pain":              {func(s *story) { s.pain(gait.Pain{At: day(-1), Site: gait.Knee}, -1) }, 1},
		"a pain of last week, told today": {func(s *story) { s.pain(gait.Pain{At: day(-9), Site: gait.Knee}, -1) }, 1},
		"an answer":                       {func(s *story) { s.answer("r1", gait.AnswerNewShoes, -1) }, 1},
		"the answer that nothing hurt":    {func(s *story) { s.answer("r1", gait.AnswerNoPain, -1) }, 0},
		"a run that stood out":            {func(s *story) { s.run("r1", -2).judged("r1", gait.LevelAsk) }, 1},
		"one that stood out last week":    {func(s *story) { s.run("r1", -8).judged("r1", gait.LevelAsk) }, 0},
		"a way back":                      {func(s *story) { s.s.Standing.Plan = &finding.Plan{Step: 2, Of: 5} }, 1},
		"an old change of the training":   {func(s *story) { s.s.Standing.Verdict = finding.VerdictModify }, 0},
		"a stop that stands":              {func(s *story) { s.s.Standing.Verdict = finding.VerdictStop }, 1},
		"a stop of which nobody speaks":   {func(s *story) { s.s.Standing.Verdict, s.s.Standing.Since = finding.VerdictStop, day(-29) }, 0},
		"a question that was asked": {func(s *story) {
			s.s.Notices = []alert.Notice{{Key: "alert:x", Kind: alert.MessageAlert, At: day(-3)}}
		}, 1},
		"only a digest before": {func(s *story) {
			s.s.Notices = []alert.Notice{{Key: "digest:x", Kind: alert.MessageDigest, At: day(-6.9)}}
		}, 0},
		"a week in a pause":            {func(s *story) { s.pain(gait.Pain{At: day(-1), Site: gait.Knee}, -1).pausedUntil(1) }, 0},
		"a week that was told already": {func(s *story) { s.s.Standing.Verdict = finding.VerdictStop; s.record(alert.Digest(s.s)[0]) }, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStory(t)
			tt.tell(s)
			if got := alert.Digest(s.s); len(got) != tt.want {
				t.Errorf("%d digests, want %d", len(got), tt.want)
			}
		})
	}
}

func score(t *testing.T, n int) gait.Score {
	t.Helper()
	s, err := gait.Exactly(n)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// judged says at which level a run's figures stood out.
func (st *story) judged(run gait.RunID, level gait.Level) *story {
	st.s.Assessments = append(st.s.Assessments, finding.Assessment{Run: run, Evidence: gait.Evidence{Level: level}})
	return st
}

func (st *story) answer(run gait.RunID, kind gait.AnswerKind, at float64) *story {
	st.s.Answers = append(st.s.Answers, gait.Answer{Run: run, Kind: kind, Recorded: day(at)})
	return st
}
