package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"gaitkeeper/gait"
)

// ErrNoPain says that the diary has no entry with the number.
var ErrNoPain error = notFound("there is no such entry in the diary")

// AddPain stores an entry of the diary and returns it as it is stored, with
// its number. An entry about a run without a time is about the run's end.
// Faulty entries are refused, and so are entries about unknown runs
// ([ErrNoRun]).
func (s *Store) AddPain(ctx context.Context, p gait.Pain) (gait.Pain, error) {
	return s.NotePain(ctx, p, Form{})
}

// Form is where on a page an entry comes from.
type Form struct {
	// Mark names the form, if it is not empty. What is sent twice from the same
	// form is one entry, and what differs the second time corrects it.
	Mark string
	// Corrects is the number of the entry that the form shows and the new one
	// takes the place of; 0 where it shows none.
	Corrects int64
}

// NotePain stores an entry that came from a form, like [Store.AddPain]. An entry
// that is in the diary word for word is not stored again, and one that is to be
// corrected is replaced, or is [ErrNoPain].
func (s *Store) NotePain(ctx context.Context, p gait.Pain, f Form) (gait.Pain, error) {
	if err := p.Validate(); err != nil {
		return gait.Pain{}, err
	}
	var stored gait.Pain
	err := s.write(ctx, func(tx *sql.Tx) error {
		if err := date(ctx, tx, &p); err != nil {
			return err
		}
		id, err := note(ctx, tx, p, f)
		if err != nil {
			return err
		}
		found, err := entries(ctx, tx, `id = ?`, id)
		if err == nil {
			stored = found[0]
		}
		return err
	})
	if err != nil {
		return gait.Pain{}, fmt.Errorf("add to the diary: %w", err)
	}
	return stored, nil
}

// date gives an entry about a run the time of the run's end where it has none.
func date(ctx context.Context, tx *sql.Tx, p *gait.Pain) error {
	if p.RestDay() {
		return nil
	}
	end, err := runEnd(ctx, tx, p.Run)
	if p.At.IsZero() {
		p.At = end
	}
	return err
}

// note stores an entry and returns its number, or that of the one which is
// there already.
func note(ctx context.Context, tx *sql.Tx, p gait.Pain, f Form) (int64, error) {
	if f == (Form{}) {
		return insertPain(ctx, tx, p, f.Mark)
	}
	old, err := entries(ctx, tx, `form = ?`, f.Mark)
	if err == nil && len(old) == 0 && f.Corrects != 0 {
		if old, err = entries(ctx, tx, `id = ?`, f.Corrects); len(old) == 0 && err == nil {
			err = ErrNoPain
		}
	}
	if err != nil {
		return 0, err
	}
	said := old
	if len(old) == 0 && !p.RestDay() { // the same words about a run say nothing new
		if said, err = entries(ctx, tx, `run = ? AND NOT removed`, p.Run); err != nil {
			return 0, err
		}
	}
	for _, o := range said {
		if sameWords(o, p) {
			return o.ID, nil
		}
	}
	for _, o := range old {
		if _, err := deletePain(ctx, tx, o.ID); err != nil {
			return 0, err
		}
	}
	return insertPain(ctx, tx, p, f.Mark)
}

// sameWords reports whether two entries say the same of the same moment.
func sameWords(a, b gait.Pain) bool {
	at := a.At.UnixMilli() == b.At.UnixMilli()
	a.ID, a.At, a.Recorded = b.ID, b.At, b.Recorded
	return at && a == b
}

// ListPain returns the diary, oldest first.
func (s *Store) ListPain(ctx context.Context) (diary []gait.Pain, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		diary, err = readPain(ctx, tx)
		return err
	})
	return diary, during("read the diary", err)
}

// RemovePain removes an entry for good, or is [ErrNoPain]. One that was read
// from a text does not come back before the text says something else.
func (s *Store) RemovePain(ctx context.Context, id int64) error {
	return during(fmt.Sprintf("remove entry %d", id), s.write(ctx, func(tx *sql.Tx) error {
		n, err := deletePain(ctx, tx, id)
		if err == nil && n == 0 {
			err = ErrNoPain
		}
		return err
	}))
}

// deletePain removes an entry; of one that was read from a text it remembers
// that.
func deletePain(ctx context.Context, tx *sql.Tx, id int64) (int64, error) {
	n, err := exec(ctx, tx, `UPDATE pain SET removed = 1 WHERE id = ? AND told_source <> '' AND NOT removed`, id)
	if err != nil || n > 0 {
		return n, err
	}
	return exec(ctx, tx, `DELETE FROM pain WHERE id = ? AND told_source = ''`, id)
}

func insertPain(ctx context.Context, tx *sql.Tx, p gait.Pain, form string) (int64, error) {
	var mark any
	if form != "" {
		mark = form
	}
	return insert(ctx, tx, "pain", painColumns()+`, form`, append(painFields(&p), mark))
}

// painColumns are the columns of an entry, without its number: a column of its
// own for every flag.
func painColumns() string {
	return `run, at, recorded, site, side, kind, worst, start, end, morning, note, told_source, told_key, told_text, ` +
		strings.Join(gait.FlagNames(), ", ")
}

func painFields(p *gait.Pain) []any {
	fields := []any{
		(*reference)(&p.Run), (*stamp)(&p.At), (*stamp)(&p.Recorded), &p.Site, &p.Side, &p.Kind,
		(*score)(&p.Worst), (*score)(&p.Start), (*score)(&p.End), (*score)(&p.Morning), &p.Note, &p.FromText.Source, &p.FromText.Key, &p.FromText.Text,
	}
	for _, f := range p.Flags() {
		fields = append(fields, (*yesNo)(f.Answer))
	}
	return fields
}

// readPain returns the diary, of all entries those that count.
func readPain(ctx context.Context, tx *sql.Tx) ([]gait.Pain, error) {
	all, err := entries(ctx, tx, `NOT removed ORDER BY at, id`)
	return gait.Diary(all), err
}

// entries returns the entries that fit a condition.
func entries(ctx context.Context, tx *sql.Tx, where string, args ...any) ([]gait.Pain, error) {
	return rows(ctx, tx, func(p *gait.Pain) []any { return append(painFields(p), &p.ID) },
		`SELECT `+painColumns()+`, id FROM pain WHERE `+where, args...)
}
