package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/mattn/go-sqlite3"

	"gaitkeeper/internal/plainfile"
)

// sides are the endings of the files that SQLite keeps beside a database in use.
func sides() []string { return []string{"-wal", "-shm", "-journal"} }

// Restore puts a copy of a database in place of the one at target, and returns
// where the replaced one is now; empty where there was none. The copy is checked
// whole before anything is touched, and stays as it is. At every moment, a power
// cut included, there is a whole database at target: the old one or the new one.
// No process may have the target open. A target that is a link stays one: what
// it leads to is replaced.
func Restore(ctx context.Context, file, target string, now time.Time) (kept string, err error) {
	if target, err = Locate(target); err != nil {
		return "", fmt.Errorf("restore %s: %w", file, err)
	}
	if kept, err = restore(ctx, file, target, now); err != nil {
		return "", fmt.Errorf("restore %s: %w", file, plain(err))
	}
	return kept, nil
}

func restore(ctx context.Context, file, target string, now time.Time) (string, error) {
	if err := distinct(file, target); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return "", err
	}
	fresh := target + ".restoring"
	err := fetch(file, fresh)
	if err == nil {
		err = sound(ctx, fresh, sameSchema)
	}
	kept := ""
	if err == nil {
		kept, err = setAside(ctx, target, now)
	}
	if err == nil {
		err = takeOver(target, kept, fresh)
	}
	if err != nil {
		return "", errors.Join(err, discard(fresh))
	}
	return kept, publish(fresh, target)
}

// distinct refuses to restore a database from itself, or from what is no file.
func distinct(file, target string) error {
	from, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("there is no such file: name the one that `gaitkeeper backup` wrote")
	case err != nil:
		return err
	case !from.Mode().IsRegular():
		return errors.New("this is not a file: name the one that `gaitkeeper backup` wrote")
	}
	if to, err := os.Stat(target); err == nil && os.SameFile(from, to) {
		return errors.New("this is the database in use, not a copy of it")
	}
	return nil
}

// fetch copies a database, with the last commits that may still be beside it.
func fetch(file, fresh string) error {
	if err := discard(fresh); err != nil { // of a restore that was killed
		return err
	}
	if err := copyFile(file, fresh); err != nil {
		return err
	}
	err := copyFile(file+"-wal", fresh+"-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func copyFile(from, to string) error {
	in, err := plainfile.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// discard removes a database file and the files beside it.
func discard(path string) error {
	var faults []error
	for _, end := range append(sides(), "") {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

// sound reports whether a file is a whole database of gaitkeeper that this
// program understands, and brings it into one file. also, if set, looks at its
// schema first, with the steps that made it.
func sound(ctx context.Context, path string, also func(context.Context, *sql.Tx, []string) error) error {
	db, err := sql.Open("sqlite3", dsn(path, busyTimeout, ""))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	return errors.Join(examine(ctx, db, also), db.Close())
}

func examine(ctx context.Context, db *sql.DB, also func(context.Context, *sql.Tx, []string) error) error {
	steps, err := steps()
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	err = finish(tx, err, func(tx *sql.Tx) error {
		version, err := checkVersion(ctx, tx, len(steps))
		if err == nil && version == 0 {
			err = errors.New("this database is empty: name the file that `gaitkeeper backup` wrote")
		}
		if err == nil && also != nil {
			err = also(ctx, tx, steps[:version])
		}
		return err
	})
	if err != nil {
		return err
	}
	var fault string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&fault); err != nil {
		return err
	}
	if fault != "ok" {
		return fmt.Errorf("the copy is damaged, use another one: %s", fault)
	}
	var astray int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM pragma_foreign_key_check`).Scan(&astray); err != nil {
		return err
	}
	if astray > 0 {
		return fmt.Errorf("the copy is damaged, use another one: %d rows belong to nothing", astray)
	}
	return oneFile(ctx, db)
}

// oneFile ends the use of the files beside a database. It fails where anybody
// else has it open.
func oneFile(ctx context.Context, db *sql.DB) error {
	var mode string
	return db.QueryRowContext(ctx, `PRAGMA journal_mode = DELETE`).Scan(&mode)
}

// setAside gives the database at target a second name, which is kept. A damaged
// one keeps the files beside it: what can be saved is in all of them.
func setAside(ctx context.Context, target string, now time.Time) (kept string, err error) {
	if _, err := os.Stat(target); errors.Is(err, fs.ErrNotExist) {
		return "", discard(target) // files beside it belonged to a database that is gone
	}
	if err := settle(ctx, target); err != nil {
		return "", err
	}
	kept = target + ".before-restore-" + now.UTC().Format("2006-01-02T150405Z")
	if err := os.Link(target, kept); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return "", err
		}
		if err := copyFile(target, kept); err != nil { // a file system without links
			return "", err
		}
	}
	for _, end := range sides() {
		if err := os.Rename(target+end, kept+end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return kept, nil
}

// settle brings the database at target into one file, as far as it can be read
// at all. It fails where anybody has it open.
func settle(ctx context.Context, target string) error {
	if !isDatabase(target) {
		return nil
	}
	db, err := sql.Open("sqlite3", dsn(target, busyStep, ""))
	if err != nil {
		return err
	}
	err = errors.Join(oneFile(ctx, db), db.Close())
	switch {
	case busy(err):
		return errors.New("another program has the database open: stop it, then restore again")
	case damaged(err):
		return nil
	default:
		return err
	}
}

// isDatabase reports whether a file begins as every SQLite database does. SQLite
// itself throws away the files beside one that does not.
func isDatabase(path string) bool {
	const magic = "SQLite format 3\x00"
	f, err := plainfile.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(magic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == magic
}

func damaged(err error) bool {
	var fault sqlite3.Error
	return errors.As(err, &fault) && (fault.Code == sqlite3.ErrCorrupt || fault.Code == sqlite3.ErrNotADB)
}

// takeOver gives the new file the owner of the old one, or of the folder: root
// may restore for the service, which must be able to write it afterwards.
func takeOver(target, kept, fresh string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	like := filepath.Dir(target)
	if kept != "" {
		like = kept
	}
	info, err := os.Stat(like)
	if err != nil {
		return err
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok {
		return os.Chown(fresh, int(owner.Uid), int(owner.Gid))
	}
	return nil
}
