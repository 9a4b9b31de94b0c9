package main

import (
	"strings"
	"time"

	"gaitkeeper/gait"
)

// parseTime reads a moment as a person types it, in the runner's time zone.
func parseTime(s string, now time.Time, zone *time.Location) (time.Time, error) {
	t, err := gait.ParseTime(s, now, zone)
	if err != nil {
		return t, gait.Refuse(err)
	}
	return t, nil
}

// parseDay reads the first moment of a day in the runner's time zone.
func parseDay(s string, now time.Time, zone *time.Location) (time.Time, error) {
	t, err := parseTime(s, now, zone)
	if err != nil {
		return time.Time{}, gait.Refusef("date %q is not understood: say 2026-05-01, today or yesterday", s)
	}
	if len(s) > len(time.DateOnly) {
		return t, nil // a moment was given: take it as it is
	}
	t = t.In(zone)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone), nil
}

// parseDayToCome is [parseDay] for a day ahead: it knows tomorrow as well.
func parseDayToCome(s string, now time.Time, zone *time.Location) (time.Time, error) {
	if strings.EqualFold(strings.TrimSpace(s), "tomorrow") {
		s = now.In(zone).AddDate(0, 0, 1).Format(time.DateOnly)
	}
	t, err := parseDay(s, now, zone)
	if err != nil {
		return t, gait.Refusef("date %q is not understood: say tomorrow, 2026-05-01 or \"2026-05-01 18:30\"", s)
	}
	return t, nil
}
