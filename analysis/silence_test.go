package analysis

import (
	"testing"

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
		if st := s.stands(day); st.Verdict != gait.VerdictAsk || st.Reasons[0].Rule != gait.AskSilent {
			t.Errorf("day %d: %s %v", day, st.Verdict, st.Reasons)
		}
	}
}
