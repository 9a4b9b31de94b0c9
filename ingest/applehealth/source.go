// Package applehealth reads what an iPhone exports of Apple Health: the walks it
// has measured, and the runs of an Apple Watch. Nothing else is kept.
package applehealth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// Source offers the exports in folders and single ones. Make one with [NewImport]
// or [NewWatch].
type Source struct {
	paths   []string
	watched bool
	now     func() time.Time
}

// NewImport offers what a person names: an export that failed before is tried
// again.
func NewImport(paths ...string) *Source { return &Source{paths: paths, now: time.Now} }

// NewWatch offers what is in watched folders: an export that failed is tried again
// only once it has changed. now tells the time.
func NewWatch(now func() time.Time, dirs ...string) *Source {
	return &Source{paths: dirs, watched: true, now: now}
}

// settle is how long a watched file must have lain untouched: it may still be
// copied.
const settle = 30 * time.Second

// How much one offer holds: few enough that memory stays small.
const (
	batchWalks = 1000
	batchRuns  = 20
)

// Name is applehealth.
func (*Source) Name() gait.SourceName { return gait.SourceAppleHealth }

// Offers reads the exports from beginning to end and offers what is in them in
// batches. An export is remembered when all of it was dealt with: one that was
// broken off is read again, and nothing is stored twice.
func (s *Source) Offers(ctx context.Context, remembered ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		files, err := remembered(ctx)
		if err != nil {
			yield(ingest.Item{}, err)
			return
		}
		for _, p := range s.paths {
			found := []string{p}
			info, err := os.Stat(p)
			switch {
			case err != nil:
				if !yield(ingest.Item{Name: p, Failed: reason(err)}, nil) {
					return
				}
				continue
			case info.IsDir() && s.watched:
				found = candidates(p)
			case info.IsDir():
				found = below(p)
			}
			for _, file := range found {
				o := offering{ctx: ctx, source: s, files: files, yield: yield}
				if !o.file(file) {
					return
				}
			}
		}
	}
}

// candidates are the files in a folder and in those right below it that may be
// exports, by their names alone: those seen before need not be opened.
func candidates(dir string) []string {
	var found []string
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		ending := strings.ToLower(filepath.Ext(p))
		switch {
		case err != nil || p == dir: // the check of the sources tells what cannot be read
		case strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			if filepath.Dir(p) != filepath.Clean(dir) {
				return fs.SkipDir
			}
		case ending == ".zip" || ending == ".xml":
			found = append(found, p)
		}
		return nil
	})
	return found
}

// offering is the reading of one export.
type offering struct {
	ctx    context.Context
	source *Source
	files  map[string]ingest.File
	yield  func(ingest.Item, error) bool

	name    string
	size    int64 // on the disk
	whole   int64 // unpacked
	done    int64 // of size
	walks   []gait.Walk
	found   bool // a walk or a run
	running running
	stopped bool
	ended   error // of the context
}

var errStopped = errors.New("no more is wanted")

// file offers what is in one file; false where no more is wanted.
func (o *offering) file(name string) bool {
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	info, err := os.Stat(name)
	if err != nil {
		return o.yield(ingest.Item{Name: name, Failed: reason(err)}, nil)
	}
	o.name, o.size = name, info.Size()
	file := ingest.File{Path: name, Size: info.Size(), Modified: info.ModTime().UTC()}
	if old, ok := o.files[name]; ok && file.Unchanged(old) && (o.source.watched || old.Outcome != ingest.FileFailed) {
		return o.yield(ingest.Item{Name: name, Known: true, Weight: o.size}, nil)
	}
	if age := o.source.now().Sub(file.Modified); o.source.watched && age >= 0 && age < settle {
		return o.yield(ingest.Item{Name: name, Wait: settle - age}, nil)
	}
	opening := &ingest.Opening{}
	if !o.yield(ingest.Item{Name: name, File: &file, Opening: opening, Left: o.size}, nil) {
		return false
	}
	if opening.Refused != "" {
		return o.yield(ingest.Item{Name: name, Failed: opening.Refused}, nil)
	}
	e, err := open(name)
	if err == nil && e == nil {
		return true // another archive
	}
	fault := ""
	if err == nil {
		o.whole = e.size
		err = errors.Join(o.read(e), e.close())
	}
	o.ended = context.Cause(o.ctx)
	switch {
	case o.stopped:
		return false
	case o.ended != nil:
		return o.yield(ingest.Item{}, o.ended) && false
	case err != nil:
		fault = reason(err)
	}
	file.Outcome = ingest.FileImported
	var skipped []string
	if !o.found && fault == "" {
		skipped = []string{"export of Apple Health without walks and runs that can be read"}
	}
	return o.yield(ingest.Item{
		Name: name, File: &file, Last: true, Weight: o.size - o.done,
		Read: ingest.Ready(ingest.Content{Broken: fault, Skipped: skipped}),
	}, nil)
}

// read reads the export and offers its walks, then its runs.
func (o *offering) read(r io.Reader) error {
	err := scan(o.ctx, r, o.take, o.progress)
	if err != nil && (o.stopped || o.ctx.Err() != nil) {
		return err
	}
	if !o.flush() {
		return errStopped
	}
	runs := o.running.runs(o.name)
	o.found = o.found || len(runs) > 0
	for from := 0; from < len(runs); from += batchRuns {
		if !o.offer(ingest.Content{Runs: runs[from:min(from+batchRuns, len(runs))]}) {
			return errStopped
		}
	}
	return err
}

// take takes in one element.
func (o *offering) take(element []byte) error {
	if bytes.HasPrefix(element, workoutStart) {
		o.running.addWorkout(element)
		return nil
	}
	if bytes.Contains(element, []byte(walkingAsymmetry)) {
		if w, ok := readWalk(element); ok && w.Start.Before(o.source.now().Add(ahead)) {
			o.walks, o.found = append(o.walks, w), true
		}
		if len(o.walks) >= batchWalks && !o.flush() {
			return errStopped
		}
		return nil
	}
	if r, ok := readRecord(element); ok {
		o.running.add(r)
	}
	return nil
}

// progress says how far the reading has come.
func (o *offering) progress(read int64) error {
	const step = 1 << 26 // unpacked; for an export without a walk, too
	if share := o.share(read); share-o.done >= o.share(step) && share > o.done {
		if !o.offerWeighed(ingest.Content{}, share) {
			return errStopped
		}
	}
	return nil
}

// share is how much of the file on the disk so many unpacked bytes are.
func (o *offering) share(read int64) int64 {
	if o.whole <= 0 {
		return o.done
	}
	return min(o.size, int64(float64(o.size)*float64(read)/float64(o.whole)))
}

func (o *offering) flush() bool {
	walks := o.walks
	o.walks = nil
	return len(walks) == 0 || o.offer(ingest.Content{Walks: walks})
}

func (o *offering) offer(c ingest.Content) bool { return o.offerWeighed(c, o.done) }

// offerWeighed offers what was read, and with it that so much of the file on the
// disk is behind.
func (o *offering) offerWeighed(c ingest.Content, done int64) bool {
	item := ingest.Item{
		Name: o.name, Weight: done - o.done, Left: o.size - done,
		Read: ingest.Ready(c),
	}
	o.done = done
	o.stopped = !o.yield(item, nil)
	return !o.stopped
}

// reason says in plain words why an export cannot be read.
func reason(err error) string {
	var path *os.PathError
	switch {
	case errors.As(err, &path):
		return strings.ReplaceAll(path.Err.Error(), "\n", " ")
	case errors.Is(err, context.Canceled):
		return "stopped"
	default:
		return fmt.Sprintf("the export is broken or breaks off (%v): export it on the phone again", strings.Join(strings.Fields(err.Error()), " "))
	}
}
