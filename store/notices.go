package store

import (
	"context"
	"database/sql"
	"fmt"

	"gaitkeeper/alert"
)

const noticeColumns = `key, kind, episode, run, level, verdict, see_professional, at`

func noticeFields(n *alert.Notice) []any {
	return []any{&n.Key, &n.Kind, &n.Episode, &n.Run, &n.Level, &n.Verdict, &n.SeeProfessional, (*stamp)(&n.At)}
}

// Notices returns everything that was decided to be told, oldest first.
func (s *Store) Notices(ctx context.Context) ([]alert.Notice, error) {
	notices, err := readAll(ctx, s, noticeFields, `SELECT `+noticeColumns+` FROM notices ORDER BY at, rowid`)
	return notices, during("read notices", err)
}

// Decided is what was decided to be told: the notice of it, and the message that
// carries it to the channels; without a channel the notice alone is kept.
type Decided struct {
	Notice   alert.Notice
	Message  alert.Message
	Channels []string
}

// Commit records decisions together with their messages, owed to each of their
// channels: all in one transaction or nothing. One whose notice is there already
// is skipped.
func (s *Store) Commit(ctx context.Context, decided ...Decided) error {
	return during("commit notices", s.write(ctx, func(tx *sql.Tx) error {
		for _, d := range decided {
			added, err := insertNotice(ctx, tx, d.Notice)
			if err != nil {
				return fmt.Errorf("notice of kind %s: %w", d.Notice.Kind, err)
			}
			if !added || len(d.Channels) == 0 {
				continue
			}
			if err := post(ctx, tx, d.Message, d.Channels); err != nil {
				return fmt.Errorf("message %s: %w", d.Message.ID(), err)
			}
		}
		return nil
	}))
}

func insertNotice(ctx context.Context, tx *sql.Tx, n alert.Notice) (bool, error) {
	values := noticeFields(&n)
	added, err := exec(ctx, tx, `INSERT INTO notices (`+noticeColumns+`) VALUES (`+marks(values)+`) ON CONFLICT (key) DO NOTHING`, values...)
	return added > 0, err
}
