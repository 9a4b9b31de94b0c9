package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"
	"golang.org/x/sys/unix"

	"gaitkeeper/internal/plainfile"
)

// How long one process waits for another: SQLite itself waits a little, without
// noticing cancellation; writers ask again until they have waited busyTimeout.
const (
	busyTimeout = 10 * time.Second
	busyStep    = 250 * time.Millisecond
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	path   string
	writer *sql.DB // one connection, BEGIN IMMEDIATE
	reader *sql.DB // a few, snapshots only
	held   *sql.Conn
	files  files
	codec  codec
}

// Open opens the database at path and brings it to the present schema. A
// missing file is made with mode 0600, a missing folder with 0700, unless there
// are copies of it. A file that is no database, or one of a newer gaitkeeper, is
// an error and stays as it is.
func Open(ctx context.Context, path string) (*Store, error) {
	path, err := Locate(path)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	fresh, err := touch(path)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	s := &Store{path: path}
	if s.writer, err = sql.Open("sqlite3", dsn(path, busyStep, "_journal_mode=WAL&_txlock=immediate")); err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	s.writer.SetMaxOpenConns(1)
	if s.reader, err = sql.Open("sqlite3", dsn(path, busyTimeout, "_query_only=true")); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, err), s.Close())
	}
	s.reader.SetMaxOpenConns(5) // one of them is held
	s.reader.SetMaxIdleConns(1)
	s.reader.SetConnMaxIdleTime(time.Minute) // gives its page cache back
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, err), s.Close())
	}
	if err := s.hold(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, plain(err)), s.Close())
	}
	if fresh {
		syncFolder(path) // its name, and that the journal of its first moment is gone
	}
	return s, nil
}

// Locate returns the one path of the file that path leads to, through any links:
// what lies beside a database, locks and copies among it, must have one name,
// whichever way somebody came. Nothing need be there yet.
func Locate(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if behind, err := filepath.EvalSymlinks(path); err == nil {
		return behind, nil
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(folder, filepath.Base(path)), nil
	}
	return path, nil
}

// dsn returns the address of the database for the driver.
//
// In WAL mode, synchronous=FULL makes every commit survive a power cut. NORMAL
// would keep the file sound but could lose the last commits: a diary entry the
// runner saw confirmed, or the note that a message was delivered. gaitkeeper
// commits a few times an hour, so the extra fsync costs nothing that matters.
// mode=rw never makes a file: one that has gone away is missed, not replaced.
func dsn(path string, wait time.Duration, more string) string {
	return (&url.URL{Scheme: "file", Path: path}).String() + fmt.Sprintf(
		"?mode=rw&_synchronous=FULL&_foreign_keys=on&_stmt_cache_size=32&_cache_size=-1024&_busy_timeout=%d&%s",
		wait.Milliseconds(), more)
}

// touch makes the file and its folder where they are missing, for the owner
// alone. SQLite gives its side files the mode of the database. A file that is
// there is left alone: closing it here would drop the locks that another Store
// of this process holds on it. It reports whether the file is fresh.
func touch(path string) (fresh bool, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return false, err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if err := lost(path); err != nil {
			return false, err
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, os.ErrExist) {
		return false, writable(path)
	}
	if err != nil {
		return false, err
	}
	return true, f.Close()
}

// writable returns an error if this user may not write what SQLite must: SQLite
// would silently open a read-only file, or a device.
func writable(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return &os.PathError{Op: "open", Path: path, Err: plainfile.ErrNotPlain}
	}
	for _, name := range []string{path, filepath.Dir(path)} {
		if err := unix.Access(name, unix.W_OK); err != nil {
			return &os.PathError{Op: "write", Path: name, Err: err}
		}
	}
	return nil
}

// Close closes the database. Transactions under way end first.
func (s *Store) Close() error {
	var faults []error
	if s.held != nil {
		_ = s.held.Close() // the next line ends it
	}
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			faults = append(faults, db.Close())
		}
	}
	return errors.Join(faults...)
}

// Path returns the database file's absolute path.
func (s *Store) Path() string { return s.path }

// Ping reports whether the database answers a query.
func (s *Store) Ping(ctx context.Context) error {
	if _, err := s.Revision(ctx); err != nil {
		return fmt.Errorf("ping database: %w", err)
	}
	return nil
}

// Revision returns a number that grows whenever a run, its figures, its
// exclusion, the diary or an answer changes, whichever process changed it.
func (s *Store) Revision(ctx context.Context) (n int64, err error) {
	_, err = s.get(ctx, []any{&n}, `SELECT number FROM revision`)
	return n, during("read revision", err)
}

func busy(err error) bool {
	var fault sqlite3.Error
	return errors.As(err, &fault) && (fault.Code == sqlite3.ErrBusy || fault.Code == sqlite3.ErrLocked)
}

// plain puts SQLite's shortest errors into words that name the remedy, once.
func plain(err error) error {
	var fault sqlite3.Error
	if !errors.As(err, &fault) || errors.As(err, new(worded)) {
		return err
	}
	if busy(err) {
		return worded{fmt.Sprintf("another program has kept the database locked for %v, try again later: ", busyTimeout), err}
	}
	switch fault.Code {
	case sqlite3.ErrFull:
		return worded{"the disk is full, make room and try again: ", err}
	case sqlite3.ErrNotADB:
		return worded{"the file is not a SQLite database, name another one: ", err}
	case sqlite3.ErrCorrupt:
		return worded{"the database is damaged, restore a backup: ", err}
	case sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm:
		return worded{"it must be a file, in a folder, that this user may write: ", err}
	default:
		return err
	}
}

// worded is an error of SQLite with the remedy before it.
type worded struct {
	remedy string
	error
}

func (w worded) Error() string { return w.remedy + w.error.Error() }

// Unwrap returns SQLite's own error.
func (w worded) Unwrap() error { return w.error }
