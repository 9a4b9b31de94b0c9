package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// memory is a Store that keeps everything in maps, by the rules of the real one.
type memory struct {
	mu      sync.Mutex
	files   map[string]gait.File
	runs    map[gait.RunID]gait.Run
	figures map[gait.RunID]gait.Measures
	saves   int
	before  func(what string) error // called before each call, if set
}

func newMemory() *memory {
	return &memory{files: map[string]gait.File{}, runs: map[gait.RunID]gait.Run{}, figures: map[gait.RunID]gait.Measures{}}
}

func (m *memory) call(ctx context.Context, what string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if m.before != nil {
		return m.before(what)
	}
	return nil
}

func (m *memory) Files(ctx context.Context) (map[string]gait.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.files), m.call(ctx, "files")
}

func (m *memory) Known(ctx context.Context, sha256 string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.files {
		if f.SHA256 == sha256 && f.Outcome != gait.FileFailed {
			return true, nil
		}
	}
	return false, m.call(ctx, "known")
}

func (m *memory) Nearby(ctx context.Context, from, to time.Time) ([]gait.Run, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var near []gait.Run
	for _, r := range m.runs {
		if !r.Start.After(to) && !r.End().Before(from) {
			r.Samples = nil
			near = append(near, r)
		}
	}
	return near, m.call(ctx, "nearby")
}

func (m *memory) Save(ctx context.Context, imports []gait.Import) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.call(ctx, "save"); err != nil {
		return err
	}
	m.saves++
	for _, i := range imports {
		if i.File != nil {
			m.files[i.File.Path] = *i.File
		}
		for _, r := range i.Runs {
			m.saveRun(r)
		}
	}
	return nil
}

func (m *memory) saveRun(r gait.ImportedRun) {
	old, ok := m.runs[r.Same]
	if r.Same != "" && (!ok || r.Run.ID != r.Same || r.Measures.Run != r.Same) {
		panic(fmt.Sprintf("run %s is to be the same as %s, which is not there", r.Run.ID, r.Same))
	}
	if _, ok := m.runs[r.Run.ID]; ok && r.Same == "" {
		panic("a new run has the ID of one that is there")
	}
	origins := append(old.Origins, r.Run.Origins...)
	if r.Same == "" || r.Better {
		old = r.Run
		m.figures[r.Run.ID] = r.Measures
	}
	old.Origins = origins
	m.runs[r.Run.ID] = old
}

// offers is a source of what it lists.
type offers []gait.Offer

func (offers) Name() gait.SourceName { return gait.SourceFIT }

func (o offers) Offers(context.Context, map[string]gait.File) iter.Seq2[gait.Offer, error] {
	return func(yield func(gait.Offer, error) bool) {
		for _, offer := range o {
			offer.Total = len(o)
			if !yield(offer, nil) {
				return
			}
		}
	}
}

var day = time.Date(2026, 5, 1, 6, 0, 0, 0, time.UTC)

// ran is a run that starts so many minutes after the first of May, six o'clock.
func ran(start, minutes int, change ...func(*gait.Run)) gait.Run {
	at := day.Add(time.Duration(start) * time.Minute)
	r := gait.Run{
		ID: gait.NewRunID(at), Start: at, Duration: time.Duration(minutes) * time.Minute, Elapsed: time.Duration(minutes) * time.Minute,
		Distance: gait.Metres(180 * minutes), Signals: gait.SignalDistance | gait.SignalCadence,
		Origins: []gait.Origin{{Source: gait.SourceFIT, Key: fmt.Sprintf("%d/%d", start, minutes)}},
		Samples: []gait.Sample{gait.NewSample(0)},
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

// file offers a file that holds the given content.
func file(path string, c gait.Content) gait.Offer {
	if c.SHA256 == "" {
		c.SHA256 = "sha of " + path
	}
	return gait.Offer{Name: path, File: &gait.File{Path: path}, Read: func(_ context.Context, known func(string) (bool, error)) (gait.Content, error) {
		if ok, err := known(c.SHA256); ok || err != nil {
			return gait.Content{SHA256: c.SHA256, Known: ok}, err
		}
		return c, nil
	}}
}

func holding(path string, runs ...gait.Run) gait.Offer { return file(path, gait.Content{Runs: runs}) }

func measure(r gait.Run) gait.Measures { return gait.Measures{Run: r.ID, Distance: r.Distance} }

func sync1(t *testing.T, m *memory, src ingest.Source) ingest.Report {
	t.Helper()
	report, err := (&ingest.Syncer{Store: m, Measure: measure}).Sync(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestReportSaysWhatCameOfEachOffer(t *testing.T) {
	store := newMemory()
	source := offers{
		holding("a.fit", ran(0, 30)),
		file("copy of a.fit", gait.Content{SHA256: "sha of a.fit", Runs: []gait.Run{ran(0, 30)}}),
		file("ride.fit", gait.Content{Skipped: []string{"cycling"}}),
		file("triathlon.fit", gait.Content{Runs: []gait.Run{ran(300, 40)}, Skipped: []string{"swimming", "cycling"}}),
		file("torn.fit", gait.Content{Runs: []gait.Run{ran(600, 10)}, Broken: "it breaks off"}),
		file("disk.fit", gait.Content{Broken: "input/output error", Passing: true}),
		file("z.zip", gait.Content{Broken: "1 of its files could not be read", Told: true}),
		{Name: "gone.fit", Failed: "no such file"},
		{Name: "old.fit", Known: true},
		{Name: "fresh.fit", Wait: 4 * time.Second},
		{Name: "fresher.fit", Wait: 9 * time.Second},
		{Name: "passed over"},
	}
	want := ingest.Report{
		New: 3, Known: 2, Skipped: map[string]int{"cycling": 2, "swimming": 1}, Waiting: 2, QuietIn: 9 * time.Second,
		Failed: []ingest.Failure{{"disk.fit", "input/output error", 0}, {"gone.fit", "no such file", 0}, {"torn.fit", "it breaks off", 1}},
	}
	if diff := cmp.Diff(want, sync1(t, store, source)); diff != "" {
		t.Error(diff)
	}
	outcomes := map[string]string{}
	for path, f := range store.files {
		outcomes[path] = string(f.Outcome) + ": " + f.Reason
	}
	wantOutcomes := map[string]string{
		"a.fit": "imported: ", "copy of a.fit": "skipped: the same bytes were read before", "ride.fit": "skipped: cycling",
		"triathlon.fit": "imported: ", "torn.fit": "failed: it breaks off", "z.zip": "failed: 1 of its files could not be read",
	}
	if diff := cmp.Diff(wantOutcomes, outcomes); diff != "" {
		t.Errorf("remembered: %s", diff)
	}

	again := sync1(t, store, source)
	if again.New+again.Better != 0 || again.Same != 1 || len(again.Failed) != 3 || len(store.runs) != 3 {
		t.Errorf("a second sync: %+v, %d runs", again, len(store.runs))
	}
	if n := len(store.runs[ran(600, 10).ID].Origins); n > 2 {
		t.Errorf("the torn file is %d times an origin", n)
	}
}

func withBalance(r *gait.Run) { r.Signals |= gait.SignalStanceTime | gait.SignalStanceTimeBalance }
func withStance(r *gait.Run)  { r.Signals |= gait.SignalStanceTime }
func truncated(r *gait.Run)   { r.Truncated = true }
func fromStrava(r *gait.Run)  { r.Origins[0].Source = gait.SourceStrava }
func metres(m gait.Metres) func(*gait.Run) {
	return func(r *gait.Run) { r.Distance = m }
}

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
		var all []gait.Offer
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

// TestCancelledAnywhereNothingIsLost: whatever moment a sync is stopped at, the
// next one completes it, every offer is given back, and no goroutine stays.
func TestCancelledAnywhereNothingIsLost(t *testing.T) {
	const files = 150
	var mu sync.Mutex
	for _, at := range []int{0, 1, 2, 3, 70, 149, 150, 151, 200, 300, 301, 302, 303, 500} {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			var source offers
			given := 0
			for i := range files {
				o := holding(fmt.Sprintf("%03d.fit", i), ran(i*24*60, 30))
				o.Done = func() { mu.Lock(); given++; mu.Unlock() }
				source = append(source, o)
			}
			store, calls := newMemory(), 0
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			store.before = func(string) error {
				if calls++; calls == at {
					stop()
					return ctx.Err()
				}
				return nil
			}
			offered := 0
			report, err := (&ingest.Syncer{Store: store, Measure: measure}).Sync(ctx, counted{source, &offered})
			if ctx.Err() != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			if report.New != len(store.runs) {
				t.Errorf("%d runs reported, %d saved", report.New, len(store.runs))
			}
			if given != offered {
				t.Errorf("%d of %d offers given back", given, offered)
			}
			if at >= 70 && len(store.runs) == 0 {
				t.Error("nothing of what was read is saved")
			}
			store.before = nil
			if sync1(t, store, source); len(store.runs) != files || len(store.files) != files {
				t.Errorf("after the second sync: %d runs, %d files", len(store.runs), len(store.files))
			}
		})
	}
}

// counted counts the offers that were handed out.
type counted struct {
	offers
	n *int
}

func (c counted) Offers(ctx context.Context, files map[string]gait.File) iter.Seq2[gait.Offer, error] {
	return func(yield func(gait.Offer, error) bool) {
		for o, err := range c.offers.Offers(ctx, files) {
			if *c.n++; !yield(o, err) {
				return
			}
		}
	}
}

func TestWhatWasReadBeforeAnErrorIsSaved(t *testing.T) {
	broken := errors.New("the server is away")
	store := newMemory()
	_, err := (&ingest.Syncer{Store: store, Measure: measure}).Sync(t.Context(), failing{offers{holding("a.fit", ran(0, 30))}, broken})
	if !errors.Is(err, broken) || len(store.runs) != 1 {
		t.Errorf("error %v, %d runs", err, len(store.runs))
	}
}

// failing is a source that breaks after its offers.
type failing struct {
	offers
	err error
}

func (f failing) Offers(ctx context.Context, files map[string]gait.File) iter.Seq2[gait.Offer, error] {
	return func(yield func(gait.Offer, error) bool) {
		for o, err := range f.offers.Offers(ctx, files) {
			if !yield(o, err) {
				return
			}
		}
		yield(gait.Offer{}, f.err)
	}
}

func TestAStoreThatFailsEndsTheSync(t *testing.T) {
	full := errors.New("disk full")
	for _, what := range []string{"files", "known", "nearby", "save"} {
		store := newMemory()
		store.before = func(call string) error {
			if call == what {
				return full
			}
			return nil
		}
		report, err := (&ingest.Syncer{Store: store, Measure: measure}).Sync(t.Context(), offers{holding("a.fit", ran(0, 30)), holding("b.fit", ran(99, 30))})
		if !errors.Is(err, full) || report.New != len(store.runs) {
			t.Errorf("%s: error %v, %d runs reported, %d there", what, err, report.New, len(store.runs))
		}
	}
}

// TestFewOffersAreUnderWay: memory stays small because a source is not read far
// ahead of the store.
func TestFewOffersAreUnderWay(t *testing.T) {
	var mu sync.Mutex
	open, most := 0, 0
	var source offers
	for i := range 2000 {
		o := holding(fmt.Sprintf("%04d.fit", i), ran(i*24*60, 30))
		read := o.Read
		o.Read = func(ctx context.Context, known func(string) (bool, error)) (gait.Content, error) {
			mu.Lock()
			open++
			most = max(most, open)
			mu.Unlock()
			return read(ctx, known)
		}
		o.Done = func() { mu.Lock(); open--; mu.Unlock() }
		source = append(source, o)
	}
	store := newMemory()
	sync1(t, store, source)
	if len(store.runs) != 2000 || most > 200 || store.saves < 10 {
		t.Errorf("%d runs, at most %d under way, %d saves", len(store.runs), most, store.saves)
	}
}

func TestTheLastOfAnArchiveIsReadAfterItsMembers(t *testing.T) {
	var mu sync.Mutex
	read := 0
	var source offers
	for i := range 40 {
		o := holding(fmt.Sprintf("a.zip!%02d.fit", i), ran(i*24*60, 30))
		inner := o.Read
		o.Read = func(ctx context.Context, known func(string) (bool, error)) (gait.Content, error) {
			c, err := inner(ctx, known)
			mu.Lock()
			read++
			mu.Unlock()
			return c, err
		}
		source = append(source, o)
	}
	source = append(source, gait.Offer{
		Name: "a.zip", File: &gait.File{Path: "a.zip", Outcome: gait.FileImported}, Last: true,
		Read: func(context.Context, func(string) (bool, error)) (gait.Content, error) {
			mu.Lock()
			defer mu.Unlock()
			if read != 40 {
				return gait.Content{Broken: fmt.Sprintf("only %d members were read", read)}, nil
			}
			return gait.Content{}, nil
		},
	})
	store := newMemory()
	if r := sync1(t, store, source); len(r.Failed) > 0 || store.files["a.zip"].Outcome != gait.FileImported {
		t.Errorf("failed %v, the archive is %v", r.Failed, store.files["a.zip"].Outcome)
	}
}

func TestProgressReachesItsEnd(t *testing.T) {
	var last ingest.Progress
	syncer := &ingest.Syncer{Store: newMemory(), Measure: measure, Progress: func(p ingest.Progress) {
		if p.Done != last.Done+1 || p.Total < p.Done {
			t.Errorf("%+v after %+v", p, last)
		}
		last = p
	}}
	source := offers{holding("a.fit", ran(0, 30)), {Name: "b.fit", Known: true}, {Name: "c.fit", Failed: "no"}, holding("d.fit", ran(90, 30))}
	if _, err := syncer.Sync(t.Context(), source); err != nil || last != (ingest.Progress{Done: 4, Total: 4}) {
		t.Errorf("error %v, progress %+v", err, last)
	}
}
