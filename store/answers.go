package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"gaitkeeper/gait"
)

// AddAnswer stores what the runner said and returns it as it is stored, with
// its number. An answer about an unknown run is [ErrNoRun]; one about no run
// at all is about whatever stood open.
func (s *Store) AddAnswer(ctx context.Context, a gait.Answer) (gait.Answer, error) {
	if _, err := gait.ParseAnswer(string(a.Kind)); err != nil {
		return gait.Answer{}, err
	}
	if !a.Recorded.IsZero() {
		a.Recorded = time.UnixMilli(a.Recorded.UnixMilli()).UTC()
	}
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		if a.Run != "" {
			if err := requireRun(ctx, tx, a.Run); err != nil {
				return err
			}
		}
		a.ID, err = insertAnswer(ctx, tx, a)
		return err
	})
	if err != nil {
		return gait.Answer{}, fmt.Errorf("note the answer: %w", err)
	}
	return a, nil
}

const answerColumns = `run, kind, recorded`

func answerFields(a *gait.Answer) []any {
	return []any{(*reference)(&a.Run), &a.Kind, (*stamp)(&a.Recorded)}
}

// Answers returns everything the runner answered, oldest first.
func (s *Store) Answers(ctx context.Context) (answers []gait.Answer, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		answers, err = readAnswers(ctx, tx)
		return err
	})
	return answers, during("read answers", err)
}

func insertAnswer(ctx context.Context, tx *sql.Tx, a gait.Answer) (int64, error) {
	return insert(ctx, tx, "answers", answerColumns, answerFields(&a))
}

func readAnswers(ctx context.Context, tx *sql.Tx) ([]gait.Answer, error) {
	return rows(ctx, tx, func(a *gait.Answer) []any { return append(answerFields(a), &a.ID) },
		`SELECT `+answerColumns+`, id FROM answers ORDER BY recorded, id`)
}
