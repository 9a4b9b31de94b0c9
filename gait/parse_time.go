package gait

import (
	"strings"
	"time"
)

// MinuteLayout is the layout of a moment wherever no page's language says how to
// write it; [ParseTime] reads it back.
const MinuteLayout = "2006-01-02 15:04"

// ParseTime reads a moment as a person types it, in the zone, seen from now:
// now, today, yesterday, 18:30 (today), 2026-05-01, "2026-05-01 18:30",
// or RFC 3339. A day alone is its noon, so that it stays that day everywhere. What it cannot read is
// [Refused].
func ParseTime(s string, now time.Time, zone *time.Location) (time.Time, error) {
	now = now.In(zone)
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "now":
		return now, nil
	case "today":
		return earlier(noon(now), now), nil
	case "yesterday":
		return noon(now.AddDate(0, 0, -1)), nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	for _, layout := range []string{MinuteLayout, "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, nil
		}
	}
	if t, err := time.ParseInLocation("15:04", s, zone); err == nil {
		return time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), 0, 0, zone), nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, zone); err == nil {
		return earlier(noon(t), now), nil
	}
	return time.Time{}, Refusef(`time %q is not understood: say now, yesterday, 18:30, 2026-05-01 or "2026-05-01 18:30"`, s)
}

func noon(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, t.Location())
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) || a.YearDay() != b.YearDay() || a.Year() != b.Year() {
		return a
	}
	return b
}
