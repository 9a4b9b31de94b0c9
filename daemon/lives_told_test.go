package daemon

import (
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// at is an entry about a place.
func at(side gait.Side, site gait.Site, numbers ...int) gait.Pain {
	p := gait.Pain{Side: side, Site: site}
	for i, n := range numbers {
		score, err := gait.Exactly(n)
		if err != nil {
			panic(err)
		}
		*[]*gait.Score{&p.Worst, &p.Start, &p.End, &p.Morning}[i] = score
	}
	return p
}

func morning(side gait.Side, site gait.Site, n int) gait.Pain {
	p := at(side, site, n)
	p.Worst, p.Morning = gait.Score{}, p.Worst
	return p
}

// Lives, day by day, with the messages in full: read them aloud.
func TestLife(t *testing.T) {
	for name, live := range map[string]func(*told){
		"false_stop_tapped": func(s *told) {
			s.begins()
			s.limps(0)
			s.says("left Achilles tendon 3, 3 to 3", at(gait.Left, gait.Achilles, 3, 3, 3))
			s.limps(2)
			s.says("left Achilles tendon 3, 3 to 3", at(gait.Left, gait.Achilles, 3, 3, 3))
			s.stands(finding.VerdictStop)
			s.taps(gait.AnswerNotALimp)
			s.stands(finding.VerdictModify)
			s.ends(5)
		},
		"false_stop_answered": func(s *told) {
			s.begins()
			s.limps(0)
			s.says("left Achilles tendon 3, 3 to 3", at(gait.Left, gait.Achilles, 3, 3, 3))
			s.limps(2)
			s.says("left Achilles tendon 3, 3 to 3", at(gait.Left, gait.Achilles, 3, 3, 3))
			s.stands(finding.VerdictStop)
			s.runs(4, 1)
			s.taps(gait.AnswerNoPain)
			s.runs(6, 1)
			s.taps(gait.AnswerNoPain)
			if v, rules := verdictOf(s.t, s.app); v == finding.VerdictStop {
				s.t.Errorf("after two runs without pain: %v", rules)
			}
			s.ends(9)
		},
		"ignored_stop": func(s *told) {
			s.begins()
			s.runs(0, 1)
			s.says("left knee 4, 1 to 4", at(gait.Left, gait.Knee, 4, 1, 4))
			s.runs(2, 1)
			s.says("left knee 5, 2 to 5", at(gait.Left, gait.Knee, 5, 2, 5))
			s.runs(4, 1)
			s.says("left knee 7, 3 to 7", at(gait.Left, gait.Knee, 7, 3, 7))
			s.stands(finding.VerdictStop)
			s.ends(12)
		},
		"holiday": func(s *told) {
			s.begins()
			s.runs(0, 1)
			s.says("left knee 3, 3 to 3", at(gait.Left, gait.Knee, 3, 3, 3))
			s.runs(2, 1)
			s.says("left knee 3, 3 to 3", at(gait.Left, gait.Knee, 3, 3, 3))
			s.runs(24, 1)
			s.says("left knee 2, 2 to 1", at(gait.Left, gait.Knee, 2, 2, 1))
			s.stands(finding.VerdictKeep) // it eases as it runs; the way back and the morning are asked about
			s.ends(26)
		},
		"halved_at_once": func(s *told) {
			s.begins()
			s.runs(0, 1)
			s.says("left Achilles tendon 3, 3 to 3", at(gait.Left, gait.Achilles, 3, 3, 3))
			for day := 3; day <= 18; day += 3 {
				s.runsKm(day, 3)
				s.says("left Achilles tendon 3, 3 to 3", at(gait.Left, gait.Achilles, 3, 3, 3))
			}
			s.stands(finding.VerdictModify)
			s.ends(20)
		},
		"taper_niggle": func(s *told) {
			s.cfg.Runner.Races = []time.Time{s.day0.AddDate(0, 0, 12)}
			s.begins()
			s.runs(0, 1)
			s.says("back 1, 1 to 1", at(gait.NoSide, gait.Back, 1, 1, 1))
			s.runs(2, 1)
			s.taps(gait.AnswerNoPain)
			s.runs(4, 1)
			s.taps(gait.AnswerNoPain)
			s.stands(finding.VerdictKeep)
			s.ends(7)
		},
		"way_back_well": func(s *told) {
			s.begins()
			s.stoppedCalf()
			for i, km := range []float64{3, 3, 4.5, 6} {
				s.runsKm(4+3*i, km)
				s.taps(gait.AnswerNoPain)
				s.rests(5+3*i, "right calf this morning 0", morning(gait.Right, gait.Calf, 0))
			}
			s.stands(finding.VerdictKeep)
			s.ends(16)
		},
		"way_back_too_fast": func(s *told) {
			s.begins()
			s.stoppedCalf()
			s.runs(4, 1)
			s.says("right calf 4, 3 to 4", at(gait.Right, gait.Calf, 4, 3, 4))
			s.runs(6, 1)
			s.says("right calf 4, 3 to 4", at(gait.Right, gait.Calf, 4, 3, 4))
			s.ends(8)
		},
		"way_back_broken_off": func(s *told) {
			s.begins()
			s.stoppedCalf()
			s.runsKm(4, 3)
			s.says("right calf 1, 1 to 1", at(gait.Right, gait.Calf, 1, 1, 1))
			s.taps(gait.AnswerOwnPlan)
			s.runs(7, 1)
			s.taps(gait.AnswerNoPain)
			s.stands(finding.VerdictKeep)
			s.ends(12)
		},
		"gone_by_the_morning": func(s *told) {
			s.begins()
			s.runs(0, 1)
			s.says("left Achilles tendon 3 after the run, 0 to 0", at(gait.Left, gait.Achilles, 3, 0, 0))
			s.stands(finding.VerdictModify)
			s.rests(1, "left Achilles tendon this morning 0", morning(gait.Left, gait.Achilles, 0))
			s.runs(2, 1)
			s.taps(gait.AnswerNoPain)
			s.runs(4, 1)
			s.taps(gait.AnswerNoPain)
			s.stands(finding.VerdictKeep)
			s.ends(6)
		},
		"front_of_the_hip": func(s *told) {
			s.begins()
			s.runs(0, 1)
			s.says("right hip 3, 3 to 3", at(gait.Right, gait.Hip, 3, 3, 3))
			s.enters(string(s.last), gait.Pain{Side: gait.Right, Site: gait.Hip, Focal: gait.No})
			s.stands(finding.VerdictModify)
			s.enters(string(s.last), gait.Pain{Side: gait.Right, Site: gait.Hip, FrontOfHip: gait.Yes})
			s.stands(finding.VerdictModify)
			s.ends(2)
		},
		"silent": func(s *told) {
			s.begins()
			s.runs(0, 1)
			s.says("right shin 4, 1 to 4", at(gait.Right, gait.Shin, 4, 1, 4))
			for day := 5; day <= 20; day += 5 {
				s.runs(day, 1)
			}
			s.stands(finding.VerdictStop)
			s.ends(30)
		},
		"overheard": func(s *told) {
			s.begins()
			s.runs(0, 1)
			p := at(gait.Left, gait.Ankle, 3)
			p.Note = "went over on it, now thick like an egg"
			s.says("left ankle 3; went over on it, now thick like an egg", p)
			s.stands(finding.VerdictStop)
			s.enters(string(s.last), gait.Pain{Side: gait.Left, Site: gait.Ankle}.NotSo())
			s.stands(finding.VerdictModify)
			s.ends(2)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := tell(t)
			s.cfg.Web.PublicURL = "https://gait.example"
			live(s)
		})
	}
}

// stoppedCalf is a stop for the right calf, and two calm days after it.
func (s *told) stoppedCalf() {
	s.t.Helper()
	s.runs(0, 1)
	s.says("right calf 4, 1 to 4", at(gait.Right, gait.Calf, 4, 1, 4))
	s.stands(finding.VerdictStop)
	s.rests(1, "right calf 0", at(gait.Right, gait.Calf, 0))
	s.rests(2, "right calf 0", at(gait.Right, gait.Calf, 0))
	s.stands(finding.VerdictModify)
}
