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

// TestPainCourse: the numbers of a place by day, and none where one number is no course.
func TestPainCourse(t *testing.T) {
	score := func(n int) gait.Score {
		s, err := gait.Exactly(n)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	c := chart.PainCourse{Place: "left shin", From: first, To: first.AddDate(0, 0, 28), Pains: []gait.Pain{
		{Run: "a", At: first, Worst: score(4), Morning: score(2)}, {At: first.AddDate(0, 0, 9), Worst: score(9)},
	}}
	if want := "left shin. Mon 2 Mar 2026: 4 of 10 at worst, 2 the next morning; Wed 11 Mar 2026: 9 of 10 in walking and daily life."; c.Alt() != want {
		t.Errorf("got  %q\nwant %q", c.Alt(), want)
	}
	got := string(drawn(t, c, chart.SVG, c.Phone(), chart.Light))
	for _, want := range []string{"left shin, of 10", "Tue 3 Mar 2026: pain 2 of 10", "Wed 11 Mar 2026: pain 9 of 10", ">9</text>"} {
		if !strings.Contains(got, want) {
			t.Errorf("nothing says %q", want)
		}
	}
	if c.Pains = c.Pains[1:]; !c.Empty() {
		t.Error("one number is drawn as a course")
	}
}
