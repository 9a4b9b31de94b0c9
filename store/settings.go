package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Setting returns the value kept under key, or "" where there is none.
func (s *Store) Setting(ctx context.Context, key string) (string, error) {
	var value string
	err := s.reader.QueryRowContext(ctx, `SELECT value FROM settings WHERE key = ?`, key).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read setting %s: %w", key, plain(err))
	}
	return value, nil
}

// SetSetting keeps value under key; "" forgets it.
func (s *Store) SetSetting(ctx context.Context, key, value string) error {
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		if value == "" {
			_, err = exec(ctx, tx, `DELETE FROM settings WHERE key = ?`, key)
			return err
		}
		_, err = exec(ctx, tx, `INSERT INTO settings (key, value) VALUES (?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep setting %s: %w", key, err)
	}
	return nil
}
