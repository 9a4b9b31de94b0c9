package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Dates have one form for everybody, that of the charts and the mails; the decimal
// mark and the first day of the week are the browser's.
func TestFiguresAndWeeksInTheBrowsersLanguage(t *testing.T) {
	at := time.Date(2026, 5, 1, 13, 4, 0, 0, time.UTC)
	metres := 8123.4
	for accepted, want := range map[string]struct {
		distance string
		first    time.Weekday
	}{
		"":                        {"8.1 km", time.Monday},
		"en-US,en;q=0.9":          {"8.1 km", time.Sunday},
		"en-GB,de;q=0.9":          {"8.1 km", time.Monday},
		"de-AT, de;q=0.9, en;q=0": {"8,1 km", time.Monday},
		"xx, fr":                  {"8,1 km", time.Monday},
		"pt-BR":                   {"8,1 km", time.Sunday},
		"ja":                      {"8.1 km", time.Sunday},
		";;,,=":                   {"8.1 km", time.Monday},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", accepted)
		l := (&Server{zone: time.UTC, miles: func() bool { return false }}).localeOf(r)
		if distance := l.Distance(&metres); distance != want.distance || l.firstDay() != want.first {
			t.Errorf("%q: %s, weeks from %s", accepted, distance, l.firstDay())
		}
		if when := l.When(at); when != "Fri 1 May 2026, 13:04" {
			t.Errorf("%q: %s", accepted, when)
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
	if got := (locale{zone: zone}).Day(time.Date(2026, 5, 1, 13, 4, 0, 0, time.UTC)); got != "Sat 2 May 2026" {
		t.Errorf("the runner's day: %s", got)
	}
}
