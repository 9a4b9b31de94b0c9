package notify

import "time"

// QuietHours is the part of the day in which no message is delivered. It
// follows the clock on the wall: on the nights on which that clock changes, the
// quiet begins and ends at the same figures as always. The zero value is never
// quiet.
type QuietHours struct {
	from, to int // minutes since midnight
}

// NewQuietHours returns the hours between two times of the day, given as
// durations since midnight. From after to spans midnight; equal is never quiet.
func NewQuietHours(from, to time.Duration) QuietHours {
	return QuietHours{int(from.Minutes()), int(to.Minutes())}
}

// Contains tells whether now is a quiet moment in the given zone. The end is
// not quiet any more.
func (q QuietHours) Contains(now time.Time, zone *time.Location) bool {
	local := now.In(zone)
	m := local.Hour()*60 + local.Minute()
	if q.from <= q.to {
		return q.from <= m && m < q.to
	}
	return m >= q.from || m < q.to
}
