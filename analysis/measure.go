package analysis

import (
	"fmt"
	"hash/fnv"
	"math"

	"gaitkeeper/gait"
)

// Method is the version of the measurement. It grows whenever Measure would
// give other figures for the same samples, so that stored figures are taken
// again.
const Method = 5

const (
	minute = 60 // the length of a block in seconds
	// longestStep is the longest gap between two samples that is still smart
	// recording, in seconds; a longer one is a stop.
	longestStep = 10
	// walkSeconds is how long slow steps must last to be a walk.
	walkSeconds = 10
	// steadyShare is the share of the usual speed below which a second is not
	// steady running.
	steadyShare = 0.6

	// Beyond these a second is no steady running, or a fault of the sensor.
	cadenceMin = 130.0 // steps a minute: slower is walking
	cadenceMax = 220.0 // steps a minute: faster are no feet
	speedMin   = 1.5   // m/s: slower is walking
	stanceMin  = 150.0 // ms
	stanceMax  = 400.0 // ms: longer is walking
	gradeMax   = 10.0  // percent, up or down
	// afterStop is how many seconds behind a stop or a walk are not used: the strap
	// still shows old values.
	afterStop = 15.0
)

// Measure takes a run's figures from its samples, which are in the order of
// time. It drops what is not steady running and what the sensor made up, and
// gathers the rest in minutes. It never fails: what is not there is unknown,
// and Quality says how far the balance can be trusted.
func Measure(run gait.Run, p gait.AnalysisParams) gait.Measures {
	seconds := readSeconds(run, p)
	balance := checkBalance(seconds)
	m := gait.Measures{
		Run: run.ID, Method: MethodOf(p), Start: run.Start, Duration: run.Duration, Distance: run.Distance,
		Context: run.Context, Signals: run.Signals, Sensor: run.Sensor, Truncated: run.Truncated,
		Blocks: blocks(seconds), WarmUp: warmUp(seconds, p), WalkShare: walked(seconds), Ascent: ascent(seconds),
	}
	balance.dropLostContact(m.Blocks)
	m.Quality = balance.quality(run, m.Blocks, p)
	return m
}

// second is one sample with what is known of it: how long it stands for and
// whether it belongs to steady running.
type second struct {
	*gait.Sample
	weight  float64 // seconds it stands for
	along   float64 // metres from the start
	grade   float64 // percent, NaN where unknown
	balance float64 // percent, NaN where the sensor gave none to believe
	stop    bool    // a pause lies before it
	slow    bool    // walking or standing
	walk    bool    // part of a walk of ten seconds or more
	keep    bool    // steady running after the warm-up
}

func readSeconds(run gait.Run, p gait.AnalysisParams) []second {
	seconds := make([]second, len(run.Samples))
	speedKnown := moves(run.Samples)
	for i := range run.Samples {
		s := &seconds[i]
		s.Sample, s.weight, s.balance, s.grade = &run.Samples[i], 1, math.NaN(), math.NaN()
		if i > 0 {
			gap := float64(s.Second - run.Samples[i-1].Second)
			s.stop = gap > longestStep
			if !s.stop {
				s.weight = gap
			}
		}
		s.slow = isSlow(s.Sample, speedKnown)
	}
	measureAlong(seconds)
	if run.Context != gait.Treadmill {
		measureGrade(seconds)
	}
	markWalks(seconds)
	markSteady(seconds, speedKnown, p)
	return seconds
}

// moves reports whether the samples have a speed at all: a treadmill run may
// carry zeros instead.
func moves(samples []gait.Sample) bool {
	for i := range samples {
		if samples[i].Speed > 0.5 {
			return true
		}
	}
	return false
}

func isSlow(s *gait.Sample, speedKnown bool) bool {
	return s.Cadence < cadenceMin || speedKnown && s.Speed < speedMin
}

// markWalks marks slow stretches of ten seconds or more.
func markWalks(seconds []second) {
	for from := 0; from < len(seconds); from++ {
		if !seconds[from].slow {
			continue
		}
		to, length := from, 0.0
		for to < len(seconds) && seconds[to].slow {
			length += seconds[to].weight
			to++
		}
		for i := from; length >= walkSeconds && i < to; i++ {
			seconds[i].walk = true
		}
		from = to
	}
}

// markSteady marks the seconds that count as steady running.
func markSteady(seconds []second, speedKnown bool, p gait.AnalysisParams) {
	floor := 0.0
	if speedKnown {
		floor = steadyShare * usualSpeed(seconds)
	}
	after := math.Inf(1) // seconds since the last stop or walk
	for i := range seconds {
		s := &seconds[i]
		after += s.weight
		if s.stop || s.walk {
			after = 0
		}
		s.keep = float64(s.Second) >= p.WarmUp && after >= afterStop && !s.slow &&
			!(s.Cadence > cadenceMax) && !(s.StanceTime < stanceMin) && !(s.StanceTime > stanceMax) &&
			!(speedKnown && float64(s.Speed) < floor) && !(math.Abs(s.grade) > gradeMax)
	}
}

func usualSpeed(seconds []second) float64 {
	speeds := make([]gait.MetresPerSecond, 0, len(seconds))
	for i := range seconds {
		if s := &seconds[i]; !s.slow {
			speeds = append(speeds, s.Speed)
		}
	}
	return float64(gait.Median(speeds))
}

// walked returns the share of the time on the move that was walked.
func walked(seconds []second) float64 {
	var walked, moved float64
	for i := range seconds {
		s := &seconds[i]
		standing := s.Cadence == 0 || s.Speed < 0.3
		switch {
		case !s.walk:
			moved += s.weight
		case !standing:
			walked += s.weight
			moved += s.weight
		}
	}
	if moved == 0 {
		return 0
	}
	return walked / moved
}

// MethodOf names the measurement that [Measure] takes with the given
// parameters: figures of another one are taken again from the samples.
func MethodOf(p gait.AnalysisParams) int {
	h := fnv.New32a()
	fmt.Fprint(h, Method, p.Measurement()) // a hash takes everything
	return int(h.Sum32())
}
