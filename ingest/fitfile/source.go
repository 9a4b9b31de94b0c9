package fitfile

import (
	"bytes"
	"context"
	"iter"
	"sync"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// Source offers the FIT files in folders, single files, and the archives among
// them. Make one with [NewImport] or [NewWatch].
type Source struct {
	paths   []string
	watched bool
	settle  time.Duration
	now     func() time.Time
	limits  Limits
	free    func(dir string) (int64, error) // bytes free on the disk of a folder
	reader  Reader
	buffers sync.Pool
}

// WithFields has the source read developer fields with a balance that the runner
// named.
func (s *Source) WithFields(f Fields) *Source {
	s.reader.Fields = f
	return s
}

// NewImport offers what a person names: a file that failed before is tried
// again, and a named file that is not FIT is a failure.
func NewImport(limits Limits, paths ...string) *Source {
	return &Source{paths: paths, limits: limits, free: freeRoom}
}

// NewWatch offers what is in watched folders: a file that failed is tried again
// only once it has changed, and one that was changed within the last settle is
// still being copied. now tells the time.
func NewWatch(limits Limits, settle time.Duration, now func() time.Time, dirs ...string) *Source {
	return &Source{paths: dirs, watched: true, settle: settle, now: now, limits: limits, free: freeRoom}
}

// Name is fit.
func (s *Source) Name() gait.SourceName { return gait.SourceFIT }

// Offers lists the FIT files, those in archives included. What is remembered of
// them is read while the folders are looked through. An error is of that, or of
// ctx.
func (s *Source) Offers(ctx context.Context, remembered ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		var files map[string]ingest.File
		var err error
		var reading sync.WaitGroup
		reading.Go(func() { files, err = remembered(ctx) })
		w := walk{ctx: ctx, foreign: !s.watched, taken: map[string]bool{}, real: map[string]bool{}}
		for _, path := range s.paths {
			w.named(path)
		}
		if reading.Wait(); err != nil {
			yield(ingest.Item{}, err)
			return
		}
		p := &listing{Source: s, ctx: ctx, files: files, total: len(w.found), left: w.bytes(), large: make(chan struct{}, 1), yield: yield}
		p.diskLists(w.lists)
		for _, f := range w.found {
			if p.ended() {
				return
			}
			p.file(f)
		}
		p.endLists()
	}
}

// listing is one time through everything a source has.
type listing struct {
	*Source
	ctx   context.Context
	files map[string]ingest.File
	total int   // offers known of so far
	left  int64 // bytes, packed, that lie ahead
	lists map[string]*exportTexts
	large chan struct{} // holds the turn of the large file that is under way
	yield func(ingest.Item, error) bool
	over  bool // no more offers are wanted
}

// largeFile is the size in bytes from which files are under way one at a time:
// several runs of a week each would fill the memory.
const largeFile = 4 << 20

// alone waits for the turn of a large file, until the one before it was dealt
// with, or until the context ends; done ends the turn. It is the source that waits
// and no worker, so that nobody waits for what comes behind him.
func (p *listing) alone(size int64) (done func()) {
	if size < largeFile || p.over {
		return func() {}
	}
	select {
	case p.large <- struct{}{}:
		return sync.OnceFunc(func() { <-p.large })
	case <-p.ctx.Done():
		return func() {}
	}
}

// ended reports whether no more offers are wanted; the end of the context is
// told.
func (p *listing) ended() bool {
	if err := context.Cause(p.ctx); err != nil && !p.over {
		p.yield(ingest.Item{}, err)
		p.over = true
	}
	return p.over
}

// offer hands an offer on, as long as any are wanted.
func (p *listing) offer(o ingest.Item) {
	o.Total, o.Left = p.total, p.left
	p.over = p.over || !p.yield(o, nil)
}

// weighed hands an offer on that stands for so many of the bytes ahead.
func (p *listing) weighed(o ingest.Item, weight int64) {
	p.left -= weight
	o.Weight = weight
	p.offer(o)
}

// again reports whether everything is read again: a person names files and there are
// fields named in the config, which may not have been when the files were read.
func (s *Source) again() bool { return !s.watched && s.reader.Fields != Fields{} }

// seen reports whether f need not be opened.
func (p *listing) seen(f ingest.File) bool {
	old, ok := p.files[f.Path]
	return ok && !p.again() && f.Unchanged(old) && (p.watched || old.Outcome != ingest.FileFailed)
}

// unsettled is how long to wait for f, because it is still being copied. A time
// in the future is a wrong clock and tells nothing.
func (p *listing) unsettled(f ingest.File) time.Duration {
	if !p.watched {
		return 0
	}
	if age := p.now().Sub(f.Modified); age > -p.settle && age < p.settle {
		return min(p.settle-age, p.settle)
	}
	return 0
}

// buffer lends a buffer; give it back with giveBack.
func (s *Source) buffer() *bytes.Buffer {
	if b, ok := s.buffers.Get().(*bytes.Buffer); ok {
		b.Reset()
		return b
	}
	return new(bytes.Buffer)
}

// giveBack takes a buffer back; a large one is let go of.
func (s *Source) giveBack(b *bytes.Buffer) {
	if b.Cap() < 2*largeFile {
		s.buffers.Put(b)
	}
}
