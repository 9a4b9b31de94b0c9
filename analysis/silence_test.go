package analysis

import (
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// A trouble that nobody has spoken of for two weeks is asked about, also where
// runs went on without a word.
func TestRunsWithoutAWordDoNotSettleATrouble(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).says(pain(gait.Left, gait.Knee).worst(3).fromTo(3, 3))
	for d := 4; d <= 16; d += 4 {
		s.day(d).run(8)
	}
	for _, day := range []int{16, 17, 20} {
		if st := s.stands(day); st.Verdict != finding.VerdictAsk || st.Reasons[0].Rule != finding.AskSilent {
			t.Errorf("day %d: %s %v", day, st.Verdict, st.Reasons)
		}
	}
}

// Each answer to "how is it now?" does something.
func TestATapAnswersTheSilence(t *testing.T) {
	for kind, want := range map[gait.AnswerKind]finding.Verdict{gait.AnswerWalkingFine: finding.VerdictKeep, gait.AnswerStillHurts: finding.VerdictModify} {
		s := usualRuns(t)
		s.day(0).run(8).says(pain(gait.Left, gait.Knee).worst(3).fromTo(3, 3))
		s.day(4).run(8)
		if st := s.stands(17); st.Verdict != finding.VerdictAsk {
			t.Fatalf("%s %v", st.Verdict, st.Reasons)
		}
		s.day(17).answer(kind)
		if st := s.stands(18); st.Verdict != want {
			t.Errorf("%s: %s %v", kind, st.Verdict, st.Reasons)
		}
	}
}
