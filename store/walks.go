package store

import (
	"context"
	"database/sql"

	"gaitkeeper/gait"
)

// SaveWalks stores walks, all or none, and returns how many were not there before.
// A walk begins at its own moment: the same one again, from wherever, changes at
// most its figures. A sender that says no length may have cut time into minutes,
// so that such a walk gives way to one that is known better.
func (s *Store) SaveWalks(ctx context.Context, walks []gait.Walk) (added int, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		added, err = saveWalks(ctx, tx, walks)
		return err
	})
	return added, during("save walks", err)
}

func saveWalks(ctx context.Context, tx *sql.Tx, walks []gait.Walk) (added int, err error) {
	for _, w := range walks {
		start, length := w.Start.UnixMilli(), w.Length.Milliseconds()
		n, err := exec(ctx, tx, `INSERT INTO walks (start, length, share, phone) SELECT ?1, ?2, ?3, ?4
			WHERE ?2 > 0 OR NOT EXISTS (SELECT 1 FROM walks WHERE start <> ?1 AND length > 0
				AND start BETWEEN ?1 - 300000 AND ?1 + 59999 AND start + length > ?1)
			ON CONFLICT (start) DO NOTHING`, start, length, w.Share, w.Phone)
		if err != nil {
			return added, err
		}
		added += int(n)
		if n == 0 && length > 0 {
			if _, err := exec(ctx, tx, `UPDATE walks SET length = ?2, share = ?3, phone = ?4
				WHERE start = ?1 AND (length <> ?2 OR share <> ?3 OR phone <> ?4)`, start, length, w.Share, w.Phone); err != nil {
				return added, err
			}
		}
		if length > 0 {
			gone, err := exec(ctx, tx, `DELETE FROM walks WHERE length = 0 AND start BETWEEN ?1 - 59999 AND ?1 + ?2 - 1 AND start <> ?1`, start, length)
			if err != nil {
				return added, err
			}
			added -= int(gone)
		}
	}
	return max(0, added), nil
}

// readWalks returns all walks, oldest first.
func readWalks(ctx context.Context, tx *sql.Tx) ([]gait.Walk, error) {
	return rows(ctx, tx, func(w *gait.Walk) []any {
		return []any{(*stamp)(&w.Start), (*span)(&w.Length), &w.Share, &w.Phone}
	}, `SELECT start, length, share, phone FROM walks ORDER BY start`)
}
