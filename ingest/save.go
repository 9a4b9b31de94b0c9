package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// A batch is saved when it has so many imports or samples: few enough that
// memory stays small, enough that a transaction is worth it.
const (
	batchImports = 64
	batchSamples = 40_000
)

// saver saves what was read, one after the other in the order of the offers,
// in batches.
type saver struct {
	store   Store
	now     func() time.Time
	tally   *tally
	hashes  map[string]bool // of this sync
	batch   []*job
	samples int // in the batch
}

func (s *Syncer) newSaver(t *tally) *saver {
	return &saver{store: s.Store, now: s.clock(), tally: t, hashes: map[string]bool{}}
}

func (s *Syncer) clock() func() time.Time {
	if s.Now == nil {
		return time.Now
	}
	return s.Now
}

// save deals with every job of order. At the first error it calls stop; what
// was read whole is saved all the same, unless it is the store that fails.
func (s *saver) save(ctx context.Context, order <-chan *job, stop context.CancelCauseFunc) error {
	var first, refused error // refused is the store's
	for j := range order {
		err := first
		switch {
		case !j.offer.Last:
			<-j.done
			err = j.err
		case first == nil: // it stands for everything before it
			j.content, err = j.offer.Read(ctx, nil)
		}
		if err == nil && refused == nil {
			refused = s.keep(ctx, j)
			err = refused
		}
		if err != nil && first == nil {
			first = err
			stop(first)
		}
		j.drop()
		if j.kept != nil {
			close(j.kept)
		}
	}
	if err := s.flush(context.WithoutCancel(ctx)); err != nil && first == nil {
		first = err
	}
	return first
}

// keep adds what the job brought to the batch, and saves the batch once it is
// large enough.
func (s *saver) keep(ctx context.Context, j *job) error {
	c := &j.content
	if c.SHA256 != "" {
		if s.hashes[c.SHA256] && c.Broken == "" && !c.HasMetadata {
			*c = Content{SHA256: c.SHA256, Known: true}
		}
		s.hashes[c.SHA256] = true
	}
	for _, r := range c.Runs {
		s.samples += len(r.Samples)
	}
	s.batch = append(s.batch, j)
	s.tally.advance(j.offer)
	if j.kept != nil || j.offer.Costly || j.offer.Gone != nil || len(s.batch) >= batchImports || s.samples >= batchSamples {
		return s.flush(ctx)
	}
	return nil
}

// flush saves the batch and then counts it.
func (s *saver) flush(ctx context.Context) error {
	if len(s.batch) == 0 {
		return nil
	}
	var brought Report
	err := s.store.Save(ctx, func(tx Transaction) error {
		for _, j := range s.batch {
			if err := s.put(ctx, tx, j, &brought); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save %d files: %w", len(s.batch), err)
	}
	s.tally.add(brought)
	s.batch, s.samples = nil, 0
	return nil
}

// put stores what a job brought: its runs one by one, since each may be another
// recording of the one before it.
func (s *saver) put(ctx context.Context, tx Transaction, j *job, brought *Report) error {
	for i, r := range j.content.Runs {
		run, err := s.place(ctx, tx, r, j.measures[i], j.content.HasMetadata, brought)
		if err != nil {
			return err
		}
		run.Packed = j.packed[i]
		if err := tx.Put(ctx, Import{Runs: []ImportedRun{run}}); err != nil {
			return err
		}
	}
	if gone := j.offer.Gone; gone != nil {
		_, held, err := tx.Holder(ctx, *gone)
		if err != nil {
			return err
		}
		if held {
			brought.Gone++
		}
	}
	brought.count(j.offer.Name, j.content)
	return tx.Put(ctx, Import{File: remembered(j.offer.File, j.content), Gone: j.offer.Gone, Walks: j.content.Walks})
}

// place decides whether the run is new or another recording of one that is
// there. early means that its texts were written long ago.
func (s *saver) place(ctx context.Context, tx Transaction, r gait.Run, m gait.Measures, early bool, brought *Report) (ImportedRun, error) {
	r.Clock = r.ClockTaken(s.now())
	if seen := r.ClockAt(s.now()); !seen.Believed() {
		summary := r
		summary.Samples = nil
		brought.Misdated = append(brought.Misdated, summary)
	}
	match := matcher{tx}
	old, found, err := match.find(ctx, r)
	if err != nil {
		return ImportedRun{}, fmt.Errorf("look for other recordings of the run of %s: %w", r.Start, err)
	}
	imported := ImportedRun{Run: r, Measures: m}
	if found {
		s.mergeRecording(&imported, old, early, brought)
		return imported, nil
	}
	id, err := match.fresh(ctx, r)
	if err != nil {
		return ImportedRun{}, fmt.Errorf("name the run of %s: %w", r.Start, err)
	}
	imported.Run.ID, imported.Measures.Run = id, id
	brought.New++
	s.parseNotes(&imported, r.End(), brought)
	return imported, nil
}

// mergeRecording makes the import another recording of the old run.
func (s *saver) mergeRecording(in *ImportedRun, old gait.Run, early bool, brought *Report) {
	r := in.Run
	if now := s.now(); !r.ClockAt(now).Believed() && old.ClockAt(now).Believed() { // the other clock is right
		r.Start, r.Clock = old.Start, old.Clock
		in.Run, in.Measures.Start = r, old.Start
	}
	in.Same, in.Better = old.ID, isBetter(r, old)
	in.Run.ID, in.Measures.Run = old.ID, old.ID
	if in.Better {
		brought.Better++
		for _, p := range old.Origins {
			if slices.ContainsFunc(r.Origins, func(o gait.Origin) bool { return o.Supersedes(p) }) {
				in.Superseded = append(in.Superseded, p)
			}
		}
	} else {
		brought.Same++
	}

	spoken := r.End()
	switch {
	case early:
	case !sameOrigin(r, old):
	case r.Origins[0].Source == gait.SourceFIT: // the very bytes that were read before
		in.Run.NoMetadata = true
	default: // an edit, said just now
		spoken = s.now()
	}
	s.parseNotes(in, spoken, brought)
}

// parseNotes takes down what the texts of the run say about pain, as spoken at the
// given moment or now, whichever was first.
func (s *saver) parseNotes(r *ImportedRun, spoken time.Time, brought *Report) {
	if r.Run.NoMetadata {
		return
	}
	now := s.now()
	if spoken.After(now) {
		spoken = now
	}
	at := r.Run.End()
	if !r.Run.ClockAt(now).Believed() {
		at = now // nobody knows when it was
	}
	r.Described, r.Unread = describe(r.Run)
	for i := range r.Described {
		r.Described[i].At, r.Described[i].Recorded = at, spoken
	}
	brought.Unread = append(brought.Unread, r.Unread...)
}

// remembered is what to remember of a file that held c: nothing for an activity
// that is no file, or when the file should be tried again.
func remembered(f *File, c Content) *File {
	if f == nil || c.Transient {
		return nil
	}
	file := *f
	if file.Outcome == FileGone {
		return &file
	}
	file.SHA256 = c.SHA256
	switch {
	case c.Broken != "":
		file.Outcome, file.Reason = FileFailed, c.Broken
	case c.Known:
		file.Outcome, file.Reason = FileSkipped, "the same bytes were read before"
	case len(c.Runs) > 0:
		file.Outcome = FileImported
	case file.Outcome == "":
		file.Outcome, file.Reason = FileSkipped, strings.Join(c.Skipped, ", ")
	}
	return &file
}
