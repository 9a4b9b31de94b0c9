package store

import (
	"context"
	"database/sql"
)

// Setting returns the value kept under key, or "" where there is none.
func (s *Store) Setting(ctx context.Context, key string) (value string, err error) {
	_, err = s.get(ctx, []any{&value}, `SELECT value FROM settings WHERE key = ?`, key)
	return value, during("read setting "+key, err)
}

// SetSetting keeps value under key; "" forgets it.
func (s *Store) SetSetting(ctx context.Context, key, value string) (err error) {
	if value == "" {
		_, err = s.change(ctx, `DELETE FROM settings WHERE key = ?`, key)
	} else {
		_, err = s.change(ctx, `INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)`, key, value)
	}
	return during("keep setting "+key, err)
}

// SettingOnce returns the value kept under key. Where there is none, it keeps
// the given one first: of several programs that ask at once, all get the same.
func (s *Store) SettingOnce(ctx context.Context, key, value string) (kept string, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		if _, err := exec(ctx, tx, `INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING`, key, value); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT value FROM settings WHERE key = ?`, key).Scan(&kept)
	})
	return kept, during("keep setting "+key, err)
}
