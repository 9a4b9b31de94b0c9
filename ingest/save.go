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
// memory stays small, enough that a transaction is worth its while.
const (
	batchImports = 64
	batchSamples = 40_000
)

// saver makes imports of what was read, one after the other in the order of
// the offers, and saves them in batches.
type saver struct {
	store   Store
	now     func() time.Time
	tally   *tally
	match   matcher
	hashes  map[string]bool // of this sync
	batch   []Import
	brought []saved // of the batch
	samples int     // in the batch
}

func (s *Syncer) newSaver(t *tally) *saver {
	return &saver{
		store: s.Store, now: s.clock(), tally: t, hashes: map[string]bool{},
		match: matcher{stored: s.Store, pending: map[gait.RunID]gait.Run{}, unsaved: map[gait.RunID]bool{}},
	}
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

// keep adds what the job brought to the batch, and saves the batch where that
// is worth its while.
func (s *saver) keep(ctx context.Context, j *job) error {
	if err := s.add(ctx, j); err != nil {
		return err
	}
	s.tally.advance(j.offer)
	if j.kept != nil || j.offer.Costly || j.offer.Gone != nil || len(s.batch) >= batchImports || s.samples >= batchSamples {
		return s.flush(ctx)
	}
	return nil
}

// add makes the import of a job that was read.
func (s *saver) add(ctx context.Context, j *job) error {
	c := j.content
	if c.SHA256 != "" {
		if s.hashes[c.SHA256] && c.Broken == "" && !c.HasMetadata {
			c = Content{SHA256: c.SHA256, Known: true}
		}
		s.hashes[c.SHA256] = true
	}
	imp := Import{File: remembered(j.offer.File, c), Gone: j.offer.Gone, Walks: c.Walks}
	brought := saved{name: j.offer.Name, content: c}
	if imp.Gone != nil {
		var err error
		if brought.gone, err = s.match.drop(ctx, *imp.Gone); err != nil {
			return err
		}
	}
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
func (s *saver) place(ctx context.Context, r gait.Run, m gait.Measures, brought *saved) (ImportedRun, error) {
	r.Clock = r.ClockTaken(s.now())
	if seen := r.ClockAt(s.now()); !seen.Believed() {
		summary := r
		summary.Samples = nil
		brought.misdated = append(brought.misdated, summary)
	}
	old, found, err := s.match.find(ctx, r)
	if err != nil {
		return ImportedRun{}, fmt.Errorf("look for other recordings of the run of %s: %w", r.Start, err)
	}
	imported := ImportedRun{Run: r, Measures: m}
	if found {
		s.mergeRecording(&imported, old, brought)
		return imported, nil
	}
	id, err := s.match.fresh(ctx, r)
	if err != nil {
		return ImportedRun{}, fmt.Errorf("name the run of %s: %w", r.Start, err)
	}
	imported.Run.ID, imported.Measures.Run = id, id
	imported.Run.Origins = mergeOrigins(nil, r.Origins, true)
	brought.fresh++
	s.match.remember(imported.Run)
	s.parseNotes(&imported, r.End(), brought)
	return imported, nil
}

// mergeRecording makes the import another recording of the old run.
func (s *saver) mergeRecording(in *ImportedRun, old gait.Run, brought *saved) {
	r := in.Run
	if now := s.now(); !r.ClockAt(now).Believed() && old.ClockAt(now).Believed() { // the other clock is right
		r.Start, r.Clock = old.Start, old.Clock
		in.Run, in.Measures.Start = r, old.Start
	}
	in.Same, in.Better = old.ID, isBetter(r, old)
	in.Run.ID, in.Measures.Run = old.ID, old.ID
	in.Run.Origins = mergeOrigins(nil, r.Origins, in.Better || recordingOf(old, r))
	kept := old
	if in.Better {
		brought.better++
		kept = in.Run
	} else {
		brought.same++
	}
	kept.Origins = mergeOrigins(old.Origins, in.Run.Origins, in.Better)
	kept.Gone = false
	s.match.remember(kept)

	spoken := r.End()
	switch {
	case brought.content.HasMetadata: // said long ago
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
func (s *saver) parseNotes(r *ImportedRun, spoken time.Time, brought *saved) {
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
	brought.unread = append(brought.unread, r.Unread...)
}

// recordingOf tells whether the recording of o is of a place of r.
func recordingOf(o, r gait.Run) bool {
	return slices.ContainsFunc(o.Origins, func(p gait.Origin) bool { return p.Recording && slices.ContainsFunc(r.Origins, p.SamePlace) })
}

// mergeOrigins adds places to those that a run has. Where the recording is of the new
// ones, it is of no old one any more, and the files they took the place of are
// no places any more.
func mergeOrigins(old, more []gait.Origin, recording bool) []gait.Origin {
	all := slices.Clone(old)
	for _, o := range more {
		all = without(all, o)
	}
	for i := range all {
		all[i].Recording = all[i].Recording && !recording
	}
	for _, o := range more {
		o.Recording = recording || o.Recording
		all = append(slices.DeleteFunc(all, func(p gait.Origin) bool { return recording && o.Supersedes(p) }), o)
	}
	return all
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
	s.match.saved()
	return nil
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
