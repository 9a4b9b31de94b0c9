package store

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// later returns the present migrations and one more.
func later(t *testing.T, script string) []string {
	t.Helper()
	steps, err := steps()
	check(t, err)
	return append(steps, script)
}

// version returns the number of the present schema, plus more, in digits.
func version(t *testing.T, more int) string {
	t.Helper()
	present, err := steps()
	check(t, err)
	return strconv.Itoa(len(present) + more)
}

const addColumn = `ALTER TABLE runs ADD COLUMN shoes TEXT NOT NULL DEFAULT 'old'; CREATE TABLE shoes (id INTEGER) STRICT`

// ask returns the one value a query of a database file gives.
func ask(t *testing.T, path, query string) (v string) {
	t.Helper()
	db, err := sql.Open("sqlite3", dsn(path, busyTimeout, "mode=ro"))
	check(t, err)
	defer db.Close()
	check(t, db.QueryRow(query).Scan(&v))
	return v
}

func exists(t *testing.T, path string) bool {
	t.Helper()
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	check(t, err)
	return true
}

func TestOpenTwiceMigratesOnce(t *testing.T) {
	s := open(t)
	saved(t, s, 0)
	again := openAt(t, s.Path())
	if n := count(t, again, "runs"); n != 1 {
		t.Errorf("%d runs", n)
	}
	left, err := filepath.Glob(s.Path() + ".before-*")
	check(t, err)
	if len(left) != 0 {
		t.Errorf("a copy without a migration: %v", left)
	}
}

func TestMigrationMakesACopyFirst(t *testing.T) {
	s, ctx := open(t), t.Context()
	saved(t, s, 0)
	check(t, s.migrateTo(ctx, later(t, addColumn)))
	if v := ask(t, s.Path(), `SELECT shoes FROM runs`); v != "old" {
		t.Errorf("shoes are %q", v)
	}
	if v := ask(t, s.Path(), `PRAGMA user_version`); v != version(t, 1) {
		t.Errorf("version %s", v)
	}
	before := s.Path() + ".before-v" + version(t, 1)
	for query, want := range map[string]string{
		`PRAGMA user_version`: version(t, 0), `PRAGMA integrity_check`: "ok", `SELECT count(*) FROM runs`: "1",
	} {
		if got := ask(t, before, query); got != want {
			t.Errorf("%s of the copy is %s, want %s", query, got, want)
		}
	}
	info, err := os.Stat(before)
	check(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the copy has mode %v", info.Mode())
	}
	check(t, s.migrateTo(ctx, later(t, addColumn))) // nothing left to do
	if exists(t, before+".2") || exists(t, before+".partial") {
		t.Error("a second copy")
	}
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	s, ctx := open(t), t.Context()
	saved(t, s, 0)
	broken := later(t, addColumn+`; INSERT INTO nowhere VALUES (1)`)
	for range 3 {
		refuses(t, s.migrateTo(ctx, broken), "migrate to version "+version(t, 1), "nowhere")
	}
	for query, want := range map[string]string{
		`PRAGMA user_version`: version(t, 0), `SELECT count(*) FROM sqlite_schema WHERE name = 'shoes'`: "0",
	} {
		if got := ask(t, s.Path(), query); got != want {
			t.Errorf("%s is %s, want %s", query, got, want)
		}
	}
	before := s.Path() + ".before-v" + version(t, 1)
	if !exists(t, before) || exists(t, before+".2") || exists(t, before+".partial") {
		t.Error("want one copy for three equal attempts")
	}

	first, err := os.ReadFile(before)
	check(t, err)
	saved(t, s, 1) // life goes on with the old version
	check(t, s.migrateTo(ctx, later(t, addColumn)))
	still, err := os.ReadFile(before)
	check(t, err)
	if string(first) != string(still) {
		t.Error("the earlier copy was overwritten")
	}
	if got := ask(t, before+".2", `SELECT count(*) FROM runs`); got != "2" {
		t.Errorf("the second copy holds %s runs, want 2", got)
	}
}

func TestUnfinishedCopyIsMadeAgain(t *testing.T) {
	s, ctx := open(t), t.Context()
	saved(t, s, 0)
	check(t, os.WriteFile(s.Path()+".before-v"+version(t, 1)+".partial", []byte("cut off by a power cut"), 0o600))
	check(t, s.migrateTo(ctx, later(t, addColumn)))
	if got := ask(t, s.Path()+".before-v"+version(t, 1), `PRAGMA integrity_check`); got != "ok" {
		t.Errorf("the copy: %s", got)
	}
}

func TestNoCopyNoMigration(t *testing.T) {
	s, ctx := open(t), t.Context()
	saved(t, s, 0)
	check(t, os.Mkdir(s.Path()+".before-v"+version(t, 1)+".partial", 0o700)) // stands in the way
	refuses(t, s.migrateTo(ctx, later(t, addColumn)), "copy the database before")
	if v := ask(t, s.Path(), `PRAGMA user_version`); v != version(t, 0) {
		t.Errorf("migrated to %s without a copy", v)
	}
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	s, ctx := open(t), t.Context()
	saved(t, s, 0)
	check(t, s.migrateTo(ctx, later(t, addColumn)))
	_, err := Open(ctx, s.Path())
	refuses(t, err, s.Path(), "newer gaitkeeper", "schema is "+version(t, 1), "knows "+version(t, 0))
}

func TestTwoProgramsMigrateOnce(t *testing.T) {
	s, ctx := open(t), t.Context()
	check(t, save(ctx, s, newImport(0)))
	other := openAt(t, s.Path())
	script := later(t, addColumn) // would fail the second time
	done := make(chan error, 2)
	for _, one := range []*Store{s, other} {
		go func() { done <- one.migrateTo(ctx, script) }()
	}
	check(t, <-done)
	check(t, <-done)
}
