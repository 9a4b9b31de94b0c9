package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestDaysAndFiguresInTheBrowsersLanguage(t *testing.T) {
	at := time.Date(2026, 5, 1, 13, 4, 0, 0, time.UTC)
	metres := 8123.4
	for accepted, want := range map[string]struct{ when, distance string }{
		"":                        {"Fri 1 May 2026, 13:04", "8.1 km"},
		"en-US,en;q=0.9":          {"Fri, May 1, 2026, 1:04 PM", "8.1 km"},
		"en-GB,en;q=0.9":          {"Fri 1 May 2026, 13:04", "8.1 km"},
		"de-AT, de;q=0.9, en;q=0": {"01.05.2026, 13:04", "8,1 km"},
		"xx, fr":                  {"01/05/2026, 13:04", "8,1 km"},
		"sv":                      {"2026-05-01, 13:04", "8,1 km"},
		"ja":                      {"2026/05/01, 13:04", "8.1 km"},
		";;,,=":                   {"Fri 1 May 2026, 13:04", "8.1 km"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", accepted)
		l := (&Server{zone: time.UTC, miles: func() bool { return false }}).localeOf(r)
		if when, distance := l.When(at), l.Distance(&metres); when != want.when || distance != want.distance {
			t.Errorf("%q: %s, %s", accepted, when, distance)
		}
	}
}

func TestFiguresInTheRunnersUnits(t *testing.T) {
	metres, shift, hardly := 8046.72, -1.234, -0.04
	l := locale{zone: time.UTC, miles: true}
	for got, want := range map[string]string{
		l.Distance(&metres): "5.0 mi", l.Distance(nil): "–", l.Signed(1, &shift): "−1.2", l.Signed(1, &metres): "+8046.7", l.Signed(1, nil): "–",
		l.Signed(1, &hardly): "0.0", l.Signed(2, &hardly): "−0.04",
		l.Minutes(2710): "45:10", l.Minutes(3905): "1:05:05", l.Plain(0.25): "0.25",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	zone := time.FixedZone("far east", 12*3600)
	if got := (locale{zone: zone, dateFormat: dateFormatOf("")}).Day(time.Date(2026, 5, 1, 13, 4, 0, 0, time.UTC)); got != "Sat 2 May 2026" {
		t.Errorf("the runner's day: %s", got)
	}
}
