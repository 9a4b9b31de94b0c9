package gait

import "math"

// Feel is how a run felt as a whole, as the runner entered it on the watch or
// on a server. The zero value is unknown.
type Feel int8

// The answers, from the worst to the best.
const (
	FeltVeryWeak Feel = 1 + iota
	FeltWeak
	FeltNormal
	FeltStrong
	FeltVeryStrong
)

// String is the answer in plain words; empty where nothing was said.
func (f Feel) String() string {
	words := [...]string{"", "very weak", "weak", "normal", "strong", "very strong"}
	if f < 0 || int(f) >= len(words) {
		return ""
	}
	return words[f]
}

// Effort is how hard the runner found the run, on the scale of 1 to 10 (Borg's
// CR-10). The zero value is unknown.
type Effort int8

// NewEffort returns the effort nearest to v; unknown where v is off the scale.
func NewEffort(v float64) Effort {
	n := math.Round(v)
	if !(n >= 1 && n <= 10) {
		return 0
	}
	return Effort(n)
}
