package analysis

import (
	"math"
	"testing"
	"time"

	"gaitkeeper/gait"
)

// A pain that is new, or clearly above its usual, raises the odds of another
// form; one that is there in every run does not.
func TestOnlyANewPainRaisesTheOddsOfAnotherForm(t *testing.T) {
	s := usualRuns(t)
	for i, try := range []struct {
		name string
		says *entry
		want bool
	}{
		{"silence", nil, false},
		{"new", ptr(pain(gait.Left, gait.Knee).worst(2)), true},
		{"the same again", ptr(pain(gait.Left, gait.Knee).worst(2)), false},
		{"one more", ptr(pain(gait.Left, gait.Knee).worst(3)), false},
		{"clearly more", ptr(pain(gait.Left, gait.Knee).worst(5)), true},
		{"on both sides", ptr(pain(gait.Both, gait.Calf).worst(3)), true},
		{"the back", ptr(pain(gait.NoSide, gait.Back).worst(5)), false},
	} {
		r := s.day(2 * i).run(8)
		if try.says != nil {
			r.says(*try.says)
		}
		if got := r.priorOf().Form; got > 0 != try.want {
			t.Errorf("%s: %v", try.name, got)
		}
	}
}

// wristRun is a run with a watch alone, the n-th.
func wristRun(n int, cadence, stance, slower float64) gait.Measures {
	start := time.Date(2026, 1, 5, 7, 0, 0, 0, time.UTC).AddDate(0, 0, 2*n)
	m := gait.Measures{
		Run: gait.NewRunID(start), Start: start, Duration: 40 * time.Minute, Distance: 6500, Context: gait.Road,
		Signals: gait.SignalCadence | gait.SignalStanceTime, Quality: gait.Quality{Balance: gait.BalanceNone},
	}
	for i := range 30 {
		wave := float64((7*n+3*i)%11)/11 - 0.5
		speed := (2.8 + 0.1*wave) * (1 - slower)
		m.Blocks = append(m.Blocks, gait.Block{
			Second: int32(330 + 60*i), Kept: 60, Speed: gait.MetresPerSecond(speed), Grade: 0,
			Cadence: gait.StepsPerMinute(168 + 9*(speed-2.8) + cadence), StanceTime: gait.Milliseconds(250 - 45*(speed-2.8) + stance),
			StanceTimeBalance: gait.Unknown[gait.Percent](), VerticalOscillation: gait.Unknown[gait.Millimetres](), HeartRate: 150,
		})
	}
	return m
}

// With a balance beside it, the form needs more to be asked about, and what
// was explained is the habit.
func TestFormAndBalanceAreLearnedSideBySide(t *testing.T) {
	p := gait.DefaultParams().Analysis
	l := newLearned(p)
	for i := range 20 {
		m := wristRun(i, 0, 0, 0)
		l.Learn(m, l.Judge(m, gait.Prior{}), true)
	}
	odd := wristRun(20, -6, 14, 0.08)
	e := l.Judge(odd, gait.Prior{})
	if e.ShortSide != gait.NoSide || e.Level != gait.LevelNone {
		t.Errorf("a side without a balance: %+v", e)
	}
	for _, r := range e.Form.Readings {
		if more := r.Value - r.Usual; r.Feature == gait.FeatureStanceTime && !(more > 8 && more < 20) {
			t.Errorf("14 ms more are told as %.1f", more)
		}
	}
	slight := wristRun(20, -6.4, 13, 0.064)
	alone := l.Judge(slight, gait.Prior{}).Form
	if joined := l.Judge(slight, gait.Prior{Form: 9}).Form; math.Abs(joined.LogOdds-alone.LogOdds-formRoom) > 1e-9 ||
		alone.Level != gait.LevelNone || joined.Level != gait.LevelAsk || !joined.ByPain {
		t.Errorf("a pain makes %+v of %+v", joined, alone)
	}
	for i := range 4 {
		m := wristRun(20+i, -6, 14, 0.08)
		e = l.Judge(m, gait.Prior{})
		l.Learn(m, e, true)
	}
	if e.Form.Level != gait.LevelAsk {
		t.Fatalf("after four runs: %+v", e.Form)
	}
	l.Rebaseline(gait.AnswerOnPurpose)
	for i := range 4 {
		m := wristRun(24+i, -6, 14, 0.08)
		if e = l.Judge(m, gait.Prior{}); e.Form.Level != gait.LevelNone {
			t.Errorf("explained, and asked about again: %+v", e.Form)
		}
		l.Learn(m, e, true)
	}
}
