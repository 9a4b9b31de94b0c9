package evidence

import (
	"fmt"
	"math"
	"time"

	"gaitkeeper/gait"
)

// quiet is the log odds where there is nothing to judge.
const quiet = -20

// blank is the evidence of a run whose balance cannot be judged.
func blank(m gait.Measures) gait.Evidence {
	e := gait.Evidence{
		Level: gait.LevelNone, LogOdds: quiet, Form: gait.Form{Level: gait.LevelNone}, Quality: m.Quality,
		Balance: gait.Unknown[gait.Percent](), Baseline: gait.Unknown[gait.Percent](),
		Shift: gait.Unknown[gait.Points](), Band: gait.Unknown[gait.Points](),
		StanceDifference: gait.Unknown[gait.Milliseconds](),
	}
	if m.Quality.Reason != "" {
		e.LeftOut = append(e.LeftOut, gait.Omission{Why: gait.OmittedByRecording, Note: m.Quality.Reason})
	}
	return e
}

// describe fills in what was seen.
func (d *Detector) describe(e *gait.Evidence, s *sight, prior gait.Prior) {
	o := s.odds.weigh(prior)
	e.LogOdds = finite(math.Log(o.sum()))
	e.PriorLogOdds = e.LogOdds - finite(math.Log(s.odds.sum()))
	d.describeBalance(e, s)
	e.Adjustments, e.LeftOut = d.adjustments(s), append(e.LeftOut, d.leftOut(s)...)
	switch {
	case s.faulty:
		e.LogOdds, e.PriorLogOdds = quiet, 0
		e.Quality = gait.Quality{Balance: gait.BalanceSuspectSensor, Reason: s.fault()}
	case d.runs < d.p.LearningRuns:
		e.LeftOut = append(e.LeftOut, gait.Omission{Why: gait.OmittedLearning, Count: d.runs, Of: d.p.LearningRuns})
	default:
		d.decide(e, s, prior)
	}
}

// fault says what no leg can do.
func (s *sight) fault() string {
	if s.leap {
		return fmt.Sprintf("the balance changed by %.1f points inside the run, more than a leg can do: check your strap", math.Abs(s.change.size))
	}
	off := math.Abs(s.observation.balance - s.before.mean())
	return fmt.Sprintf("the balance is %.1f points from your normal, more than a leg can do: check your strap", off)
}

// weigh adds what was known beforehand. Where the runner named the painful
// side, it speaks for a shift to that side only.
func (o odds) weigh(prior gait.Prior) odds {
	left, right := math.Exp(prior.LogOdds), math.Exp(prior.LogOdds)
	switch prior.Side {
	case gait.Left:
		right = 1
	case gait.Right:
		left = 1
	}
	o.sudden, o.confirmed = o.sudden.times(left, right), o.confirmed.times(left, right)
	o.creep, o.within = o.creep.times(left, right), o.within.times(left, right)
	return o
}

// sum is the odds of any shift.
func (o odds) sum() float64 {
	return o.sudden.sum() + o.confirmed.sum() + o.creep.sum() + o.within.sum()
}

// side is the side with the shorter stance.
func (o odds) side() gait.Side {
	left := o.sudden.left + o.confirmed.left + o.creep.left + o.within.left
	if 2*left > o.sum() {
		return gait.Left
	}
	return gait.Right
}

// finite keeps log odds within what can be printed.
func finite(logOdds float64) float64 {
	if math.IsNaN(logOdds) {
		return quiet
	}
	return max(quiet, min(-quiet, logOdds))
}

// describeBalance says where the run lies. Before the first run is learned there
// is no normal to compare it with.
func (d *Detector) describeBalance(e *gait.Evidence, s *sight) {
	e.Balance = gait.Percent(s.observation.balance)
	if d.runs == 0 {
		return
	}
	e.Baseline, e.Band = gait.Percent(s.before.mean()), gait.Points(2*d.scatter.value())
	setShift(e, s.m)
}

// decide sets the level and what the shift looks like.
func (d *Detector) decide(e *gait.Evidence, s *sight, prior gait.Prior) {
	e.Charts = d.charts(s.odds, prior)
	o := s.odds
	if e.Level = d.level(o, gait.Prior{LogOdds: min(prior.LogOdds, 0)}); prior.LogOdds > 0 {
		if painful := o.towards(prior.Side); d.level(painful, prior).Above(e.Level) {
			e.Level, o = d.level(painful, prior), painful
		}
	}
	if e.Level == gait.LevelNone {
		return
	}
	best := 0.0
	for _, c := range o.each() {
		if v := c.odds.sum(); v > best {
			best, e.Chart = v, c.chart
		}
	}
	if e.Chart == gait.ChartWithinRun {
		e.Onset, e.Felt = time.Duration(s.change.onset)*time.Second, s.change.felt
		e.StanceDifference = spared(s.m, s.change.size)
	} else {
		normal := s.odds.normal.level()
		e.Baseline = gait.Percent(normal.mean())
		setShift(e, s.m)
	}
	e.ShortSide = o.side()
}

// level compares the odds with the limits. What was known beforehand lowers
// them, but not without end: pain alone is no shift.
func (d *Detector) level(o odds, prior gait.Prior) gait.Level {
	seen, ahead := finite(math.Log(o.sum())), min(prior.LogOdds, painRoom)
	switch {
	case seen >= d.p.WarnLogOdds-ahead:
		return gait.LevelWarn
	case seen >= d.p.AskLogOdds-ahead:
		return gait.LevelAsk
	default:
		return gait.LevelNone
	}
}

// towards returns the odds of a shift towards the painful side alone, all of
// them where no side is known.
func (o odds) towards(painful gait.Side) odds {
	left, right := 1.0, 1.0
	switch painful {
	case gait.Left:
		right = 0
	case gait.Right:
		left = 0
	}
	o.sudden, o.confirmed = o.sudden.times(left, right), o.confirmed.times(left, right)
	o.creep, o.within = o.creep.times(left, right), o.within.times(left, right)
	return o
}
