package words

import (
	"fmt"
	"time"

	"gaitkeeper/gait"
)

// Oddities says what is odd about a recording and what was made of it, each in a
// sentence.
func Oddities(odd []gait.Oddity) []string {
	said := make([]string, len(odd))
	for i, o := range odd {
		said[i] = oddity(o)
	}
	return said
}

func oddity(o gait.Oddity) string {
	counted := o.Counted.Round(time.Second)
	switch o.Kind {
	case gait.OddityClockJumped:
		return "The recorder's clock jumped during the run; the jump was taken out."
	case gait.OddityTooLate:
		return fmt.Sprintf("%.0f seconds of the recording lie more than a week after its start and were not used.", o.Recorded.Seconds())
	case gait.OddityCadenceHalved:
		return "The cadence was written in steps instead of strides, twice what it is; it was halved."
	case gait.OddityCadenceDoubled:
		return "The cadence was written at half of what it is; it was doubled."
	case gait.OddityConverted:
		return fmt.Sprintf("The recorder wrote in another unit than FIT's, and it was converted: %s.", SignalNames(o.Signals.String()))
	case gait.OddityNoSeconds:
		return "Nothing was recorded by the second: only its length and distance are here."
	case gait.OddityBreaksOff:
		if counted > 0 {
			return fmt.Sprintf("The recording breaks off after %v of %v; the rest is lost.", o.Recorded, counted)
		}
		return fmt.Sprintf("The recording breaks off after %v; what came after it is lost.", o.Recorded)
	case gait.OddityGaps:
		return fmt.Sprintf("The recorder counted %v, but only %v of it were recorded.", counted, o.Recorded)
	default:
		return o.Text
	}
}
