package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"gaitkeeper/gait"
)

func TestTheDiaryShowsTheMonth(t *testing.T) {
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 18, 0, 0, 0, time.UTC) }
	app := &fakeDiary{entries: []gait.Pain{
		{ID: 1, At: day(4, 30), Site: gait.Hip, Side: gait.Right, Worst: exactly(9)},
		{ID: 2, At: day(5, 1), Site: gait.Knee, Side: gait.Left, Worst: exactly(2)},
		{ID: 3, At: day(5, 3), Run: "ab", Site: gait.Knee, Side: gait.Left, Worst: exactly(6), Night: gait.Yes},
		{ID: 4, At: day(5, 2), Worst: exactly(0)},
	}}
	rec := visit(t, app, http.MethodGet, "/pain", nil)
	wantPage(t, rec, http.StatusOK, "May 2026", "8.1 km", `href="/runs/ab"`, `aria-label="left knee, 6 of 10"`, "2 on Fri 1, 6 on Sun 3",
		"disturbed sleep", "○", "◔", "●", `href="/pain/3/remove"`, `href="/pain?month=2026-04"`)
	body := rec.Body.String()
	for _, part := range []string{"hip", "month=2026-06"} {
		if strings.Contains(body, part) {
			t.Errorf("page has %q", part)
		}
	}
	wantPage(t, visit(t, app, http.MethodGet, "/pain?month=2026-04", nil), http.StatusOK, "April 2026", "right hip", `href="/pain?month=2026-05"`)
	wantPage(t, visit(t, app, http.MethodGet, "/pain?month=1970-01", nil), http.StatusOK, "Nothing was noted in January 1970")
	for _, month := range []string{"may", "2026-13", "2026-05-01"} {
		wantPage(t, visit(t, app, http.MethodGet, "/pain?month="+month, nil), http.StatusBadRequest)
	}
}

// Who has no runs yet is not led to the last one, which would be no page.
func TestWithoutARunNoneIsOffered(t *testing.T) {
	for _, path := range []string{"/pain", "/pain/new"} {
		if page := visit(t, &fakeDiary{}, http.MethodGet, path, nil).Body.String(); !strings.Contains(page, "run=latest") {
			t.Errorf("%s does not lead to the last run", path)
		}
		if page := visit(t, &fakeDiary{noRuns: true}, http.MethodGet, path, nil).Body.String(); strings.Contains(page, "run=latest") {
			t.Errorf("%s leads to a run where there is none", path)
		}
	}
}

// A week begins on Monday, in every month and on the days the clocks change.
func TestWeeksBeginOnMonday(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zones here")
	}
	for i := range 48 {
		first := time.Date(2024, time.Month(1+i), 1, 0, 0, 0, 0, zone)
		m := newDiaryMonth(first, nil, nil, locale{zone: zone})
		n := 0
		for _, week := range m.Weeks {
			if len(week) != 7 {
				t.Fatalf("%s: a week of %d days", m.Name, len(week))
			}
			for column, d := range week {
				if d.Number == 0 {
					continue
				}
				n++
				if day := time.Date(first.Year(), first.Month(), d.Number, 12, 0, 0, 0, zone); d.Number != n || (int(day.Weekday())+6)%7 != column {
					t.Errorf("%s: %d stands in column %d", m.Name, d.Number, column)
				}
			}
		}
		if last := first.AddDate(0, 1, -1).Day(); n != last {
			t.Errorf("%s has %d days, want %d", m.Name, n, last)
		}
	}
}
