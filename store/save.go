package store

import (
	"context"
	"database/sql"
	"fmt"

	"gaitkeeper/gait"
)

// Save stores imports in one transaction: all of them or none.
//
// A new run is added. A better recording of a stored run takes the place of
// its summary, samples and figures; the ID and everything the runner said stay.
// Any other recording of a stored run adds its origins, and its title and
// description where the stored run has none. Saving the same import twice
// changes nothing.
func (s *Store) Save(ctx context.Context, imports []gait.Import) error {
	if err := s.save(ctx, imports); err != nil {
		return fmt.Errorf("save imports: %w", err)
	}
	return nil
}

func (s *Store) save(ctx context.Context, imports []gait.Import) error {
	packed := make([][]packedRun, len(imports))
	for i, in := range imports {
		packed[i] = make([]packedRun, len(in.Runs))
		for j, run := range in.Runs {
			var err error
			if packed[i][j], err = s.pack(run); err != nil {
				return fmt.Errorf("run %s: %w", run.Run.ID, err)
			}
		}
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		for i, in := range imports {
			if err := saveImport(ctx, tx, in, packed[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// packedRun is what a run brings in compressed form. It is packed before the
// transaction, so that others are not kept waiting.
type packedRun struct{ samples, measures []byte }

func (s *Store) pack(in gait.ImportedRun) (p packedRun, err error) {
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

func saveImport(ctx context.Context, tx *sql.Tx, in gait.Import, packed []packedRun) error {
	for i, run := range in.Runs {
		if err := saveRun(ctx, tx, run, packed[i]); err != nil {
			return fmt.Errorf("run %s: %w", run.Run.ID, err)
		}
	}
	if in.File == nil {
		return nil
	}
	return putFile(ctx, tx, *in.File)
}

func saveRun(ctx context.Context, tx *sql.Tx, in gait.ImportedRun, packed packedRun) error {
	id, err := storedAs(ctx, tx, in)
	switch {
	case err != nil:
		return err
	case id == "":
		id = in.Run.ID
		err = insertRun(ctx, tx, in.Run)
	case in.Same != "" && in.Better:
		err = replaceRun(ctx, tx, id, in.Run)
	default:
		if err := fillWords(ctx, tx, id, in.Run); err != nil {
			return err
		}
		return addOrigins(ctx, tx, id, in.Run.Origins)
	}
	if err != nil {
		return err
	}
	if err := putSamples(ctx, tx, id, packed.samples); err != nil {
		return err
	}
	if err := putMeasures(ctx, tx, id, in.Measures.Method, packed.measures); err != nil {
		return err
	}
	return addOrigins(ctx, tx, id, in.Run.Origins)
}
