package main

import (
	"fmt"
	"math"
	"strings"

	"gaitkeeper/gait"
)

// target is what the main table should reach: events and flagged runs of 100
// healthy runs at most, and the least share of limps found by column.
type target struct {
	events, flagged float64
	found           []float64
}

// targets are those of asking and of warning.
func targets() (ask, warn target) {
	return target{2, 6, []float64{.80, .88, .95, .98, .90, .75, .95}},
		target{0.2, 1, []float64{.25, .60, .88, .97, .60, .40, .88}}
}

// share is a number of hits among trials.
type share struct{ hits, trials int }

func (s share) value() float64 { return float64(s.hits) / float64(max(1, s.trials)) }

func (s share) String() string { return chance(s.value()) }

// chance prints a probability as the table does: .86, 1.00.
func chance(p float64) string { return strings.TrimPrefix(fmt.Sprintf("%.2f", p), "0") }

// shares returns in what share of the people the cell's limp was asked about
// and warned of within so many runs.
func shares(people []person, cell, within int) (ask, warn share) {
	for i := range people {
		o := &people[i].outcomes[cell]
		if !o.limped {
			continue
		}
		ask.trials++
		warn.trials++
		if o.ours.asked > 0 && o.ours.asked <= within {
			ask.hits++
		}
		if o.ours.warned > 0 && o.ours.warned <= within {
			warn.hits++
		}
	}
	return ask, warn
}

// oraclePower is the oracle's chance of finding the cell's limp, when a look of
// its own gives a false alarm with the given chance.
func oraclePower(people []person, cell int, falseAlarm float64) float64 {
	var ratios []float64
	for i := range people {
		if o := &people[i].outcomes[cell]; o.limped {
			ratios = append(ratios, o.oracle...)
		}
	}
	return power(ratios, falseAlarm)
}

// healthyTallies adds up the alarms of a method on the healthy seasons.
func healthyTallies(people []person, method int) tallies {
	var t tallies
	for i := range people {
		t.add(people[i].tallies[method])
	}
	return t
}

// falseAlarm is the chance of a healthy runner to be alarmed in so many runs, by
// the events that were counted: as much is allowed to the oracle for its look at
// these runs. Where no event was seen, one is assumed.
func falseAlarm(t tally, runs int) float64 {
	each := float64(max(1, t.events)) / float64(max(1, t.runs))
	return 1 - math.Pow(1-each, float64(runs))
}

// mainTable prints gaitkeeper's figures with target and oracle beside them.
func mainTable(s *study, people []person) string {
	var out strings.Builder
	cells := s.cells[:len(mainCells())]
	fmt.Fprintf(&out, "| | events / flagged of 100 healthy runs |")
	for i := range cells {
		fmt.Fprintf(&out, " %s |", cells[i].heading())
	}
	fmt.Fprintf(&out, "\n|%s\n", strings.Repeat(" --- |", len(cells)+2))
	healthy := healthyTallies(people, 0)
	askTarget, warnTarget := targets()
	for _, level := range []gait.Level{gait.LevelAsk, gait.LevelWarn} {
		name, t, want := "ask or more", healthy.ask, askTarget
		if level == gait.LevelWarn {
			name, t, want = "warn", healthy.warn, warnTarget
		}
		events, flagged := t.per100()
		found, goal, best := "", "", ""
		for i := range cells {
			ask, warn := shares(people, i, cells[i].within)
			if level == gait.LevelWarn {
				ask = warn
			}
			found += fmt.Sprintf(" %s |", ask)
			goal += fmt.Sprintf(" ≥ %s |", chance(want.found[i]))
			best += fmt.Sprintf(" %s |", chance(oraclePower(people, i, falseAlarm(t, cells[i].within))))
		}
		fmt.Fprintf(&out, "| %s | %.2f / %.2f |%s\n", name, events, flagged, found)
		fmt.Fprintf(&out, "| _target_ | ≤ %v / ≤ %v |%s\n", want.events, want.flagged, goal)
		fmt.Fprintf(&out, "| _oracle_ | %.2f |%s\n", events, best)
	}
	return out.String()
}

// heading is the cell's name with the runs it should be found in.
func (c *cell) heading() string {
	if c.within == 1 {
		return c.name
	}
	return fmt.Sprintf("%s, in %d runs", c.name, c.within)
}
