package words

import (
	"time"

	"gaitkeeper/gait"
)

// ClockFault says what is wrong with the clock of a run that is not believed; dates
// are in zone.
func ClockFault(r gait.Run, now time.Time, zone *time.Location) string {
	text := "its clock is wrong: dated " + r.Start.In(zone).Format("2 January 2006")
	switch {
	case r.NotOverYet(now):
		return text + r.Start.In(zone).Format(", 15:04") + r.End().In(zone).Format(" to 15:04") +
			", which is not over yet. The run counts once it is."
	case r.ClockAt(now) == gait.ClockUnset:
		text += ", before it was ever set"
	}
	return text + ". The run is kept but not counted."
}
