package daemon

import (
	"strings"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// A race makes it hard to judge for oneself: that is said in the first message of a
// trouble that is serious enough, not in its later ones, and again with the next
// trouble.
func TestAGoalIsNamedOnceATrouble(t *testing.T) {
	t.Parallel()
	s := tell(t)
	s.cfg.Runner.Races = []time.Time{s.day0.AddDate(0, 0, 41)}
	s.begins()
	named := func() (n int) {
		for _, m := range s.mail.Mails() {
			n += strings.Count(strings.Join(strings.Fields(plainText(t, m)), " "), "hard to be objective")
		}
		return n
	}
	for day := 0; day <= 8; day += 2 {
		s.runs(day, 1)
		s.says("left knee 4, 4 to 4", at(gait.Left, gait.Knee, 4, 4, 4))
		s.stands(finding.VerdictModify)
	}
	s.runs(10, 1)
	s.says("left knee 6, 4 to 6", at(gait.Left, gait.Knee, 6, 4, 6))
	s.stands(finding.VerdictStop)
	s.on(11, 12)
	if n := named(); n != 1 {
		t.Errorf("during one trouble the race was named in %d messages:\n%s", n, strings.Join(s.page, "\n"))
	}
	for day := 12; day <= 15; day++ {
		s.rests(day, "left knee 0", at(gait.Left, gait.Knee, 0))
	}
	for day := 17; day <= 29; day += 3 {
		s.runsKm(day, 3)
		s.taps(gait.AnswerNoPain)
	}
	s.stands(finding.VerdictKeep)
	s.runs(31, 1)
	s.says("right Achilles tendon 4, 4 to 4", at(gait.Right, gait.Achilles, 4, 4, 4))
	if n := named(); n != 2 {
		t.Errorf("with the next trouble the race was named %d times in all:\n%s", n, strings.Join(s.page, "\n"))
	}
}
