package analysis

import (
	"reflect"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// walked gives the story half a year of everyday walks up to day 10, which are
// uneven from the given day on.
func (s *story) walked(unevenFrom int) *story {
	w := simulate.Walker{Seed: 3, Rate: 0.04, WeekSpread: 0.2, DaySpread: 0.02, Walks: 16, WithWalks: 1}
	begin := time.Date(2026, 3, 2-170, 0, 0, 0, 0, time.UTC)
	s.h.Walks = w.Days(begin, 180, func(day int) float64 {
		if day >= 170+unevenFrom {
			return 0.4
		}
		return 0
	})
	return s
}

const never = 99

func TestUnevenWalksAskAndStopNobody(t *testing.T) {
	s := usualRuns(t).walked(0)
	st := s.standsAt(10, finding.VerdictAsk, "ASK-WALK")
	if st.Walking.Level != gait.LevelAsk || len(st.Questions) != 1 || st.Questions[0].Ask != finding.AskHurt {
		t.Errorf("%+v, asks %v", st.Walking, st.Questions)
	}
	s.day(9).rest(noPain())
	st = s.standsAt(10, finding.VerdictKeep)
	if st.Walking.Level != gait.LevelAsk || len(st.Questions) != 0 {
		t.Errorf("after a word: %+v, asks %v", st.Walking, st.Questions)
	}
}

func TestEvenWalksSupportTheWayBack(t *testing.T) {
	s := usualRuns(t).walked(never)
	s.day(4).run(8).says(pain(gait.Left, gait.Knee).worst(8))
	st := s.stands(10)
	if st.Verdict != finding.VerdictStop {
		t.Fatalf("verdict %s", st.Verdict)
	}
	if n := len(st.Advice); n == 0 || st.Advice[n-1].Rule != finding.WalkFine || st.Advice[n-1].Days < fineDays {
		t.Errorf("advice %+v", st.Advice)
	}
	s.h.Walks = nil
	for _, f := range s.stands(10).Advice {
		if f.Rule == finding.WalkFine {
			t.Error("walks are fine without any")
		}
	}
}

// A limp in a run and one in the walks are likelier together.
func TestUnevenWalksRaiseTheOdds(t *testing.T) {
	odds := func(unevenFrom int) float64 {
		s := usualRuns(t).walked(unevenFrom)
		s.day(10).run(8)
		f := s.fold()
		st := f.end().clone()
		st.history, st.walks = f.history, f.walks
		return st.walkOdds(s.at(10))
	}
	if even, uneven := odds(never), odds(0); even != 0 || uneven < 1 {
		t.Errorf("log odds %.2f with even walks, %.2f with uneven ones", even, uneven)
	}
}

// Walks that arrive late are folded as if they had been there.
func TestLateWalksAreFolded(t *testing.T) {
	s := usualRuns(t)
	s.day(8).run(8)
	s.day(10).run(8)
	before := s.fold()
	s.walked(0)
	late, whole := before.With(s.h), s.fold()
	if !reflect.DeepEqual(late.Assessments, whole.Assessments) || late.Standing(s.at(11)).Walking != whole.Standing(s.at(11)).Walking {
		t.Error("late walks make another history")
	}
}
