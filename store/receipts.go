package store

import (
	"context"
	"database/sql"

	"gaitkeeper/alert"
)

// keepReceipts notes what became of single receivers of a delivery. One that was
// withdrawn meanwhile has none to note.
func keepReceipts(ctx context.Context, tx *sql.Tx, delivery int64, receipts []alert.Receipt) error {
	for _, r := range receipts {
		_, err := exec(ctx, tx, `INSERT INTO receipts (delivery, address, at, refused)
			SELECT id, ?, ?, ? FROM deliveries WHERE id = ?
			ON CONFLICT (delivery, address) DO UPDATE SET at = excluded.at, refused = excluded.refused`,
			r.Address, stamp(r.At), r.Refused, delivery)
		if err != nil {
			return err
		}
	}
	return nil
}

// readReceipts returns the receipts that fit a condition, oldest first.
func readReceipts(ctx context.Context, tx *sql.Tx, where string, args ...any) ([]alert.Receipt, error) {
	return rows(ctx, tx, func(r *alert.Receipt) []any { return []any{&r.Address, (*stamp)(&r.At), &r.Refused} },
		`SELECT r.address, r.at, r.refused FROM receipts r JOIN deliveries d ON d.id = r.delivery
		WHERE `+where+` ORDER BY r.at, r.delivery, r.rowid`, args...)
}

// Receipts returns what became of the receivers of a channel's messages that
// are still kept, oldest first.
func (s *Store) Receipts(ctx context.Context, channel string) (receipts []alert.Receipt, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		receipts, err = readReceipts(ctx, tx, `d.channel = ?`, channel)
		return err
	})
	return receipts, during("read receipts", err)
}
