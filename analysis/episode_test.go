package analysis

import (
	"slices"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// episodes returns the episodes as of the evening of a day.
func (s *story) episodes(day int) []finding.Episode { return s.fold().EpisodesAt(s.day(day).at(20)) }

// only returns the one episode there is.
func only(t *testing.T, episodes []finding.Episode) finding.Episode {
	t.Helper()
	if len(episodes) != 1 {
		t.Fatalf("%d episodes: %+v", len(episodes), episodes)
	}
	return episodes[0]
}

func TestAMeasuredEpisodeEndsAfterThreeNormalRuns(t *testing.T) {
	s := usualRuns(t)
	first := s.day(0).run(8).shift(gait.LevelWarn, gait.Left)
	s.day(2).run(8)
	s.day(4).run(8)
	e := only(t, s.episodes(5))
	if e.Key != string(first.id) || !e.Measured || !e.Closed.IsZero() || !e.Opened.Equal(first.end) {
		t.Errorf("after two normal runs: %+v", e)
	}
	if len(e.Signs) != 3 || e.Signs[0].Entry != 0 || e.Signs[0].Level != gait.LevelWarn || e.Signs[0].Verdict != finding.VerdictModify || e.Signs[1].Measured {
		t.Errorf("signs: %+v", e.Signs)
	}
	third := s.day(6).run(8)
	if e := only(t, s.episodes(7)); !e.Closed.Equal(third.end) || e.ClosedBy != finding.ClosedNormal {
		t.Errorf("after three normal runs: %+v", e)
	}
}

func TestWhatIsNoNormalRun(t *testing.T) {
	for name, run := range map[string]func(*story){
		"a slipped strap": func(s *story) { s.run(8).slip() },
		"a pain":          func(s *story) { s.run(8).says(pain(gait.Left, gait.Knee).worst(2)) },
		"a shift":         func(s *story) { s.run(8).shift(gait.LevelAsk, gait.Left) },
		"no balance": func(s *story) {
			e := quiet()
			e.Quality.Balance = gait.BalanceNone
			s.fake.evidence[s.run(8).id] = e
		},
	} {
		s := usualRuns(t)
		s.day(0).run(8).shift(gait.LevelWarn, gait.Left)
		s.day(2).run(8)
		s.day(4).run(8)
		run(s.day(6))
		if e := s.fold().Episodes[0]; !e.Closed.IsZero() {
			t.Errorf("%s has ended the episode", name)
		}
	}
}

func TestTheRunnerEndsAMeasuredEpisode(t *testing.T) {
	for _, kind := range []gait.AnswerKind{gait.AnswerNoPain, gait.AnswerNewStrap, gait.AnswerNotALimp, gait.AnswerOnPurpose} {
		s := usualRuns(t)
		s.day(0).run(8).shift(gait.LevelWarn, gait.Left).answers(kind)
		if e := only(t, s.episodes(1)); e.ClosedBy != finding.ClosedAnswered {
			t.Errorf("%s: %+v", kind, e)
		}
	}
	s := usualRuns(t)
	s.day(0).run(8).shift(gait.LevelWarn, gait.Left)
	s.day(2).run(8).answers(gait.AnswerNewStrap)
	if e := only(t, s.episodes(3)); e.ClosedBy != finding.ClosedAnswered {
		t.Errorf("answered with the run after it: %+v", e)
	}
}

func TestSignsTellWhoMadeThem(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(8).shift(gait.LevelAsk, gait.Left)
	r.says(pain(gait.Left, gait.Knee).worst(7))
	e := only(t, s.episodes(0))
	index := len(s.h.Runs) - 1
	want := []finding.Sign{
		{At: r.end, Run: r.id, Index: index, Level: gait.LevelAsk, Verdict: finding.VerdictAsk, Measured: true, Side: gait.Left},
		{At: r.end.Add(time.Hour), Run: r.id, Index: index, Entry: s.ids, Level: gait.LevelWarn, Verdict: finding.VerdictStop, Measured: true, Side: gait.Left},
	}
	if diff := same(want, e.Signs); diff != "" {
		t.Error(diff)
	}
	if !e.Stop || !e.StopSince.Equal(r.end) {
		t.Errorf("stop %v since %v", e.Stop, e.StopSince)
	}
}

func TestARestDayOpensAnEpisodeOfItsOwn(t *testing.T) {
	s := usualRuns(t)
	s.day(1).rest(pain(gait.Left, gait.Knee).worst(4))
	e := only(t, s.episodes(1))
	if e.Key != entryKey(s.ids) || e.Measured || len(e.Signs) != 1 || e.Signs[0].Entry != s.ids || e.Signs[0].Run == "" {
		t.Errorf("%+v", e)
	}
	if e := only(t, s.episodes(28)); !e.Closed.IsZero() {
		t.Errorf("it stands for two weeks, and is asked about for two more: %+v", e)
	}
	if e = only(t, s.episodes(30)); e.ClosedBy != finding.ClosedSilent {
		t.Errorf("time alone ends it, and settles nothing: %+v", e)
	}
	if open := s.fold().Episodes[0]; !open.Closed.IsZero() {
		t.Error("as of the last event it is open")
	}
}

func TestAMinorEpisodeSendsNothing(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).says(pain(gait.Left, gait.Knee).worst(2))
	only(t, s.episodes(0))
	if said, _ := s.played(); len(said) != 0 {
		t.Errorf("%+v", said)
	}
	r := s.day(2).run(8).says(pain(gait.Left, gait.Knee).worst(4))
	if said, _ := s.played(); len(said) != 1 || said[0].Run != r.id || said[0].Level != gait.LevelAsk {
		t.Errorf("it speaks once it has grown: %+v", said)
	}
}

func TestTheOtherSideIsNews(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).shift(gait.LevelAsk, gait.Left)
	s.day(2).run(8).shift(gait.LevelAsk, gait.Left)
	flip := s.day(4).run(8).shift(gait.LevelAsk, gait.Right)
	if said, _ := s.played(); len(said) != 2 || said[1].Run != flip.id {
		t.Errorf("%+v", said)
	}
	louder := s.day(6).run(8).shift(gait.LevelWarn, gait.Right)
	if said, _ := s.played(); len(said) != 3 || said[2].Run != louder.id {
		t.Errorf("so is a louder one: %+v", said)
	}
}

func TestTheSameQuestionIsNotAskedAgainSoon(t *testing.T) {
	spoke := func(next func(*story)) int {
		s := usualRuns(t)
		s.day(0).run(8).shift(gait.LevelAsk, gait.Left)
		for d := 1; d <= 3; d++ {
			s.day(d).run(8)
		}
		s.day(4)
		next(s)
		said, _ := s.played()
		return len(said)
	}
	for name, c := range map[string]struct {
		next func(*story)
		want int
	}{
		"the same side, four runs later": {func(s *story) { s.run(8).shift(gait.LevelAsk, gait.Left) }, 1},
		"the other side":                 {func(s *story) { s.run(8).shift(gait.LevelAsk, gait.Right) }, 2},
		"a warning of the same side":     {func(s *story) { s.run(8).shift(gait.LevelWarn, gait.Left) }, 2},
		"the same side, after seven others": {func(s *story) {
			for d := 4; d < 8; d++ {
				s.day(d).run(8)
			}
			s.day(8).run(8).shift(gait.LevelAsk, gait.Left)
		}, 2},
		"a pain that the runner tells of it": {func(s *story) { s.run(8).shift(gait.LevelAsk, gait.Left).says(pain(gait.Left, gait.Knee).worst(4)) }, 2},
	} {
		if got := spoke(c.next); got != c.want {
			t.Errorf("%s: spoke %d times, want %d", name, got, c.want)
		}
	}
}

func TestAStopThatFellAndComesAgainIsNews(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	s.day(0).run(8).says(knee.worst(3).kind(gait.Sharp))
	s.day(1).rest(knee.worst(0))
	s.day(2).rest(knee.worst(0))
	again := s.day(4).run(4).says(knee.worst(3).kind(gait.Sharp))
	e := only(t, s.episodes(4))
	if said, _ := s.played(); len(said) != 2 || said[1].Run != again.id || said[1].Verdict != finding.VerdictStop || !e.StopSince.Equal(again.end) {
		t.Errorf("%+v since %s", said, e.StopSince)
	}
}

func TestAStandingStopStaysSilent(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).says(pain(gait.Left, gait.Knee).worst(3).kind(gait.Sharp))
	for d := 2; d < 40; d += 2 {
		a := s.day(d).run(8).assessed()
		if a.Verdict != finding.VerdictStop || a.Alert != (finding.Alert{Level: gait.LevelWarn, Suppressed: finding.SuppressedRefractory}) {
			t.Fatalf("day %d: %s %+v", d, a.Verdict, a.Alert)
		}
	}
	if said, _ := s.played(); len(said) != 1 {
		t.Errorf("%+v", said)
	}
}

func TestNewlyModifySpeaksOnce(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee).worst(4)
	first := s.day(0).run(8).says(knee)
	second := s.day(2).run(8).says(knee)
	if a := first.assessed(); a.Alert != (finding.Alert{Level: gait.LevelAsk}) {
		t.Errorf("first: %+v", a.Alert)
	}
	if a := second.assessed(); a.Alert.Level != gait.LevelNone || a.Verdict != finding.VerdictModify {
		t.Errorf("second: %s %+v", a.Verdict, a.Alert)
	}
}

func TestLongViewIsSaidOnceAnEpisode(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee).worst(4)
	said := func(a []finding.Fact) bool {
		return slices.ContainsFunc(a, func(r finding.Fact) bool { return r.Rule == finding.LongView })
	}
	first := s.day(0).run(8).says(knee)
	if !said(first.assessed().Advice) || !said(s.stands(0).Advice) {
		t.Error("it is not said at first")
	}
	if second := s.day(2).run(8).says(knee); said(second.assessed().Advice) || said(s.stands(2).Advice) {
		t.Error("it is said twice")
	}
}

func TestSeeAProfessionalIsSaidAgainWhenItWorsens(t *testing.T) {
	s := usualRuns(t)
	mood := pain(gait.Left, gait.Knee).worst(3)
	mood.p.Mood = gait.Yes
	s.day(0).run(8).says(mood)
	s.day(2).run(8).says(mood)
	s.day(4).run(8).says(mood.night())
	said, _ := s.played()
	if len(said) != 2 || !said[1].SeeProfessional || said[1].Verdict != finding.VerdictStop {
		t.Errorf("%+v", said)
	}
}
