package main

import (
	"slices"
	"strings"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// strapChange is what changes of the strap cost: for each of them, in the order
// of the runners and their runs, whether somebody was asked or warned in the runs
// it is held against.
type strapChange struct{ asked, warned []bool }

// yes counts those that hold.
func yes(all []bool) int {
	n := 0
	for _, b := range all {
		if b {
			n++
		}
	}
	return n
}

// beyond counts the warnings that the same changes of another study did not have.
func (c strapChange) beyond(o strapChange) int {
	n := 0
	for i, warned := range c.warned {
		if warned && !o.warned[i] {
			n++
		}
	}
	return n
}

// apart is how many runs lie at least before a change that counts; none follows
// in the runs it is held against, so that each change answers for itself.
const apart = 15

// strapChanges takes new straps that read off with the given spread, the share
// announced of them with another serial number, and no pain reported.
func (s *study) strapChanges(announced float64, spread gait.Points) strapChange {
	var sum strapChange
	for _, c := range each(s.runners, s.progress, func(i int) strapChange {
		r := simulate.NewRoughRunner(strapSeeds.at(i))
		r.Strap.Worn, r.Strap.DyingChance = 1, 0
		r.Strap.SwapChance, r.Strap.SwapSD, r.Strap.Announced = 0.04, spread, announced
		subject := season(r, healthyRuns, s.maker())
		return subject.strapChanges(s.methods[0].read(subject.looks), s.methods[0].limits[0])
	}) {
		sum.asked, sum.warned = append(sum.asked, c.asked...), append(sum.warned, c.warned...)
	}
	return sum
}

// newStrapWithin tells whether the strap is changed from one run to before another.
func (s *subject) newStrapWithin(from, to int) bool {
	return slices.ContainsFunc(s.looks[from:to], func(l look) bool { return l.truth.NewStrap })
}

func (s *subject) strapChanges(readings []reading, l limit) strapChange {
	var c strapChange
	last := 0
	for i := range s.looks {
		if !s.looks[i].truth.NewStrap {
			continue
		}
		counts := i-last >= apart && i+after <= len(s.looks) && !s.newStrapWithin(i+1, i+after)
		if last = i; !counts {
			continue
		}
		felt := readings[i : i+after]
		c.asked, c.warned = append(c.asked, slices.ContainsFunc(felt, l.asks)), append(c.warned, slices.ContainsFunc(felt, l.warns))
	}
	return c
}

// contact is what became of the runs in which the strap lost contact.
type contact struct{ runs, named, asked, warned int }

// lostContact takes seasons in which the strap loses contact in every fourth run,
// each run through its file.
func (s *study) lostContact() contact {
	var sum contact
	for _, c := range each(s.runners/4, s.progress, func(i int) contact {
		r := simulate.NewRoughRunner(contactSeeds.at(i))
		r.Strap.Worn, r.Strap.ContactLoss = 1, 0.25
		k := s.maker()
		k.fitEvery = 1
		subject := season(r, healthyRuns/2, k)
		var c contact
		for j, a := range analysis.Replay(history(subject.looks), s.params).Assessments {
			if subject.looks[j].truth.LostTo > 0 {
				c.add(&a.Evidence)
			}
		}
		return c
	}) {
		sum.runs, sum.named = sum.runs+c.runs, sum.named+c.named
		sum.asked, sum.warned = sum.asked+c.asked, sum.warned+c.warned
	}
	return sum
}

func (c *contact) add(e *gait.Evidence) {
	c.runs++
	doubted := slices.ContainsFunc(e.LeftOut, func(o gait.Omission) bool {
		return o.Why == gait.OmittedUnsteady || o.Why == gait.OmittedFaultBefore
	})
	if e.Quality.Balance == gait.BalanceSuspectSensor || doubted || strings.Contains(e.Quality.Reason, "strap") {
		c.named++
	}
	if e.Level != gait.LevelNone {
		c.asked++
	}
	if e.Level == gait.LevelWarn {
		c.warned++
	}
}
