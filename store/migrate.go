package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"gaitkeeper/internal/plainfile"
)

// applicationID marks a SQLite file as gaitkeeper's: "gait" in ASCII.
const applicationID = 0x67616974

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the database to the present schema.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := steps()
	if err != nil {
		return err
	}
	return s.migrateTo(ctx, steps)
}

// steps returns the migrations in the order of their numbers.
func steps() ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	scripts := make([]string, len(names))
	for i, name := range names {
		script, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		scripts[i] = string(script)
	}
	return scripts, nil
}

// migrateTo runs the steps that lie above the database's version, in one
// transaction; step i makes version i+1. A database with something in it is
// copied first, under the same lock, so that the copy is what is migrated.
func (s *Store) migrateTo(ctx context.Context, steps []string) error {
	var version int
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		version, err = checkVersion(ctx, tx, len(steps))
		return err
	})
	if err != nil || version == len(steps) {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		version, err := checkVersion(ctx, tx, len(steps)) // another process may have been faster
		if err != nil || version == len(steps) {
			return err
		}
		if version > 0 {
			if _, err := s.copyBefore(ctx, len(steps)); err != nil {
				return fmt.Errorf("copy the database before migrating it: %w", err)
			}
		}
		return apply(ctx, tx, steps, version)
	})
}

// checkVersion returns the schema's version, 0 for an empty database, and
// refuses what this program must not touch.
func checkVersion(ctx context.Context, tx *sql.Tx, newest int) (int, error) {
	var version, application, tables int
	err := tx.QueryRowContext(ctx, `SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`).Scan(&version, &application, &tables)
	switch {
	case err != nil:
		return 0, err
	case tables > 0 && application != applicationID:
		return 0, errors.New("this is another program's database, name another file")
	case version < 0:
		return 0, fmt.Errorf("the database is damaged, restore a backup: its schema has the number %d", version)
	case version > newest:
		return 0, fmt.Errorf("a newer gaitkeeper wrote this database (its schema is %d, this program knows %d): "+
			"install the newer version again, or use the copy it made before its upgrade", version, newest)
	}
	return version, nil
}

func apply(ctx context.Context, tx *sql.Tx, steps []string, version int) error {
	for i := version; i < len(steps); i++ {
		if _, err := tx.ExecContext(ctx, steps[i]); err != nil {
			return fmt.Errorf("migrate to version %d: %w", i+1, err)
		}
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", len(steps), applicationID))
	return err
}

// copyBefore copies the database to PATH.before-vN, or to PATH.before-vN.2 and
// so on where an earlier copy differs: an upgrade that failed and was tried
// again later. An equal copy is not made twice, so that a program that is
// started over and over does not fill the disk. It returns the copy's name.
func (s *Store) copyBefore(ctx context.Context, version int) (string, error) {
	base := s.path + ".before-v" + strconv.Itoa(version)
	partial, err := s.copyTo(ctx, base)
	if err != nil {
		return "", err
	}
	name := base
	for n := 2; ; n++ {
		switch equal, err := sameContent(partial, name); {
		case errors.Is(err, fs.ErrNotExist):
			return name, publish(partial, name)
		case err != nil:
			return "", err
		case equal:
			return name, os.Remove(partial)
		}
		name = base + "." + strconv.Itoa(n)
	}
}

func sameContent(a, b string) (bool, error) {
	x, err := digest(a)
	if err != nil {
		return false, err
	}
	y, err := digest(b)
	return x == y, err
}

func digest(name string) (sum [sha256.Size]byte, err error) {
	f, err := plainfile.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	h.Sum(sum[:0])
	return sum, err
}
