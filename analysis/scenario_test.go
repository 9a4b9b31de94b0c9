package analysis

import (
	"slices"
	"strings"
	"testing"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// wants checks a verdict and the rules that must be, or with a leading minus
// must not be, among the reasons.
func wants(t *testing.T, when string, got finding.Verdict, reasons []finding.Fact, want finding.Verdict, rules ...string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %s, want %s (%v)", when, got, want, reasons)
	}
	for _, rule := range rules {
		name := finding.Rule(strings.TrimPrefix(rule, "-"))
		has := slices.ContainsFunc(reasons, func(r finding.Fact) bool { return r.Rule == name })
		if has == strings.HasPrefix(rule, "-") {
			t.Errorf("%s: %s is %v among %v", when, name, has, reasons)
		}
	}
}

func (r storyRun) wants(when string, want finding.Verdict, rules ...string) finding.Assessment {
	r.t.Helper()
	a := r.assessed()
	wants(r.t.(*testing.T), when, a.Verdict, a.Reasons, want, rules...)
	return a
}

func (s *story) standsAt(day int, want finding.Verdict, rules ...string) finding.Standing {
	s.t.Helper()
	st := s.stands(day)
	wants(s.t.(*testing.T), st.AsOf.Format("2 January"), st.Verdict, st.Reasons, want, rules...)
	return st
}

func TestOldMildStablePain(t *testing.T) {
	s := usualRuns(t)
	tendon := pain(gait.Left, gait.Achilles)
	for d := 0; d < 28; d += 2 {
		s.day(d).run(8).says(tendon.worst(2).fromTo(2, 2).morning(0))
	}
	last := s.day(28).run(8).says(tendon.worst(2).fromTo(2, 2).morning(0))
	a := last.wants("a month of it", finding.VerdictKeep, "KEEP-LOW", "WATCH", "-MOD-NEW", "-MOD-STABLE")
	if a.Alert.Level != gait.LevelNone {
		t.Errorf("it is silent, and says %+v", a.Alert)
	}
}

func TestPainOnlyAfterwards(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).says(noPain())
	s.rest(pain(gait.Left, gait.Knee).worst(3))
	st := s.standsAt(0, finding.VerdictModify, "MOD-AFTER", "MOD-REST", "MOD-NEW")
	if !slices.ContainsFunc(st.Questions, func(q finding.Question) bool { return q.Ask == finding.AskGone }) {
		t.Errorf("asks %v", st.Questions)
	}
}

func TestBackAfterAGap(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	s.day(0).run(8).says(knee.worst(4))
	s.standsAt(0, finding.VerdictModify, "MOD-STABLE", "MOD-NEW")
	s.standsAt(13, finding.VerdictModify)
	s.standsAt(20, finding.VerdictAsk, "ASK-SILENT")
	s.standsAt(40, finding.VerdictKeep)
	back := s.day(50).run(3).says(knee.worst(2))
	back.wants("fifty days later it is a new pain", finding.VerdictModify, "MOD-NEW", "-MOD-TREND", "-STOP-WORSE")
}

func TestRestDayNightPain(t *testing.T) {
	s := usualRuns(t)
	s.day(1).rest(pain(gait.Right, gait.Hip).worst(2).night())
	st := s.standsAt(1, finding.VerdictStop, "STOP-NIGHT", "PT-LIFE")
	if !st.SeeProfessional {
		t.Error("a disturbed sleep is worth a professional")
	}
	s.day(3).run(5)
	s.standsAt(60, finding.VerdictStop, "STOP-NIGHT")
}

func TestBothSides(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(8).shift(gait.LevelWarn, gait.Left).says(pain(gait.Both, gait.Shin).worst(3).fromTo(3, 3))
	r.wants("both shins hurt", finding.VerdictModify, "MOD-BONE", "-STOP-LIMP")
}

func TestTheDaysAfterARace(t *testing.T) {
	s := usualRuns(t)
	s.h.Races = append(s.h.Races, s.day(0).at(0))
	s.run(21)
	s.day(1).rest(pain(gait.Both, gait.Thigh).worst(6).kind(gait.Sore))
	s.standsAt(1, finding.VerdictKeep, "KEEP-SORE", "-STOP-HIGH", "-MOD-NEW", "-MOD-REST")
	s.day(2).run(4).says(pain(gait.Both, gait.Thigh).worst(4).kind(gait.Sore).morning(3)).
		wants("an easy run two days after", finding.VerdictKeep, "KEEP-SORE", "-MOD-MORNING", "-MOD-STABLE")
	s.day(6).rest(pain(gait.Both, gait.Thigh).worst(6).kind(gait.Sore))
	s.standsAt(6, finding.VerdictStop, "STOP-HIGH", "-KEEP-SORE")
}

func TestACramp(t *testing.T) {
	s := usualRuns(t)
	calf := pain(gait.Right, gait.Calf)
	r := s.day(0).run(8).says(calf.worst(8).fromTo(0, 8).kind(gait.Cramp))
	r.wants("the cramp", finding.VerdictKeep, "WATCH", "-STOP-SHARP", "-STOP-HIGH", "-MOD-NEW")
	r.nextMorning(calf.morning(2))
	r.wants("sore the next day", finding.VerdictModify, "MOD-NEW")
}

func TestABlister(t *testing.T) {
	s := usualRuns(t)
	heel := pain(gait.Left, gait.Heel).kind(gait.Skin)
	s.day(0).run(8).says(heel.worst(3)).wants("a blister", finding.VerdictKeep, "WATCH", "-MOD-BONE", "-MOD-NEW")
	r := s.day(2).run(8).says(heel.worst(5).limping())
	if a := r.wants("a blister and a limp", finding.VerdictStop, "STOP-LIMP", "-MOD-TREND"); a.SeeProfessional {
		t.Error("a blister needs no physical therapist")
	}
	s.standsAt(3, finding.VerdictStop)
	s.day(4).rest(pain(gait.Left, gait.Heel).worst(0))
	s.standsAt(4, finding.VerdictKeep)
}

func TestIllness(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(8).shift(gait.LevelWarn, gait.Left).answers(gait.AnswerIll)
	a := r.wants("ill", finding.VerdictKeep, "ILL")
	if a.Alert != (finding.Alert{Level: gait.LevelWarn}) {
		t.Errorf("the figures stay what they were, and the answer came after the message: %+v", a.Alert)
	}
	if !slices.Contains(s.fake.kept, r.id) || slices.Contains(s.fake.learned, r.id) {
		t.Error("the run of an ill runner has been taken into the normal")
	}
	if len(s.fake.rebaselined) > 0 {
		t.Error("an illness is no new normal")
	}
}

func TestPainkillersBeforeTheRun(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	r := s.day(0).run(8).says(knee.worst(1).fromTo(1, 0).morning(0).medication())
	r.wants("a pain of 1 with painkillers", finding.VerdictStop, "STOP-MEDICATION", "-KEEP-WARMS-UP", "-KEEP-LOW")
	s.day(1).rest(knee.worst(0).medication())
	s.day(2).rest(knee.worst(0).medication())
	s.standsAt(2, finding.VerdictStop, "STOP-MEDICATION")
}

func TestAStopThatEndsRightly(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	s.day(0).run(8).says(knee.worst(4).kind(gait.Sharp))
	st := s.standsAt(0, finding.VerdictStop, "STOP-SHARP")
	advice := st.Advice[0]
	if advice.Rule != finding.Return || advice.Days != 2 || advice.Limit != 1 {
		t.Errorf("a stop says how it ends: %+v", advice)
	}
	s.day(2).rest(knee.worst(1))
	s.standsAt(2, finding.VerdictStop)
	s.day(3).rest(knee.worst(0))
	st = s.standsAt(3, finding.VerdictModify, "MOD-STANDING")
	if st.Plan == nil || st.Plan.Step != 1 || st.Plan.Of != 5 {
		t.Errorf("the way back: %+v", st.Plan)
	}
	s.day(5).run(4).says(knee.worst(2).morning(0)).wants("the first run back", finding.VerdictModify, "MOD-STANDING")
	s.day(8).run(4).says(knee.worst(1).morning(1))
	st = s.standsAt(17, finding.VerdictKeep)
	if st.Episode != nil {
		t.Errorf("the episode is still open: %+v", st.Episode)
	}
	episodes := s.fold().EpisodesAt(st.AsOf)
	if e := episodes[len(episodes)-1]; e.ClosedBy != finding.ClosedSettled || !e.Stop {
		t.Errorf("closed by %q, stop %v", e.ClosedBy, e.Stop)
	}
}

// The way back by the links of messages: "no pain" after the run, and the number
// of the next morning.
func TestAStopEndsWithNoPainAndACalmMorning(t *testing.T) {
	knee := pain(gait.Left, gait.Knee)
	for name, begins := range map[string]func(*story){
		"a place": func(s *story) { s.day(0).run(8).says(knee.worst(4).kind(gait.Sharp)) },
		"a limp":  func(s *story) { s.day(0).run(8).answers(gait.AnswerLimp) },
	} {
		s := usualRuns(t)
		begins(s)
		s.day(2).rest(noPain())
		s.day(3).rest(noPain())
		first := s.day(5).run(4).answers(gait.AnswerNoPain)
		if s.stands(6).Morning == nil {
			t.Errorf("%s: the morning after the first run back is not asked about", name)
		}
		first.nextMorning(knee.morning(1))
		if m := s.stands(6).Morning; m != nil {
			t.Errorf("%s: the morning is asked about again: %+v", name, m)
		}
		second := s.day(8).run(4).answers(gait.AnswerNoPain)
		s.standsAt(8, finding.VerdictModify, "MOD-STANDING")
		second.nextMorning(knee.morning(3))
		s.standsAt(9, finding.VerdictModify, "MOD-STANDING")
		s.day(11).run(4).answers(gait.AnswerNoPain).nextMorning(knee.morning(0))
		s.standsAt(12, finding.VerdictModify, "MOD-STANDING")
		s.day(14).run(4).answers(gait.AnswerNoPain).nextMorning(knee.morning(0))
		if st := s.standsAt(29, finding.VerdictKeep); st.Episode != nil {
			t.Errorf("%s: the episode is still open: %+v", name, st.Episode)
		}
	}
}

// "No pain" and a 0 at the place are one word about one run.
func TestOneCalmRunIsNotTwo(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	s.day(0).run(8).says(knee.worst(3))
	s.day(2).run(8).says(knee.worst(0)).answers(gait.AnswerNoPain)
	s.standsAt(3, finding.VerdictModify, "MOD-NEW")
	s.day(4).run(8).says(knee.worst(0)).answers(gait.AnswerNoPain)
	s.standsAt(5, finding.VerdictKeep, "-MOD-NEW")
}

func TestAStopThatMustNotEnd(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).says(pain(gait.Left, gait.Shin).worst(3).focal())
	for d := 2; d <= 20; d += 2 {
		s.day(d).run(6)
	}
	s.day(21).rest(pain(gait.Left, gait.Shin).worst(0))
	s.day(22).rest(pain(gait.Left, gait.Shin).worst(0))
	s.day(23).answer(gait.AnswerSeenProfessional)
	st := s.standsAt(400, finding.VerdictStop, "STOP-BONE")
	if !st.SeeProfessional || st.Episode == nil {
		t.Errorf("professional %v, episode %v", st.SeeProfessional, st.Episode)
	}
	s.day(401).answer(gait.AnswerCleared)
	s.standsAt(401, finding.VerdictKeep)
}

func TestAStrapSlipsOnADayWithASoreBack(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(8).slip().says(pain(gait.NoSide, gait.Back).worst(3))
	a := r.wants("a slipped strap and a sore back", finding.VerdictModify, "MOD-NEW", "-STOP-LIMP", "-MOD-MEASURED")
	for _, f := range slices.Concat(a.Reasons, a.Advice) {
		if f.Shift != (finding.Shift{}) {
			t.Errorf("%+v claims what a slipped strap cannot show", f)
		}
	}
	if p := s.fake.priors[r.id]; p.LogOdds != 0 {
		t.Errorf("a back raises the odds of a limp by %v", p.LogOdds)
	}
}

func TestGrowingPainAtTheShin(t *testing.T) {
	s := usualRuns(t)
	shin := pain(gait.Left, gait.Shin)
	first := s.day(0).run(8).says(shin.worst(1))
	a := first.wants("the first sign", finding.VerdictModify, "MOD-NEW")
	if a.Alert.Suppressed != finding.SuppressedMinor {
		t.Errorf("a new pain of 1 is for the page: %+v", a.Alert)
	}
	second := s.day(2).run(8).says(shin.worst(2).fromTo(1, 2))
	second.wants("it grows", finding.VerdictModify, "MOD-BONE")
	third := s.day(4).run(8).says(shin.worst(3).fromTo(2, 3))
	third.wants("twice in a row", finding.VerdictModify, "MOD-TREND", "MOD-BONE")
	if a := second.assessed(); a.Alert != (finding.Alert{Level: gait.LevelAsk}) {
		t.Errorf("the first that is more than minor speaks: %+v", a.Alert)
	}
	if a := third.assessed(); a.Alert.Level != gait.LevelNone {
		t.Errorf("the same modify does not speak twice: %+v", a.Alert)
	}
	s.day(6).run(8).says(shin.worst(4).fromTo(4, 4)).wants("it does not fade any more", finding.VerdictStop, "STOP-HIGH")
}

func TestARunnerWhoNeverAnswers(t *testing.T) {
	s := usualRuns(t)
	var runs []storyRun
	for d := 0; d < 20; d += 2 {
		runs = append(runs, s.day(d).run(8).shift(gait.LevelWarn, gait.Left))
	}
	a := runs[0].wants("the first warning", finding.VerdictModify, "MOD-MEASURED", "-PT-UNEXPLAINED", "-KEEP-QUIET", "-STOP-LIMP")
	if a.Pain.Answered || a.Pain.Worst.Known() {
		t.Errorf("silence counts as an answer: %+v", a.Pain)
	}
	runs[1].wants("the second", finding.VerdictModify, "PT-UNEXPLAINED")
	var spoke []int
	for i, r := range runs {
		if a := r.assessed(); a.Alert.Level != gait.LevelWarn {
			t.Errorf("run %d: the level describes the run every time: %+v", i, a.Alert)
		} else if a.Alert.Suppressed == finding.NotSuppressed {
			spoke = append(spoke, i)
		} else if a.Alert.Suppressed != finding.SuppressedRefractory {
			t.Errorf("run %d: %+v", i, a.Alert)
		}
	}
	if !slices.Equal(spoke, []int{0, 1}) {
		t.Errorf("spoke at %v: that it lasts is no news, but that a professional is due is", spoke)
	}
	said, _ := playedPast(s.fold(), s.h)
	if len(said) != 2 || said[1].Kind != alert.MessageEscalate || !said[1].SeeProfessional {
		t.Errorf("the professional is not named once: %+v", said)
	}
	s.standsAt(30, finding.VerdictModify, "MOD-MEASURED")
}

func TestARunnerWhoAlwaysAnswersNoPain(t *testing.T) {
	s := usualRuns(t)
	first := s.day(0).run(8).shift(gait.LevelAsk, gait.Left).answers(gait.AnswerNoPain)
	a := first.wants("the first question", finding.VerdictKeep, "KEEP-ANSWERED")
	if a.Alert != (finding.Alert{Level: gait.LevelNone}) || a.Evidence.Level != gait.LevelAsk {
		t.Errorf("what was asked is answered, and the figures stay what they are: %+v", a)
	}
	if s.fold(); len(s.fake.rebaselined) > 0 {
		t.Error("one answer is not enough for a new normal")
	}
	s.day(2).run(8)
	s.day(4).run(8).shift(gait.LevelAsk, gait.Left).says(noPain())
	if s.fold(); !slices.Equal(s.fake.rebaselined, []gait.AnswerKind{gait.AnswerNoPain}) {
		t.Errorf("after two answers about the same shift there is no third question: %v", s.fake.rebaselined)
	}
	if e := s.fold().Episodes; e[len(e)-1].ClosedBy != finding.ClosedAnswered {
		t.Errorf("%+v", e)
	}
}

func TestAnotherShiftIsAnotherQuestion(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).shift(gait.LevelAsk, gait.Left).answers(gait.AnswerNoPain)
	for d := 2; d <= 6; d += 2 {
		s.day(d).run(8)
	}
	s.day(8).run(8).shift(gait.LevelAsk, gait.Left).answers(gait.AnswerNoPain)
	if s.fold(); len(s.fake.rebaselined) > 0 {
		t.Error("three normal runs lie between: it is not the same shift")
	}
	s.day(10).run(8).shift(gait.LevelAsk, gait.Right).answers(gait.AnswerNoPain)
	if s.fold(); len(s.fake.rebaselined) > 0 {
		t.Error("the other side is not the same shift")
	}
}
