package store

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"gaitkeeper/ingest"
)

func TestATransactionThatItsContextEndsSaysSo(t *testing.T) {
	s := openAt(t, t.TempDir()+"/g.db")
	ctx, stop := context.WithCancel(t.Context())
	err := s.read(ctx, func(tx *sql.Tx) error {
		stop()
		for { // until database/sql has noticed and rolled it back
			if _, err := tx.Exec(`SELECT 1`); errors.Is(err, sql.ErrTxDone) {
				return err
			}
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Whoever catches the panic goes on with a database that is not locked.
func TestAPanicLeavesNoTransactionOpen(t *testing.T) {
	s, ctx := open(t), t.Context()
	in := newImport(0)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = s.Save(ctx, func(tx ingest.Transaction) error {
			check(t, tx.Put(ctx, in))
			panic("a bug")
		})
	}()
	ctx, stop := context.WithTimeout(ctx, busyStep) // the one connection for writing may be lost
	defer stop()
	if runs, err := s.Runs(ctx); err != nil || len(runs) > 0 {
		t.Errorf("%d runs are stored, %v", len(runs), err)
	}
	check(t, save(ctx, s, in))
}
