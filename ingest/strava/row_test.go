package strava_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"gaitkeeper/ingest"
	"gaitkeeper/internal/stravafake"
)

// listing returns a world whose lists pass through change, page by page, before
// anybody sees them.
func listing(t *testing.T, change func(w *world, page []map[string]any) []map[string]any) *world {
	t.Helper()
	return rewriting(t, func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/athlete/activities") }, func(w *world, answer []byte) any {
		var page []map[string]any
		if err := json.Unmarshal(answer, &page); err != nil {
			t.Error(err)
		}
		return change(w, page)
	})
}

// rewriting returns a world in which some answers are changed before anybody sees
// them.
func rewriting(t *testing.T, which func(*http.Request) bool, change func(w *world, answer []byte) any) *world {
	t.Helper()
	w := newWorld(t)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if !which(r) {
			w.fake.ServeHTTP(rw, r)
			return
		}
		answer := httptest.NewRecorder()
		w.fake.ServeHTTP(answer, r)
		b, err := json.Marshal(change(w, answer.Body.Bytes()))
		if err != nil {
			t.Error(err)
		}
		rw.WriteHeader(answer.Code)
		_, _ = rw.Write(b)
	}))
	t.Cleanup(server.Close)
	w.server = server
	w.client = w.newClient(w.store)
	if _, err := w.login(stravafake.Consent{}); err != nil {
		t.Fatal(err)
	}
	w.fake.Requests()
	return w
}

// TestAnOddRowStopsNobody: it is named once, and everything else goes in. Once
// it is in order it is taken, too.
func TestAnOddRowStopsNobody(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(row map[string]any)
		says  string
	}{
		"no number":          {func(r map[string]any) { r["id"] = nil }, "it has no number"},
		"a number in quotes": {func(r map[string]any) { r["id"] = "12" }, "its id has the wrong type, string"},
		"a text as length":   {func(r map[string]any) { r["distance"] = "far" }, "its distance has the wrong type, string"},
		"no start":           {func(r map[string]any) { delete(r, "start_date") }, "it has no start"},
		"an empty start":     {func(r map[string]any) { r["start_date"] = "" }, "cannot parse"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bad, odd := int64(0), true
			w := listing(t, func(_ *world, page []map[string]any) []map[string]any {
				for _, row := range page {
					if odd && row["id"] == float64(bad) {
						tt.spoil(row)
					}
				}
				return page
			})
			w.fake.Add(ran(5, 30))
			bad = w.fake.Add(ran(30, 30))
			w.fake.Add(ran(60, 30))
			r, _ := w.sync()
			if r.New != 2 || len(r.Failed) != 1 || !strings.Contains(r.Failed[0].Reason, tt.says) {
				t.Fatalf("report %+v", r)
			}
			w.pass(time.Hour)
			if r, _ := w.sync(); r.New != 0 || len(r.Failed) != 0 {
				t.Errorf("named again: %+v", r)
			}
			odd = false
			w.pass(time.Hour)
			if r, _ := w.sync(); r.New != 1 || len(r.Failed) != 0 {
				t.Errorf("once it is in order: %+v", r)
			}
			odd = true
			w.pass(time.Hour)
			if r, _ := w.sync(); r.Gone != 0 || len(w.runs()) != 3 {
				t.Errorf("odd again, the run that was taken: %+v, %d runs", r, len(w.runs()))
			}
		})
	}
}

// TestAPageWithoutAStartIsAskedForAgain, and stops no other activity.
func TestAPageWithoutAStartIsAskedForAgain(t *testing.T) {
	bad, odd := int64(0), true
	w := rewriting(t, func(r *http.Request) bool {
		return odd && strings.HasSuffix(r.URL.Path, fmt.Sprintf("/activities/%d", bad))
	}, func(_ *world, answer []byte) any {
		var page map[string]any
		if err := json.Unmarshal(answer, &page); err != nil {
			t.Error(err)
		}
		delete(page, "start_date")
		return page
	})
	w.fake.Add(ran(5, 30))
	bad = w.fake.Add(ran(30, 30))
	w.fake.Add(ran(60, 30))
	if r, _ := w.sync(); r.New != 2 || len(r.Failed) != 1 || !strings.Contains(r.Failed[0].Reason, "has no start") {
		t.Fatalf("report %+v", r)
	}
	odd = false
	w.pass(24 * time.Hour)
	if r, _ := w.sync(); r.New != 1 {
		t.Errorf("once it is in order: %+v", r)
	}
}

// TestAListThatShiftsLosesNothing: what is uploaded or deleted between two pages
// moves the others from one page to the next.
func TestAListThatShiftsLosesNothing(t *testing.T) {
	const walks = 450
	walk := func(hoursAgo int) stravafake.Activity {
		a := ran(hoursAgo, 10)
		a.Sport = "Walk"
		return a
	}
	for name, shift := range map[string]func(w *world, ids []int64){
		"uploaded, newer": func(w *world, _ []int64) { w.fake.Add(walk(1)) },
		"uploaded, older": func(w *world, _ []int64) { w.fake.Add(walk(3000)) },
		"deleted, newer":  func(w *world, ids []int64) { w.fake.Delete(ids[3]) },
		"deleted, older":  func(w *world, ids []int64) { w.fake.Delete(ids[walks-3]) },
	} {
		for _, back := range []bool{true, false} { // the history, and what came in a long break
			t.Run(fmt.Sprintf("%s, history %v", name, back), func(t *testing.T) {
				t.Parallel()
				var ids []int64
				pages := 0
				w := listing(t, func(w *world, page []map[string]any) []map[string]any {
					if pages++; pages == 1 && len(page) > 0 {
						shift(w, ids)
					}
					return page
				})
				if !back {
					w.sync()
					pages = 0
					w.pass(walks * 4 * time.Hour)
				}
				for i := range walks {
					hours := 4*i + 2
					if !back {
						hours -= walks * 4
					}
					ids = append(ids, w.fake.Add(walk(hours)))
				}
				w.sync()
				known, err := w.store.StravaActivities(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for i, id := range ids {
					if !slices.ContainsFunc(known, func(a ingest.StravaActivity) bool { return a.ID == id }) && i != 3 && i != walks-3 {
						t.Errorf("activity %d of %d is lost", i, walks)
					}
				}
			})
		}
	}
}

// TestARunAheadOfItsTimeIsNotReadForEver: its page is read again as that of any
// young run, and then no more.
func TestARunAheadOfItsTimeIsNotReadForEver(t *testing.T) {
	w := loggedIn(t)
	w.sync()
	w.fake.Add(ran(-24*200, 30))
	if r, _ := w.sync(); r.New != 1 || len(r.Misdated) != 1 {
		t.Fatalf("report %+v", r)
	}
	w.pass(5 * 24 * time.Hour)
	if _, requests := w.sync(); len(requests) > 2 { // the list, and a new token
		t.Errorf("days later: %v", requests)
	}
}
