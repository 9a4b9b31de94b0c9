package store

import (
	"context"
	"database/sql"
	"fmt"

	"gaitkeeper/gait"
)

// ForgetStrava forgets the login at Strava and everything that is known from
// there alone, and returns how many runs went. A run that another place knows
// keeps what that place told. A run that the diary or an answer speaks of keeps
// its start and its length; measure takes the figures of the little that is
// left. Diary entries that were read from a description stay, as if entered by
// hand.
func (s *Store) ForgetStrava(ctx context.Context, measure func(gait.Run) gait.Measures) (forgotten int64, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		for _, statement := range []string{
			`DELETE FROM strava_login`, `DELETE FROM strava_state`, `DELETE FROM strava_activities`,
			`DELETE FROM pain WHERE told_source = 'strava' AND removed`,
			`UPDATE pain SET told_source = '', told_key = '', told_text = '' WHERE told_source = 'strava'`,
			`DELETE FROM sources WHERE name = 'strava'`,
			`DELETE FROM runs WHERE gone AND NOT EXISTS (SELECT 1 FROM origins WHERE run = runs.id)
				AND NOT EXISTS (SELECT 1 FROM pain WHERE run = runs.id) AND NOT EXISTS (SELECT 1 FROM answers WHERE run = runs.id)`,
		} {
			if _, err := exec(ctx, tx, statement); err != nil {
				return err
			}
		}
		left, err := leaveStrava(ctx, tx)
		if err != nil {
			return err
		}
		for _, id := range left {
			gone, err := s.strip(ctx, tx, id, measure)
			if err != nil {
				return err
			}
			if gone {
				forgotten++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("forget Strava: %w", err)
	}
	return forgotten, nil
}

// leaveStrava removes every place at Strava and returns the runs that have none
// any more.
func leaveStrava(ctx context.Context, tx *sql.Tx) (left []gait.RunID, err error) {
	left, err = rows(ctx, tx, itself[gait.RunID], `SELECT DISTINCT run FROM origins WHERE source = ?1
		AND run NOT IN (SELECT run FROM origins WHERE source <> ?1)`, gait.SourceStrava)
	if err != nil {
		return nil, err
	}
	origins, err := rows(ctx, tx, func(o *gait.Origin) []any { return []any{&o.Source, &o.Key} },
		`SELECT source, key FROM origins WHERE source = ?`, gait.SourceStrava)
	for i := 0; i < len(origins) && err == nil; i++ {
		err = removeOrigin(ctx, tx, origins[i])
	}
	return left, err
}

// strip forgets a run that no place knows, or all of it but its start and its
// length where the runner said something of it. It reports whether the run is
// gone.
func (s *Store) strip(ctx context.Context, tx *sql.Tx, id gait.RunID, measure func(gait.Run) gait.Measures) (gone bool, err error) {
	n, err := exec(ctx, tx, `DELETE FROM runs WHERE id = ?1
		AND NOT EXISTS (SELECT 1 FROM pain WHERE run = ?1) AND NOT EXISTS (SELECT 1 FROM answers WHERE run = ?1)`, id)
	if err != nil || n > 0 {
		return n > 0, err
	}
	_, err = exec(ctx, tx, `UPDATE runs SET distance = NULL, title = '', description = '', gear = '', feel = 0, effort = 0, signals = 0,
		sensor_manufacturer = '', sensor_product = 0, sensor_serial = 0, context = ?, gone = 0 WHERE id = ?`, gait.Road, id)
	if err != nil {
		return false, err
	}
	run := gait.Run{ID: id, Distance: gait.Unknown[gait.Metres](), Context: gait.Road}
	err = tx.QueryRowContext(ctx, `SELECT start, duration, elapsed FROM runs WHERE id = ?`, id).
		Scan((*stamp)(&run.Start), (*span)(&run.Duration), (*span)(&run.Elapsed))
	if err != nil {
		return false, err
	}
	figures := measure(run)
	packed, err := s.codec.packMeasures(figures)
	if err != nil {
		return false, err
	}
	if err := putSamples(ctx, tx, id, nil); err != nil {
		return false, err
	}
	return false, putMeasures(ctx, tx, id, figures.Method, packed)
}
