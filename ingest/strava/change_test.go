package strava_test

import (
	"strconv"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/stravafake"
)

func TestEditsAreSeen(t *testing.T) {
	for name, tt := range map[string]struct {
		hoursAgo int
		edit     func(*stravafake.Activity)
		check    func(r gait.Run) bool
	}{
		"a description, the same day": {
			5, func(a *stravafake.Activity) { a.Description = "It hurt a little" },
			func(r gait.Run) bool { return r.Description == "It hurt a little" },
		},
		"other shoes": {
			40, func(a *stravafake.Activity) { a.Gear = "Racers" },
			func(r gait.Run) bool { return r.Gear == "Racers" },
		},
		"a name, a week later": {
			7 * 24, func(a *stravafake.Activity) { a.Name = "Long one" },
			func(r gait.Run) bool { return r.Title == "Long one" },
		},
		"cropped": {
			30, func(a *stravafake.Activity) {
				a.Elapsed, a.Moving, a.Metres, a.Samples = 20*time.Minute, 20*time.Minute, 3400, a.Samples[:60]
			},
			func(r gait.Run) bool { return r.Duration == 20*time.Minute && r.Distance == 3400 },
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := loggedIn(t)
			id := w.fake.Add(ran(tt.hoursAgo, 30))
			w.fake.Add(ran(tt.hoursAgo+10, 45))
			w.sync()
			w.fake.Edit(id, tt.edit)
			w.pass(time.Hour)
			w.sync()
			runs := w.runs()
			if len(runs) != 2 || !tt.check(runs[1]) {
				t.Errorf("runs %+v", runs)
			}
			w.pass(time.Hour)
			if r, _ := w.sync(); r.New+r.Better+r.Same != 0 {
				t.Errorf("read once more: %+v", r)
			}
		})
	}
}

func TestDeletedOnStrava(t *testing.T) {
	w := loggedIn(t)
	for _, hours := range []int{5, 100, 200} {
		w.fake.Add(ran(hours, 30))
	}
	gone := w.fake.Add(ran(150, 30))
	w.sync()
	w.fake.Delete(gone)
	w.pass(time.Hour)
	if r, _ := w.sync(); r.Gone != 1 {
		t.Errorf("report %+v", r)
	}
	for _, r := range w.runs() {
		if deleted := r.Start.Equal(today.Add(-150 * time.Hour)); r.Gone != deleted {
			t.Errorf("the run of %v: gone %v", r.Start, r.Gone)
		}
	}
	w.pass(time.Hour)
	if r, requests := w.sync(); r.Gone != 0 || len(requests) > 2 {
		t.Errorf("again: %+v, %v", r, requests)
	}
}

// TestMissingIsNotDeleted: the list lacks a run that is still there, or that
// the login does not show any more.
func TestMissingIsNotDeleted(t *testing.T) {
	w := loggedIn(t)
	id := w.fake.Add(ran(100, 30))
	w.fake.Add(ran(200, 30))
	w.sync()
	// It seems to have moved out of the list, its own page still answers.
	w.fake.Edit(id, func(a *stravafake.Activity) { a.Start = a.Start.AddDate(-1, 0, 0) })
	if r, _ := w.sync(); r.Gone != 0 {
		t.Errorf("report %+v", r)
	}
	w.fake.Edit(id, func(a *stravafake.Activity) { a.Start, a.Private = a.Start.AddDate(1, 0, 0), true })
	if _, err := w.login(stravafake.Consent{Scopes: []string{"read", "activity:read"}}); err != nil {
		t.Fatal(err)
	}
	w.pass(time.Hour)
	if r, _ := w.sync(); r.Gone != 0 {
		t.Errorf("report %+v", r)
	}
	for _, r := range w.runs() {
		if r.Gone {
			t.Errorf("the run of %v is gone", r.Start)
		}
	}
}

func TestASportThatWasCorrected(t *testing.T) {
	w := loggedIn(t)
	id := w.fake.Add(ran(60, 30))
	w.fake.Add(ran(5, 30))
	ride := ran(90, 30)
	ride.Sport = "Ride"
	other := w.fake.Add(ride)
	w.sync()
	w.fake.Edit(id, func(a *stravafake.Activity) { a.Sport = "Hike" })
	w.fake.Edit(other, func(a *stravafake.Activity) { a.Sport = "Run" })
	w.pass(time.Hour)
	if r, _ := w.sync(); r.Gone != 1 || r.New != 1 {
		t.Errorf("report %+v", r)
	}
}

// TestHiddenStarts: two runs of one day whose hours nobody tells are two runs.
func TestHiddenStarts(t *testing.T) {
	w := loggedIn(t)
	var keys []string
	for i, minutes := range []int{30, 55} {
		a := ran(30-6*i, minutes)
		a.StartHidden, a.Start = true, time.Date(2026, 5, 19, 7+10*i, 0, 0, 0, time.FixedZone("", 2*3600))
		keys = append(keys, strconv.FormatInt(w.fake.Add(a), 10))
	}
	w.sync()
	runs := w.runs()
	if len(runs) != 2 || runs[0].ID == runs[1].ID || !runs[0].StartHidden || !runs[1].StartHidden {
		t.Fatalf("runs %+v, want %v", runs, keys)
	}
	if want := time.Date(2026, 5, 18, 22, 0, 1, 0, time.UTC); !runs[0].Start.Equal(want) {
		t.Errorf("start %v", runs[0].Start)
	}
	w.pass(time.Hour)
	if r, _ := w.sync(); r.New+r.Gone != 0 {
		t.Errorf("again: %+v", r)
	}
}

// TestEnteredByHand: a run without a second of it counts, and its streams are
// not asked for.
func TestEnteredByHand(t *testing.T) {
	w := loggedIn(t)
	a := ran(30, 40)
	a.Manual, a.Samples, a.Description = true, nil, "watch forgotten"
	w.fake.Add(a)
	bare := ran(60, 40)
	bare.Samples = nil // Strava has none of it, and says so with a 404
	w.fake.Add(bare)
	if r, requests := w.sync(); r.New != 2 || asked(requests, "/streams") != 1 {
		t.Errorf("report %+v, %v", r, requests)
	}
}
