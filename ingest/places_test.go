package ingest_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// rough is a run with samples as rough as a watch's: no two are alike but of
// the same seed.
func rough(seed uint64, start, minutes int, change ...func(*gait.Run)) gait.Run {
	r := ran(start, minutes, withBalance)
	random := rand.New(rand.NewPCG(seed, 0))
	r.Samples = nil
	metres, pace, heart := 0.0, 3.0, 120.0+40*random.Float64()
	for second := int32(0); second < int32(minutes*60); second++ {
		pace += 0.02 * random.NormFloat64()
		pace = min(max(pace, 2.5), 3.5)
		metres += pace
		heart = min(max(heart+0.5*random.NormFloat64(), 110), 180)
		if second%3 != 0 {
			continue // a watch that writes down every third second
		}
		s := gait.NewSample(second)
		s.Distance, s.HeartRate = gait.Metres(metres), gait.BeatsPerMinute(heart)
		r.Samples = append(r.Samples, s)
	}
	r.Distance = gait.Metres(metres)
	for _, c := range change {
		c(&r)
	}
	return r
}

// at Strava the run has another key, no left and right, rounded figures, and
// every sixth second only.
func atStrava(key int) func(*gait.Run) {
	return func(r *gait.Run) {
		r.Origins = []gait.Origin{{Source: gait.SourceStrava, Key: fmt.Sprint(key), Name: fmt.Sprintf("https://strava/%d", key)}}
		r.Signals = gait.SignalDistance | gait.SignalCadence
		r.Distance = gait.Metres(int(r.Distance/10) * 10)
		var thinned []gait.Sample
		for i := 0; i < len(r.Samples); i += 2 {
			s := r.Samples[i]
			s.Distance, s.HeartRate = gait.Metres(int(s.Distance)), gait.BeatsPerMinute(int(s.HeartRate))
			thinned = append(thinned, s)
		}
		r.Samples = thinned
	}
}

func shifted(by time.Duration) func(*gait.Run) {
	return func(r *gait.Run) { r.Start = r.Start.Add(by); r.ID = gait.NewRunID(r.Start) }
}

// hidden hides the start: two hours east of Greenwich the day began at ten
// o'clock the evening before.
func hidden(r *gait.Run) {
	r.Start, r.StartHidden = day.Truncate(24*time.Hour).Add(-2*time.Hour+time.Second), true
	r.ID = gait.NewRunID(r.Start)
}

func asFarAs(o gait.Run) func(*gait.Run) { return func(r *gait.Run) { r.Distance = o.Distance } }

func heartless(r *gait.Run) {
	r.Samples = slices.Clone(r.Samples)
	for i := range r.Samples {
		r.Samples[i].HeartRate = gait.Unknown[gait.BeatsPerMinute]()
	}
}

// beating lets the heart beat faster by so much.
func beating(more gait.BeatsPerMinute) func(*gait.Run) {
	return func(r *gait.Run) {
		r.Samples = slices.Clone(r.Samples)
		for i := range r.Samples {
			r.Samples[i].HeartRate += more
		}
	}
}

// sparse leaves a sample in every twenty seconds or so.
func sparse(r *gait.Run) {
	var rare []gait.Sample
	for i := 1; i < len(r.Samples); i += 3 {
		rare = append(rare, r.Samples[i])
	}
	r.Samples = rare
}

func samplesForgotten(r *gait.Run) { r.Samples = nil }

// activity offers a run as a server does, without a file.
func activity(r gait.Run) ingest.Item {
	return ingest.Item{Name: r.Origins[0].Name, Read: func(_ context.Context, _ func(string) (bool, error)) (ingest.Content, error) {
		return ingest.Content{Runs: []gait.Run{r}}, nil
	}}
}

func TestARunKnownAtAnotherTime(t *testing.T) {
	for name, tt := range map[string]struct {
		fit, strava gait.Run
		runs        int
	}{
		"the start is hidden":                                    {rough(1, 60, 40), rough(1, 60, 40, atStrava(1), hidden), 1},
		"hidden, and no seconds any more":                        {rough(1, 60, 40), rough(1, 60, 40, atStrava(1), hidden, samplesForgotten), 1},
		"hidden, of another day":                                 {rough(1, 3*24*60, 40), rough(1, 60, 40, atStrava(1), hidden), 2},
		"hidden, another run of that day":                        {rough(1, 60, 40), rough(2, 60, 40, atStrava(1), hidden), 2},
		"told in another zone":                                   {rough(1, 60, 40), rough(1, 60, 40, atStrava(1), shifted(2*time.Hour)), 1},
		"half an hour off":                                       {rough(1, 60, 40), rough(1, 60, 40, atStrava(1), shifted(-5*time.Hour-30*time.Minute)), 1},
		"another zone, no seconds to compare":                    {rough(1, 60, 40), rough(1, 60, 40, atStrava(1), shifted(2*time.Hour), samplesForgotten), 2},
		"off by no zone":                                         {rough(1, 60, 40), rough(1, 60, 40, atStrava(1), shifted(2*time.Hour+7*time.Minute)), 2},
		"back to back, equally long and far":                     {rough(1, 60, 30), rough(2, 90, 30, atStrava(1), asFarAs(rough(1, 60, 30))), 2},
		"hidden, and written down rarely":                        {rough(1, 60, 40), rough(1, 60, 40, atStrava(1), hidden, sparse), 1},
		"hidden, another run of that day, on the same treadmill": {rough(1, 60, 40), rough(1, 60, 40, atStrava(1), hidden, beating(20)), 2},
		"rounded to the hour and typed in": {rough(1, 85, 40), ran(60, 40, atStrava(1), samplesForgotten, func(r *gait.Run) {
			r.Distance = gait.Metres(int(rough(1, 85, 40).Distance/100) * 100)
		}), 1},
		"clocks that disagree at a change":                {rough(1, 60, 30), rough(2, 89, 30, atStrava(1), asFarAs(rough(1, 60, 30))), 2},
		"hidden, another run of that day, no heart rates": {rough(1, 60, 40, heartless), rough(2, 60, 40, atStrava(1), hidden, heartless, asFarAs(rough(1, 60, 40))), 2},
	} {
		for _, first := range []string{"FIT", "Strava"} {
			t.Run(name+", "+first+" first", func(t *testing.T) {
				store := newMemory()
				sources := []offers{{holding("a.fit", tt.fit)}, {activity(tt.strava)}}
				if first == "Strava" {
					slices.Reverse(sources)
				}
				sync1(t, store, sources[0])
				id := slices.Collect(maps.Keys(store.runs))[0]
				sync1(t, store, sources[1])
				sync1(t, store, sources[1])
				if len(store.runs) != tt.runs {
					t.Fatalf("%d runs, want %d", len(store.runs), tt.runs)
				}
				if tt.runs == 2 {
					return
				}
				r, kept := store.runs[id]
				if !kept || len(r.Origins) != 2 {
					t.Fatalf("the run changed its name, or has not both places: %+v", r.Origins)
				}
				if !r.Start.Equal(tt.fit.Start) || r.StartHidden || !r.Signals.Has(gait.SignalStanceTimeBalance) || len(r.Samples) != len(tt.fit.Samples) {
					t.Errorf("not the file's recording was kept: from %v, %v, %d samples", r.Start, r.Signals, len(r.Samples))
				}
			})
		}
	}
}

// TestTwoHiddenRunsOfOneDay: both begin at the same made-up second and are two
// runs all the same, each with the right file.
func TestTwoHiddenRunsOfOneDay(t *testing.T) {
	store := newMemory()
	one, two := rough(1, 60, 30), rough(2, 600, 31)
	sync1(t, store, offers{activity(rough(1, 60, 30, atStrava(1), hidden)), activity(rough(2, 600, 31, atStrava(2), hidden))})
	if len(store.runs) != 2 {
		t.Fatalf("%d runs at Strava alone", len(store.runs))
	}
	sync1(t, store, offers{holding("2.fit", two), holding("1.fit", one)})
	if len(store.runs) != 2 {
		t.Fatalf("%d runs", len(store.runs))
	}
	for _, r := range store.runs {
		want := map[string]time.Time{"1": one.Start, "2": two.Start}
		if len(r.Origins) != 2 || !r.Start.Equal(want[r.Origins[0].Key]) {
			t.Errorf("from %v with %+v", r.Start, r.Origins)
		}
	}
}

// TestANameThatIsTaken: a run that was moved from a second keeps the name it
// had from it; another one of that second gets a name of its own.
func TestANameThatIsTaken(t *testing.T) {
	store := newMemory()
	sync1(t, store, offers{activity(rough(1, 60, 40, atStrava(1), shifted(2*time.Hour)))})
	sync1(t, store, offers{holding("1.fit", rough(1, 60, 40))})
	sync1(t, store, offers{holding("2.fit", rough(2, 180, 40))})
	if len(store.runs) != 2 {
		t.Fatalf("%d runs", len(store.runs))
	}
}

func TestAPlaceThatChanges(t *testing.T) {
	shorter := func(r *gait.Run) { r.Duration, r.Elapsed, r.Distance = 20*time.Minute, 20*time.Minute, 3600 }
	plain := func(r *gait.Run) { r.Samples = []gait.Sample{gait.NewSample(0)} }
	named := func(path string, r gait.Run) ingest.Item {
		o := holding(path+"#"+r.Duration.String(), r) // other bytes
		r.Origins[0].Key = r.Duration.String()
		r.Origins[0].Name = path
		o.Read = activity(r).Read
		return o
	}
	for name, tt := range map[string]struct {
		first, second []ingest.Item
		minutes       int
		places        int
	}{
		"cropped on the server": {[]ingest.Item{activity(ran(0, 30, atStrava(1), plain))}, []ingest.Item{activity(ran(0, 30, atStrava(1), plain, shorter))}, 20, 1},
		"cropped on the server, but there is a file": {
			[]ingest.Item{activity(ran(0, 30, atStrava(1), plain)), holding("a.fit", ran(0, 30))},
			[]ingest.Item{activity(ran(0, 30, atStrava(1), plain, shorter))},
			30, 2,
		},
		"only its words were read again": {[]ingest.Item{activity(ran(0, 30, atStrava(1), plain))}, []ingest.Item{activity(ran(0, 30, atStrava(1), samplesForgotten, shorter))}, 30, 1},
		"a file written anew":            {[]ingest.Item{named("/a.fit", ran(0, 30))}, []ingest.Item{named("/a.fit", ran(0, 30, shorter))}, 20, 1},
		"another file of the same run":   {[]ingest.Item{named("/a.fit", ran(0, 30))}, []ingest.Item{named("/b.fit", ran(0, 30, shorter))}, 30, 2},
		"half a file over a whole one":   {[]ingest.Item{named("/a.fit", ran(0, 30))}, []ingest.Item{named("/a.fit", ran(0, 30, shorter, truncated))}, 30, 2},
		"deleted and uploaded again": {
			[]ingest.Item{activity(ran(0, 30, atStrava(1), plain))},
			[]ingest.Item{gone(gait.SourceStrava, "1"), activity(ran(0, 30, atStrava(2), plain, shorter))},
			20, 1,
		},
		"deleted, but there is a file": {
			[]ingest.Item{activity(ran(0, 30, atStrava(1), plain)), holding("a.fit", ran(0, 30))},
			[]ingest.Item{gone(gait.SourceStrava, "1")},
			30, 1,
		},
		"a place that nobody knows is gone": {[]ingest.Item{holding("a.fit", ran(0, 30))}, []ingest.Item{gone(gait.SourceStrava, "1")}, 30, 1},
	} {
		t.Run(name, func(t *testing.T) {
			store := newMemory()
			sync1(t, store, offers(tt.first))
			sync1(t, store, offers(tt.second))
			r, ok := store.runs[ran(0, 30).ID]
			if len(store.runs) != 1 || !ok || r.Gone {
				t.Fatalf("%d runs, %+v", len(store.runs), r)
			}
			if r.Duration != time.Duration(tt.minutes)*time.Minute || len(r.Origins) != tt.places {
				t.Errorf("%v from %+v", r.Duration, r.Origins)
			}
		})
	}
}

func gone(source gait.SourceName, key string) ingest.Item {
	return ingest.Item{Name: key, Gone: &gait.Origin{Source: source, Key: key}}
}

func TestARunThatNoPlaceHasIsGoneUntilOneHasItAgain(t *testing.T) {
	store := newMemory()
	sync1(t, store, offers{activity(ran(0, 30, atStrava(1)))})
	if r := sync1(t, store, offers{gone(gait.SourceStrava, "1")}); r.Gone != 1 {
		t.Errorf("reported: %+v", r)
	}
	if r := store.runs[ran(0, 30).ID]; !r.Gone {
		t.Fatal("it is still there")
	}
	sync1(t, store, offers{holding("a.fit", ran(0, 30))})
	if r := store.runs[ran(0, 30).ID]; r.Gone || len(store.runs) != 1 {
		t.Errorf("it is not back: %+v, %d runs", r, len(store.runs))
	}
}

// A run whose hour nobody tells has its ID from its place. It keeps it where the place
// shows it again with other figures.
func TestAHiddenRunThatComesBackChanged(t *testing.T) {
	s := openStore(t, filepath.Join(t.TempDir(), "g.db"))
	for _, offer := range []ingest.Item{
		activity(rough(1, 0, 30, atStrava(7), hidden)), gone(gait.SourceStrava, "7"), activity(rough(2, 0, 40, atStrava(7), hidden)),
	} {
		if _, err := (&ingest.Syncer{Store: s, Measure: measure}).Sync(t.Context(), offers{offer}); err != nil {
			t.Fatal(err)
		}
	}
	runs, err := s.Runs(t.Context())
	if err != nil || len(runs) != 1 || runs[0].Gone || len(runs[0].Origins) != 1 {
		t.Errorf("%+v, %v", runs, err)
	}
}

// TestAnEditedDescription: entries follow the text they came from, and carry the
// moment they were said: with the upload, or now.
func TestAnEditedDescription(t *testing.T) {
	store, now := newMemory(), day.Add(50*time.Hour)
	said := func(text string, change ...func(*gait.Run)) []gait.Pain {
		t.Helper()
		r := ran(0, 30, slices.Concat([]func(*gait.Run){atStrava(1), func(r *gait.Run) { r.Description = text }}, change)...)
		syncer := ingest.Syncer{Store: store, Measure: measure, Now: func() time.Time { return now }}
		if _, err := syncer.Sync(t.Context(), offers{activity(r)}); err != nil {
			t.Fatal(err)
		}
		return store.described[r.ID]
	}
	if d := said("#pain 4 left achilles"); len(d) != 1 || !d[0].Recorded.Equal(ran(0, 30).End()) || d[0].Run != ran(0, 30).ID {
		t.Errorf("after the upload: %+v", d)
	}
	if d := said("", func(r *gait.Run) { r.NoMetadata = true }); len(d) != 1 {
		t.Errorf("after a reading without words: %+v", d)
	}
	if d := said("#pain 2 left achilles"); len(d) != 1 || !d[0].Recorded.Equal(now) {
		t.Errorf("after an edit: %+v", d)
	}
	if d := said(""); len(d) != 0 {
		t.Errorf("after the tag was deleted: %+v", d)
	}
}

func TestTagsThatWereNotUnderstoodAreReported(t *testing.T) {
	r := ran(0, 30, atStrava(1), func(r *gait.Run) { r.Description = "#pain 4" })
	report := sync1(t, newMemory(), offers{activity(r)})
	want := []gait.UnreadTag{{Run: r.ID, Source: gait.TextSource{Source: gait.SourceStrava, Key: "1", Text: gait.TextDescription}, Tag: "#pain 4"}}
	if len(report.Unread) == 1 {
		want[0].Fault = report.Unread[0].Fault
	}
	if diff := cmp.Diff(want, report.Unread); diff != "" {
		t.Error(diff)
	}
}

// TestDoublesInAnyOrder: each activity of a season, some of them back to back,
// is in one to three places, at some of them with a hidden start or in another
// zone. Whatever the order and the number of syncs, each is one run, with the
// file's recording and all its places, and keeps the name it got first.
func TestDoublesInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []ingest.Item
		activities := rapid.IntRange(1, 6).Draw(t, "activities")
		want, places := map[time.Time]int{}, 0
		for a := range activities {
			start := a / 2 * 24 * 60 // two runs a day, one right after the other
			if a%2 == 1 {
				start += 13
			}
			seed, begins := uint64(a+1), ran(start, 12).Start
			all = append(all, holding(fmt.Sprintf("%d.fit", a), rough(seed, start, 12)))
			want[begins] = 1
			if rapid.Bool().Draw(t, "intervals") {
				all = append(all, activity(rough(seed, start, 12, func(r *gait.Run) {
					r.Origins = []gait.Origin{{Source: gait.SourceIntervals, Key: fmt.Sprintf("i%d", a), Name: fmt.Sprintf("https://intervals/%d", a)}}
				})))
				want[begins]++
			}
			how := rapid.IntRange(0, 4).Draw(t, "strava")
			odd := [][]func(*gait.Run){nil, {}, {shifted(3 * time.Second)}, {shifted(2 * time.Hour)}, {func(r *gait.Run) {
				r.Start, r.StartHidden = r.Start.Truncate(24*time.Hour).Add(-2*time.Hour+time.Second), true
				r.ID = gait.NewRunID(r.Start)
			}}}[how]
			if how > 0 {
				all = append(all, activity(rough(seed, start, 12, append([]func(*gait.Run){atStrava(a + 1)}, odd...)...)))
				want[begins]++
			}
		}
		for _, n := range want {
			places += n
		}
		all = rapid.Permutation(all).Draw(t, "order")
		store := newMemory()
		names := map[gait.RunID]bool{}
		for some := range slices.Chunk(all, rapid.IntRange(1, len(all)).Draw(t, "offers a sync")) {
			if _, err := (&ingest.Syncer{Store: store, Measure: measure}).Sync(t.Context(), offers(some)); err != nil {
				t.Fatal(err)
			}
			for id := range store.runs {
				names[id] = true
			}
		}
		got := map[time.Time]int{}
		for _, r := range store.runs {
			got[r.Start] += len(r.Origins)
			if !r.Signals.Has(gait.SignalStanceTimeBalance) || r.StartHidden {
				t.Fatalf("the run of %s is not the file's", r.Start)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || len(store.runs) != activities || len(names) != activities {
			t.Fatalf("%d runs under %d names of %d activities; places by start: %s", len(store.runs), len(names), activities, diff)
		}
	})
}
