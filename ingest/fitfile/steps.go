package fitfile

import (
	"slices"

	"gaitkeeper/gait"
)

// FIT counts the strides of one leg. Some recorders write the steps of both
// feet there, so that twice the cadence is read. The numbers are ours.
const (
	// noFeet is a cadence that nobody keeps up: sprinters reach 280 for seconds. It
	// is the one above which the detector takes a second for a fault of the sensor,
	// so that there is no gap between the two.
	noFeet = gait.StepsPerMinute(220)
	// noFeetSeconds is for how long it must be read.
	noFeetSeconds = 60
	// quickSteps are those of a run, and shortStep is one, in metres, that nobody
	// takes so quickly: it is half a step at half the cadence.
	quickSteps = gait.StepsPerMinute(140)
	shortStep  = 0.5
	// longStep is one that nobody takes: half the cadence would not be right either.
	longStep = 2.2
	// slowSteps is a cadence below that of any run.
	slowSteps = gait.StepsPerMinute(110)
	// onTheWay is the speed from which the length of a step can be believed.
	onTheWay = gait.MetresPerSecond(0.5)
	// rightShare is how much of the running may have a cadence that fits before
	// each second is looked at by itself.
	rightShare = 0.1
	// Below runSteps the detector takes a second for walking; at runSpeed nobody walks
	// any more, whatever the cadence. Fewer steps than strolling, where the speed is not
	// known, may be half of those of a run.
	runSteps  = gait.StepsPerMinute(130)
	runSpeed  = gait.MetresPerSecond(2.2)
	strolling = gait.StepsPerMinute(95)
)

// dropStandstill makes the cadence unknown where it is 0 from beginning to end: the
// recorder had nothing that counts steps.
func dropStandstill(samples []gait.Sample) {
	if slices.ContainsFunc(samples, func(s gait.Sample) bool { return s.Cadence > 0 }) {
		return
	}
	for i := range samples {
		samples[i].Cadence = gait.Unknown[gait.StepsPerMinute]()
	}
}

// halveSteps halves the cadence where the recorder counted both feet, and
// reports whether it did. Mostly it did so from beginning to end, walks
// included; where it changed the sensor, the seconds differ.
func halveSteps(samples []gait.Sample) bool {
	var wrong, right int32
	for i := range samples {
		s := &samples[i]
		switch {
		case s.Cadence > noFeet && !(stepLength(s, s.Cadence/2) > longStep):
			wrong += lasts(samples, i)
		case s.Cadence >= quickSteps && s.Cadence <= noFeet && !(stepLength(s, s.Cadence) < shortStep):
			right += lasts(samples, i)
		}
	}
	if wrong < noFeetSeconds {
		return false
	}
	all := float64(right) <= rightShare*float64(wrong)
	for i := range samples {
		s := &samples[i]
		if all || s.Cadence > noFeet || s.Cadence >= quickSteps && stepLength(s, s.Cadence) < shortStep {
			s.Cadence /= 2
		}
	}
	return true
}

// doubleSteps doubles the cadence where a program on the way had taken strides for
// steps and halved them, and reports whether it did: nobody runs with steps so few
// and so long.
func doubleSteps(samples []gait.Sample) bool {
	var wrong, right int32
	for i := range samples {
		s := &samples[i]
		switch {
		case s.Cadence < slowSteps && stepLength(s, s.Cadence) > longStep && stepLength(s, 2*s.Cadence) <= longStep:
			wrong += lasts(samples, i)
		case s.Cadence >= quickSteps:
			right += lasts(samples, i)
		}
	}
	if wrong < noFeetSeconds || float64(right) > rightShare*float64(wrong) {
		return false
	}
	for i := range samples {
		samples[i].Cadence *= 2
	}
	return true
}

// walks reports whether all but a little of the samples is walked, as far as the steps
// tell.
func walks(samples []gait.Sample) bool {
	var walked, ran int32
	for i := range samples {
		switch s := &samples[i]; {
		case s.Cadence >= runSteps, s.Speed >= runSpeed:
			ran += lasts(samples, i)
		case s.Cadence >= strolling, s.Cadence > 0 && gait.Known(s.Speed):
			walked += lasts(samples, i)
		}
	}
	return walked >= noFeetSeconds && float64(ran) <= rightShare*float64(walked)
}

// stepLength is how long a step is at a cadence, in metres; NaN where the speed
// is not known or too low to tell.
func stepLength(s *gait.Sample, c gait.StepsPerMinute) float64 {
	if !(s.Speed >= onTheWay) {
		return float64(gait.Unknown[gait.Metres]())
	}
	return float64(s.Speed) * 60 / float64(c)
}

// lasts is how many seconds sample i stands for.
func lasts(samples []gait.Sample, i int) int32 {
	const most = 10
	if i == 0 {
		return 1
	}
	return min(samples[i].Second-samples[i-1].Second, most)
}
