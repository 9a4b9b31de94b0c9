package form

import (
	"math"
	"time"

	"gaitkeeper/gait"
)

// observation is what one run shows of the features, and under which circumstances.
type observation struct {
	start time.Time
	value [features]float64 // NaN where unknown
	row   effects           // of all features but the pace
	push  float64           // of the pace: its heart rate; NaN where unknown
	by    source
}

// source is what measures the stance time and the bounce: two sources of one
// runner differ by more than a limp does.
type source struct {
	sensor gait.Sensor // of a strap or a pod the model: two of the same measure alike
	strap  bool
}

const (
	// leastMinutes is how many steady minutes a run needs.
	leastMinutes = 5
	// mostWalked is the share of walking from which it was a walk with some
	// running in it.
	mostWalked = 0.5
	// usualSpeed, usualHeart and usualMinutes are where the effects count from:
	// any figure of an easy run would do.
	usualSpeed, usualHeart, usualMinutes = 2.8, 150, 45
)

// newObservation reads a run; false where too little of it is steady running.
func newObservation(m *gait.Measures) (observation, bool) {
	if len(m.Blocks) < leastMinutes || m.WalkShare > mostWalked {
		return observation{}, false
	}
	speed := gait.MeanSpeed(m.Blocks)
	heart := gait.MeanOf(m.Blocks, func(b *gait.Block) float64 { return float64(b.HeartRate) })
	faded, steeper := gait.Fade(m.Blocks)
	o := observation{
		start: m.Start,
		value: [features]float64{
			gait.MeanOf(m.Blocks, func(b *gait.Block) float64 { return float64(b.Cadence) }),
			gait.MeanOf(m.Blocks, func(b *gait.Block) float64 { return float64(b.StanceTime) }),
			gait.MeanOf(m.Blocks, func(b *gait.Block) float64 { return float64(b.VerticalOscillation) }),
			100 * m.WalkShare, faded - slower*steeper, 100 * math.Log(speed),
		},
		row: effects{
			ofLevel: 1, ofPush: orZero(speed - usualSpeed),
			ofSlope:  orZero(gait.MeanOf(m.Blocks, func(b *gait.Block) float64 { return math.Abs(float64(b.Grade)) })),
			ofLength: math.Log(max(1, m.Duration.Minutes()) / usualMinutes),
		},
		push: (heart - usualHeart) / 10, by: source{sensor: m.Sensor, strap: m.Quality.Balance != gait.BalanceNone},
	}
	if o.by.strap {
		o.by.sensor.Serial = 0
	}
	if m.Context == gait.Treadmill {
		o.row[ofTreadmill] = 1
	}
	return o, true
}

// rowOf are the circumstances of the feature.
func (o *observation) rowOf(t formFeature) effects {
	row := o.row
	if t == pace {
		row[ofPush] = orZero(o.push)
	}
	return row
}

// key tells apart the habits of one feature that have nothing to do with each
// other.
type key struct {
	feature formFeature
	by      source
	heart   bool // the pace where the heart rate is known
}

func (o *observation) key(t formFeature) key {
	k := key{feature: t}
	switch t {
	case stance, bounce:
		k.by = o.by
	case pace:
		k.heart = !math.IsNaN(o.push)
	}
	return k
}

// slower is by how many hundredths one percent of climb slows a run.
const slower = 3

func orZero(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}
