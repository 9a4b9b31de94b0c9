package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// offers is a source of what it lists.
type offers []ingest.Item

func (offers) Name() gait.SourceName { return gait.SourceFIT }

func (o offers) Offers(ctx context.Context, remembered ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		if _, err := remembered(ctx); err != nil {
			yield(ingest.Item{}, err)
			return
		}
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
func file(path string, c ingest.Content) ingest.Item {
	if c.SHA256 == "" {
		c.SHA256 = "sha of " + path
	}
	return ingest.Item{Name: path, File: &ingest.File{Path: path}, Read: func(_ context.Context, known func(string) (bool, error)) (ingest.Content, error) {
		if ok, err := known(c.SHA256); ok || err != nil {
			return ingest.Content{SHA256: c.SHA256, Known: ok}, err
		}
		return c, nil
	}}
}

// holding offers a file with runs in it, whose places in it are their keys.
func holding(path string, runs ...gait.Run) ingest.Item {
	for i := range runs {
		runs[i].Origins = slices.Clone(runs[i].Origins)
		runs[i].Origins[0].Key = fmt.Sprintf("%s:%d", path, i)
	}
	return file(path, ingest.Content{Runs: runs})
}

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
		file("copy of a.fit", ingest.Content{SHA256: "sha of a.fit", Runs: []gait.Run{ran(0, 30)}}),
		file("ride.fit", ingest.Content{Skipped: []string{"cycling"}}),
		file("triathlon.fit", ingest.Content{Runs: []gait.Run{ran(300, 40)}, Skipped: []string{"swimming", "cycling"}}),
		file("torn.fit", ingest.Content{Runs: []gait.Run{ran(600, 10)}, Broken: "it breaks off"}),
		file("disk.fit", ingest.Content{Broken: "input/output error", Transient: true}),
		file("z.zip", ingest.Content{Broken: "1 of its files could not be read", Reported: true}),
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

// TestCancelledAnywhereNothingIsLost: whatever moment a sync is stopped at, the
// next one completes it, every offer is given back, and no goroutine stays.
func TestCancelledAnywhereNothingIsLost(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4)) // more cores read further ahead
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

func (c counted) Offers(ctx context.Context, remembered ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		for o, err := range c.offers.Offers(ctx, remembered) {
			if err == nil {
				*c.n++
			}
			if !yield(o, err) {
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

// TestWhatIsReadBesideAFailureIsSaved: a server refuses one request while it
// answers another; what it answered is not asked for again.
func TestWhatIsReadBesideAFailureIsSaved(t *testing.T) {
	synctest.Test(t, besideAFailure)
}

func besideAFailure(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2)) // two are read at once
	store, refused := newMemory(), errors.New("too many requests")
	answering := make(chan struct{})
	answered := holding("second.fit", ran(0, 30))
	read := answered.Read
	answered.Read = func(ctx context.Context, known func(string) (bool, error)) (ingest.Content, error) {
		close(answering)
		time.Sleep(time.Second) // in no real time, once the failure has been dealt with
		if ctx.Err() != nil {
			return ingest.Content{}, ctx.Err()
		}
		return read(ctx, known)
	}
	_, err := (&ingest.Syncer{Store: store, Measure: measure}).Sync(t.Context(), offers{
		{Name: "first.fit", File: &ingest.File{Path: "first.fit"}, Read: func(context.Context, func(string) (bool, error)) (ingest.Content, error) {
			<-answering
			return ingest.Content{}, refused
		}},
		answered,
	})
	if !errors.Is(err, refused) || len(store.runs) != 1 || store.files["second.fit"].Outcome != ingest.FileImported {
		t.Errorf("%v; %d runs, %+v", err, len(store.runs), store.files)
	}
}

// TestAServerIsAskedForOneThingAtATime, in the order of the offers, on however
// many cores.
func TestAServerIsAskedForOneThingAtATime(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	var asked []string // one after the other: the race detector looks on
	var source offers
	for i := range 40 {
		o := holding(fmt.Sprintf("%02d", i), ran(i*24*60, 30))
		read := o.Read
		o.Read = func(ctx context.Context, known func(string) (bool, error)) (ingest.Content, error) {
			asked = append(asked, o.Name)
			return read(ctx, known)
		}
		o.Costly = true
		source = append(source, o)
	}
	sync1(t, newMemory(), source)
	if len(asked) != 40 || !slices.IsSorted(asked) {
		t.Errorf("asked for %v", asked)
	}
}

// failing is a source that breaks after its offers.
type failing struct {
	offers
	err error
}

func (f failing) Offers(ctx context.Context, remembered ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		for o, err := range f.offers.Offers(ctx, remembered) {
			if !yield(o, err) {
				return
			}
		}
		yield(ingest.Item{}, f.err)
	}
}

func TestAStoreThatFailsEndsTheSync(t *testing.T) {
	full := errors.New("disk full")
	for _, what := range []string{"files", "known", "holder", "nearby", "save"} {
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
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4)) // more cores have more under way
	var mu sync.Mutex
	open, most := 0, 0
	var source offers
	for i := range 700 {
		o := holding(fmt.Sprintf("%04d.fit", i), ran(i*24*60, 30))
		read := o.Read
		o.Read = func(ctx context.Context, known func(string) (bool, error)) (ingest.Content, error) {
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
	if len(store.runs) != 700 || most > 200 || store.saves < 10 {
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
		o.Read = func(ctx context.Context, known func(string) (bool, error)) (ingest.Content, error) {
			c, err := inner(ctx, known)
			mu.Lock()
			read++
			mu.Unlock()
			return c, err
		}
		source = append(source, o)
	}
	source = append(source, ingest.Item{
		Name: "a.zip", File: &ingest.File{Path: "a.zip", Outcome: ingest.FileImported}, Last: true,
		Read: func(context.Context, func(string) (bool, error)) (ingest.Content, error) {
			mu.Lock()
			defer mu.Unlock()
			if read != 40 {
				return ingest.Content{Broken: fmt.Sprintf("only %d members were read", read)}, nil
			}
			return ingest.Content{}, nil
		},
	})
	store := newMemory()
	if r := sync1(t, store, source); len(r.Failed) > 0 || store.files["a.zip"].Outcome != ingest.FileImported {
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

// One list with a number of its own making must not spoil every sum it goes into.
func TestADistanceThatNobodyRunsIsNotBelieved(t *testing.T) {
	for _, metres := range []gait.Metres{-5, 3e6, 1e308, gait.Metres(math.Inf(1))} {
		store := newMemory()
		sync1(t, store, offers{holding("a.fit", ran(60, 40, func(r *gait.Run) { r.Distance = metres }))})
		for _, r := range store.runs {
			if gait.Known(r.Distance) {
				t.Errorf("%v m: took %v m", metres, r.Distance)
			}
		}
		if len(store.runs) != 1 {
			t.Errorf("%v m: %d runs", metres, len(store.runs))
		}
	}
}
