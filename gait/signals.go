package gait

import "strings"

// Signals is the set of signals a run has. A signal is in the set when at least
// one sample holds a believable value of it.
type Signals uint16

// The signals, in the order of the fields of [Sample].
const (
	SignalDistance Signals = 1 << iota
	SignalSpeed
	SignalAltitude
	SignalCadence
	SignalStanceTime
	SignalStanceTimeBalance
	SignalVerticalOscillation
	SignalStepLength
	SignalHeartRate
	SignalPower
)

// Has reports whether every signal of want is in the set.
func (s Signals) Has(want Signals) bool { return s&want == want }

// String lists the signals by the names the FIT profile gives them.
func (s Signals) String() string {
	names := []string{
		"distance", "speed", "altitude", "cadence", "stance_time", "stance_time_balance",
		"vertical_oscillation", "step_length", "heart_rate", "power",
	}
	var have []string
	for i, name := range names {
		if s.Has(1 << i) {
			have = append(have, name)
		}
	}
	return strings.Join(have, " ")
}

// SignalsOf returns the signals that occur in samples.
func SignalsOf(samples []Sample) Signals {
	var s Signals
	for i := range samples {
		p := &samples[i]
		s |= bit(p.Distance, SignalDistance) | bit(p.Speed, SignalSpeed) |
			bit(p.Altitude, SignalAltitude) | bit(p.Cadence, SignalCadence) |
			bit(p.StanceTime, SignalStanceTime) | bit(p.StanceTimeBalance, SignalStanceTimeBalance) |
			bit(p.VerticalOscillation, SignalVerticalOscillation) | bit(p.StepLength, SignalStepLength) |
			bit(p.HeartRate, SignalHeartRate) | bit(p.Power, SignalPower)
	}
	return s
}

func bit[U ~float64](v U, signal Signals) Signals {
	if Known(v) {
		return signal
	}
	return 0
}
