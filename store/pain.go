package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gaitkeeper/gait"
)

// ErrNoPain says that the diary has no entry with the number.
var ErrNoPain = errors.New("there is no such entry in the diary")

// AddPain stores an entry of the diary and returns it as it is stored, with
// its number. An entry about a run without a time is about the run's end.
// Faulty entries are refused, and so are entries about unknown runs
// ([ErrNoRun]).
func (s *Store) AddPain(ctx context.Context, p gait.Pain) (gait.Pain, error) {
	if err := p.Validate(); err != nil {
		return gait.Pain{}, err
	}
	var stored gait.Pain
	err := s.write(ctx, func(tx *sql.Tx) error {
		if !p.RestDay() {
			end, err := runEnd(ctx, tx, p.Run)
			if err != nil {
				return err
			}
			if p.At.IsZero() {
				p.At = end
			}
		}
		id, err := insertPain(ctx, tx, p)
		if err != nil {
			return err
		}
		return each(ctx, tx, func(rows *sql.Rows) error {
			stored, err = scanPain(rows)
			return err
		}, selectPain+` WHERE id = ?`, id)
	})
	if err != nil {
		return gait.Pain{}, fmt.Errorf("add to the diary: %w", err)
	}
	return stored, nil
}

// ListPain returns the diary, oldest first.
func (s *Store) ListPain(ctx context.Context) (diary []gait.Pain, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		diary, err = readPain(ctx, tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the diary: %w", err)
	}
	return diary, nil
}

// RemovePain removes an entry for good, or is [ErrNoPain].
func (s *Store) RemovePain(ctx context.Context, id int64) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		n, err := exec(ctx, tx, `DELETE FROM pain WHERE id = ?`, id)
		if err == nil && n == 0 {
			err = ErrNoPain
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("remove entry %d: %w", id, err)
	}
	return nil
}

func insertPain(ctx context.Context, tx *sql.Tx, p gait.Pain) (int64, error) {
	result, err := tx.ExecContext(ctx, `INSERT INTO pain (run, at, recorded, site, side, kind, worst, start, end, morning,
			focal, worsening, limping, night, medication, daily_life, mood, note)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		reference(p.Run), p.At.UnixMilli(), stamp(p.Recorded), p.Site, p.Side, p.Kind,
		score(p.Worst), score(p.Start), score(p.End), score(p.Morning),
		yesNo(p.Focal), yesNo(p.Worsening), yesNo(p.Limping), yesNo(p.Night), yesNo(p.Medication),
		yesNo(p.DailyLife), yesNo(p.Mood), p.Note)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

const selectPain = `SELECT id, run, at, recorded, site, side, kind, worst, start, end, morning,
	focal, worsening, limping, night, medication, daily_life, mood, note FROM pain`

func scanPain(rows *sql.Rows) (p gait.Pain, err error) {
	err = rows.Scan(&p.ID, (*reference)(&p.Run), (*stamp)(&p.At), (*stamp)(&p.Recorded), &p.Site, &p.Side, &p.Kind,
		(*score)(&p.Worst), (*score)(&p.Start), (*score)(&p.End), (*score)(&p.Morning),
		(*yesNo)(&p.Focal), (*yesNo)(&p.Worsening), (*yesNo)(&p.Limping), (*yesNo)(&p.Night), (*yesNo)(&p.Medication),
		(*yesNo)(&p.DailyLife), (*yesNo)(&p.Mood), &p.Note)
	return p, err
}

func readPain(ctx context.Context, tx *sql.Tx) (diary []gait.Pain, err error) {
	err = each(ctx, tx, func(rows *sql.Rows) error {
		p, err := scanPain(rows)
		diary = append(diary, p)
		return err
	}, selectPain+` ORDER BY at, id`)
	return diary, err
}
