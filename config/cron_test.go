package config_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"gaitkeeper/config"
)

// due returns when the line comes round after the first moment and not after the
// last, as a clock in the zone shows it.
func due(t *testing.T, line, zone, after, until string) string {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	s, err := config.Cron(line, loc)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	at, err := time.Parse(time.RFC3339, after)
	if err != nil {
		t.Fatal(err)
	}
	end, err := time.Parse(time.RFC3339, until)
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for at = s.Next(at); !at.IsZero() && !at.After(end); at = s.Next(at) {
		shown = append(shown, at.In(loc).Format("02 15:04-07:00"))
		if len(shown) > 200 {
			t.Fatalf("%s never goes on: %v", line, shown[:5])
		}
	}
	return strings.Join(shown, ", ")
}

func TestWeekdaysMayGoOverTheWeekend(t *testing.T) {
	// A week that begins on Monday 2 November 2026.
	for line, want := range map[string]string{
		"7":           "08",
		"0":           "08",
		"sun":         "08",
		"0,7":         "08",
		"SAT-SUN":     "07 08",
		"Fri-Sun":     "06 07 08",
		"5-7":         "06 07 08",
		"SUN-MON":     "02 08",
		"6-1":         "02 07 08",
		"7-2":         "02 03 08",
		"0-7":         "02 03 04 05 06 07 08",
		"1-7":         "02 03 04 05 06 07 08",
		"7-7":         "08",
		"FRI-MON/2":   "06 08",
		"SAT-TUE/3":   "03 07",
		"MON/2":       "02 04 06",
		"MON,THU-FRI": "02 05 06",
		"*":           "02 03 04 05 06 07 08",
		"*/3":         "04 07 08", // Sunday, Wednesday, Saturday
	} {
		got := due(t, "0 12 * * "+line, "UTC", "2026-11-01T23:00:00Z", "2026-11-08T23:00:00Z")
		if got = strings.NewReplacer(" 12:00+00:00", "", ",", "").Replace(got); got != want {
			t.Errorf("%s comes on %s, want %s", line, got, want)
		}
	}
}

func TestWeekdaysThatAreNoneAreRefused(t *testing.T) {
	for _, days := range []string{"8", "SAT-8", "-1", "SATURDAY-", "MON-", "1-3/0", "1/x", "caturday", "", "6--1"} {
		if _, err := config.Cron("0 12 * * "+days, time.UTC); err == nil {
			t.Errorf("%q was taken", days)
		}
	}
}

func TestTimesRunOnceWhenClocksChange(t *testing.T) {
	for _, tc := range []struct{ name, line, zone, after, until, want string }{
		{
			"left out in spring: as soon as that is over", "30 2 * * *", "Europe/Berlin", "2027-03-27T12:00:00Z", "2027-03-29T12:00:00Z",
			"28 03:00+02:00, 29 02:30+02:00",
		},
		{
			"twice in autumn: the first time", "30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z",
			"25 02:30+02:00, 26 02:30+01:00",
		},
		{
			"started between the two", "30 2 * * *", "Europe/Berlin", "2026-10-25T00:45:00Z", "2026-10-26T12:00:00Z",
			"26 02:30+01:00",
		},
		{
			"the weekly digest in the gap", "15 2 * * SUN", "America/New_York", "2027-03-13T12:00:00Z", "2027-03-20T12:00:00Z",
			"14 03:00-04:00",
		},
		{
			"every two hours", "0 */2 * * *", "Europe/Berlin", "2027-03-27T23:30:00Z", "2027-03-28T04:30:00Z",
			"28 03:00+02:00, 28 04:00+02:00, 28 06:00+02:00",
		},
		{
			"several within one gap", "*/15 2 * * *", "Europe/Berlin", "2027-03-27T12:00:00Z", "2027-03-28T12:00:00Z",
			"28 03:00+02:00",
		},
		{
			"several within the double hour", "*/20 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z",
			"25 02:00+02:00, 25 02:20+02:00, 25 02:40+02:00",
		},
		{
			"a gap of half an hour", "15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-04T12:00:00Z",
			"04 02:30+11:00",
		},
		{
			"half an hour twice", "45 1 * * *", "Australia/Lord_Howe", "2027-04-03T00:00:00Z", "2027-04-04T12:00:00Z",
			"04 01:45+11:00",
		},
		{
			"a day without a midnight", "0 0 * * SUN", "America/Santiago", "2026-09-05T12:00:00Z", "2026-09-07T12:00:00Z",
			"06 01:00-03:00",
		},
		{
			"a midnight in Beirut that is none", "0 0 * * *", "Asia/Beirut", "2027-03-26T23:00:00Z", "2027-03-28T22:00:00Z",
			"28 01:00+03:00, 29 00:00+03:00",
		},
		{
			"a day that was left out", "0 12 * * *", "Pacific/Apia", "2011-12-29T00:00:00Z", "2012-01-01T00:00:00Z",
			"29 12:00-10:00, 31 00:00+14:00, 31 12:00+14:00, 01 12:00+14:00",
		},
	} {
		if got := due(t, tc.line, tc.zone, tc.after, tc.until); got != tc.want {
			t.Errorf("%s: %s\nwant %s", tc.name, got, tc.want)
		}
	}
}

// What is due in every hour takes no notice of clocks that change.
func TestEveryQuarterOfAnHourGoesOnWhenClocksChange(t *testing.T) {
	for zone, days := range map[string][]string{
		"Europe/Berlin":       {"2026-10-24T12:00:00Z", "2027-03-27T12:00:00Z"},
		"Australia/Lord_Howe": {"2026-10-03T12:00:00Z", "2027-04-03T12:00:00Z"},
		"America/Santiago":    {"2026-09-05T12:00:00Z", "2027-04-03T12:00:00Z"},
		"Asia/Beirut":         {"2027-03-27T12:00:00Z", "2026-10-24T12:00:00Z"},
	} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		s, err := config.Cron("*/15 * * * *", loc)
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range days {
			at, err := time.Parse(time.RFC3339, day)
			if err != nil {
				t.Fatal(err)
			}
			for range 100 {
				next := s.Next(at)
				if next.Sub(at) != 15*time.Minute {
					t.Fatalf("%s: after %v comes %v", zone, at.In(loc), next)
				}
				at = next
			}
		}
	}
}

// An hourly time keeps its minute, also on the weekday that a change ends.
func TestAnHourlyTimeGoesOnWhenClocksChange(t *testing.T) {
	got := due(t, "30 * * * *", "Europe/Berlin", "2026-10-24T23:00:00Z", "2026-10-25T02:45:00Z")
	if want := "25 01:30+02:00, 25 02:30+02:00, 25 02:30+01:00, 25 03:30+01:00"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	got = due(t, "0 * * * SUN", "America/Santiago", "2026-09-06T02:30:00Z", "2026-09-06T05:30:00Z")
	if want := "06 01:00-03:00, 06 02:00-03:00"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
