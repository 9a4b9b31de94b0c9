package main

import (
	"slices"

	"gaitkeeper/gait"
	"gaitkeeper/internal/realruns"
	"gaitkeeper/internal/simulate"
)

// realSeason is the season of a real runner, of whom nothing but the figures is
// known.
type realSeason struct {
	name  string
	looks []look
}

// realSeasons looks at the real seasons that are here.
func realSeasons(k *maker) ([]realSeason, error) {
	seasons, err := realruns.Seasons()
	var out []realSeason
	for _, season := range seasons {
		s := realSeason{name: season.Name}
		for run := range season.Runs() {
			s.looks = append(s.looks, k.look(simulate.Run{Run: run, Truth: simulate.Truth{Index: len(s.looks)}}))
		}
		out = append(out, s)
	}
	return out, err
}

// moved returns the looks with the balance of the last runs moved.
func moved(looks []look, runs int, points float64) []look {
	out := slices.Clone(looks)
	for i := len(out) - runs; i < len(out); i++ {
		out[i].shown += points
		out[i].Blocks = slices.Clone(out[i].Blocks)
		for j := range out[i].Blocks {
			out[i].Blocks[j].StanceTimeBalance += gait.Percent(points)
		}
	}
	return out
}

// injected counts the places at which a shift was put into real seasons, and
// those that were asked about and warned of within four runs; byChance are the
// same for the seasons as they are.
type injected struct{ places, asked, warned, askedByChance, warnedByChance int }

const (
	// injections is the number of places, over all seasons.
	injections = 200
	// behind is how many runs before a place are looked at, knownRuns the least.
	behind, knownRuns = 80, 20
)

// inject puts a step of the size, to the left and to the right in turn, into the
// real seasons at places evenly spread.
func (s *study) inject(seasons []realSeason, size float64) injected {
	type place struct{ season, at int }
	var all, places []place
	for i := range seasons {
		for at := knownRuns; at+4 <= len(seasons[i].looks); at++ {
			all = append(all, place{i, at})
		}
	}
	for i := range min(injections, len(all)) {
		places = append(places, all[i*len(all)/min(injections, len(all))])
	}
	var sum injected
	for _, o := range each(len(places), s.progress, func(i int) injected {
		p := places[i]
		history := seasons[p.season].looks[max(0, p.at-behind) : p.at+4]
		o := injected{places: 1}
		o.asked, o.warned = s.lastFour(moved(history, 4, size*float64(1-2*(p.at%2))))
		o.askedByChance, o.warnedByChance = s.lastFour(history)
		return o
	}) {
		sum.places, sum.asked, sum.warned = sum.places+o.places, sum.asked+o.asked, sum.warned+o.warned
		sum.askedByChance, sum.warnedByChance = sum.askedByChance+o.askedByChance, sum.warnedByChance+o.warnedByChance
	}
	return sum
}

// lastFour tells, as 0 or 1, whether one of the last four runs is asked about or
// warned of.
func (s *study) lastFour(history []look) (asked, warned int) {
	m := s.methods[0]
	for _, r := range m.read(history)[len(history)-4:] {
		if m.limits[0].asks(r) {
			asked = 1
		}
		if m.limits[0].warns(r) {
			warned = 1
		}
	}
	return asked, warned
}
