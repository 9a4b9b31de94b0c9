package alert_test

import (
	"testing"
	"time"

	"gaitkeeper/alert"
)

func TestQuietHours(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	night := alert.QuietHours{From: 22 * time.Hour, To: 7 * time.Hour}
	tests := []struct {
		name  string
		quiet alert.QuietHours
		local string // on the wall in Berlin
		want  bool
	}{
		{"before the night", night, "2026-05-01 21:59", false},
		{"the night begins", night, "2026-05-01 22:00", true},
		{"past midnight", night, "2026-05-02 03:00", true},
		{"its last minute", night, "2026-05-02 06:59", true},
		{"its end is free", night, "2026-05-02 07:00", false},
		{"a siesta begins", alert.QuietHours{From: 13 * time.Hour, To: 15 * time.Hour}, "2026-05-01 13:00", true},
		{"after the siesta", alert.QuietHours{From: 13 * time.Hour, To: 15 * time.Hour}, "2026-05-01 15:00", false},
		{"none", alert.QuietHours{}, "2026-05-01 00:00", false},
		{"spring: the clock jumps, the night ends at seven", night, "2026-03-29 06:59", true},
		{"spring: seven is free", night, "2026-03-29 07:00", false},
		{"autumn: the night ends at seven", night, "2026-10-25 06:59", true},
		{"autumn: seven is free", night, "2026-10-25 07:00", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			now, err := time.ParseInLocation("2006-01-02 15:04", tt.local, berlin)
			if err != nil {
				t.Fatal(err)
			}
			if got := tt.quiet.Contains(now.UTC(), berlin); got != tt.want {
				t.Errorf("at %s quiet = %v, want %v", tt.local, got, tt.want)
			}
		})
	}
}

// The night is nine hours long, eight when the clock jumps ahead and ten when
// it falls back.
func TestQuietHoursOverTheClockChanges(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	night := alert.QuietHours{From: 22 * time.Hour, To: 7 * time.Hour}
	for day, want := range map[string]time.Duration{
		"2026-05-01": 9 * time.Hour, "2026-03-28": 8 * time.Hour, "2026-10-24": 10 * time.Hour,
	} {
		noon, err := time.ParseInLocation("2006-01-02 15", day+" 12", berlin)
		if err != nil {
			t.Fatal(err)
		}
		var quiet time.Duration
		for m := range 24 * 60 {
			if night.Contains(noon.Add(time.Duration(m)*time.Minute), berlin) {
				quiet += time.Minute
			}
		}
		if quiet != want {
			t.Errorf("night after %s: quiet for %v, want %v", day, quiet, want)
		}
	}
}
