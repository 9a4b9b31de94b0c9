package gait

import (
	"fmt"
	"slices"
)

// Sensitivity says in one word how readily the detector speaks.
type Sensitivity string

// The sensitivities. Against balanced, calm wants three times the odds before
// it asks or warns, keen is content with a third of them.
const (
	Calm     Sensitivity = "calm"
	Balanced Sensitivity = "balanced"
	Keen     Sensitivity = "keen"
)

// Sensitivities returns every sensitivity, the quietest first.
func Sensitivities() []Sensitivity { return []Sensitivity{Calm, Balanced, Keen} }

// threefold is the natural log of three times the odds.
const threefold = 1.1

// SetSensitivity sets the log odds from which the detector asks and warns to
// those of s, whatever they were before.
func (p *Params) SetSensitivity(s Sensitivity) error {
	if !slices.Contains(Sensitivities(), s) {
		return fmt.Errorf("sensitivity %q is none of %v", s, Sensitivities())
	}
	shift := map[Sensitivity]float64{Calm: threefold, Keen: -threefold}[s]
	for _, key := range []string{"analysis.ask", "analysis.warn"} {
		q, ok := p.Lookup(key)
		if !ok {
			return fmt.Errorf("set sensitivity: no parameter %s", key)
		}
		if err := q.Set(q.Default + shift); err != nil {
			return fmt.Errorf("set %s: %w", key, err)
		}
	}
	return nil
}
