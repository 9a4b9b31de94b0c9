package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// What lies in a table is described once, by a constant with its columns and a
// function with the places of their values: these are what a query scans to, and
// the arguments of a statement that writes.

// write calls do in a transaction that holds the write lock from the start. It
// commits when do returns nil and leaves no trace otherwise. Nothing counts as
// written to a database that is no longer there.
func (s *Store) write(ctx context.Context, do func(*sql.Tx) error) error {
	if err := s.present(); err != nil {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	for waited := busyStep; busy(err) && waited < busyTimeout && ctx.Err() == nil; waited += busyStep {
		tx, err = s.writer.BeginTx(ctx, nil)
	}
	if err := ended(ctx, finish(tx, err, do)); err != nil {
		return err
	}
	return s.present()
}

// change is [Store.write] of one statement. It tells how many rows it touched.
func (s *Store) change(ctx context.Context, query string, args ...any) (n int64, err error) {
	err = s.write(ctx, func(tx *sql.Tx) (err error) {
		n, err = exec(ctx, tx, query, args...)
		return err
	})
	return n, err
}

// read calls do in a transaction that sees one state of the database
// throughout.
func (s *Store) read(ctx context.Context, do func(*sql.Tx) error) error {
	if err := s.present(); err != nil {
		return err
	}
	tx, err := s.reader.BeginTx(ctx, nil)
	return ended(ctx, finish(tx, err, do))
}

// get reads the one row of a query; false where there is none.
func (s *Store) get(ctx context.Context, into []any, query string, args ...any) (found bool, err error) {
	if err := s.present(); err != nil {
		return false, err
	}
	err = s.reader.QueryRowContext(ctx, query, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, plain(err)
}

// readAll reads all rows of a query in a transaction of its own.
func readAll[T any](ctx context.Context, s *Store, fields func(*T) []any, query string, args ...any) (all []T, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		all, err = rows(ctx, tx, fields, query, args...)
		return err
	})
	return all, err
}

// rows reads all rows of a query.
func rows[T any](ctx context.Context, tx *sql.Tx, fields func(*T) []any, query string, args ...any) (all []T, err error) {
	err = each(ctx, tx, func(rows *sql.Rows) error {
		var one T
		all = append(all, one)
		return rows.Scan(fields(&all[len(all)-1])...)
	}, query, args...)
	return all, err
}

// itself is the place of a value that is the whole row.
func itself[T any](v *T) []any { return []any{v} }

// each calls scan for every row of a query.
func each(ctx context.Context, tx *sql.Tx, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// exec runs a statement and tells how many rows it touched.
func exec(ctx context.Context, tx *sql.Tx, query string, args ...any) (int64, error) {
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// insert adds a row, and returns its number.
func insert(ctx context.Context, tx *sql.Tx, table, columns string, values []any) (int64, error) {
	result, err := tx.ExecContext(ctx, `INSERT INTO `+table+` (`+columns+`) VALUES (`+marks(values)+`)`, values...) //nolint:gosec // names of our own
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// marks are the marks of so many arguments in a statement.
func marks(values []any) string { return strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ") }

// during says in what an error came; nil stays nil.
func during(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// ended says of a transaction that was rolled back because its context ended just
// that.
func ended(ctx context.Context, err error) error {
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// finish calls do in a transaction that was begun, unless begun tells why it
// was not, and ends it, whatever do does.
func finish(tx *sql.Tx, begun error, do func(*sql.Tx) error) error {
	if begun != nil {
		return plain(begun)
	}
	defer func() { _ = tx.Rollback() }() // also when do panics; after a commit there is nothing to undo
	if err := do(tx); err != nil {
		return plain(err)
	}
	return plain(tx.Commit())
}
