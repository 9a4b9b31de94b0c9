package analysis

import (
	"slices"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func TestStandingOfNothing(t *testing.T) {
	s := &story{t: t}
	st := s.fold().Standing(s.at(20))
	if st.Verdict != finding.VerdictLearning || st.Run != "" || st.Episode != nil || len(st.Reasons) != 1 {
		t.Errorf("%+v", st)
	}
}

func TestSilenceNeverLowersWhatStands(t *testing.T) {
	s := usualRuns(t)
	s.day(1).rest(pain(gait.Left, gait.Knee).worst(4))
	s.day(2).run(8)
	s.standsAt(2, finding.VerdictModify, "MOD-REST")
	s.day(4).run(8).says(noPain())
	s.day(6).run(8).says(noPain())
	s.standsAt(6, finding.VerdictKeep)
}

func TestMeasuredQuestionStandsUntilTheNextRun(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).shift(gait.LevelAsk, gait.Left)
	if st := s.standsAt(1, finding.VerdictAsk, "ASK-MEASURED"); len(st.Questions) != 1 {
		t.Errorf("asks %v", st.Questions)
	}
	s.standsAt(20, finding.VerdictKeep)
	s.day(2).run(8)
	s.standsAt(3, finding.VerdictKeep, "KEEP-QUIET")
}

func TestSinceIsWhenTheVerdictChanged(t *testing.T) {
	s := usualRuns(t)
	first := s.day(0).run(8).says(pain(gait.Left, gait.Knee).worst(4))
	s.day(2).run(8).says(pain(gait.Left, gait.Knee).worst(4))
	if st := s.stands(3); !st.Since.Equal(first.end) {
		t.Errorf("modify since %v", st.Since)
	}
	// The finding of day 2 stands for 14 days, then the silence is asked about; MOD-NEW has ended two days before.
	last := s.h.Runs[len(s.h.Runs)-1].Start.Add(48 * time.Minute)
	if st := s.stands(20); st.Verdict != finding.VerdictAsk || !st.Since.Equal(last.AddDate(0, 0, 14)) {
		t.Errorf("%s since %v", st.Verdict, st.Since)
	}
	if st := s.stands(40); st.Verdict != finding.VerdictKeep || !st.Since.Equal(last.AddDate(0, 0, 28)) {
		t.Errorf("%s since %v", st.Verdict, st.Since)
	}
}

func TestAProfessionalHasBeenSeen(t *testing.T) {
	s := usualRuns(t)
	mood := pain(gait.Left, gait.Knee).worst(3)
	mood.p.Mood = gait.Yes
	s.day(0).run(8).says(mood)
	if !s.stands(1).SeeProfessional {
		t.Fatal("mood is worth a professional")
	}
	s.day(2).answer(gait.AnswerSeenProfessional)
	if st := s.standsAt(3, finding.VerdictModify, "-PT-LIFE", "MOD-STABLE"); st.SeeProfessional {
		t.Error("he has been seen")
	}
	s.day(10).run(8).says(mood).wants("muted", finding.VerdictModify, "-PT-LIFE")
	s.day(45).run(8).says(mood).wants("after 42 days", finding.VerdictModify, "PT-LIFE")
}

func TestMorningIsAskedWhenItTells(t *testing.T) {
	knee := pain(gait.Left, gait.Knee)
	for name, try := range map[string]struct {
		say  func(*story)
		want bool
	}{
		"new":       {func(s *story) { s.day(0).run(8).says(knee.worst(2)) }, true},
		"a pain 3":  {func(s *story) { s.old(knee); s.day(0).run(8).says(knee.worst(3)) }, true},
		"old and 2": {func(s *story) { s.old(knee); s.day(0).run(8).says(knee.worst(2)) }, false},
		"unsettled": {func(s *story) {
			s.old(knee)
			s.day(-1).run(4).says(knee.worst(2).morning(2))
			s.day(0).run(8).says(knee.worst(2))
		}, true},
		"told":    {func(s *story) { s.day(0).run(8).says(knee.worst(4).morning(1)) }, false},
		"silence": {func(s *story) { s.day(0).run(8) }, false},
		"no pain": {func(s *story) { s.day(0).run(8).says(noPain()) }, false},
		"too old": {func(s *story) { s.day(-1).run(8).says(knee.worst(4)) }, false},
		"a run of this morning": {func(s *story) {
			s.day(0).run(8).says(knee.worst(4))
			s.day(1).run(3)
		}, true},
	} {
		s := usualRuns(t)
		try.say(s)
		m := s.fold().Standing(s.day(1).at(9)).Morning
		if (m != nil) != try.want {
			t.Errorf("%s: %+v", name, m)
		}
		if m != nil && (m.Site != gait.Knee || m.Side != gait.Left || m.Run == "" || m.ID == 0) {
			t.Errorf("%s: %+v does not name the spot", name, m)
		}
	}
}

// old gives the runner a known, calm pain at a place.
func (s *story) old(e entry) {
	s.day(-21).run(8).says(e.worst(2).morning(0))
	s.day(-19).run(8).says(e.worst(2).morning(0))
}

func TestThreeSilencesEndTheMorningQuestion(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	for i := range 4 {
		s.day(2 * i).run(8).says(knee.worst(4))
		if asks := s.fold().Standing(s.day(2*i+1).at(7)).Morning != nil; asks != (i < 3) {
			t.Errorf("morning %d: asks %v", i, asks)
		}
	}
	s.day(8).run(8).says(knee.worst(4).morning(2))
	s.day(10).run(8).says(knee.worst(4))
	if s.fold().Standing(s.day(11).at(7)).Morning == nil {
		t.Error("an answer begins it anew")
	}
}

func TestAPainThatComesBackIsAskedAboutAgain(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	for i := range 4 {
		s.day(2 * i).run(8).says(knee.worst(4))
	}
	s.day(60).run(8).says(knee.worst(4)) // the last one was two months ago
	if s.fold().Standing(s.day(61).at(7)).Morning == nil {
		t.Error("the old silence still ends the question")
	}
}

func TestTheMorningOfTheWorstPlaceIsAsked(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).says(pain(gait.Left, gait.Calf).worst(3)).says(pain(gait.Left, gait.Knee).worst(4)).says(pain(gait.Left, gait.Ankle).worst(2))
	if m := s.fold().Standing(s.day(1).at(7)).Morning; m == nil || m.Site != gait.Knee {
		t.Errorf("%+v", m)
	}
}

func TestLearningComesBackWhenNothingElseStands(t *testing.T) {
	s := &story{t: t, fake: fakeDetector{evidence: map[gait.RunID]gait.Evidence{}}}
	r := s.day(0).run(8)
	young := quiet()
	young.BaselineRuns = 0
	s.fake.evidence[r.id] = young
	s.day(1).rest(pain(gait.Left, gait.Knee).worst(4))
	s.standsAt(5, finding.VerdictModify)
	s.standsAt(16, finding.VerdictAsk, "ASK-SILENT")
	s.standsAt(40, finding.VerdictLearning)
}

// "It hurts" asks for the number where it stops the runner as well, until the
// number is there.
func TestAStopGoesOnAskingForTheNumber(t *testing.T) {
	howMuch := func(st finding.Standing) bool {
		return slices.ContainsFunc(st.Questions, func(q finding.Question) bool { return q.Ask == finding.AskHowBad })
	}
	s := usualRuns(t)
	r := s.day(0).run(8).shift(gait.LevelWarn, gait.Left).answers(gait.AnswerHurts)
	if st := s.stands(0); st.Verdict != finding.VerdictStop || !howMuch(st) {
		t.Errorf("%s, asks %v", st.Verdict, st.Questions)
	}
	r.says(pain(gait.Left, gait.Knee).worst(4))
	if st := s.stands(0); st.Verdict != finding.VerdictStop || howMuch(st) {
		t.Errorf("with the number: %s, asks %v", st.Verdict, st.Questions)
	}
}

// What is said of a run of three months ago changes nothing, and is not called silence.
func TestWhatIsSaidTooLateIsNotCalledSilence(t *testing.T) {
	for name, say := range map[string]func(storyRun, time.Time){
		"an entry": func(r storyRun, at time.Time) {
			e := pain(gait.Left, gait.Calf).worst(3).p
			e.ID, e.Run, e.At, e.Recorded = r.story.id(), r.id, r.end, at
			r.enter(e)
		},
		"an answer": func(r storyRun, at time.Time) {
			r.h.Answers = append(r.h.Answers, gait.Answer{ID: r.story.id(), Run: r.id, Kind: gait.AnswerALittle, Recorded: at})
		},
	} {
		for _, ranSince := range []bool{false, true} {
			s := usualRuns(t)
			old := s.day(0).run(8)
			for d := 2; ranSince && d < 92; d += 2 {
				s.day(d).run(8)
			}
			s.day(92)
			say(old, s.at(12))
			how := func(day int) finding.Fact { return s.standsAt(day, finding.VerdictKeep, "KEEP-QUIET").Reasons[0] }
			if f := how(92); f.How != finding.HowLate || f.Date.Format(time.DateOnly) != "2026-03-02" {
				t.Errorf("%s, a run since: %v: %+v", name, ranSince, f)
			}
			if f := how(93); f.How == finding.HowLate {
				t.Errorf("%s, the next day: %+v", name, f)
			}
		}
	}
}
