package gait

import (
	"fmt"
	"math"
)

// Chance says the natural log of the odds of something as a probability that a
// person can understand: "8 %". Nothing is ever certain: "above 99 %".
func Chance(logOdds float64) string {
	const least, most = 1, 99 // percent
	switch p := 100 / (1 + math.Exp(-logOdds)); {
	case p > most:
		return fmt.Sprintf("above %d %%", most)
	case p < least:
		return fmt.Sprintf("below %d %%", least)
	default:
		return fmt.Sprintf("%.0f %%", p)
	}
}

// LogOdds is the unit of the parameters that are the natural log of odds.
const LogOdds = "log odds"
