package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"gaitkeeper/alert"
)

// The outbox holds no leases: the process that delivers holds a lock file that
// the kernel takes back when the process dies, so nothing here can be left
// locked. Deliveries do not wait for each other: one that nobody can make any
// more, as its channel left the config, is in nobody's way.

const messageColumns = `key, thread, kind, level, verdict, run, created, title, short, text, html, click, actions`

func messageFields(m *alert.Message) []any {
	return []any{
		&m.Key, &m.Thread, &m.Kind, &m.Level, &m.Verdict, &m.Run, (*stamp)(&m.Created),
		&m.Title, &m.Short, &m.Text, &m.HTML, &m.Click, (*list[alert.Action])(&m.Actions),
	}
}

// post puts a message in the outbox, owed to each channel at once.
func post(ctx context.Context, tx *sql.Tx, m alert.Message, channels []string) error {
	if _, err := insert(ctx, tx, "messages", messageColumns, messageFields(&m)); err != nil {
		return err
	}
	for i, p := range m.Pictures {
		if _, err := exec(ctx, tx, `INSERT INTO pictures (message, position, id, mime, alt, data)
			VALUES (?, ?, ?, ?, ?, coalesce(?, x''))`, m.Key, i, p.ID, p.MIME, p.Alt, p.Data); err != nil {
			return err
		}
	}
	for _, c := range channels {
		if _, err := exec(ctx, tx, `INSERT INTO deliveries (message, channel) VALUES (?, ?)`, m.Key, c); err != nil {
			return fmt.Errorf("channel %s: %w", c, err)
		}
	}
	return nil
}

// longestWait is the longest that a next try may be in the future. What is further
// ahead was written by a clock that was wrong, or by an older version, and is due.
const longestWait = time.Hour

// Due returns the deliveries still owed to a channel, oldest first, each with
// its whole message: those whose next try is not after now, or all of them.
func (s *Store) Due(ctx context.Context, channel string, now time.Time, all bool) ([]alert.Delivery, error) {
	var due []alert.Delivery
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		if due, err = readOwed(ctx, tx, `channel = ? AND (? OR coalesce(next_try NOT BETWEEN ? + 1 AND ?, true))`,
			channel, all, now.UnixMilli(), now.Add(longestWait).UnixMilli()); err != nil {
			return err
		}
		for i := range due {
			m := &due[i].Message
			if m.Pictures, err = readPictures(ctx, tx, m.Key); err != nil {
				return err
			}
			if due[i].Receipts, err = readReceipts(ctx, tx, `d.id = ?`, due[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	return due, during("read outbox", err)
}

// Undelivered returns all deliveries still owed, oldest first. Their messages
// come without pictures.
func (s *Store) Undelivered(ctx context.Context) (owed []alert.Delivery, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		if owed, err = readOwed(ctx, tx, `true`); err != nil {
			return err
		}
		for i := range owed {
			if owed[i].Receipts, err = readReceipts(ctx, tx, `d.id = ?`, owed[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	return owed, during("read outbox", err)
}

// Delivered records that the channel took the message, and what became of its
// receivers. It makes everything that still waits due: what got through shows
// that the way is open again.
func (s *Store) Delivered(ctx context.Context, id int64, at time.Time, receipts []alert.Receipt) error {
	return s.note(ctx, id, receipts, func(tx *sql.Tx) error {
		_, err := exec(ctx, tx, `UPDATE deliveries SET delivered = ?1, tried = ?1, error = '' WHERE id = ?2`, stamp(at), id)
		if err != nil {
			return err
		}
		_, err = exec(ctx, tx, makeDue)
		return err
	})
}

// Failed records an attempt that failed, why, when to try again, and what became
// of single receivers all the same.
func (s *Store) Failed(ctx context.Context, id int64, at, next time.Time, reason string, receipts []alert.Receipt) error {
	return s.note(ctx, id, receipts, func(tx *sql.Tx) error {
		_, err := exec(ctx, tx, `UPDATE deliveries SET attempts = attempts + 1, tried = ?, next_try = ?, error = ? WHERE id = ?`,
			stamp(at), stamp(next), reason, id)
		return err
	})
}

// note keeps what came of a delivery. One that was withdrawn while it was on its
// way is not there any more, and nothing is left to note.
func (s *Store) note(ctx context.Context, id int64, receipts []alert.Receipt, mark func(*sql.Tx) error) error {
	return during(fmt.Sprintf("note delivery %d", id), s.write(ctx, func(tx *sql.Tx) error {
		if err := keepReceipts(ctx, tx, id, receipts); err != nil {
			return err
		}
		return mark(tx)
	}))
}

// makeDue makes everything due that waits.
const makeDue = `UPDATE deliveries SET next_try = NULL WHERE delivered IS NULL AND next_try IS NOT NULL`

// Hasten makes everything that waits due.
func (s *Store) Hasten(ctx context.Context) error {
	_, err := s.change(ctx, makeDue)
	return during("make the outbox due", err)
}

// Withdraw takes back what no channel has taken yet of a message.
func (s *Store) Withdraw(ctx context.Context, key string) error {
	_, err := s.change(ctx, `DELETE FROM deliveries WHERE message = ? AND delivered IS NULL`, key)
	return during("withdraw a message", err)
}

// Readdress owes a message to other channels in place of the one that a delivery is
// for. Where a channel took the message already, it is owed to nobody more.
func (s *Store) Readdress(ctx context.Context, id int64, channels []string) error {
	return during("readdress a message", s.write(ctx, func(tx *sql.Tx) error {
		for _, c := range channels {
			if _, err := exec(ctx, tx, `INSERT OR IGNORE INTO deliveries (message, channel)
				SELECT message, ?2 FROM deliveries AS d WHERE id = ?1 AND delivered IS NULL AND NOT EXISTS
				(SELECT 1 FROM deliveries WHERE message = d.message AND delivered IS NOT NULL)`, id, c); err != nil {
				return err
			}
		}
		_, err := exec(ctx, tx, `DELETE FROM deliveries WHERE id = ? AND delivered IS NULL`, id)
		return err
	}))
}

// Prune forgets the messages from before the given moment that every channel
// took before it. Their notices stay. It forgets the links, too, that had
// expired by then.
func (s *Store) Prune(ctx context.Context, before time.Time) error {
	return during("prune outbox", s.write(ctx, func(tx *sql.Tx) error {
		_, err := exec(ctx, tx, `DELETE FROM messages WHERE coalesce(created < ?1, true) AND NOT EXISTS
			(SELECT 1 FROM deliveries WHERE message = key AND coalesce(delivered >= ?1, true))`, before.UnixMilli())
		if err != nil {
			return err
		}
		_, err = exec(ctx, tx, `DELETE FROM used_links WHERE expires < ?`, before.UnixMilli())
		return err
	}))
}

// readOwed returns the deliveries still owed that fit a condition, without
// pictures.
func readOwed(ctx context.Context, tx *sql.Tx, where string, args ...any) ([]alert.Delivery, error) {
	return rows(ctx, tx, func(d *alert.Delivery) []any {
		return append(messageFields(&d.Message), &d.ID, &d.Channel, &d.Attempts, (*stamp)(&d.NextTry), &d.LastError)
	}, `SELECT `+messageColumns+`, d.id, d.channel, d.attempts, d.next_try, d.error
		FROM deliveries d JOIN messages ON key = d.message
		WHERE d.delivered IS NULL AND `+where+` ORDER BY d.id`, args...)
}

func readPictures(ctx context.Context, tx *sql.Tx, message string) ([]alert.Picture, error) {
	return rows(ctx, tx, func(p *alert.Picture) []any { return []any{&p.ID, &p.MIME, &p.Alt, &p.Data} },
		`SELECT id, mime, alt, data FROM pictures WHERE message = ? ORDER BY position`, message)
}
