package store

import (
	"context"
	"database/sql"

	"gaitkeeper/gait"
)

// History returns everything the fold looks at, as it stood at one moment. The
// races and the time zone are not the database's to know.
func (s *Store) History(ctx context.Context) (gait.History, error) {
	h := gait.History{Excluded: map[gait.RunID]bool{}}
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		if h.Runs, err = s.readMeasures(ctx, tx); err != nil {
			return err
		}
		if h.Pain, err = readPain(ctx, tx); err != nil {
			return err
		}
		if h.Answers, err = readAnswers(ctx, tx); err != nil {
			return err
		}
		if h.Walks, err = readWalks(ctx, tx); err != nil {
			return err
		}
		excluded, err := rows(ctx, tx, itself[gait.RunID], `SELECT id FROM runs WHERE excluded OR gone`)
		for _, id := range excluded {
			h.Excluded[id] = true
		}
		return err
	})
	return h, during("read history", err)
}
