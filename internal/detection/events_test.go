package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"gaitkeeper/gait"
)

// loud makes readings of the given loudness, one a run; the sign is the side.
func loud(values ...float64) []reading {
	out := make([]reading, len(values))
	for i, v := range values {
		out[i] = reading{ask: math.Abs(v), side: gait.Left}
		if v < 0 {
			out[i].side = gait.Right
		}
	}
	return out
}

func TestAnAlertSilencesItsSideForSevenRuns(t *testing.T) {
	for _, c := range []struct {
		name            string
		readings        []reading
		flagged, events int
	}{
		{"nothing", loud(0, 0, 0), 0, 0},
		{"one long alarm", loud(0, 1, 1, 1, 1, 1, 1), 6, 1},
		{"the eighth run is news", loud(1, 1, 1, 1, 1, 1, 1, 1), 8, 2},
		{"the other side is news", loud(1, -1, 1, -1), 4, 2},
		{"a week later", loud(1, 0, 0, 0, 0, 0, 0, 1), 2, 2},
		{"six runs later", loud(1, 0, 0, 0, 0, 0, 1), 2, 1},
	} {
		m := limit{ask: 1}
		if got := count(c.readings, m.asks, everyRun); got != (tally{len(c.readings), c.flagged, c.events}) {
			t.Errorf("%s: %+v, want %d flagged in %d events", c.name, got, c.flagged, c.events)
		}
	}
}

func TestMatchedLimitGivesAsManyEventsAsAllowed(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	seasons := make([][]reading, 40)
	for i := range seasons {
		for range 100 {
			seasons[i] = append(seasons[i], loud(rng.NormFloat64())...)
		}
	}
	events := func(limit float64) int {
		n := 0
		for _, s := range seasons {
			n += count(s, func(r reading) bool { return r.ask >= limit }, everyRun).events
		}
		return n
	}
	for _, most := range []int{0, 8, 80} { // of 4,000 runs
		limit := matched(seasons, func(r reading) float64 { return r.ask }, most)
		if n := events(limit); n > most || n < most-1 {
			t.Errorf("at most %d events: the limit %.3f makes %d", most, limit, n)
		}
	}
}
