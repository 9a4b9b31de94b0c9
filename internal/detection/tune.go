package main

import (
	"fmt"
	"math"

	"gaitkeeper/gait"
)

// match gives every other method limits that make as many events on the tuning
// seeds as gaitkeeper makes there.
func (s *study) match(tuned []healthySeason) {
	var ours tallies
	for i := range tuned {
		ours.add(tuned[i].tallies[0])
	}
	for m := 1; m < len(s.methods); m++ {
		seasons := readingsOf(tuned, m)
		s.methods[m].limits = append(s.methods[m].limits, limit{
			s.methods[m].name + ", as many events",
			matched(seasons, func(r reading) float64 { return r.ask }, ours.ask.events),
			matched(seasons, func(r reading) float64 { return r.warn }, ours.warn.events),
		})
	}
}

// readingsOf returns what one method read from all seasons.
func readingsOf(seasons []healthySeason, method int) [][]reading {
	out := make([][]reading, len(seasons))
	for i := range seasons {
		out[i] = seasons[i].readings[method]
	}
	return out
}

// tuning prints from which log odds on there are so many events in 100 healthy
// runs. What is learned from a run depends a little on whether it was asked
// about; so try what it says (-set) on the figures' seeds.
func tuning(seasons []healthySeason, p gait.Params) string {
	var t table
	t.row("events of 100 healthy runs", "log odds")
	var now tallies
	for i := range seasons {
		now.add(seasons[i].tallies[0])
	}
	for _, per100 := range []float64{4, 2, 1, 0.5, 0.2, 0.1} {
		most := int(math.Round(per100 * float64(now.ask.runs) / 100))
		limit := matched(readingsOf(seasons, 0), func(r reading) float64 { return r.odds }, most)
		t.row(fmt.Sprint(per100), fmt.Sprintf("%.2f", limit))
	}
	return fmt.Sprintf("%s\nNow: ask %v makes %s, warn %v makes %s events / flagged of 100 healthy runs (%d runs).\n", t.String(),
		p.Analysis.AskLogOdds, rates(now.ask), p.Analysis.WarnLogOdds, rates(now.warn), now.ask.runs)
}
