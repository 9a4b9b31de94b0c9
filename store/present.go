package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// ErrGone is wrapped by every error that says that the database is no longer
// where it was opened: what is written to it then is lost.
var ErrGone = errors.New("nothing can be saved")

// files are what tells the open files from others: the database's, and its log's;
// nil where it is not known yet.
type files struct{ database, log fs.FileInfo }

// hold keeps one connection open for good, so that SQLite does not take away the
// log and make another, and remembers which files it has open.
func (s *Store) hold(ctx context.Context) (err error) {
	if err := s.writer.PingContext(ctx); err != nil && !busy(err) {
		return err // it turns the log on where that is still off
	}
	if s.held, err = s.reader.Conn(ctx); err != nil {
		return err
	}
	var n int
	if err := s.held.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&n); err != nil {
		return err // a first read opens the log
	}
	if s.files.database, err = os.Stat(s.path); err != nil {
		return err
	}
	if s.files.log, err = os.Stat(s.path + logEnd); errors.Is(err, fs.ErrNotExist) {
		s.files.log = nil // another process is about to turn it on
		return nil
	}
	return err
}

// logEnd ends the name of SQLite's log of what is not in the database yet.
const logEnd = "-wal"

// present reports whether the open files are still where they were opened.
func (s *Store) present() error {
	for _, file := range []struct {
		name   string
		open   fs.FileInfo
		remedy string
	}{
		{s.path, s.files.database, "Put it back; where that cannot be, stop gaitkeeper and restore a copy"},
		{s.path + logEnd, s.files.log, "Restart gaitkeeper: it saves what it still holds"},
	} {
		if file.open == nil {
			continue // it is being opened
		}
		switch now, err := os.Stat(file.name); {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("%w: %s was deleted or moved away, or its disk is no longer there. %s", ErrGone, file.name, file.remedy)
		case err != nil:
			return fmt.Errorf("%w: look for the database: %w", ErrGone, err)
		case !os.SameFile(now, file.open):
			return fmt.Errorf("%w: another file has taken the place of %s. "+
				"Restart gaitkeeper to go on with that one, or put the old one back", ErrGone, file.name)
		}
	}
	return nil
}

// lost returns what shows that a missing database once existed: a new one in its
// place would hide that it is missing.
func lost(path string) error {
	copies, err := copiesIn(path + copiesEnd)
	if err != nil {
		return err
	}
	if len(copies) > 0 {
		return fmt.Errorf("%s is missing, but its daily copies are in %s: put it back, or run gaitkeeper restore %s. "+
			"To begin anew without your data, move that folder away", path, path+copiesEnd, copies[len(copies)-1].Path)
	}
	if info, err := os.Stat(path + logEnd); err == nil && info.Size() > 0 {
		return fmt.Errorf("%s is missing, but the log beside it is there (%s): put both back in one place. "+
			"To begin anew without your data, move the log away", path, path+logEnd)
	}
	return nil
}
