package fitfile

import (
	"math"

	"gaitkeeper/gait"
)

// Some recorders write a figure in another unit than FIT's. What bodies can do,
// and that speed and distance must agree, tells which. The numbers are ours.
const (
	// enough is how many records, or seconds on the way, it takes to tell.
	enough = 60
	// fitting is the share of the values that must fit the other unit, and strays
	// that of those which may fit FIT's by chance.
	fitting = 0.9
	strays  = 0.01
	// One m/s in km/h and in miles an hour, and one metre in feet.
	kmh    = 3.6
	mph    = 2.23694
	inFeet = 3.28084
	// agreeing is how far speed and distance may differ in one unit.
	agreeing = 0.1
)

// convert puts the figures of all records into FIT's units.
func (p *part) convert() {
	stance := func(s *gait.Sample) *gait.Milliseconds { return &s.StanceTime }
	if rescale(p.records, stance, 120, 600, 10, 0.1) {
		p.converted |= gait.SignalStanceTime
	}
	balance := func(s *gait.Sample) *gait.Percent { return &s.StanceTimeBalance }
	if rescale(p.records, balance, 40, 60, 100, 10) {
		p.converted |= gait.SignalStanceTimeBalance
	}
	speed, distance := paces(p.records)
	is := func(ratio float64) bool { return math.Abs(speed/distance/ratio-1) < agreeing }
	switch by := tens(speed / distance); {
	case is(kmh):
		p.multiply(gait.SignalSpeed, 1/kmh)
	case is(mph):
		p.multiply(gait.SignalSpeed, 1/mph)
	case is(1 / inFeet):
		p.multiply(gait.SignalDistance, 1/inFeet)
	case by == 1:
	case speed >= slowest && speed <= fastest:
		p.multiply(gait.SignalDistance, by)
	case distance >= slowest && distance <= fastest:
		p.multiply(gait.SignalSpeed, 1/by)
	}
}

// slowest and fastest are the mean speeds between which one is on the way, in m/s.
const (
	slowest = 0.8
	fastest = 12
)

// rescale multiplies a figure by the first factor that makes nearly all its values
// lie between least and most, where nearly none do as they are. It reports whether
// it did.
func rescale[U ~float64](records []record, of func(*gait.Sample) *U, least, most U, factors ...U) bool {
	count := func(by U) (fit, known float64) {
		for i := range records {
			v := by * *of(&records[i].sample)
			if gait.Known(v) {
				known++
			}
			if v >= least && v <= most {
				fit++
			}
		}
		return fit, known
	}
	if fit, known := count(1); known < enough || fit > strays*known {
		return false
	}
	for _, by := range factors {
		if fit, known := count(by); fit >= fitting*known {
			for i := range records {
				*of(&records[i].sample) *= by
			}
			return true
		}
	}
	return false
}

// paces is the mean speed on the way, in m/s: as the records say it, and by their
// distances. Both are NaN where that is too short to tell.
func paces(records []record) (speed, distance float64) {
	const gap = 10
	var seconds, said, gone float64
	for i := 1; i < len(records); i++ {
		a, b := &records[i-1], &records[i]
		took, metres := float64(b.time)-float64(a.time), float64(b.sample.Distance-a.sample.Distance)
		if took > 0 && took <= gap && metres > 0 && b.sample.Speed > 0 {
			seconds, said, gone = seconds+took, said+took*float64(b.sample.Speed), gone+metres
		}
	}
	if seconds < enough {
		return math.NaN(), math.NaN()
	}
	return said / seconds, gone / seconds
}

// tens is the power of ten, up to a thousand either way, that a ratio is close to;
// 1 where it is close to none.
func tens(ratio float64) float64 {
	for _, by := range []float64{10, 100, 1000, 0.1, 0.01, 0.001} {
		if math.Abs(ratio/by-1) < agreeing {
			return by
		}
	}
	return 1
}

// multiply puts speeds or distances into FIT's unit.
func (p *part) multiply(what gait.Signals, by float64) {
	p.converted |= what
	for i := range p.records {
		if s := &p.records[i].sample; what == gait.SignalSpeed {
			s.Speed *= gait.MetresPerSecond(by)
		} else {
			s.Distance *= gait.Metres(by)
		}
	}
}
