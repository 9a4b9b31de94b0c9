package analysis

import (
	"math"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/gait"
)

// spikeDays is the time in which the longest run is the measure of a jump in
// distance (Schuster Brandt Frandsen et al. 2025).
const spikeDays = 30

// prior returns what is known of a run before its figures are looked at: the
// pain in a leg, a jump in distance, and what earlier answers have taught.
// Without any of them it is 0. A pain on both sides leaves the balance where it
// is, so it says nothing here.
func (s *state) prior(said rules.Said, at time.Time) gait.Prior {
	p := s.params.Pain
	var worst rules.Report
	for _, r := range said.Reports {
		seen := (r.Site == gait.NoSite || r.Site.Leg()) && r.Side != gait.Both
		if seen && (worst.Worst.Worse(r.Worst) != worst.Worst || r.Limping == gait.Yes) {
			worst = r
		}
	}
	odds := logit(painPrior(worst, p)) - logit(p.PriorNone) + math.Log(spike(s.outings, p))
	prior := s.lessons.weigh(gait.Prior{LogOdds: odds, Side: worst.Side}, said.Hurts(), at, p)
	prior.Form = s.formPrior(said, at)
	return prior
}

// formPrior is what a new pain in a leg, on either side or on both, adds to the
// odds of another running form. One that is there in every run says nothing.
func (s *state) formPrior(said rules.Said, at time.Time) float64 {
	p, odds := s.params.Pain, 0.0
	for _, r := range said.Reports {
		if (r.Site == gait.NoSite || r.Site.Leg()) && s.places[r.Place].Beyond(r, at, p) {
			odds = max(odds, logit(painPrior(r, p))-logit(p.PriorNone))
		}
	}
	return odds
}

func logit(probability float64) float64 { return math.Log(probability / (1 - probability)) }

func painPrior(r rules.Report, p gait.PainParams) float64 {
	switch {
	case r.Worst.AtLeast(p.High), r.Limping == gait.Yes:
		return p.PriorHigh
	case r.Worst.AtLeast(p.StableFrom):
		return p.PriorMiddle
	case r.Worst.AtLeast(1):
		return p.PriorLow
	default:
		return p.PriorNone
	}
}

// spike returns by how much a jump in distance multiplies the odds: the last
// outing against the longest of the 30 days before it.
func spike(outings []rules.Outing, p gait.PainParams) float64 {
	if len(outings) == 0 {
		return 1
	}
	now := outings[len(outings)-1]
	longest := gait.Metres(0)
	for i := len(outings) - 2; i >= 0 && now.Start.Sub(outings[i].Start) <= spikeDays*24*time.Hour; i-- {
		longest = max(longest, outings[i].Distance)
	}
	if longest <= 0 {
		return 1
	}
	switch ratio := float64(now.Distance / longest); {
	case ratio > 2:
		return p.SpikeDouble
	case ratio > 1.3:
		return p.SpikeMuch
	case ratio > 1.1:
		return p.SpikeSome
	default:
		return 1
	}
}
