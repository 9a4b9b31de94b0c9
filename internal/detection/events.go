package main

import (
	"math"
	"slices"
	"sort"

	"gaitkeeper/gait"
)

// silence is how many runs after an alert the same side makes no new one.
const silence = 7

// tally counts the alarms of healthy runs.
type tally struct{ runs, flagged, events int }

// add adds another tally to it.
func (t *tally) add(o tally) {
	t.runs, t.flagged, t.events = t.runs+o.runs, t.flagged+o.flagged, t.events+o.events
}

// per100 returns events and flagged runs for 100 runs.
func (t tally) per100() (events, flagged float64) {
	n := float64(max(1, t.runs))
	return 100 * float64(t.events) / n, 100 * float64(t.flagged) / n
}

// flags tells for each run whether it is flagged and whether it begins an
// event: an alert of a side that was silent in the runs before it.
func flags(readings []reading, loud func(reading) bool) (flagged, event []bool) {
	flagged, event = make([]bool, len(readings)), make([]bool, len(readings))
	last := map[gait.Side]int{gait.Left: -silence, gait.Right: -silence, gait.NoSide: -silence}
	for i, r := range readings {
		if flagged[i] = loud(r); flagged[i] && i-last[r.side] >= silence {
			event[i], last[r.side] = true, i
		}
	}
	return flagged, event
}

// count counts flagged runs and events among the runs that keep holds for.
func count(readings []reading, loud func(reading) bool, keep func(i int) bool) tally {
	flagged, event := flags(readings, loud)
	var t tally
	for i := range readings {
		if !keep(i) {
			continue
		}
		t.runs++
		if flagged[i] {
			t.flagged++
		}
		if event[i] {
			t.events++
		}
	}
	return t
}

// matched returns the least limit at which the readings of many seasons have at
// most so many events: the loudness of some run, or just above the loudest.
// The number of events grows with a falling limit, but for the few that the
// silence after an earlier alert swallows.
func matched(seasons [][]reading, loudness func(reading) float64, events int) float64 {
	var all []float64
	for _, s := range seasons {
		for _, r := range s {
			if l := loudness(r); !math.IsInf(l, -1) {
				all = append(all, l)
			}
		}
	}
	if len(all) == 0 {
		return math.Inf(1)
	}
	slices.Sort(all)
	all = append(slices.Compact(all), math.Nextafter(all[len(all)-1], math.Inf(1)))
	at := sort.Search(len(all)-1, func(i int) bool {
		n := 0
		for _, s := range seasons {
			n += count(s, func(r reading) bool { return loudness(r) >= all[i] }, everyRun).events
		}
		return n <= events
	})
	return all[at]
}

func everyRun(int) bool { return true }
