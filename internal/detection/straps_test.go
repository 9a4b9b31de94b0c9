package main

import (
	"testing"

	"gaitkeeper/internal/simulate"
)

func TestChangesOfStrapThatCrowdAreNotCounted(t *testing.T) {
	for _, c := range []struct {
		changes []int
		counted int
	}{
		{[]int{20}, 1},
		{[]int{20, 60}, 2},
		{[]int{20, 27}, 0},     // each spoils the other
		{[]int{20, 28}, 1},     // the second comes too soon
		{[]int{20, 28, 60}, 2}, // and the third long after
		{[]int{95}, 0},         // the season ends too soon
	} {
		s := &subject{looks: make([]look, 100)}
		for _, i := range c.changes {
			s.looks[i].truth = simulate.Truth{NewStrap: true}
		}
		readings := make([]reading, 100)
		for i := range readings {
			readings[i] = reading{ask: 1}
		}
		got := s.strapChanges(readings, limit{ask: 1, warn: 1})
		if len(got.asked) != c.counted || yes(got.asked) != c.counted || len(got.warned) != c.counted || yes(got.warned) != 0 {
			t.Errorf("changes %v: %+v, want %d", c.changes, got, c.counted)
		}
	}
}

func TestAWarningThatComesAnywayIsNotTheStraps(t *testing.T) {
	with, without := strapChange{warned: []bool{true, true, false, false}}, strapChange{warned: []bool{true, false, true, false}}
	if n := with.beyond(without); n != 1 {
		t.Errorf("got %d", n)
	}
}
