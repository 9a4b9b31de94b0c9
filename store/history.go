package store

import (
	"context"
	"database/sql"
	"fmt"

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
		return each(ctx, tx, func(rows *sql.Rows) error {
			var id gait.RunID
			err := rows.Scan(&id)
			h.Excluded[id] = true
			return err
		}, `SELECT id FROM runs WHERE excluded OR gone`)
	})
	if err != nil {
		return gait.History{}, fmt.Errorf("read history: %w", err)
	}
	return h, nil
}
