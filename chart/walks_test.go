package chart_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaitkeeper/chart"
	"gaitkeeper/gait"
)

// walked are twelve weeks: usual, without walks, uneven.
func walked() chart.Walks {
	var w chart.Walks
	for i := range 12 {
		week := gait.WalkWeek{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*i), Walks: 90, Uneven: 3 + i%3}
		if i > 5 {
			week.Usual, week.Uncommon = 0.045, 0.1
		}
		switch i {
		case 4:
			week.Walks, week.Uneven = 6, 3
		case 11:
			week.Uneven, week.Asked = 28, true
		}
		w.Weeks = append(w.Weeks, week)
	}
	return w
}

func TestWalks(t *testing.T) {
	got := drawn(t, walked(), chart.SVG, chart.Walks{}.Wide(), chart.Light)
	file := filepath.Join("testdata", "walks.svg")
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("another picture than %s (-update writes it anew) %v", file, err)
	}
	if alt := walked().Alt(); alt != "Uneven walks in 12 weeks. In the week from 18 May 2026, 31 of 100 walks were uneven; 4 of 100 are usual." {
		t.Error(alt)
	}
	if !strings.Contains(string(got), "Week from 18 May 2026: 28 of 90 walks uneven") {
		t.Error("a week does not say its walks")
	}
	if strings.Contains(string(got), "3 of 6 walks") {
		t.Error("a week with six walks has a share")
	}
	none := chart.Walks{}
	if alt := none.Alt(); alt != "Not enough walks in any week yet." {
		t.Error(alt)
	}
	drawn(t, none, chart.PNG, chart.MailSize(), chart.Dark)
}
