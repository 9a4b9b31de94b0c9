package strava_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"gaitkeeper/ingest"
	"gaitkeeper/ingest/strava"
	"gaitkeeper/internal/stravafake"
)

// TestInterruptedAndResumed: a history of 250 runs over several pages, stopped
// at any moment and gone on with by another process. Each page, each activity
// and each stream is asked for once, but for what was under way at the stop.
func TestInterruptedAndResumed(t *testing.T) {
	for _, tt := range []struct {
		runs, pages int
		stops       []int
	}{
		{250, 3, []int{3, 97, 200}}, // 200, 50, none
		{7, 2, []int{1}}, {7, 2, []int{2}}, {7, 2, []int{3}}, {7, 2, []int{4, 5, 6}},
	} {
		runs, stops := tt.runs, tt.stops
		t.Run(fmt.Sprint(runs, stops), func(t *testing.T) {
			t.Parallel()
			w := loggedIn(t)
			for n := range runs {
				w.fake.Add(ran(30*(n+1), 10))
			}
			counts := map[string]int{}
			for _, stop := range append(stops, 0) {
				ctx, cancel := context.WithCancel(t.Context())
				n := 0
				w.fake.Trouble(func(r *http.Request) *stravafake.Refusal {
					if n++; n == stop {
						cancel()
						<-r.Context().Done()
					}
					return nil
				})
				again := w.newClient(openStore(t, w.store.Path()))
				syncer := &ingest.Syncer{Store: w.store, Measure: measure, Now: w.clock}
				_, err := syncer.Sync(ctx, strava.NewSource(again, w.store))
				if stop == 0 && err != nil || stop > 0 && !errors.Is(err, context.Canceled) {
					t.Fatalf("sync: %v", err)
				}
				cancel()
				for _, r := range w.fake.Requests() {
					counts[kindOfRequest(r)]++
				}
			}
			if got := len(w.runs()); got != runs {
				t.Fatalf("%d runs", got)
			}
			minimum := map[string]int{"history": tt.pages, "activity": runs, "streams": runs}
			spare := len(stops) // what was under way
			for kind, least := range minimum {
				if n := counts[kind]; n < least || n > least+spare {
					t.Errorf("%d requests for %s, want %d", n, kind, least)
				}
			}
			// A request cut off after the details of an activity repeats these.
			if total := counts["activity"] + counts["streams"] + counts["history"]; total > tt.pages+2*runs+2*spare {
				t.Errorf("%d requests: %v", total, counts)
			}
			// The newest are listed by each sync but the first.
			if counts["newest"] > 2*len(stops) {
				t.Errorf("the newest were listed %d times", counts["newest"])
			}
		})
	}
}

func kindOfRequest(r string) string {
	switch {
	case strings.Contains(r, "/streams"):
		return "streams"
	case strings.Contains(r, "/activities/"):
		return "activity"
	case strings.Contains(r, "before="):
		return "history"
	case strings.Contains(r, "after="):
		return "newest"
	default:
		return r
	}
}

func TestTheNewestComeFirst(t *testing.T) {
	w := loggedIn(t)
	for n := range 12 {
		w.fake.Add(ran(30*((n*7)%12+1), 10))
	}
	w.fake.Limit(12, 1000, false) // two for the list, five runs
	w.fake.Requests()
	_, err := w.syncErr()
	var wait ingest.Wait
	if !errors.As(err, &wait) {
		t.Fatalf("error %v", err)
	}
	var taken []time.Time
	for _, r := range w.runs() {
		taken = append(taken, r.Start)
	}
	if len(taken) != 5 || !slices.ContainsFunc(taken, today.Add(-30*time.Hour).Equal) || !slices.ContainsFunc(taken, today.Add(-150*time.Hour).Equal) {
		t.Errorf("taken first: %v", taken)
	}
	if !strings.Contains(wait.Why, "7 activities are left") {
		t.Errorf("why: %s", wait.Why)
	}
}

func TestLateUploadsAreSeen(t *testing.T) {
	w := loggedIn(t)
	w.fake.Add(ran(5, 30))
	w.sync()
	w.fake.Add(ran(13*24, 30)) // the watch was emptied late
	if r, _ := w.sync(); r.New != 1 {
		t.Errorf("report %+v", r)
	}
	// The daemon was off for a month, and so was the watch of the first day.
	w.pass(30 * 24 * time.Hour)
	w.fake.Add(ran(10*24, 40))
	if r, _ := w.sync(); r.New != 1 {
		t.Errorf("after a month: %+v", r)
	}
}

// TestAnIdleSyncStaysWithinSixRequests: whatever the account holds.
func TestAnIdleSyncStaysWithinSixRequests(t *testing.T) {
	for name, tt := range map[string]struct {
		add  func(w *world)
		pass time.Duration
		most int
	}{
		"nothing at all":            {func(*world) {}, time.Hour, 1},
		"one run today":             {func(w *world) { w.fake.Add(ran(5, 30)) }, time.Hour, 2},
		"only old runs":             {func(w *world) { w.fake.Add(ran(100, 30)) }, time.Hour, 1},
		"a token to renew":          {func(w *world) { many(w, 12, 4) }, 7 * time.Hour, 6},
		"twelve runs in two days":   {func(w *world) { many(w, 12, 4) }, time.Hour, 6},
		"500 activities in a week":  {func(w *world) { many(w, 500, 0) }, time.Hour, 6},
		"deleted, and many of them": {func(w *world) { many(w, 30, 6) }, time.Hour, 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := loggedIn(t)
			tt.add(w)
			w.sync()
			for range 3 {
				w.pass(tt.pass)
				r, requests := w.sync()
				if len(requests) > tt.most || r.New+r.Better+r.Same+len(r.Failed) != 0 {
					t.Errorf("%d requests %v, report %+v", len(requests), requests, r)
				}
			}
		})
	}
}

// many adds so many runs, one every so many hours; 0 puts them all in one week.
func many(w *world, n, hours int) {
	for i := range n {
		a := ran(i*hours+2, 10)
		if hours == 0 {
			a.Start = today.Add(-time.Duration(i*20+30) * time.Minute)
			if i >= 10 {
				a.Sport = "Walk"
			}
		}
		w.fake.Add(a)
	}
}

// TestEveryYoungActivityIsReadAgainInItsTurn: more than one sync has requests
// for.
func TestEveryYoungActivityIsReadAgainInItsTurn(t *testing.T) {
	w := loggedIn(t)
	many(w, 12, 3)
	w.sync()
	seen := map[string]bool{}
	for range 4 {
		w.pass(15 * time.Minute)
		_, requests := w.sync()
		for _, r := range requests {
			if kindOfRequest(r) == "activity" {
				seen[r] = true
			}
		}
	}
	if len(seen) != 12 {
		t.Errorf("read again: %d of 12", len(seen))
	}
}
