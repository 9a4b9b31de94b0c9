package analysis

import (
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// used lets a place hurt a little in each of the usual runs of the last weeks,
// settled every morning: a known pain.
func (s *story) used(e entry) *story {
	for d := -20; d < 0; d += 2 {
		start := s.day(d).at(7)
		for i := range s.h.Runs {
			if m := &s.h.Runs[i]; m.Start.Equal(start) {
				storyRun{s, m.Run, end(m)}.says(e.worst(1).fromTo(1, 1).morning(0))
			}
		}
	}
	return s
}

func TestANewPainEndsWithTwoRunsAtOne(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	s.day(0).run(8).says(knee.worst(2))
	s.day(2).run(8).says(knee.worst(1)).wants("the first calm run", finding.VerdictModify, "MOD-NEW")
	s.day(4).run(8).says(knee.worst(1)).wants("the second", finding.VerdictKeep, "-MOD-NEW", "WATCH")
	s.standsAt(5, finding.VerdictKeep, "-MOD-NEW")
}

func TestABlisterDoesNotHideTheNewPainBesideIt(t *testing.T) {
	s := usualRuns(t)
	heel := pain(gait.Left, gait.Heel)
	s.day(0).run(8).says(heel.worst(2))
	for d := 2; d <= 4; d += 2 {
		s.day(d).run(8).says(heel.worst(1).kind(gait.Skin)).wants("a blister there", finding.VerdictModify, "MOD-NEW")
	}
	s.standsAt(5, finding.VerdictModify, "MOD-NEW")
}

func TestPainkillersOnARestDayLowerNothing(t *testing.T) {
	knee := pain(gait.Left, gait.Knee)
	s := usualRuns(t).used(knee)
	s.day(2).rest(knee.worst(3))
	s.day(3).rest(knee.worst(0).medication())
	s.standsAt(3, finding.VerdictModify, "MOD-REST")
	s.day(4).rest(knee.worst(0))
	s.standsAt(4, finding.VerdictKeep, "-MOD-REST")
}

func TestANewPainUnderPainkillersIsNotMinor(t *testing.T) {
	s := usualRuns(t)
	s.day(2).rest(pain(gait.Left, gait.Knee).worst(2).medication())
	s.standsAt(2, finding.VerdictModify, "MOD-NEW")
	if said, _ := s.played(); len(said) != 1 {
		t.Errorf("nobody knows what the painkiller hides: %+v", said)
	}
}

func TestAnOldMildPainNeverBeginsAgain(t *testing.T) {
	knee := pain(gait.Left, gait.Knee)
	s := usualRuns(t).used(knee)
	s.day(0).run(8).says(knee.worst(2).fromTo(2, 2).morning(0)).wants("it was there all along", finding.VerdictKeep, "KEEP-LOW", "WATCH", "-PT-RETURNS")
	for d := 2; d < 20; d += 2 {
		s.day(d).run(8).says(knee.worst(1 + d/2%2).morning(0))
	}
	s.day(20).run(8).says(knee.worst(3)).wants("it asks for a change for the second time", finding.VerdictModify, "MOD-STABLE", "-PT-RETURNS")
}

func TestTheThirdTimeOfAPain(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	calm := func(from int) {
		for d := from; d < from+6; d += 2 {
			s.day(d).run(8).says(knee.worst(0))
		}
	}
	s.day(0).run(8).says(knee.worst(3)).wants("the first", finding.VerdictModify, "-PT-RETURNS")
	calm(2)
	s.day(40).run(8).says(knee.worst(3)).wants("the second", finding.VerdictModify, "-PT-RETURNS")
	calm(42)
	s.day(80).run(8).says(knee.worst(3)).wants("the third", finding.VerdictModify, "PT-RETURNS")
	calm(82)
	s.day(90).run(8).says(knee.worst(2).morning(0)).wants("a mild one after it", finding.VerdictKeep, "KEEP-LOW", "-PT-RETURNS")
	s.day(185).run(8).says(knee.worst(3)).wants("the first is long ago", finding.VerdictModify, "PT-RETURNS")
	s.day(280).run(8).says(knee.worst(3)).wants("and so are all but two", finding.VerdictModify, "-PT-RETURNS")
}

func TestALimpCanBeTakenBack(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(8).answers(gait.AnswerLimp)
	r.wants("a limp", finding.VerdictStop, "STOP-LIMP")
	r.answers(gait.AnswerNotALimp).wants("taken back", finding.VerdictKeep, "-STOP-LIMP")
	r.answers(gait.AnswerLimp).wants("and said again", finding.VerdictStop, "STOP-LIMP")
}

func TestATapByMistakeCanBeCorrected(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(8).shift(gait.LevelWarn, gait.Left).answers(gait.AnswerHurts)
	r.wants("it hurts", finding.VerdictStop, "STOP-LIMP")
	r.answers(gait.AnswerNoPain).wants("no, it does not", finding.VerdictKeep, "-STOP-LIMP", "KEEP-ANSWERED")
	r.answers(gait.AnswerALittle).wants("a little after all", finding.VerdictStop, "STOP-LIMP")
	r.nextMorning(entry{gait.Pain{Worst: exactly(0)}}).wants("no pain, in the diary", finding.VerdictKeep, "-STOP-LIMP")
	knee := pain(gait.Left, gait.Knee)
	r.says(knee.worst(4)).answers(gait.AnswerNoPain).wants("but the diary's pain stays", finding.VerdictStop, "STOP-LIMP")
}

func TestALimpOnPurposeIsNoNewNormal(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	s.day(0).run(8).shift(gait.LevelWarn, gait.Left).says(knee.worst(2)).answers(gait.AnswerOnPurpose).
		wants("a limp", finding.VerdictStop, "STOP-LIMP", "-KEEP-ANSWERED")
	if len(s.fake.rebaselined) > 0 {
		t.Error("a limp has become the runner's normal")
	}
	s = usualRuns(t)
	s.day(0).run(8).shift(gait.LevelWarn, gait.Left).says(knee.worst(2)).answers(gait.AnswerNewStrap).
		wants("a new strap", finding.VerdictModify, "-STOP-LIMP", "MOD-NEW", "KEEP-ANSWERED")
	if len(s.fake.rebaselined) != 1 {
		t.Error("a new strap is a new normal")
	}
}

func TestARunWithPainkillersTeachesNothing(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(8).says(pain(gait.Left, gait.Knee).worst(1).medication())
	if s.fold(); s.fake.learned[len(s.fake.learned)-1] == r.id {
		t.Error("nobody knows how much it hurt, and the run counts as a healthy one")
	}
}

func TestTwoWarningsOfDifferentSidesClaimNoSide(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).shift(gait.LevelWarn, gait.Right)
	a := s.day(2).run(8).shift(gait.LevelWarn, gait.Left).wants("the second", finding.VerdictModify, "PT-UNEXPLAINED")
	for _, f := range a.Reasons {
		if f.Rule == finding.PTUnexplained && (f.Side != gait.NoSide || f.Count != 2 || f.Of != 3) {
			t.Errorf("got %+v", f)
		}
	}
}

func TestAnEasedStopClaimsNoFreeDaysThatAWorseDayTookBack(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	s.day(0).run(8).says(knee.worst(6))
	s.day(1).rest(knee.worst(0))
	s.day(2).rest(knee.worst(0))
	s.day(3).rest(knee.worst(2))
	st := s.standsAt(3, finding.VerdictModify, "MOD-STANDING")
	if f := st.Reasons[0]; f.Rule != finding.ModStanding || f.Found.Day() != 2 || f.Count != 2 || f.Limit != 2 {
		t.Errorf("got %+v", f)
	}
}
