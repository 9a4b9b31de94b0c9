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

// Commit records decisions together with the messages that carry them, and
// owes every message to each channel: all in one transaction or nothing. A
// notice whose key is there already is skipped, and its message with it. A
// message must belong to one of the notices.
func (s *Store) Commit(ctx context.Context, notices []alert.Notice, messages []alert.Message, channels []string) error {
	return during("commit notices", s.write(ctx, func(tx *sql.Tx) error {
		fresh := map[string]bool{}
		for _, n := range notices {
			added, err := insertNotice(ctx, tx, n)
			if err != nil {
				return fmt.Errorf("notice of kind %s: %w", n.Kind, err)
			}
			fresh[n.Key] = added || fresh[n.Key]
		}
		for _, m := range messages {
			added, decided := fresh[m.Key]
			if !decided {
				return fmt.Errorf("message %s belongs to no notice", m.ID())
			}
			if !added {
				continue
			}
			if err := post(ctx, tx, m, channels); err != nil {
				return fmt.Errorf("message %s: %w", m.ID(), err)
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
