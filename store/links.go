package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"gaitkeeper/gait"
)

// LinkUse is the first and only use of a message's link. ID names the link
// without giving it away.
type LinkUse struct {
	ID            string
	Used, Expires time.Time
}

// LinkUsed returns when a link was used; the zero time where it was not.
func (s *Store) LinkUsed(ctx context.Context, id string) (used time.Time, err error) {
	_, err = s.get(ctx, []any{(*stamp)(&used)}, `SELECT used FROM used_links WHERE id = ?`, id)
	return used, during("look a link up", err)
}

// AnswerOnce stores the answer that a link gives, unless the link was used
// before: then it stores nothing and returns false.
func (s *Store) AnswerOnce(ctx context.Context, use LinkUse, a gait.Answer) (fresh bool, err error) {
	return s.once(ctx, use, func(tx *sql.Tx) error {
		if err := requireRun(ctx, tx, a.Run); err != nil {
			return err
		}
		_, err := insertAnswer(ctx, tx, a)
		return err
	})
}

// PainOnce stores the diary entry about a run that a link gives, unless the link
// was used before: then it stores nothing and returns false.
func (s *Store) PainOnce(ctx context.Context, use LinkUse, p gait.Pain) (fresh bool, err error) {
	if err := p.Validate(); err != nil {
		return false, err
	}
	return s.once(ctx, use, func(tx *sql.Tx) error {
		if err := date(ctx, tx, &p); err != nil {
			return err
		}
		_, err := insertPain(ctx, tx, p, "")
		return err
	})
}

// once does what a link asks for and notes the link as used, both or neither.
func (s *Store) once(ctx context.Context, use LinkUse, do func(*sql.Tx) error) (fresh bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		n, err := exec(ctx, tx, `INSERT INTO used_links (id, used, expires) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING`,
			use.ID, use.Used.UnixMilli(), use.Expires.UnixMilli())
		if fresh = err == nil && n > 0; !fresh {
			return err
		}
		return do(tx)
	})
	if err != nil {
		return false, fmt.Errorf("note what a link says: %w", err)
	}
	return fresh, nil
}
