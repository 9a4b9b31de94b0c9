package ingest_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

func withBalance(r *gait.Run) { r.Signals |= gait.SignalStanceTime | gait.SignalStanceTimeBalance }
func withStance(r *gait.Run)  { r.Signals |= gait.SignalStanceTime }
func truncated(r *gait.Run)   { r.Truncated = true }
func fromStrava(r *gait.Run)  { r.Origins[0].Source = gait.SourceStrava }
func metres(m gait.Metres) func(*gait.Run) {
	return func(r *gait.Run) { r.Distance = m }
}

func lasting(d time.Duration) func(*gait.Run) { return func(r *gait.Run) { r.Elapsed = d } }

func TestTwoRecordings(t *testing.T) {
	unknown := gait.Unknown[gait.Metres]()
	for name, tt := range map[string]struct {
		first, second gait.Run
		runs          int
		better        bool // the second takes the first one's place
	}{
		"the next day":                     {ran(0, 30), ran(24*60, 30), 2, false},
		"one after the other":              {ran(0, 30), ran(30, 30), 2, false},
		"the warm-up and the race":         {ran(0, 15), ran(16, 45), 2, false},
		"watch and phone":                  {ran(0, 30), ran(1, 29), 1, false},
		"phone, then watch with a strap":   {ran(0, 30), ran(1, 29, withBalance), 1, true},
		"watch with a strap, then phone":   {ran(0, 30, withBalance), ran(1, 29), 1, false},
		"wrist, then strap":                {ran(0, 30, withStance), ran(0, 30, withBalance), 1, true},
		"treadmill, two ideas of distance": {ran(0, 30, metres(5000)), ran(0, 30, metres(5900)), 1, false},
		"at one time, too different":       {ran(0, 30, metres(5000)), ran(1, 30, metres(9000)), 2, false},
		"short, within the slack":          {ran(0, 3, metres(300)), ran(1, 2, metres(480)), 1, false},
		"distance not known":               {ran(0, 30, metres(unknown)), ran(1, 29), 1, false},
		"hardly any overlap":               {ran(0, 30), ran(20, 30), 2, false},
		"broken off, then whole":           {ran(0, 10, truncated), ran(0, 45), 1, true},
		"whole, then broken off":           {ran(0, 45), ran(0, 10, truncated), 1, false},
		"broken off, then longer":          {ran(0, 10, truncated), ran(0, 30, truncated), 1, true},
		"broken off, then shorter":         {ran(0, 30, truncated), ran(0, 10, truncated), 1, false},
		"broken off, then whole, shorter":  {ran(0, 30, truncated), ran(0, 28), 1, true},
		"whole, then broken off, longer":   {ran(0, 28), ran(0, 30, truncated), 1, false},
		"broken off with a strap":          {ran(0, 30, truncated, withBalance), ran(0, 45), 1, false},
		"Strava, then the file":            {ran(0, 30, fromStrava), ran(0, 30), 1, true},
		"the file, then Strava":            {ran(0, 30), ran(0, 30, fromStrava), 1, false},
		"half a file, then Strava":         {ran(0, 30, truncated), ran(0, 45, fromStrava), 1, false},
		"in a pause of another run":        {ran(0, 40, lasting(25*time.Hour)), ran(19*60, 40), 2, false},
		"a run with a pause, and its half": {ran(0, 40, lasting(3*time.Hour)), ran(0, 35), 1, false},
		"the same once more":               {ran(0, 30), ran(0, 30), 1, false},
	} {
		for _, how := range []string{"in one sync", "in two"} {
			t.Run(name+" "+how, func(t *testing.T) {
				store := newMemory()
				first, second := offers{holding("1.fit", tt.first)}, offers{holding("2.fit", tt.second)}
				var report ingest.Report
				if how == "in two" {
					sync1(t, store, first)
					report = sync1(t, store, second)
				} else {
					report = sync1(t, store, slices.Concat(first, second))
				}
				if len(store.runs) != tt.runs || (report.Better == 1) != tt.better {
					t.Fatalf("%d runs, want %d; better %d, want %v", len(store.runs), tt.runs, report.Better, tt.better)
				}
				if tt.runs == 2 {
					return
				}
				kept := store.runs[tt.first.ID]
				want := tt.first
				if tt.better {
					want = tt.second
				}
				if kept.Duration != want.Duration || kept.Signals != want.Signals || len(kept.Origins) != 2 {
					t.Errorf("kept %v with %v and %d origins", kept.Duration, kept.Signals, len(kept.Origins))
				}
				if f := store.figures[tt.first.ID]; f.Distance != want.Distance && gait.Known(want.Distance) {
					t.Errorf("the figures are of %v, the run is of %v", f.Distance, want.Distance)
				}
			})
		}
	}
}

// TestAnyOrderGivesTheSameRuns: files are found in any order, in any number of
// syncs; each activity is one run with the best of its recordings.
func TestAnyOrderGivesTheSameRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []ingest.Item
		activities := rapid.IntRange(1, 6).Draw(t, "activities")
		for a := range activities {
			at := a * 24 * 60
			for i, change := range rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 1, 4, rapid.ID[int]).Draw(t, "recordings") {
				changes := [][]func(*gait.Run){{}, {withStance}, {fromStrava}, {truncated}}[change]
				if i == 0 {
					changes = []func(*gait.Run){withBalance}
				}
				all = append(all, holding(fmt.Sprintf("%d-%d.fit", a, change), ran(at, 40, changes...)))
			}
		}
		shuffled := rapid.Permutation(all).Draw(t, "order")
		cut := rapid.IntRange(0, len(shuffled)).Draw(t, "first sync")
		store := newMemory()
		for _, some := range []offers{shuffled[:cut], shuffled[cut:]} {
			if _, err := (&ingest.Syncer{Store: store, Measure: measure}).Sync(context.Background(), some); err != nil {
				t.Fatal(err)
			}
		}
		if len(store.runs) != activities {
			t.Fatalf("%d runs of %d activities", len(store.runs), activities)
		}
		for _, r := range store.runs {
			if !r.Signals.Has(gait.SignalStanceTimeBalance) {
				t.Fatalf("the best recording of %s was not kept", r.Start)
			}
		}
	})
}
