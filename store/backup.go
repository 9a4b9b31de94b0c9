package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gaitkeeper/internal/plainfile"
)

// Backup writes a consistent copy of the database to file, which must not
// exist, with mode 0600. Others go on writing meanwhile. The copy has its name
// only once it is whole and on the disk.
func (s *Store) Backup(ctx context.Context, file string) error {
	if err := s.backup(ctx, file); err != nil {
		return fmt.Errorf("back up to %s: %w", file, plain(err))
	}
	return nil
}

func (s *Store) backup(ctx context.Context, file string) error {
	place, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL, 0o600) // ours, and nobody else's
	if errors.Is(err, os.ErrExist) {
		return errors.New("the file exists already, name another one")
	}
	if err != nil {
		return err
	}
	if err := place.Close(); err != nil {
		return err
	}
	partial, err := s.copyTo(ctx, file)
	if err == nil {
		err = publish(partial, file)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(file))
	}
	return err
}

// copyTo writes a compact snapshot of the database to a file beside target,
// syncs it to the disk and returns its name. Only one may copy to the same
// target at a time; what a killed copy left there is written over.
func (s *Store) copyTo(ctx context.Context, target string) (_ string, err error) {
	if err := s.present(); err != nil {
		return "", err
	}
	partial := target + ".partial"
	f, err := os.OpenFile(partial, os.O_CREATE|os.O_RDWR|os.O_TRUNC, 0o600)
	if err != nil {
		return "", err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, os.Remove(partial))
		}
	}()
	db, err := sql.Open("sqlite3", dsn(s.path, busyTimeout, "")) // of its own: a long copy holds nobody up
	if err != nil {
		return "", err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, partial)
	return partial, errors.Join(err, db.Close(), f.Sync())
}

// publish gives a finished copy its name, permanently, also after a power cut.
func publish(partial, name string) error {
	if err := os.Rename(partial, name); err != nil {
		return errors.Join(err, os.Remove(partial))
	}
	syncFolder(name)
	return nil
}

// syncFolder brings to the disk which files the folder of name has. Network
// shares cannot, and the files themselves are on the disk.
func syncFolder(name string) {
	folder, err := plainfile.OpenFolder(filepath.Dir(name))
	if err != nil {
		return
	}
	_ = folder.Sync()
	_ = folder.Close()
}
