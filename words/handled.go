package words

import (
	"fmt"
	"math"

	"gaitkeeper/gait"
)

// adjusted says what was taken out of a balance before it was compared.
func adjusted(a gait.Adjustment) string {
	points, foot, done := math.Abs(float64(a.Points)), "left", "taken off"
	if a.Points < 0 {
		foot, done = "right", "added to"
	}
	moved := fmt.Sprintf("%.2f points %s the left share for ", points, done)
	switch a.By {
	case gait.BySpeed:
		return moved + fmt.Sprintf("speed, %.1f m/s against your usual %.1f", a.Speed, a.Usual)
	case gait.BySlope:
		return moved + fmt.Sprintf("the slope, %+.1f %% on average", a.Grade)
	case gait.BySlide:
		return fmt.Sprintf("inside the run, your usual slide of %.1f points towards the %s foot from start to end", points, foot)
	case gait.ByWayBack:
		return fmt.Sprintf("inside the run, the usual %.1f points towards the %s foot on the way back, where the road slopes the other way", points, foot)
	default:
		return moved + "the " + string(a.By)
	}
}

// omitted says what was not used of a run, and why.
func omitted(o gait.Omission) string {
	switch o.Why {
	case gait.OmittedStrays:
		return fmt.Sprintf("%d single minutes far from their neighbours", o.Count)
	case gait.OmittedUnsteady:
		return fmt.Sprintf("the minutes scatter %.1f times as widely as usual: the strap may sit badly, so the run is trusted less and not searched for a change inside it", o.Times)
	case gait.OmittedNewSensor:
		return "another sensor than before: the normal is held loosely until it has settled, stance times too where it is another model"
	case gait.OmittedFaultBefore:
		return "the strap was at fault shortly before: a new level may be the strap"
	case gait.OmittedNoMinutes:
		return "the minutes of this run do not differ: no look for a change inside it"
	case gait.OmittedLearning:
		return fmt.Sprintf("%d runs learned, %d are needed before anything is said", o.Count, o.Of)
	default:
		return o.Note
	}
}
