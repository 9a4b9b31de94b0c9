package fitfile

import (
	"gaitkeeper/gait"
)

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
