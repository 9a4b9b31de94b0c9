package gait

import (
	"math"
	"slices"
)

// Units of the figures. Each is a float64 so that figures read and print like
// numbers, while a mix-up of units does not compile.
type (
	// Metres is a length or a height.
	Metres float64
	// Millimetres is the length of a step or the bounce of the trunk.
	Millimetres float64
	// MetresPerSecond is running speed.
	MetresPerSecond float64
	// StepsPerMinute is cadence counted over both feet. FIT and Strava store
	// strides of one leg: twice that.
	StepsPerMinute float64
	// Milliseconds is the stance time (ground contact time) of one step, the
	// mean of both feet.
	Milliseconds float64
	// Percent is a share in hundredths: the stance time balance (the left
	// foot's share of ground contact, 50 is even) or a slope.
	Percent float64
	// Points is a difference of two balances in percentage points. One point
	// is 4 % of the symmetry index; at a stance time of 250 ms it is 10 ms
	// between left and right.
	Points float64
	// BeatsPerMinute is the heart rate.
	BeatsPerMinute float64
	// Watts is running power as the watch estimates it.
	Watts float64
)

// The units in which distances are shown.
const (
	Kilometre Metres = 1000
	Mile      Metres = 1609.344 // the international mile
)

// Unknown returns the value that stands for a figure nobody measured.
func Unknown[U ~float64]() U { return U(math.NaN()) }

// Known reports whether v was measured.
func Known[U ~float64](v U) bool { return !math.IsNaN(float64(v)) }

// Median returns the middle of the known values, or the mean of the two in the
// middle; unknown where none is known. It sorts the values.
func Median[U ~float64](values []U) U {
	slices.Sort(values)
	for len(values) > 0 && !Known(values[0]) { // these come first
		values = values[1:]
	}
	if len(values) == 0 {
		return Unknown[U]()
	}
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// LogOdds is the unit of the parameters that are the natural log of odds.
const LogOdds = "log odds"
