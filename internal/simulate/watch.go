package simulate

import (
	"math"
	"math/rand/v2"

	"gaitkeeper/gait"
)

// gps is the speed and distance as the watch knows them.
type gps struct {
	noise    ar1
	dropouts float64
	frozen   int     // seconds for which the speed still stands still
	speed    float64 // as shown
	distance float64
}

// A dropout lasts this many seconds on average.
const dropoutSeconds = 20

func newGPS(rng *rand.Rand, w Watch, context gait.Context) gps {
	if context == gait.Treadmill {
		return gps{speed: 1}
	}
	return gps{noise: newAR1(rng, float64(w.SpeedNoise), 8), dropouts: w.Dropouts, speed: 1}
}

func (g *gps) next(rng *rand.Rand, speed float64) {
	noise, lost := g.noise.next(rng), rng.Float64() < g.dropouts/dropoutSeconds
	switch {
	case g.frozen > 0:
		g.frozen--
	case lost:
		g.frozen = dropoutSeconds/2 + rng.IntN(dropoutSeconds)
	default:
		g.speed = max(0, speed+noise)
	}
	g.distance += g.speed
}

// onWatch fills in what the watch measures by itself.
func (m *motion) onWatch(s *gait.Sample) {
	if s.Second > 0 {
		m.gps.next(m.rng, m.speed)
	}
	s.Speed, s.Distance = gait.MetresPerSecond(m.gps.speed), gait.Metres(m.gps.distance)
	drift := m.barometer.next(m.rng)
	if m.day.context != gait.Treadmill {
		s.Altitude = gait.Metres(200 + m.height + drift)
	}
}

// keep leaves out samples as smart recording does. First and last stay.
func (w Watch) keep(samples []gait.Sample, rng *rand.Rand) []gait.Sample {
	if !w.SmartRecording {
		return samples
	}
	kept := samples[:0]
	for i := 0; i < len(samples)-1; i += 1 + rng.IntN(7) {
		kept = append(kept, samples[i])
	}
	return append(kept, samples[len(samples)-1])
}

// fitScale rounds a sample to what the fields of a FIT record can hold.
func fitScale(s gait.Sample) gait.Sample {
	s.Distance = scaled(s.Distance, 100)
	s.Speed = scaled(s.Speed, 1000)
	s.Altitude = scaled(s.Altitude+500, 5) - 500
	s.Cadence = scaled(s.Cadence, 1)
	s.StanceTime = scaled(s.StanceTime, 10)
	s.StanceTimeBalance = scaled(s.StanceTimeBalance, 100)
	s.VerticalOscillation = scaled(s.VerticalOscillation, 10)
	s.StepLength = scaled(s.StepLength, 10)
	s.HeartRate = scaled(s.HeartRate, 1)
	s.Power = scaled(s.Power, 1)
	return s
}

func scaled[U ~float64](v U, scale float64) U { return U(math.Round(float64(v)*scale) / scale) }
