package ingest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"gaitkeeper/gait"
)

// window is how many offers for each worker may be between a source and the
// store: it bounds the memory of a sync.
const window = 4

// Syncer takes in what sources have.
type Syncer struct {
	Store   Store
	Measure Measure
	// Now is the clock; nil is the real one.
	Now func() time.Time
	// Key tells syncs apart that go over different files: where one of them died,
	// the next with the same key is careful. Empty: the source's name.
	Key string
	// Progress, if set, is called after each offer, never from two goroutines
	// at once.
	Progress func(Progress)
}

// job is an offer on its way through the workers. The fields below done may be
// read once it is closed.
type job struct {
	offer    Item
	done     chan struct{}
	content  Content
	measures []gait.Measures // one for each run
	packed   [][]byte        // the samples of each
	err      error
	// kept, if set, is closed once the job was dealt with; what it brought is
	// saved at once.
	kept chan struct{}
}

// Sync takes in what src has that the store does not. The report is right up
// to the error, if there is one: of the source, the store, or ctx. What was
// read before the error is saved.
func (s *Syncer) Sync(ctx context.Context, src Source) (Report, error) {
	if s.Key == "" {
		s.Key = string(src.Name())
	}
	w, err := s.recall(ctx)
	if err != nil {
		return Report{}, err
	}
	r, err := s.sync(ctx, src, w)
	return r, errors.Join(err, w.end(ctx))
}

func (s *Syncer) sync(ctx context.Context, src Source, w *crashGuard) (Report, error) {
	t := &tally{tell: s.Progress}
	// A failure ends what has not begun; what is being read may end well.
	begin, stop := context.WithCancelCause(ctx)
	defer stop(nil)

	workers := runtime.GOMAXPROCS(0)
	order := make(chan *job, window*workers)
	room := window*workers + 1 // for all of order and the one in the saver's hand
	jobs, costly := make(chan *job, room), make(chan *job, room)
	var pulled error
	var working sync.WaitGroup
	working.Go(func() {
		defer close(order)
		defer close(jobs)
		defer close(costly)
		pulled = pull(begin, src, w, t, order, func(j *job) {
			if j.offer.Costly {
				costly <- j
			} else {
				jobs <- j
			}
		})
	})
	for range workers {
		working.Go(func() { s.work(ctx, begin, jobs) })
	}
	working.Go(func() { s.work(ctx, begin, costly) }) // one thing at a time, see [Item]
	kept := s.newSaver(t).save(ctx, order, stop)
	working.Wait()

	switch {
	case kept != nil:
		return t.done(), kept
	case pulled != nil:
		return t.done(), pulled
	default:
		return t.done(), context.Cause(ctx)
	}
}

// pull hands the source's offers to the workers and, in their order, to the
// saver. It blocks while enough of them are on their way.
func pull(ctx context.Context, src Source, w *crashGuard, t *tally, order chan<- *job, read func(*job)) error {
	for offer, err := range src.Offers(ctx, w.files) {
		if err != nil {
			return err
		}
		t.expect(offer)
		if offer.Opening != nil {
			if offer.Opening.Refused, _, err = w.mark(ctx, offer); err != nil {
				return err
			}
			continue
		}
		if offer.Read == nil && offer.Gone == nil {
			t.note(offer)
			t.advance(offer)
			continue
		}
		j := &job{offer: offer, done: make(chan struct{})}
		if err := w.take(ctx, j); err != nil {
			j.drop()
			return err
		}
		select {
		case order <- j:
		case <-ctx.Done():
			j.drop()
			return context.Cause(ctx)
		}
		if !offer.Last {
			read(j)
		}
		if j.kept != nil {
			<-j.kept
			w.passed(j.content)
		}
	}
	return nil
}

// work reads and measures jobs until there are no more. After begin has ended it
// only marks them as done.
func (s *Syncer) work(ctx, begin context.Context, jobs <-chan *job) {
	for j := range jobs {
		if j.err = context.Cause(begin); j.err == nil {
			s.read(ctx, j)
		}
		close(j.done)
	}
}

// read fills in what the job's offer holds.
func (s *Syncer) read(ctx context.Context, j *job) {
	if j.offer.Read == nil {
		return
	}
	known := func(sha256 string) (bool, error) { return s.Store.Known(ctx, sha256) }
	j.content, j.err = j.offer.Read(ctx, known)
	for i := range j.content.Runs {
		r := &j.content.Runs[i]
		if r.Distance < 0 || r.Distance > farthest {
			r.Distance = gait.Unknown[gait.Metres]()
		}
		j.measures = append(j.measures, s.Measure(*r))
		packed, err := s.Store.Pack(r.Samples)
		if err != nil {
			j.err = errors.Join(j.err, fmt.Errorf("pack the run of %s: %w", r.Start, err))
		}
		j.packed = append(j.packed, packed)
	}
}

// farthest is the longest distance that is believed of a run: nobody has come
// farther than a thousand kilometres in the week that one may last.
const farthest = gait.Metres(1_500_000)

// drop tells the source that the offer is no longer needed.
func (j *job) drop() {
	if j.offer.Done != nil {
		j.offer.Done()
	}
}
