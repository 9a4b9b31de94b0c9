package words_test

import (
	"math"
	"testing"

	"gaitkeeper/words"
)

// TestNoFigureOfAChanceAboveOneHalf: of runs that were given a higher one, no more than
// about half had changed.
func TestNoFigureOfAChanceAboveOneHalf(t *testing.T) {
	for odds, want := range map[float64]string{
		math.Inf(-1): "below 1 %", -4.6: "below 1 %", -4.5: "1 %", -math.Log(3): "25 %", 0: "50 %",
		0.1: "about 1 in 2", math.Log(3): "about 1 in 2", 99: "about 1 in 2", math.Inf(1): "about 1 in 2",
	} {
		if got := words.Chance(odds); got != want {
			t.Errorf("log odds %v: %s, want %s", odds, got, want)
		}
	}
	// A limit is told from a higher one all the same.
	for odds, want := range map[float64]string{-math.Log(3): "a chance of 25 %", 2.5: "a chance of about 1 in 2 (log odds 2.5)"} {
		if got := words.Limit(odds); got != want {
			t.Errorf("limit of %v: %s, want %s", odds, got, want)
		}
	}
}
