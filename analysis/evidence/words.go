package evidence

import (
	"fmt"
	"math"

	"gaitkeeper/gait"
)

// told is the least effect worth a sentence, in points.
const told = 0.05

// adjustments says what was taken out of the balance.
func (d *Detector) adjustments(s *sight) []string {
	var out []string
	say := func(i int, format string, args ...any) {
		if p := d.adjust.slope[i] * s.row[i]; math.Abs(p) >= told {
			out = append(out, fmt.Sprintf("%.2f points %s for ", math.Abs(p), direction(p))+fmt.Sprintf(format, args...))
		}
	}
	say(ofSpeed, "speed, %.1f m/s against your usual %.1f", d.adjust.speed+s.row[ofSpeed], d.adjust.speed)
	say(ofGrade, "the slope, %+.1f %% on average", s.row[ofGrade])
	say(ofTreadmill, "the treadmill")
	say(ofTrail, "the trail")
	say(ofTrack, "the track")
	if s.series == nil || s.change.spread <= leastSpread {
		return out
	}
	if p := s.series.usual[ofSlide]; math.Abs(p) >= toldInside {
		out = append(out, fmt.Sprintf("inside the run, your usual slide of %.1f points towards the %s foot from start to end", math.Abs(p), towards(p)))
	}
	if p := s.series.usual[ofTurn]; math.Abs(p) >= toldInside && s.m.Context == gait.Road {
		out = append(out, fmt.Sprintf("inside the run, the usual %.1f points towards the %s foot on the way back, where the road slopes the other way", math.Abs(p), towards(p)))
	}
	return out
}

// toldInside is the least effect inside a run worth a sentence, in points.
const toldInside = 0.2

// towards is the foot whose share of the ground contact grows by the points.
func towards(points float64) string {
	if points > 0 {
		return "left"
	}
	return "right"
}

// direction says which way the figure was moved by taking p out.
func direction(p float64) string {
	if p > 0 {
		return "taken off the left share"
	}
	return "added to the left share"
}

// leftOut says what was not used and why.
func (d *Detector) leftOut(s *sight) []string {
	var out []string
	if s.strays > 0 {
		out = append(out, fmt.Sprintf("%d single minutes far from their neighbours", s.strays))
	}
	if s.unsteady {
		out = append(out, fmt.Sprintf("the minutes scatter %.1f times as widely as usual: the strap may sit badly, so the run is trusted less and not searched for a change inside it", s.change.calm/s.series.noise))
	}
	if s.newSensor {
		out = append(out, "another sensor than before: the normal is held loosely until it has settled, stance times too where it is another model")
	}
	if d.straps.doubtful > 0 {
		out = append(out, "the strap was at fault shortly before: a new level may be the strap")
	}
	if s.change.spread <= leastSpread && len(s.series.balance) >= 2*edge {
		out = append(out, "the minutes of this run do not differ: no look for a change inside it")
	}
	return out
}

// setShift sets the difference of balance and baseline, and what follows from
// it.
func setShift(e *gait.Evidence, m gait.Measures) {
	e.Shift = gait.Points(e.Balance - e.Baseline)
	e.ShortSide = gait.Right
	if e.Shift < 0 {
		e.ShortSide = gait.Left
	}
	e.StanceDifference = spared(m, float64(e.Shift))
}

// spared is the shift in milliseconds of the spared foot's stance: each point
// of balance is 2 % of the mean stance time for one foot.
func spared(m gait.Measures, points float64) gait.Milliseconds {
	var stance []gait.Milliseconds
	for _, b := range m.Blocks {
		stance = append(stance, b.StanceTime)
	}
	return gait.Milliseconds(math.Abs(points)*0.02) * gait.Median(stance)
}
