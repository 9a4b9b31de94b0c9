package evidence

import (
	"math"

	"gaitkeeper/gait"
)

const (
	// told is the least effect worth mentioning, in points, toldInside that inside a
	// run.
	told, toldInside = 0.05, 0.2
)

// adjustments are what was taken out of the balance.
func (d *Detector) adjustments(s *sight) []gait.Adjustment {
	var out []gait.Adjustment
	for i, by := range [effects]gait.Influence{gait.BySpeed, gait.BySlope, gait.ByTreadmill, gait.ByTrail, gait.ByTrack} {
		if p := d.adjust.slope[i] * s.row[i]; math.Abs(p) >= told {
			out = append(out, gait.Adjustment{
				By: by, Points: gait.Points(p), Grade: gait.Percent(s.row[ofGrade]),
				Speed: gait.MetresPerSecond(d.adjust.speed + s.row[ofSpeed]), Usual: gait.MetresPerSecond(d.adjust.speed),
			})
		}
	}
	if s.change.spread <= leastSpread {
		return out
	}
	inside := func(by gait.Influence, column int) {
		if p := s.series.usual[column]; math.Abs(p) >= toldInside {
			out = append(out, gait.Adjustment{By: by, Points: gait.Points(p)})
		}
	}
	inside(gait.BySlide, ofSlide)
	if s.m.Context == gait.Road {
		inside(gait.ByWayBack, ofTurn)
	}
	return out
}

// leftOut is what was not used and why.
func (d *Detector) leftOut(s *sight) []gait.Omission {
	var out []gait.Omission
	if s.strays > 0 {
		out = append(out, gait.Omission{Why: gait.OmittedStrays, Count: s.strays})
	}
	if s.unsteady {
		out = append(out, gait.Omission{Why: gait.OmittedUnsteady, Times: s.change.calm / s.series.noise})
	}
	if s.newSensor {
		out = append(out, gait.Omission{Why: gait.OmittedNewSensor})
	}
	if d.straps.doubtful > 0 {
		out = append(out, gait.Omission{Why: gait.OmittedFaultBefore})
	}
	if s.change.spread <= leastSpread && len(s.series.balance) >= 2*edge {
		out = append(out, gait.Omission{Why: gait.OmittedNoMinutes})
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
