package gait

import (
	"fmt"
	"slices"
)

// Sensitivity says in one word how readily the detector speaks.
type Sensitivity string

// The sensitivities: about one, one and a half, and four questions for 100
// healthy runs, and one warning for 1,000, 500 and 200.
const (
	Calm     Sensitivity = "calm"
	Balanced Sensitivity = "balanced"
	Keen     Sensitivity = "keen"
)

// Sensitivities returns every sensitivity, the quietest first.
func Sensitivities() []Sensitivity { return []Sensitivity{Calm, Balanced, Keen} }

// limits are the log odds from which the detector asks and warns, in the
// parameters' order; where they come from: the benchmark of the detector
// counts the questions and warnings of made runners without a limp.
func (s Sensitivity) limits(ask, warn Parameter) (float64, float64) {
	switch s {
	case Calm:
		return -2.4, -0.9
	case Keen:
		return -3.7, -1.9
	default:
		return ask.Default, warn.Default
	}
}

// SetSensitivity sets the log odds from which the detector asks and warns to
// those of s, whatever they were before.
func (p *Params) SetSensitivity(s Sensitivity) error {
	if !slices.Contains(Sensitivities(), s) {
		return fmt.Errorf("sensitivity %q is none of %s", s, listed(Sensitivities()))
	}
	ask, known := p.Lookup("analysis.ask")
	warn, knownToo := p.Lookup("analysis.warn")
	if !known || !knownToo {
		return fmt.Errorf("set sensitivity: no parameter analysis.ask or analysis.warn")
	}
	askFrom, warnFrom := s.limits(ask, warn)
	if err := ask.Set(askFrom); err != nil {
		return fmt.Errorf("set %s: %w", ask.Key, err)
	}
	if err := warn.Set(warnFrom); err != nil {
		return fmt.Errorf("set %s: %w", warn.Key, err)
	}
	return nil
}
