package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// priorOf is what the detector was told of the run before it looked.
func (r storyRun) priorOf() gait.Prior {
	r.assessed()
	return r.fake.priors[r.id]
}

func TestNotALimpInARowMakesTheFoldReserved(t *testing.T) {
	once := math.Log(notALimp)
	s := usualRuns(t)
	for i, want := range []float64{0, 0, once, 2 * once, 3 * once, 3 * once} {
		r := s.day(4*i).run(8).shift(gait.LevelAsk, gait.Left)
		if got := r.priorOf(); math.Abs(got.LogOdds-want) > 1e-9 || got.Side != gait.NoSide {
			t.Errorf("after %d times: %+v, want %v", i, got, want)
		}
		said := slices.ContainsFunc(r.assessed().Feedback, func(l finding.Feedback) bool { return l.Answer == gait.AnswerNotALimp })
		if said != (want < 0) {
			t.Errorf("after %d times: says %v", i, r.assessed().Feedback)
		}
		r.answers(gait.AnswerNotALimp)
	}
	hurts := s.day(30).run(8).shift(gait.LevelAsk, gait.Left).says(pain(gait.Left, gait.Knee).worst(2))
	if got := hurts.priorOf(); got.LogOdds < 1 {
		t.Errorf("an earlier answer outweighs the pain of this run: %+v", got)
	}
	s.day(32).run(8).answers(gait.AnswerLimp)
	if got := s.day(34).run(8).priorOf(); got.LogOdds <= 0 {
		t.Errorf("a limp does not take the denials back: %+v", got)
	}
}

func TestALimpMakesItsSideLikelier(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).shift(gait.LevelAsk, gait.Left).answers(gait.AnswerLimp)
	for name, try := range map[string]struct {
		day  int
		says *entry
		want gait.Prior
	}{
		"soon":                    {2, nil, gait.Prior{LogOdds: math.Log(limpAgain), Side: gait.Left}},
		"much later":              {limpDays + 2, nil, gait.Prior{}},
		"a pain of that side":     {4, ptr(pain(gait.Left, gait.Knee).worst(2)), gait.Prior{LogOdds: math.Log(limpAgain) + logit(priorLow) - logit(priorNone), Side: gait.Left}},
		"a pain of the other one": {6, ptr(pain(gait.Right, gait.Knee).worst(2)), gait.Prior{LogOdds: logit(priorLow) - logit(priorNone), Side: gait.Right}},
	} {
		r := s.day(try.day).run(8)
		if try.says != nil {
			r.says(*try.says)
		}
		if got := r.priorOf(); math.Abs(got.LogOdds-try.want.LogOdds) > 1e-9 || got.Side != try.want.Side {
			t.Errorf("%s: %+v, want %+v", name, got, try.want)
		}
	}
	if l := s.day(8).run(8).assessed().Feedback; len(l) != 1 || l[0].Answer != gait.AnswerLimp || l[0].Side != gait.Left || l[0].Date.Day() != 2 {
		t.Errorf("says %v", l)
	}
}

func TestALimpWithoutAMeasuredSideTakesTheOneThatWasSaid(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).says(pain(gait.Right, gait.Calf).worst(3).limping())
	if got := s.day(2).run(8).priorOf(); got.Side != gait.Right || got.LogOdds <= 0 {
		t.Errorf("%+v", got)
	}
}

func TestRunsWithAConfirmedLimpTeachNothing(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).shift(gait.LevelWarn, gait.Left).answers(gait.AnswerLimp)
	shifted := s.day(2).run(8).shift(gait.LevelWarn, gait.Left)
	straight := s.day(4).run(8)
	s.fold()
	if slices.Contains(s.fake.learned, shifted.id) || !slices.Contains(s.fake.learned, straight.id) {
		t.Error("while the stop stands, a run that limps is no part of the normal, and a straight one is")
	}
	s.day(5).rest(noPain())
	s.day(6).rest(noPain())
	eased := s.day(8).run(8).shift(gait.LevelAsk, gait.Left)
	if s.fold(); !slices.Contains(s.fake.learned, eased.id) {
		t.Error("the stop has eased, and the run still counts for nothing")
	}
}

// A made runner: after two "not a limp" some shifts are asked about no more,
// after a limp some more are.
func TestAnswersMoveTheRealDetector(t *testing.T) {
	asked := func(answer gait.AnswerKind) int {
		n := 0
		for seed := range uint64(32) {
			r := rand.New(rand.NewPCG(seed, 9))
			var h gait.History
			for i := range 60 {
				level := 50.3
				switch i {
				case 20, 30:
					level -= 3
				case 59:
					level -= 1.5 + .1*float64(seed%16) // from 1.5 to 3 points
				}
				h.Runs = append(h.Runs, drawn(r, i, level))
			}
			for _, i := range []int{20, 30} {
				m := h.Runs[i]
				h.Answers = append(h.Answers, gait.Answer{ID: int64(i), Run: m.Run, Kind: answer, Recorded: end(&m).Add(time.Hour)})
			}
			f := Replay(h, gait.DefaultParams())
			if f.Assessments[59].Evidence.Level != gait.LevelNone {
				n++
			}
		}
		return n
	}
	denied, silent, limped := asked(gait.AnswerNotALimp), asked(gait.AnswerUnsure), asked(gait.AnswerLimp)
	t.Logf("asked about a shift in one run: %d of 32 after two denials, %d after nothing, %d after limps", denied, silent, limped)
	if denied >= silent || limped <= silent {
		t.Error("the answers have taught nothing")
	}
}
