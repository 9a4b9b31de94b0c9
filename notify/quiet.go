package notify

import (
	"fmt"
	"strings"
	"time"
)

// QuietHours is the part of the day in which no message is delivered. It
// follows the clock on the wall: on the nights on which that clock changes, the
// quiet begins and ends at the same figures as always. The zero value is never
// quiet.
type QuietHours struct {
	from, to int // minutes since midnight
}

// ParseQuietHours reads "22:00-07:00"; an empty string is never quiet.
func ParseQuietHours(s string) (QuietHours, error) {
	if strings.TrimSpace(s) == "" {
		return QuietHours{}, nil
	}
	from, to, found := strings.Cut(s, "-")
	begin, err := time.Parse("15:04", strings.TrimSpace(from))
	end, err2 := time.Parse("15:04", strings.TrimSpace(to))
	if !found || err != nil || err2 != nil {
		return QuietHours{}, fmt.Errorf(`quiet hours %q are not understood: write "22:00-07:00", or "" for none`, s)
	}
	return QuietHours{minutes(begin), minutes(end)}, nil
}

// Contains tells whether now is a quiet moment in the given zone. The end is
// not quiet any more.
func (q QuietHours) Contains(now time.Time, zone *time.Location) bool {
	m := minutes(now.In(zone))
	if q.from <= q.to {
		return q.from <= m && m < q.to
	}
	return m >= q.from || m < q.to
}

// String prints the hours as [ParseQuietHours] reads them.
func (q QuietHours) String() string {
	if q.from == q.to {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", q.from/60, q.from%60, q.to/60, q.to%60)
}

func minutes(t time.Time) int { return t.Hour()*60 + t.Minute() }
