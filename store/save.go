package store

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// Save stores imports in one transaction: all of them or none.
//
// A new run is added. A better recording of a stored run takes the place of
// its summary, samples and figures; the ID and everything the runner said stay.
// Any other recording of a stored run adds its origins. Each origin keeps its
// own words, of which the run shows the first, and the diary entries that were
// read from them. An origin that is gone takes these with it. Saving the same
// import twice changes nothing.
func (s *Store) Save(ctx context.Context, imports []ingest.Import) error {
	if err := s.save(ctx, imports); err != nil {
		return fmt.Errorf("save imports: %w", err)
	}
	return nil
}

func (s *Store) save(ctx context.Context, imports []ingest.Import) error {
	packed, err := s.packAll(imports) // before the transaction, so that nobody is kept waiting
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		for _, in := range packed {
			if err := saveImport(ctx, tx, in); err != nil {
				return err
			}
		}
		return nil
	})
}

// packedImport is an import whose samples and figures are compressed.
type packedImport struct {
	file  *ingest.File
	gone  *gait.Origin
	runs  []packedRun
	walks []gait.Walk
}

type packedRun struct {
	ingest.ImportedRun
	samples, measures []byte // nil where they will not be stored
}

// packAll packs the imports on all cores.
func (s *Store) packAll(imports []ingest.Import) ([]packedImport, error) {
	packed := make([]packedImport, len(imports))
	var work errgroup.Group
	work.SetLimit(runtime.GOMAXPROCS(0))
	for i, in := range imports {
		work.Go(func() (err error) {
			packed[i], err = s.pack(in)
			return err
		})
	}
	return packed, work.Wait()
}

func (s *Store) pack(in ingest.Import) (packedImport, error) {
	p := packedImport{file: in.File, gone: in.Gone, walks: in.Walks}
	for _, run := range in.Runs {
		packed, err := s.packRun(run)
		if err != nil {
			return p, fmt.Errorf("run %s: %w", run.Run.ID, err)
		}
		p.runs = append(p.runs, packed)
	}
	return p, nil
}

func (s *Store) packRun(in ingest.ImportedRun) (p packedRun, err error) {
	p.ImportedRun = in
	if in.Same != "" && !in.Better {
		return p, nil
	}
	if len(in.Run.Samples) > 0 {
		if p.samples, err = s.codec.packSamples(in.Run.Samples); err != nil {
			return p, err
		}
	}
	p.measures, err = s.codec.packMeasures(in.Measures)
	return p, err
}

func saveImport(ctx context.Context, tx *sql.Tx, in packedImport) error {
	for _, run := range in.runs {
		if err := saveRun(ctx, tx, run); err != nil {
			return fmt.Errorf("run %s: %w", run.Run.ID, err)
		}
	}
	if _, err := saveWalks(ctx, tx, in.walks); err != nil {
		return fmt.Errorf("walks: %w", err)
	}
	if in.gone != nil {
		if err := removeOrigin(ctx, tx, *in.gone); err != nil {
			return fmt.Errorf("%s: %w", in.gone.Name, err)
		}
	}
	if in.file == nil {
		return nil
	}
	return putFile(ctx, tx, *in.file)
}

func saveRun(ctx context.Context, tx *sql.Tx, in packedRun) error {
	id, err := storedAs(ctx, tx, in.ImportedRun)
	if err != nil {
		return err
	}
	whole := id == "" || in.Same != "" && in.Better
	switch {
	case id == "":
		id = in.Run.ID
		err = insertRun(ctx, tx, in.Run)
	case whole:
		err = replaceRun(ctx, tx, id, in.Run)
	}
	if err != nil {
		return err
	}
	if whole {
		if err := putRecording(ctx, tx, id, in); err != nil {
			return err
		}
	}
	if err := addOrigins(ctx, tx, id, in.Run.Origins, whole); err != nil {
		return err
	}
	if !in.Run.NoMetadata {
		if err := putWords(ctx, tx, id, in.ImportedRun); err != nil {
			return err
		}
	}
	return showWords(ctx, tx, id)
}

// putRecording stores the samples and the figures of a run in place of those it
// had.
func putRecording(ctx context.Context, tx *sql.Tx, id gait.RunID, in packedRun) error {
	if err := putSamples(ctx, tx, id, in.samples); err != nil {
		return err
	}
	return putMeasures(ctx, tx, id, in.Measures.Method, in.measures)
}
