package analysis

import (
	"testing"

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
	s.day(2).run(8).says(knee.worst(1)).wants("the first calm run", gait.VerdictModify, "MOD-NEW")
	s.day(4).run(8).says(knee.worst(1)).wants("the second", gait.VerdictKeep, "-MOD-NEW", "WATCH")
	s.standsAt(5, gait.VerdictKeep, "-MOD-NEW")
}

func TestABlisterDoesNotHideTheNewPainBesideIt(t *testing.T) {
	s := usualRuns(t)
	heel := pain(gait.Left, gait.Heel)
	s.day(0).run(8).says(heel.worst(2))
	for d := 2; d <= 4; d += 2 {
		s.day(d).run(8).says(heel.worst(1).kind(gait.Skin)).wants("a blister there", gait.VerdictModify, "MOD-NEW")
	}
	s.standsAt(5, gait.VerdictModify, "MOD-NEW")
}

func TestPainkillersOnARestDayLowerNothing(t *testing.T) {
	knee := pain(gait.Left, gait.Knee)
	s := usualRuns(t).used(knee)
	s.day(2).rest(knee.worst(3))
	s.day(3).rest(knee.worst(0).medication())
	s.standsAt(3, gait.VerdictModify, "MOD-REST")
	s.day(4).rest(knee.worst(0))
	s.standsAt(4, gait.VerdictKeep, "-MOD-REST")
}

func TestANewPainUnderPainkillersIsNotMinor(t *testing.T) {
	s := usualRuns(t)
	s.day(2).rest(pain(gait.Left, gait.Knee).worst(2).medication())
	s.standsAt(2, gait.VerdictModify, "MOD-NEW")
	if steps := s.stands(2).Episode.Steps; len(steps) != 1 {
		t.Errorf("nobody knows what the painkiller hides: %+v", steps)
	}
}

func TestAnOldMildPainNeverBeginsAgain(t *testing.T) {
	knee := pain(gait.Left, gait.Knee)
	s := usualRuns(t).used(knee)
	s.day(0).run(8).says(knee.worst(2).fromTo(2, 2).morning(0)).wants("it was there all along", gait.VerdictKeep, "KEEP-LOW", "WATCH", "-PT-RETURNS")
	for d := 2; d < 20; d += 2 {
		s.day(d).run(8).says(knee.worst(1 + d/2%2).morning(0))
	}
	s.day(20).run(8).says(knee.worst(3)).wants("it asks for a change for the second time", gait.VerdictModify, "MOD-STABLE", "-PT-RETURNS")
}

func TestTheThirdTimeOfAPain(t *testing.T) {
	s := usualRuns(t)
	knee := pain(gait.Left, gait.Knee)
	calm := func(from int) {
		for d := from; d < from+6; d += 2 {
			s.day(d).run(8).says(knee.worst(0))
		}
	}
	s.day(0).run(8).says(knee.worst(3)).wants("the first", gait.VerdictModify, "-PT-RETURNS")
	calm(2)
	s.day(40).run(8).says(knee.worst(3)).wants("the second", gait.VerdictModify, "-PT-RETURNS")
	calm(42)
	s.day(80).run(8).says(knee.worst(3)).wants("the third", gait.VerdictModify, "PT-RETURNS")
	calm(82)
	s.day(90).run(8).says(knee.worst(2).morning(0)).wants("a mild one after it", gait.VerdictKeep, "KEEP-LOW", "-PT-RETURNS")
	s.day(185).run(8).says(knee.worst(3)).wants("the first is long ago", gait.VerdictModify, "PT-RETURNS")
	s.day(280).run(8).says(knee.worst(3)).wants("and so are all but two", gait.VerdictModify, "-PT-RETURNS")
}
