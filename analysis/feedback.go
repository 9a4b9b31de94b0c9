package analysis

import (
	"math"
	"slices"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// feedback are what the runner's answers have taught about the figures: whether
// they are to be believed later or sooner.
type feedback struct {
	// denied counts the shifts in a row that the runner called no limp.
	denied int
	// limp is when the runner last confirmed a limp, side the spared one, none
	// where nobody knows.
	limp time.Time
	side gait.Side
}

// deniedAtMost is how often "not a limp" in a row still teaches something: a
// runner who always says so should still be warned.
const deniedAtMost = 4

// learn takes a run in. Two "not a limp" in a row make the fold more reserved
// for this runner; a limp takes that back, and makes it believe a shift to the
// same side sooner.
func (le *feedback) learn(l runView) {
	switch {
	case l.limps():
		*le = feedback{limp: l.c.At, side: l.limpingSide()}
	case l.Gave(gait.AnswerNotALimp) && figures(l.evidence):
		le.denied++
	}
}

// limpingSide returns the spared side of a limp: as measured, or else as said.
func (l runView) limpingSide() gait.Side {
	if side := shiftedSide(&l.evidence); side != gait.NoSide {
		return side
	}
	for _, r := range l.Reports {
		if r.Limping == gait.Yes && r.Side != gait.Both {
			return r.Side
		}
	}
	return gait.NoSide
}

// limpsStill reports whether the run shows a shift to a side while the stop of a
// limp stands that the runner has confirmed: such a run is no part of the normal.
func (l runView) limpsStill() bool {
	return shiftedSide(&l.evidence) != gait.NoSide && !l.explained() &&
		slices.ContainsFunc(l.outcome.Next.Stops, func(s rules.Stop) bool { return s.Rule == finding.StopLimp && !s.Lowered })
}

// reserve is the log odds that "not a limp" takes away, 0 or less.
func (le *feedback) reserve() float64 {
	return float64(max(0, min(le.denied, deniedAtMost)-1)) * math.Log(notALimp)
}

// again is the log odds that a confirmed limp adds for its side at a moment.
func (le *feedback) again(at time.Time) float64 {
	if le.limp.IsZero() || at.Sub(le.limp) > limpDays*24*time.Hour {
		return 0
	}
	return math.Log(limpAgain)
}

// weigh adds the feedback to what is known of a run without pain. With a pain the
// runner's word about this run says more than any earlier one; only a limp on
// the painful side counts as well.
func (le *feedback) weigh(prior gait.Prior, hurts bool, at time.Time) gait.Prior {
	again := le.again(at)
	switch {
	case hurts && (le.side == prior.Side || le.side == gait.NoSide):
		prior.LogOdds += again
	case !hurts:
		prior.LogOdds += le.reserve() + again
		if again > 0 {
			prior.Side = le.side
		}
	}
	return prior
}

// facts are what the feedback did to a run's evidence; nothing where there is no
// balance to judge.
func (le *feedback) facts(l runView) []finding.Feedback {
	if l.evidence.Quality.Balance != gait.BalanceOK {
		return nil
	}
	var facts []finding.Feedback
	if r := le.reserve(); r < 0 && !l.Hurts() {
		facts = append(facts, finding.Feedback{Answer: gait.AnswerNotALimp, Count: le.denied, Odds: math.Exp(-r)})
	}
	if a := le.again(l.c.At); a > 0 {
		facts = append(facts, finding.Feedback{Answer: gait.AnswerLimp, Side: le.side, Date: le.limp, Odds: math.Exp(a)})
	}
	if l.limpsStill() {
		facts = append(facts, finding.Feedback{})
	}
	return facts
}
