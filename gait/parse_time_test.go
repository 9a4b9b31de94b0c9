package gait

import (
	"testing"
	"time"
)

func TestParseWhen(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	now := time.Date(2026, 5, 3, 9, 0, 0, 0, zone)
	for said, want := range map[string]string{
		"now": "2026-05-03T09:00:00+02:00", " Today ": "2026-05-03T09:00:00+02:00", "yesterday": "2026-05-02T12:00:00+02:00",
		"07:30": "2026-05-03T07:30:00+02:00", "2026-05-01": "2026-05-01T12:00:00+02:00",
		"2026-05-01 18:30": "2026-05-01T18:30:00+02:00", "2026-05-01T18:30": "2026-05-01T18:30:00+02:00",
		"2026-05-01T18:30:00Z": "2026-05-01T18:30:00Z",
	} {
		if got, err := ParseTime(said, now, zone); err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%q: got %v, %v; want %s", said, got, err, want)
		}
	}
	for _, said := range []string{"", "soon", "25:00", "2026-13-01", "1.5.2026"} {
		if got, err := ParseTime(said, now, zone); err == nil {
			t.Errorf("%q was taken for %v", said, got)
		}
	}
}
