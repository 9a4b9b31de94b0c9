package main

import (
	"fmt"
	"math"
	"strings"
)

// abroad is what the methods read in the worlds: the one that is believed first.
type abroad struct {
	worlds []origin
	people []stranger
	// limits are those of all methods, by group of worlds: of the others, those with
	// which they flag as many of the same healthy runs as gaitkeeper.
	limits map[string][]limit
}

// The groups of worlds.
const (
	asBelieved    = "as believed"
	tunedNothing  = "unlike, tuned nothing"
	unlikeAll     = "unlike, all"
	groupsOfTable = asBelieved + "|" + tunedNothing + "|" + unlikeAll
)

// in tells whether a stranger belongs to a group.
func (a *abroad) in(group string) func(*stranger) bool {
	return func(p *stranger) bool {
		switch group {
		case asBelieved:
			return p.world == 0
		case tunedNothing:
			return p.world > 0 && !a.worlds[p.world].tunes
		default:
			return p.world > 0
		}
	}
}

// goAbroad looks at so many runners of each world, and at more of the believed one.
// The first method is gaitkeeper.
func (s *study) goAbroad(runners int, methods []method, cells []unlikeCell) *abroad {
	a := &abroad{worlds: append([]origin{believed()}, unlike()...), limits: map[string][]limit{}}
	home := s.strangers(a.worlds[:1], believedSeeds, 8*runners, methods, cells)
	away := s.strangers(a.worlds[1:], unlikeSeeds, runners, methods, cells)
	for i := range away {
		away[i].world++
	}
	a.people = append(home, away...)
	own := methods[0].limits[0]
	for _, group := range strings.Split(groupsOfTable, "|") {
		var here []stranger
		asks, warns := 0.0, 0.0
		for i := range a.people {
			p := &a.people[i]
			if !a.in(group)(p) {
				continue
			}
			here = append(here, *p)
			t := own.tallies(p.healthy[0], func(j int) bool { return p.balance[j] })
			asks, warns = asks+float64(t.ask.flagged), warns+float64(t.warn.flagged)
		}
		limits := []limit{own}
		for m := 1; m < len(methods); m++ {
			limits = append(limits, limit{
				methods[m].name, asMany(here, m, func(r reading) float64 { return r.ask }, asks),
				asMany(here, m, func(r reading) float64 { return r.warn }, warns),
			})
		}
		a.limits[group] = limits
	}
	return a
}

// found are the shares of a cell's limps that a method asked about and warned of in
// time, and of the first flags those on the right side.
func (a *abroad) found(group string, method, cell int) (asked, warned, side share) {
	l := a.limits[group][method]
	for i := range a.people {
		p := &a.people[i]
		if !a.in(group)(p) {
			continue
		}
		ask, warn := false, false
		for _, r := range p.limping[cell][method] {
			if l.asks(r) && !ask {
				ask = true
				side.add(r.side == p.side)
			}
			warn = warn || l.warns(r)
		}
		asked.add(ask)
		warned.add(warn)
	}
	return asked, warned, side
}

// table prints the figures of all groups beside each other, and the other methods.
func (a *abroad) table() string {
	var t table
	t.row("ask / warn, with 95 % intervals", asBelieved, tunedNothing, unlikeAll, "wanted", "z of the last 20, unlike", "2 of 2, unlike")
	healthy := func(group string, method int, events bool) string {
		l := a.limits[group][method]
		ask, warn := flagged(a.people, method, l.asks, a.in(group)), flagged(a.people, method, l.warns, a.in(group))
		if events {
			return both(bootstrap(ask.events).per100(), bootstrap(warn.events).per100())
		}
		return both(bootstrap(ask.flagged).per100(), bootstrap(warn.flagged).per100())
	}
	for _, events := range []bool{false, true} {
		name, wanted := "healthy runs flagged, of 100", "≤ 4 / ≤ 0.5"
		if events {
			name, wanted = "events, of 100", "≤ 2 / ≤ 0.3"
		}
		t.row(name, healthy(asBelieved, 0, events), healthy(tunedNothing, 0, events), healthy(unlikeAll, 0, events), wanted,
			healthy(unlikeAll, 1, events), healthy(unlikeAll, 2, events))
	}
	for c, cell := range unlikeCells() {
		figure := func(group string, method int) string {
			ask, warn, side := a.found(group, method, c)
			s := both(ask.wilson().String(), warn.wilson().String())
			if strings.HasPrefix(cell.wanted, "side") {
				s += ", side right " + side.wilson().String()
			}
			return s
		}
		t.row(fmt.Sprintf("%s, in %d runs", cell.name, cell.within), figure(asBelieved, 0), figure(tunedNothing, 0), figure(unlikeAll, 0), cell.wanted,
			figure(unlikeAll, 1), figure(unlikeAll, 2))
	}
	return t.String()
}

// worldsTable prints the healthy runs of each world.
func (a *abroad) worldsTable() string {
	var t table
	t.row("healthy runs in another world", "tuned on", "flagged of 100, ask", "flagged, warn", "events of 100, ask / warn")
	for w, o := range a.worlds[1:] {
		here := func(p *stranger) bool { return p.world == w+1 }
		l := a.limits[unlikeAll][0]
		ask, warn := flagged(a.people, 0, l.asks, here), flagged(a.people, 0, l.warns, here)
		tuned := "no"
		if o.tunes {
			tuned = "yes, other runners"
		}
		t.row(o.name, tuned, bootstrap(ask.flagged).per100(), bootstrap(warn.flagged).per100(),
			fmt.Sprintf("%.1f / %.1f", 100*bootstrap(ask.events).value, 100*bootstrap(warn.events).value))
	}
	return t.String()
}

// injuries is how many of 100 runs begin one (Garmin-RUNSAFE).
const injuries = 0.31

// calibration sums up runs whose stated chance lies between two bounds: how many
// limp, where so many of 100 runs begin to.
type calibration struct{ stated, limping, all float64 }

// bounds of the stated chances that are held against what was true.
func bounds() []float64 { return []float64{0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1} }

// calibrations holds the stated chances of a group's runs against the truth: healthy
// runs as they are, and the first four runs of steps and of limps from 30 minutes
// on, so many that the injuries are as frequent as among runners.
func (a *abroad) calibrations(group string) []calibration {
	out := make([]calibration, len(bounds()))
	add := func(odds, weight float64, limps bool) {
		p := 1 / (1 + math.Exp(-odds))
		for b, high := range bounds() {
			if p <= high {
				out[b].stated += weight * p
				out[b].all += weight
				if limps {
					out[b].limping += weight
				}
				return
			}
		}
	}
	cells := []int{0, 1, 6}
	runs, people := 0.0, 0.0
	for i := range a.people {
		if p := &a.people[i]; a.in(group)(p) {
			people++
			for _, r := range p.healthy[0] {
				if runs++; !math.IsInf(r.odds, -1) {
					add(r.odds, 1, false)
				}
			}
		}
	}
	weight := injuries / 100 * runs / (people * float64(len(cells)))
	for i := range a.people {
		p := &a.people[i]
		if !a.in(group)(p) {
			continue
		}
		for _, c := range cells {
			for _, r := range p.limping[c][0][:min(4, len(p.limping[c][0]))] {
				if !math.IsInf(r.odds, -1) {
					add(r.odds, weight, true)
				}
			}
		}
	}
	return out
}

// reliability prints the stated chances beside the true ones.
func (a *abroad) reliability() string {
	var t table
	t.row("chance stated, up to", asBelieved+": stated / true", "unlike: stated / true")
	home, away := a.calibrations(asBelieved), a.calibrations(unlikeAll)
	for b, high := range bounds() {
		cell := func(c calibration) string {
			if c.all < 1 {
				return "–"
			}
			return fmt.Sprintf("%.3f / %.3f (%.0f runs)", c.stated/c.all, c.limping/c.all, c.all)
		}
		t.row(chance(high), cell(home[b]), cell(away[b]))
	}
	return t.String()
}
