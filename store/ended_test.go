package store

import (
	"context"
	"database/sql"
	"errors"
	"testing"
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
