package ingest

import (
	"context"
	"fmt"
	"strings"

	"gaitkeeper/gait"
)

// A batch is saved when it has so many imports or samples: few enough that
// memory stays small, enough that a transaction is worth its while.
const (
	batchImports = 64
	batchSamples = 40_000
)

// saver makes imports of what was read, one after the other in the order of
// the offers, and saves them in batches.
type saver struct {
	store   Store
	tally   *tally
	match   matcher
	hashes  map[string]bool // of this sync
	batch   []gait.Import
	brought []saved // of the batch
	samples int     // in the batch
}

func newSaver(store Store, t *tally) *saver {
	return &saver{
		store: store, tally: t, hashes: map[string]bool{},
		match: matcher{store: store, pending: map[gait.RunID]gait.Run{}},
	}
}

// save deals with every job of order. At the first error it calls stop and
// drops the rest; what was read whole before is saved all the same.
func (s *saver) save(ctx context.Context, order <-chan *job, stop context.CancelCauseFunc) error {
	var first error
	for j := range order {
		if first == nil {
			if first = s.handle(ctx, j); first != nil {
				stop(first)
			}
		}
		if !j.offer.Last {
			<-j.done
		}
		j.drop()
	}
	if err := s.flush(context.WithoutCancel(ctx)); err != nil && first == nil {
		first = err
	}
	return first
}

// handle waits for the job and adds what it brought to the batch.
func (s *saver) handle(ctx context.Context, j *job) error {
	if j.offer.Last {
		j.content, j.err = j.offer.Read(ctx, nil)
	} else {
		<-j.done
	}
	if j.err != nil {
		return j.err
	}
	if err := s.add(ctx, j); err != nil {
		return err
	}
	s.tally.advance()
	if len(s.batch) >= batchImports || s.samples >= batchSamples {
		return s.flush(ctx)
	}
	return nil
}

// add makes the import of a job that was read.
func (s *saver) add(ctx context.Context, j *job) error {
	c := j.content
	if s.hashes[c.SHA256] && c.Broken == "" {
		c = gait.Content{SHA256: c.SHA256, Known: true}
	}
	if c.SHA256 != "" {
		s.hashes[c.SHA256] = true
	}
	imp := gait.Import{File: remembered(j.offer.File, c)}
	brought := saved{name: j.offer.Name, content: c}
	for i, r := range c.Runs {
		run, err := s.place(ctx, r, j.measures[i], &brought)
		if err != nil {
			return err
		}
		imp.Runs = append(imp.Runs, run)
		s.samples += len(r.Samples)
	}
	s.batch = append(s.batch, imp)
	s.brought = append(s.brought, brought)
	return nil
}

// place decides whether the run is new or another recording of one that is
// there.
func (s *saver) place(ctx context.Context, r gait.Run, m gait.Measures, brought *saved) (gait.ImportedRun, error) {
	old, found, err := s.match.find(ctx, r)
	if err != nil {
		return gait.ImportedRun{}, fmt.Errorf("look for other recordings of the run of %s: %w", r.Start, err)
	}
	if !found {
		brought.fresh++
		s.match.remember(r)
		return gait.ImportedRun{Run: r, Measures: m}, nil
	}
	imported := gait.ImportedRun{Run: r, Measures: m, Same: old.ID, Better: better(r, old)}
	imported.Run.ID, imported.Measures.Run = old.ID, old.ID
	kept := old
	if imported.Better {
		brought.better++
		kept = imported.Run
	} else {
		brought.same++
	}
	kept.Origins = append(old.Origins[:len(old.Origins):len(old.Origins)], r.Origins...)
	s.match.remember(kept)
	return imported, nil
}

// flush saves the batch and then counts it.
func (s *saver) flush(ctx context.Context) error {
	if len(s.batch) == 0 {
		return nil
	}
	if err := s.store.Save(ctx, s.batch); err != nil {
		return fmt.Errorf("save %d files: %w", len(s.batch), err)
	}
	for _, b := range s.brought {
		s.tally.count(b)
	}
	s.batch, s.brought, s.samples = nil, nil, 0
	clear(s.match.pending)
	return nil
}

// remembered is what to remember of a file that held c: nothing for an activity
// that is no file, or when the file should be tried again.
func remembered(f *gait.File, c gait.Content) *gait.File {
	if f == nil || c.Passing {
		return nil
	}
	file := *f
	file.SHA256 = c.SHA256
	switch {
	case c.Broken != "":
		file.Outcome, file.Reason = gait.FileFailed, c.Broken
	case c.Known:
		file.Outcome, file.Reason = gait.FileSkipped, "the same bytes were read before"
	case len(c.Runs) > 0:
		file.Outcome = gait.FileImported
	case file.Outcome == "":
		file.Outcome, file.Reason = gait.FileSkipped, strings.Join(c.Skipped, ", ")
	}
	return &file
}
