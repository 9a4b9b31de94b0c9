package store

import (
	"context"
	"database/sql"
	"fmt"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// Save calls do in one transaction that holds the write lock from the start:
// whatever do looks up there, nobody changes before it is stored. All that do
// puts is stored, or nothing.
func (s *Store) Save(ctx context.Context, do func(ingest.Transaction) error) error {
	return during("save imports", s.write(ctx, func(tx *sql.Tx) error { return do(&importing{s, tx}) }))
}

// Pack compresses samples, so that [ingest.Transaction.Put] need not do it while
// others wait to write.
func (s *Store) Pack(samples []gait.Sample) ([]byte, error) {
	if len(samples) == 0 {
		return nil, nil
	}
	return s.codec.packSamples(samples)
}

// importing is a transaction of [Store.Save].
type importing struct {
	store *Store
	tx    *sql.Tx
}

// Put stores an import.
//
// A new run is added. A better recording of a stored run takes the place of
// its summary, samples and figures; the ID and everything the runner said stay.
// Any other recording of a stored run adds its origins. Each origin keeps its
// own words, of which the run shows the first, and the diary entries that were
// read from them. An origin that is gone takes these with it.
func (i *importing) Put(ctx context.Context, in ingest.Import) error {
	for _, run := range in.Runs {
		if err := i.putRun(ctx, run); err != nil {
			return fmt.Errorf("run %s: %w", run.Run.ID, err)
		}
	}
	if _, err := saveWalks(ctx, i.tx, in.Walks); err != nil {
		return fmt.Errorf("walks: %w", err)
	}
	if in.Gone != nil {
		if err := removeOrigin(ctx, i.tx, *in.Gone); err != nil {
			return fmt.Errorf("%s: %w", in.Gone.Name, err)
		}
	}
	if in.File == nil {
		return nil
	}
	return putFile(ctx, i.tx, *in.File)
}

func (i *importing) putRun(ctx context.Context, in ingest.ImportedRun) error {
	id, whole := in.Run.ID, in.Same == "" || in.Better
	var err error
	switch {
	case in.Same == "":
		err = insertRun(ctx, i.tx, in.Run)
	case in.Better:
		id, err = in.Same, replaceRun(ctx, i.tx, in.Same, in.Run)
	default:
		id, err = in.Same, requireRun(ctx, i.tx, in.Same)
	}
	if err != nil {
		return err
	}
	if whole {
		if err := i.putRecording(ctx, id, in); err != nil {
			return err
		}
	}
	if err := addOrigins(ctx, i.tx, id, in.Run.Origins, whole); err != nil {
		return err
	}
	for _, o := range in.Superseded {
		if err := supersede(ctx, i.tx, o, in.Run.Origins[0]); err != nil {
			return err
		}
	}
	if !in.Run.NoMetadata {
		if err := putWords(ctx, i.tx, id, in); err != nil {
			return err
		}
	}
	return showWords(ctx, i.tx, id)
}

// putRecording stores the samples and the figures of a run in place of those it
// had.
func (i *importing) putRecording(ctx context.Context, id gait.RunID, in ingest.ImportedRun) (err error) {
	if in.Packed == nil {
		if in.Packed, err = i.store.Pack(in.Run.Samples); err != nil {
			return err
		}
	}
	if err := putSamples(ctx, i.tx, id, in.Packed); err != nil {
		return err
	}
	figures, err := i.store.codec.packMeasures(in.Measures)
	if err != nil {
		return err
	}
	return putMeasures(ctx, i.tx, id, in.Measures.Method, figures)
}
