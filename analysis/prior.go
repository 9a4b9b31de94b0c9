package analysis

import (
	"math"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/gait"
)

// What is known of a run before its figures are looked at, as the probability
// that it shows a limp, and as what multiplies the odds. The figures that name no
// source are ours, to be checked against what runners answer.
const (
	priorNone   = 0.003 // Garmin-RUNSAFE: 0.31 injuries for 100 runs
	priorLow    = 0.05  // with a pain of 1 to 2
	priorMiddle = 0.20  // with a pain of 3 to 5
	priorHigh   = 0.40  // with a pain of 6 or more

	// A run that is longer than the longest of the last spikeDays: Schuster
	// Brandt Frandsen et al. 2025.
	spikeDays   = 30
	spikeSome   = 1.6 // times, by 10 to 30 %
	spikeMuch   = 1.5 // times, by 30 to 100 %
	spikeDouble = 2.3 // times, by more than that

	// unevenWalk multiplies the odds while the walks of everyday life are uneven.
	unevenWalk = 3.0

	// notALimp multiplies the odds for each "not a limp" in a row from the second
	// to the fourth; limpAgain those of a shift to the side of a limp that the
	// runner confirmed, for limpDays.
	notALimp  = 0.67
	limpAgain = 2.0
	limpDays  = 90
)

// prior returns what is known of a run before its figures are looked at: a pain in a leg that is news, a
// jump in distance, walks that have become uneven, and what earlier answers have taught. Without any of
// them it is 0. A pain on both sides leaves the balance where it is, and one that is unchanged says
// nothing of today's stride. STOP-LIMP asks of the pain no more than where it is: each fact counts once.
func (s *state) prior(said rules.RunReport, at time.Time) gait.Prior {
	p := s.params.Pain
	var worst rules.Report
	for _, r := range said.Reports {
		news := r.Limping == gait.Yes || r.Worst.AtLeast(1) && s.places[r.Spot()].News(r, at, p)
		if r.Sided() && news && (worst.Worst.Worse(r.Worst) != worst.Worst || r.Limping == gait.Yes) {
			worst = r
		}
	}
	odds := logit(painPrior(worst, p)) - logit(priorNone) + math.Log(spike(s.runs)) + s.walkOdds(at)
	prior := s.feedback.weigh(gait.Prior{LogOdds: odds, Side: worst.Side}, said.Hurts(), at)
	prior.Form = s.formPrior(said, at)
	return prior
}

// walkOdds is what the runner's walks until a moment add to the log odds of a limp.
// Even ones take nothing off: a mild limp does not show in them.
func (s *state) walkOdds(at time.Time) float64 {
	if s.walks.At(at).Level == gait.LevelAsk {
		return math.Log(unevenWalk)
	}
	return 0
}

// formPrior is what a pain in a leg that is news, on either side or on both, adds
// to the odds of another running form.
func (s *state) formPrior(said rules.RunReport, at time.Time) float64 {
	p, odds := s.params.Pain, 0.0
	for _, r := range said.Reports {
		if (r.Site == gait.NoSite || r.Site.Leg()) && r.Hurts() && s.places[r.Spot()].News(r, at, p) {
			odds = max(odds, logit(painPrior(r, p))-logit(priorNone))
		}
	}
	return odds
}

func logit(probability float64) float64 { return math.Log(probability / (1 - probability)) }

func painPrior(r rules.Report, p gait.PainParams) float64 {
	switch {
	case r.Worst.AtLeast(p.High), r.Limping == gait.Yes:
		return priorHigh
	case r.Worst.AtLeast(p.StableFrom):
		return priorMiddle
	case r.Worst.AtLeast(1):
		return priorLow
	default:
		return priorNone
	}
}

// spike returns by how much a jump in distance multiplies the odds: the last
// run against the longest of the 30 days before it.
func spike(runs []rules.RunSummary) float64 {
	if len(runs) == 0 {
		return 1
	}
	now := runs[len(runs)-1]
	longest := gait.Metres(0)
	for i := len(runs) - 2; i >= 0 && now.Start.Sub(runs[i].Start) <= spikeDays*24*time.Hour; i-- {
		longest = max(longest, runs[i].Distance)
	}
	if longest <= 0 {
		return 1
	}
	switch ratio := float64(now.Distance / longest); {
	case ratio > 2:
		return spikeDouble
	case ratio > 1.3:
		return spikeMuch
	case ratio > 1.1:
		return spikeSome
	default:
		return 1
	}
}
