package intervals_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/ingest/fitfile"
	"gaitkeeper/ingest/intervals"
	"gaitkeeper/internal/intervalsfake"
)

func TestTheWholeHistoryThenNothing(t *testing.T) {
	a := newAccount(t)
	for day := range 8 {
		a.add(day-day/4*700, func(f *intervalsfake.Activity) { f.Plain = day%2 == 0 }) // some two years ago
	}
	if r, n := a.sync(); r.New != 8 || n != 9 || len(r.Failed) > 0 {
		t.Errorf("first: %+v, %d requests", r, n)
	}
	runs := a.runs()
	if len(runs) != 8 || !runs[0].Signals.Has(gait.SignalStanceTimeBalance) || runs[0].Title != "Run of day -696" {
		t.Errorf("%d runs, the first is %+v", len(runs), runs[0])
	}
	if asked := append(a.Requests(), ""); asked[0] != "" {
		t.Errorf("asked: %v", asked)
	}
	for range 3 {
		if r, n := a.sync(); r.New+r.Better+r.Same != 0 || n != 1 {
			t.Errorf("idle: %+v, %d requests", r, n)
		}
	}
	a.add(20) // uploaded late, within the overlap
	if r, n := a.sync(); r.New != 1 || n != 2 {
		t.Errorf("late: %+v, %d requests", r, n)
	}
	a.add(-500) // uploaded very late: seen once the whole list is due again
	if r, _ := a.sync(); r.New != 0 {
		t.Errorf("very late: %+v", r)
	}
	a.now = a.now.Add(8 * 24 * time.Hour)
	if r, n := a.sync(); r.New != 1 || n != 2 {
		t.Errorf("a week later: %+v, %d requests", r, n)
	}
}

func TestNewestFirst(t *testing.T) {
	a := newAccount(t)
	for day := range 5 {
		a.add(day)
	}
	a.Limit(3, "") // the list and two runs
	_, err := a.pull()
	if !errors.As(err, new(ingest.Wait)) {
		t.Fatalf("error %v", err)
	}
	if runs := a.runs(); len(runs) != 2 || runs[0].Title != "Run of day 3" {
		t.Errorf("%d runs: %+v", len(runs), runs)
	}
}

// TestALimitIsAWaitAndNothingIsAskedTwice: a long history is fetched in pieces,
// by several processes, and each file is downloaded once.
func TestALimitIsAWaitAndNothingIsAskedTwice(t *testing.T) {
	a := newAccount(t)
	const activities = 50
	for day := range activities {
		a.add(-day)
	}
	files, refused := map[string]int{}, 0
	for round := 0; len(a.runs()) < activities; round++ {
		if round > 10 {
			t.Fatal("it does not end")
		}
		a.Limit(20, []string{"", "1800", "Sun, 31 May 2026 07:00:00 GMT", "-5", "soon"}[round%5])
		_, err := a.pull()
		var wait ingest.Wait
		if errors.As(err, &wait) {
			refused++
			if asked := a.Requests(); len(asked) != 20+1 {
				t.Errorf("it went on asking: %d requests", len(asked))
			} else {
				count(files, asked[:20])
			}
			if !wait.Until.After(a.now) || wait.Until.Sub(a.now) > 24*time.Hour || !strings.Contains(wait.Why, "goes on by itself") {
				t.Errorf("wait %+v", wait)
			}
			a.Limit(-1, "")
			if _, err := a.pull(); !errors.As(err, &wait) || len(a.Requests()) != 0 {
				t.Errorf("it asked during the wait, or forgot it: %v", err)
			}
			a.now = wait.Until
			a.restart()
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		count(files, a.Requests())
	}
	if refused < 2 || len(files) != activities {
		t.Errorf("%d waits, %d files", refused, len(files))
	}
	for path, n := range files {
		if n != 1 {
			t.Errorf("%s was asked for %d times", path, n)
		}
	}
}

func count(files map[string]int, asked []string) {
	for _, path := range asked {
		if strings.HasSuffix(path, "/file") {
			files[path]++
		}
	}
}

func TestOneInTroubleKeepsNobodyBack(t *testing.T) {
	a := newAccount(t)
	var bad string
	for day := range 6 {
		if id := a.add(day); day == 3 {
			bad = id
		}
	}
	a.Trouble(func(r *http.Request) int {
		if strings.Contains(r.URL.Path, bad+"/") {
			return http.StatusBadGateway
		}
		return 0
	})
	for range 2 {
		r, _ := a.sync()
		if len(a.runs()) != 5 || len(r.Failed) != 1 || !strings.Contains(r.Failed[0].String(), bad+": intervals.icu has trouble of its own (502 Bad Gateway)") {
			t.Errorf("%d runs, failed %v", len(a.runs()), r.Failed)
		}
	}
	a.Trouble(nil)
	if r, n := a.sync(); r.New != 1 || n != 2 {
		t.Errorf("after the trouble: %+v, %d requests", r, n)
	}
}

// TestEveryFailureHasItsSentence: what is wrong and what to do.
func TestEveryFailureHasItsSentence(t *testing.T) {
	status := func(code int) func(*account) {
		return func(a *account) { a.Trouble(func(*http.Request) int { return code }) }
	}
	for name, tt := range map[string]struct {
		harm func(*account)
		want string
	}{
		"key":                {func(a *account) { a.SetKey("another") }, "intervals.icu does not accept the key: make a new one there (Settings, Developer Settings, API Key) and write it into /etc/gaitkeeper/key"},
		"forbidden":          {status(403), "the key is not allowed to read its owner's activities at intervals.icu: make a new one there (Settings, Developer Settings, API Key) and write it into /etc/gaitkeeper/key"},
		"athlete":            {status(404), "intervals.icu has no activities under this address (404 Not Found): is [sources.intervals] base_url right?"},
		"another, forbidden": {func(a *account) { status(403)(a); a.athlete = "i7"; a.restart() }, `the key is not allowed to read athlete "i7" at intervals.icu: set [sources.intervals] athlete_id to "0"`},
		"another, unknown":   {func(a *account) { status(404)(a); a.athlete = "i7"; a.restart() }, `intervals.icu knows no athlete "i7": set [sources.intervals] athlete_id to "0"`},
		"files forbidden": {func(a *account) {
			a.Trouble(func(r *http.Request) int { return map[bool]int{true: 403}[strings.HasSuffix(r.URL.Path, "file")] })
		}, "the key is not allowed to read its owner's activities at intervals.icu"},
		"broken": {status(503), "intervals.icu has trouble of its own (503 Service Unavailable). Nothing is lost, the next sync tries again."},
		"odd":    {status(418), "intervals.icu answered 418 I'm a teapot to /api/v1/athlete/0/activities: is [sources.intervals] base_url right"},
		"a page": {status(200), "what intervals.icu answered is no list of activities"},
		"null": {func(a *account) {
			odd := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("null")) }))
			a.t.Cleanup(odd.Close)
			a.base = odd.URL
			a.restart()
		}, "what intervals.icu answered is no list of activities"},
		"away": {func(a *account) { a.base = "http://127.0.0.1:1"; a.restart() }, "intervals.icu cannot be reached (dial tcp 127.0.0.1:1: connect: connection refused): is this server on the network?"},
		"files": {func(a *account) {
			a.Trouble(func(r *http.Request) int { return map[bool]int{true: 500}[strings.HasSuffix(r.URL.Path, "file")] })
		}, "intervals.icu has trouble of its own (500"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAccount(t)
			for day := range 9 {
				a.add(day)
			}
			tt.harm(a)
			_, err := a.pull()
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), intervalsfake.Key) {
				t.Errorf("error %v, want %s", err, tt.want)
			}
			if n := len(a.Requests()); n > 1+3 { // the list, and three in a row
				t.Errorf("%d requests to a server in trouble", n)
			}
			if check := a.source.Check(t.Context()); !strings.HasPrefix(name, "files") && (check == nil || !strings.Contains(check.Error(), tt.want)) {
				t.Errorf("check: %v", check)
			}
		})
	}
}

func TestAnEditIsTakenWithoutADownload(t *testing.T) {
	a := newAccount(t)
	id := a.add(20, func(f *intervalsfake.Activity) {
		f.Description, f.Feel, f.RPE, f.Gear = "Stiff. #pain 4 left achilles", 2, 7, "Trail shoes"
	})
	a.sync()
	run := a.runs()[0]
	if run.Feel != gait.FeltStrong || run.Effort != 7 || run.Gear != "Trail shoes" || run.Description != "Stiff. #pain 4 left achilles" {
		t.Errorf("%+v", run)
	}
	if d := a.diary(); len(d) != 1 || d[0].Site != gait.Achilles || d[0].Run != run.ID || d[0].FromText != (gait.TextSource{Source: gait.SourceIntervals, Key: id, Text: gait.TextDescription}) {
		t.Errorf("diary: %+v", d)
	}
	a.Edit(id, func(f *intervalsfake.Activity) { f.Name, f.Description, f.Feel = "Tempo", "#nopain", 5 })
	if r, n := a.sync(); n != 1 || r.Same != 1 {
		t.Errorf("%+v, %d requests", r, n)
	}
	edited := a.runs()[0]
	if edited.Title != "Tempo" || edited.Feel != gait.FeltVeryWeak || edited.ID != run.ID || !edited.Signals.Has(gait.SignalStanceTimeBalance) {
		t.Errorf("%+v", edited)
	}
	if d := a.diary(); len(d) != 1 || !d[0].NoPain() {
		t.Errorf("diary: %+v", d)
	}
	if samples, err := a.store.Samples(t.Context(), run.ID); err != nil || len(samples) != 121 {
		t.Errorf("%d samples, %v", len(samples), err)
	}
	shorter, _ := made(t, 20)
	a.Edit(id, func(f *intervalsfake.Activity) {
		f.Elapsed -= time.Minute
		f.Moving -= time.Minute
		f.File = shorter.File
	})
	if _, n := a.sync(); n != 2 {
		t.Errorf("a changed recording took %d requests", n)
	}
}

func TestDeletedThereAndBackAgain(t *testing.T) {
	a := newAccount(t)
	for day := 10; day < 20; day++ {
		a.add(day)
	}
	kept := a.add(20)
	dropped := a.add(21)
	a.sync()
	a.now = a.now.Add(-5 * 24 * time.Hour)
	answered, _ := a.store.Run(t.Context(), string(gait.NewRunID(morning.Add(20*24*time.Hour))))
	if _, err := a.store.AddPain(t.Context(), gait.Pain{Run: answered.ID}); err == nil {
		t.Fatal("an empty entry was taken")
	}
	if _, err := a.store.AddAnswer(t.Context(), gait.Answer{Run: answered.ID, Kind: gait.AnswerNoPain}); err != nil {
		t.Fatal(err)
	}
	before := a.runs()
	a.Delete(kept, dropped)
	a.Requests()
	r, n := a.sync()
	after := a.runs()
	if r.Gone != 2 || n != 1 || len(after) != len(before)-1 {
		t.Errorf("%+v, %d requests, %d of %d runs", r, n, len(after), len(before))
	}
	if last := after[len(after)-1]; last.ID != answered.ID || !last.Gone || !last.Excluded {
		t.Errorf("the run with an answer: %+v", last)
	}
	activity, _ := made(t, 21)
	a.Add(activity)
	if r, _ := a.sync(); r.Same+r.Better != 1 || len(a.runs()) != len(before) {
		t.Errorf("uploaded again: %+v, %d runs", r, len(a.runs()))
	}
	a.Delete()
	if _, err := a.pull(); err == nil || !strings.Contains(err.Error(), "gaitkeeper keeps them") || len(a.runs()) != len(before) {
		t.Errorf("an account that is suddenly empty: %v, %d runs", err, len(a.runs()))
	}
}

// An empty list tells nothing of those who have few runs: the account may be away for a
// while. Where others are still listed, the only run of two weeks may well be deleted.
func TestAnEmptyListTakesNothingOut(t *testing.T) {
	a := newAccount(t)
	a.add(1)
	only := a.add(20)
	a.sync()
	a.now = a.now.Add(-5 * 24 * time.Hour)
	a.rows = func(rows *[]map[string]any) { *rows = (*rows)[:0] }
	if r, err := a.pull(); err == nil || !strings.Contains(err.Error(), "no longer lists 2 of 2") || r.Gone != 0 || len(a.runs()) != 2 {
		t.Errorf("%v, %+v, %d runs", err, r, len(a.runs()))
	}
	a.rows = nil
	a.Delete(only)
	if r, n := a.sync(); r.Gone != 1 || n != 2 || len(a.runs()) != 1 {
		t.Errorf("%+v, %d requests, %d runs", r, n, len(a.runs()))
	}
}

func TestWhatIsNoRun(t *testing.T) {
	a := newAccount(t)
	a.add(20, func(f *intervalsfake.Activity) { f.Type = "Ride" })
	a.add(21, func(f *intervalsfake.Activity) { f.Source = "STRAVA" })
	a.add(22, func(f *intervalsfake.Activity) { f.File, f.Description = nil, "#pain 3 right knee" }) // typed in
	a.add(26, func(f *intervalsfake.Activity) { f.File, f.FileType = nil, "fit" })                   // lost there
	a.add(23, func(f *intervalsfake.Activity) { f.File = f.File[:len(f.File)/2] })
	a.add(24, func(f *intervalsfake.Activity) { f.File = []byte("<gpx/>"); f.FileType = "gpx" })
	a.add(25, func(f *intervalsfake.Activity) { f.File = []byte("no FIT at all") })
	r, n := a.sync()
	if r.New != 5 || r.Skipped["ride"] != 1 || r.Skipped["only at Strava, which does not let intervals.icu hand it on"] != 1 || n != 5 {
		t.Errorf("%+v, %d requests", r, n)
	}
	if len(r.Failed) != 3 || len(a.diary()) != 1 {
		t.Errorf("failed %v, diary %v", r.Failed, a.diary())
	}
	if r, n := a.sync(); n != 1 || len(r.Failed)+len(r.Skipped)+r.New != 0 {
		t.Errorf("again: %+v, %d requests", r, n)
	}
}

// TestTheSameFileInAFolder: the file of a watched folder and of intervals.icu is
// one run with both places, whichever was first.
func TestTheSameFileInAFolder(t *testing.T) {
	for _, first := range []string{"folder", "server"} {
		a := newAccount(t)
		activity, _ := made(t, 20)
		a.Add(activity)
		folder := func() {
			var reader fitfile.Reader
			c := reader.Read(activity.File, fitfile.Hash(activity.File), gait.SourceFIT, "/watch/a.fit")
			params := gait.DefaultParams().Analysis
			s := ingest.Syncer{Store: a.store, Measure: func(r gait.Run) gait.Measures { return analysis.Measure(r, params) }}
			if _, err := s.Sync(t.Context(), one{c}); err != nil {
				t.Fatal(err)
			}
		}
		if first == "folder" {
			folder()
		}
		a.sync()
		folder()
		runs := a.runs()
		if len(runs) != 1 || len(runs[0].Origins) != 2 || runs[0].Title != "Run of day 20" {
			t.Errorf("%s first: %+v", first, runs)
		}
	}
}

func TestAFileThatExplodes(t *testing.T) {
	a := newAccount(t)
	a.limits = fitfile.Limits{File: 1 << 20, Depth: 2}
	a.restart()
	a.add(20, func(f *intervalsfake.Activity) { f.File = make([]byte, 1<<20+1) })
	if r, _ := a.sync(); len(r.Failed) != 1 || !strings.Contains(r.Failed[0].Reason, "larger than 1 MB") || r.New != 1 {
		t.Errorf("%+v", r)
	}
}

// TestThePace: requests keep their distance.
func TestThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []time.Time
		s := intervals.New(intervals.Config{
			BaseURL: "http://intervals.example", Athlete: "0", Pace: intervals.Pace, Now: time.Now,
			Key: func() (string, error) { return "k", nil },
			Transport: transport(func(r *http.Request) *http.Response {
				asked = append(asked, time.Now())
				if user, key, _ := r.BasicAuth(); user != "API_KEY" || key != "k" {
					t.Errorf("asked as %q", user)
				}
				rec := httptest.NewRecorder()
				_, _ = rec.WriteString("[]")
				return rec.Result()
			}),
		})
		for range 25 {
			if err := s.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := asked[24].Sub(asked[0]); took < 19*intervals.Pace || took > 25*intervals.Pace {
			t.Errorf("25 requests in %v", took)
		}
	})
}

type transport func(*http.Request) *http.Response

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r), nil }
