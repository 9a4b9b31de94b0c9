package alert

import "time"

// QuietHours is the part of the day in which no message is delivered, as
// durations since midnight on the runner's clock; From after To spans midnight.
// It follows the clock on the wall: on the nights on which that clock changes,
// the quiet begins and ends at the same figures as always. The zero value is
// never quiet.
type QuietHours struct {
	From, To time.Duration
}

// Contains tells whether now is a quiet moment in the given zone. The end is
// not quiet any more.
func (q QuietHours) Contains(now time.Time, zone *time.Location) bool {
	hour, minute, second := now.In(zone).Clock()
	clock := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	if q.From <= q.To {
		return q.From <= clock && clock < q.To
	}
	return clock >= q.From || clock < q.To
}
