package main

import (
	"slices"
	"strings"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// strapChange is what changes of the strap cost: how many there were, and after
// how many of them, in the runs the change is held against, somebody was asked
// or warned.
type strapChange struct{ changes, asked, warned int }

// apart is how many runs lie at least before a change that counts; none follows
// in the runs it is held against, so that each change answers for itself.
const apart = 15

// strapChanges takes new straps that read off with the given spread, the share
// announced of them with another serial number, and no pain reported.
func (s *study) strapChanges(announced float64, spread gait.Points) strapChange {
	var sum strapChange
	for _, c := range each(s.runners/2, s.progress, func(i int) strapChange {
		r := simulate.NewRoughRunner(strapSeeds.at(i))
		r.Strap.Worn, r.Strap.DyingChance = 1, 0
		r.Strap.SwapChance, r.Strap.SwapSD, r.Strap.Announced = 0.04, spread, announced
		subject := season(r, healthyRuns, s.maker())
		return subject.strapChanges(s.methods[0].read(subject.looks), s.methods[0].limits[0])
	}) {
		sum.changes, sum.asked, sum.warned = sum.changes+c.changes, sum.asked+c.asked, sum.warned+c.warned
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
		c.changes++
		asked, warned := 0, 0
		for _, r := range readings[i : i+after] {
			if l.asks(r) {
				asked = 1
			}
			if l.warns(r) {
				warned = 1
			}
		}
		c.asked, c.warned = c.asked+asked, c.warned+warned
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
	if e.Quality.Balance == gait.BalanceSuspectSensor || strings.Contains(strings.Join(append(e.LeftOut, e.Quality.Reason), " "), "strap") {
		c.named++
	}
	if e.Level != gait.LevelNone {
		c.asked++
	}
	if e.Level == gait.LevelWarn {
		c.warned++
	}
}
