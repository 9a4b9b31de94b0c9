package gait_test

import (
	"testing"
	"time"

	"gaitkeeper/gait"
)

// FuzzWhen: whatever is typed for a moment is one, or is refused with examples;
// what a moment is written as reads as the same one.
func FuzzWhen(f *testing.F) {
	for _, s := range []string{"now", "Today", " yesterday", "18:30", "2026-05-01", "2026-05-01 18:30", "2026-03-29 02:30", "2026-05-01T18:30:00+02:00", "99:99", "0000-00-00", "-1"} {
		f.Add(s)
	}
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		f.Fatal(err)
	}
	now := time.Date(2026, 5, 4, 6, 12, 7, 0, zone)
	f.Fuzz(func(t *testing.T, s string) {
		at, err := gait.ParseTime(s, now, zone)
		if err != nil {
			return
		}
		again, err := gait.ParseTime(at.Format(time.RFC3339), now, zone)
		if at.Year() > 1900 && // before, zones had seconds
			at.Year() < 10000 && at.Nanosecond() == 0 && (err != nil || !again.Equal(at)) {
			t.Errorf("%q is %v, and that is %v, %v", s, at, again, err)
		}
	})
}
