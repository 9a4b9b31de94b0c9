package walking_test

import (
	"slices"
	"testing"
	"time"

	"gaitkeeper/analysis/walking"
	"gaitkeeper/gait"
	"gaitkeeper/internal/realruns"
	"gaitkeeper/internal/simulate"
)

var monday = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

// steady is somebody whose days are all alike.
func steady() simulate.Walker {
	return simulate.Walker{Seed: 7, Rate: 0.04, WeekSpread: 0.2, DaySpread: 0.02, Walks: 16, WithWalks: 0.95}
}

// from is more uneven walks from a day on, for so many days.
func from(day, days int, more float64) func(int) float64 {
	return func(d int) float64 {
		if d >= day && d < day+days {
			return more
		}
		return 0
	}
}

func questions(walks []gait.Walk) []int {
	var days []int
	for _, at := range walking.New(walks, time.UTC).Questions() {
		days = append(days, int(at.Sub(monday).Hours()/24))
	}
	return days
}

func TestHealthyWalksAskNothing(t *testing.T) {
	years, asked := 0, 0
	for seed := range uint64(30) {
		asked += len(questions(simulate.NewWalker(seed).Days(monday, 365, nil)))
		years++
	}
	if asked > years/2 { // what docs/detection.md says is measured on more
		t.Errorf("%d questions in %d years", asked, years)
	}
}

func TestUnevenWalksAsk(t *testing.T) {
	for name, tt := range map[string]struct {
		more   float64
		within int // days
	}{
		"mild":   {0.13, 21},
		"marked": {0.4, 10},
	} {
		found := 0
		for seed := range uint64(20) {
			walks := simulate.NewWalker(100+seed).Days(monday, 220, from(190, 30, tt.more))
			if slices.ContainsFunc(questions(walks), func(d int) bool { return d >= 190 && d < 190+tt.within }) {
				found++
			}
		}
		if found < 16 {
			t.Errorf("%s: asked within %d days in %d of 20", name, tt.within, found)
		}
	}
}

func TestOneQuestionForOneTrouble(t *testing.T) {
	walks := steady().Days(monday, 420, from(190, 60, 0.35))
	days := questions(walks)
	if len(days) != 1 || days[0] < 193 || days[0] > 200 {
		t.Fatalf("asked on days %v, one of the first ten after day 190 is right", days)
	}
	c := walking.New(walks, time.UTC)
	during, after := c.At(monday.AddDate(0, 0, 205)), c.At(monday.AddDate(0, 0, 290))
	if during.Level != gait.LevelAsk || during.Since.Before(monday.AddDate(0, 0, 185)) || during.Since.After(monday.AddDate(0, 0, 195)) {
		t.Errorf("on day 205: %+v", during)
	}
	if after.Level != gait.LevelNone || after.Fine < 3 {
		t.Errorf("on day 290: %+v", after)
	}
}

// A single day with many uneven walks is a day with a child on the arm.
func TestOneOddDayIsNoLimp(t *testing.T) {
	if days := questions(steady().Days(monday, 300, from(200, 1, 0.9))); len(days) > 0 {
		t.Errorf("asked on days %v", days)
	}
}

// Without enough earlier weeks nothing is known, and weeks without walks are no
// weeks of even walks.
func TestTooLittleIsSilence(t *testing.T) {
	limping := steady().Days(monday, 40, from(0, 40, 0.5))
	if c := walking.New(limping, time.UTC); len(c.Questions()) > 0 || c.At(monday.AddDate(0, 0, 40)).Judged {
		t.Error("six weeks say what is usual")
	}
	few := slices.DeleteFunc(steady().Days(monday, 300, nil), func(w gait.Walk) bool { return w.Start.Unix()%10 != 0 })
	if walking.New(few, time.UTC).At(monday.AddDate(0, 0, 300)).Judged {
		t.Error("weeks of ten walks say what is usual")
	}
	var none []gait.Walk
	if w := walking.New(none, nil).At(monday); w != (gait.Walking{Level: gait.LevelNone}) {
		t.Errorf("no walks: %+v", w)
	}
	whole := steady().Days(monday, 200, nil)
	if w := walking.New(whole, time.UTC).At(monday.AddDate(0, 0, 260)); w.Level != gait.LevelNone || w.Walks != 0 || w.Fine != 0 {
		t.Errorf("two months after the last walk: %+v", w)
	}
}

// Another phone has a level of its own, which is no limp at once.
func TestAnotherPhoneWidens(t *testing.T) {
	asked := func(phone string) (n int) {
		for seed := range uint64(12) {
			walks := simulate.NewWalker(300+seed).Days(monday, 215, from(190, 25, 0.12))
			for i := range walks {
				if !walks[i].Start.Before(monday.AddDate(0, 0, 190)) {
					walks[i].Phone = phone
				}
			}
			n += len(questions(walks))
		}
		return n
	}
	if same, other := asked("iPhone16,1"), asked("iPhone18,2"); other >= same || same < 9 {
		t.Errorf("asked %d times with the phone as ever, %d times with another", same, other)
	}
}

// A day that comes later changes nothing that was said before it.
func TestLaterWalksChangeNothing(t *testing.T) {
	walks := simulate.NewWalker(5).Days(monday, 260, from(200, 20, 0.3))
	whole := walking.New(walks, time.UTC)
	for day := 100; day < 260; day += 7 {
		at := monday.AddDate(0, 0, day)
		early := slices.DeleteFunc(slices.Clone(walks), func(w gait.Walk) bool { return !w.Start.Before(at) })
		slices.Reverse(early)
		if got, want := walking.New(early, time.UTC).At(at), whole.At(at); got != want {
			t.Fatalf("day %d: %+v, later %+v", day, got, want)
		}
	}
}

func TestWeeks(t *testing.T) {
	walks := steady().Days(monday.AddDate(0, 0, 2), 150, nil)
	walks = slices.DeleteFunc(walks, func(w gait.Walk) bool {
		return !w.Start.Before(monday.AddDate(0, 0, 70)) && w.Start.Before(monday.AddDate(0, 0, 77))
	})
	weeks := walking.New(walks, time.UTC).Weeks(monday)
	if len(weeks) != 22 || !weeks[0].Start.Equal(monday) || weeks[10].Walks != 0 || weeks[0].Usual != 0 {
		t.Fatalf("%d weeks, first %+v, without walks %+v", len(weeks), weeks[0], weeks[10])
	}
	if w := weeks[20]; w.Walks < 50 || w.Usual < 0.02 || w.Uncommon <= w.Usual {
		t.Errorf("week 20: %+v", w)
	}
}

// The walks of two real persons: no injury is known of the one, of the other
// nothing is.
func TestRealWalks(t *testing.T) {
	for _, person := range []string{"healthy_a", "unlabelled_b"} {
		walks, err := realruns.Walks(person)
		if err != nil {
			t.Fatal(err)
		}
		if len(walks) == 0 {
			t.Skip("skipped: no real walks in " + realruns.Folder("walk"))
		}
		if asked := walking.New(walks, time.UTC).Questions(); len(asked) > 1 {
			t.Errorf("%s: asked on %v", person, asked)
		}
	}
}
