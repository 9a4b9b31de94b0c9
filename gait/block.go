package gait

import "math"

// Block is one minute of steady running: medians of the seconds kept. What was
// not measured is unknown.
type Block struct {
	// Second is the block's middle in seconds from the run's start.
	Second int32
	// Kept is the number of seconds behind the figures.
	Kept              int32
	Speed             MetresPerSecond
	Grade             Percent
	Cadence           StepsPerMinute
	StanceTime        Milliseconds
	StanceTimeBalance Percent
	// VerticalOscillation is how far the trunk moves up and down in a step.
	VerticalOscillation Millimetres
	HeartRate           BeatsPerMinute
}

// MeanOf returns the mean of a figure over the minutes of which it is known, NaN
// where there is none.
func MeanOf(blocks []Block, figure func(*Block) float64) float64 {
	sum, n := 0.0, 0.0
	for i := range blocks {
		if v := figure(&blocks[i]); !math.IsNaN(v) {
			sum, n = sum+v, n+1
		}
	}
	return sum / n
}

// leastSpeed is the speed below which nobody runs, in m/s.
const leastSpeed = 0.5

// MeanSpeed returns the mean speed of the minutes in m/s, NaN where the recording
// has none: a treadmill run may carry zeros instead.
func MeanSpeed(blocks []Block) float64 {
	return MeanOf(blocks, func(b *Block) float64 {
		if b.Speed < leastSpeed {
			return math.NaN()
		}
		return float64(b.Speed)
	})
}

// Fade returns by how much the last third of a run's minutes was slower than the
// first, in hundredths (of the natural log), and by how many percent it was steeper,
// 0 where no slope is known. The fade is NaN under nine minutes, or without a speed.
func Fade(blocks []Block) (fade, steeper float64) {
	third := len(blocks) / 3
	if third < 3 {
		return math.NaN(), 0
	}
	first, last := blocks[:third], blocks[len(blocks)-third:]
	grade := func(b *Block) float64 { return float64(b.Grade) }
	if steeper = MeanOf(last, grade) - MeanOf(first, grade); math.IsNaN(steeper) {
		steeper = 0
	}
	return 100 * math.Log(MeanSpeed(first)/MeanSpeed(last)), steeper
}
