package fitfile

import (
	"math"

	"gaitkeeper/gait"
)

// Of several sensors in one recording, the calmest is judged of those that are
// complete. The numbers are ours.
const (
	// complete is the share of the seconds of the fullest sensor that a complete
	// one has.
	complete = 0.8
	// calmSeconds is the length of the stretches whose means are compared: some
	// sensors smooth from second to second, so that those say nothing.
	calmSeconds = 30
)

// candidate is the balance of one sensor over a recording.
type candidate struct {
	sensor gait.Sensor
	at     func(r *record) float64 // NaN or 0 where there is none
	// seconds is how many have a value, mean theirs, and noise the spread of the
	// stretches around it, in points.
	seconds     int
	mean, noise float64
}

// choose leaves the balance that is to be judged in the records. It returns what
// measured it, none where there is none, and what the other sensors say.
func (p *part) choose(own []record) (judged gait.Sensor, others []gait.SensorBalance) {
	candidates := []candidate{
		{sensor: p.nativeSensor(), at: func(r *record) float64 { return float64(r.sample.StanceTimeBalance) }},
	}
	if len(p.apps.fields) > 0 {
		candidates = append(candidates,
			candidate{sensor: p.apps.sensorOf(scribeLeft), at: func(r *record) float64 { return float64(r.feet[byRunScribe]) }},
			candidate{sensor: p.apps.sensorOf(namedLeft), at: func(r *record) float64 { return float64(r.feet[byNamed]) }})
	}
	most := 0
	for i := range candidates {
		candidates[i].measure(own)
		most = max(most, candidates[i].seconds)
	}
	if most == 0 {
		return gait.Sensor{}, nil
	}
	best := -1
	for i, c := range candidates {
		whole := float64(c.seconds) >= complete*float64(most)
		if whole && (best < 0 || c.noise < candidates[best].noise) {
			best = i
		}
	}
	for i, c := range candidates {
		if i != best && c.seconds > calmSeconds {
			others = append(others, gait.SensorBalance{Sensor: c.sensor, Mean: gait.Percent(math.Round(100*c.mean) / 100)})
		}
	}
	if best > 0 {
		for i := range own {
			s := &own[i].sample
			s.StanceTimeBalance = gait.Unknown[gait.Percent]()
			if v := candidates[best].at(&own[i]); v > 0 {
				s.StanceTimeBalance = gait.Percent(v)
			}
		}
	}
	return candidates[best].sensor, others
}

// nativeSensor is what writes FIT's own balance. Two Stryd pods send it to a watch
// without saying who they are.
func (p *part) nativeSensor() gait.Sensor {
	if p.sensors.dynamics == (gait.Sensor{}) && p.apps.duo() {
		return gait.Sensor{Manufacturer: gait.MakerStryd}
	}
	return p.sensors.of(gait.SignalStanceTimeBalance)
}

// measure takes the figures of the values that can be believed; one that stands
// still for long is measured no more.
func (c *candidate) measure(records []record) {
	var sum, sumSquares float64 // of the stretches' means
	var stretches, n int
	var of float64 // the sum of the stretch at hand
	last, since := 0.0, uint32(0)
	for i := range records {
		v := c.at(&records[i])
		if v != last {
			last, since = v, records[i].time
		}
		if !believable(v) || records[i].time-since >= frozenSeconds {
			continue
		}
		c.seconds++
		c.mean += v
		of += v
		if n++; n == calmSeconds {
			m := of / calmSeconds
			sum, sumSquares, stretches = sum+m, sumSquares+m*m, stretches+1
			of, n = 0, 0
		}
	}
	if c.seconds > 0 {
		c.mean /= float64(c.seconds)
	}
	if stretches > 1 {
		mean := sum / float64(stretches)
		c.noise = math.Sqrt(max(0, sumSquares/float64(stretches)-mean*mean))
	}
}

// A balance that stays the same to the last digit for so long while the runner
// moves is not measured any more: a strap gives steps of 1/32 per cent and
// holds each for seconds.
const (
	frozenSeconds = 120
	frozenCadence = gait.StepsPerMinute(100) // slower is standing, where a balance may stay
	frozenGap     = 10                       // a longer gap between samples is a pause
)

// dropFrozen makes the balance unknown where it stood still for long.
func dropFrozen(samples []gait.Sample) {
	unknown := gait.Unknown[gait.Percent]()
	for from := 0; from < len(samples); {
		value := samples[from].StanceTimeBalance
		to, moving := from+1, int32(0)
		for ; to < len(samples) && samples[to].StanceTimeBalance == value; to++ {
			if gap := samples[to].Second - samples[to-1].Second; !(samples[to].Cadence < frozenCadence) {
				moving += min(gap, frozenGap)
			}
		}
		if gait.Known(value) && moving >= frozenSeconds {
			for i := from; i < to; i++ {
				samples[i].StanceTimeBalance = unknown
			}
		}
		from = to
	}
}
