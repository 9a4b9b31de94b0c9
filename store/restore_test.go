package store

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaitkeeper/gait"
)

// backedUp returns a copy of a database with one run, and the database's path;
// it holds a second run by now and is closed.
func backedUp(t *testing.T) (copied, path string) {
	t.Helper()
	s := openAt(t, filepath.Join(t.TempDir(), "g.db"))
	saved(t, s, 0)
	copied = filepath.Join(t.TempDir(), "copy.db")
	check(t, s.Backup(t.Context(), copied))
	saved(t, s, 1)
	check(t, s.Close())
	return copied, s.Path()
}

func runsAt(t *testing.T, path string) string {
	t.Helper()
	return ask(t, path, `SELECT count(*) FROM runs`)
}

func TestRestoreReplacesAndKeepsWhatWasThere(t *testing.T) {
	copied, path := backedUp(t)
	before, err := os.ReadFile(copied)
	check(t, err)
	kept, err := Restore(t.Context(), copied, path, day(3))
	check(t, err)
	if want := path + ".before-restore-" + day(3).Format("2006-01-02T150405Z"); kept != want {
		t.Errorf("kept as %s, want %s", kept, want)
	}
	if a, b := runsAt(t, path), runsAt(t, kept); a != "1" || b != "2" {
		t.Errorf("restored %s runs, kept %s; want 1 and 2", a, b)
	}
	if after, err := os.ReadFile(copied); err != nil || string(after) != string(before) {
		t.Errorf("the copy was changed (%v)", err)
	}
	info, err := os.Stat(path)
	check(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if left, _ := filepath.Glob(path + "*"); len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
	again := openAt(t, path)
	saved(t, again, 5)
	if n := count(t, again, "runs"); n != 2 {
		t.Errorf("%d runs after the next one", n)
	}
}

// A database that was put on another disk, with a link in its old place.
func TestRestoreBehindALink(t *testing.T) {
	copied, path := backedUp(t)
	link := filepath.Join(t.TempDir(), "link.db")
	check(t, os.Symlink(path, link))
	kept, err := Restore(t.Context(), copied, link, day(3))
	check(t, err)
	if a, b := runsAt(t, path), runsAt(t, kept); a != "1" || b != "2" || filepath.Dir(kept) != filepath.Dir(path) {
		t.Errorf("behind the link %s runs, kept %s in %s", a, b, kept)
	}
	if to, err := os.Readlink(link); err != nil || to != path {
		t.Errorf("the link leads to %q, %v", to, err)
	}
}

func TestRestoreWhereThereWasNothing(t *testing.T) {
	copied, _ := backedUp(t)
	path := filepath.Join(t.TempDir(), "new", "g.db")
	kept, err := Restore(t.Context(), copied, path, day(3))
	check(t, err)
	if kept != "" || runsAt(t, path) != "1" {
		t.Errorf("kept %q", kept)
	}
}

// A copy made by cp, with its last commits still beside it.
func TestRestoreOfACopyMadeByHand(t *testing.T) {
	s := open(t)
	saved(t, s, 0, 1)
	copied, path := filepath.Join(t.TempDir(), "copy.db"), filepath.Join(t.TempDir(), "g.db")
	check(t, copyFile(s.Path(), copied))
	check(t, copyFile(s.Path()+"-wal", copied+"-wal"))
	_, err := Restore(t.Context(), copied, path, day(3))
	check(t, err)
	if n := runsAt(t, path); n != "2" {
		t.Errorf("%s runs, want 2", n)
	}
}

// Nothing faulty gets in, and a refusal leaves everything as it was.
func TestRestoreRefuses(t *testing.T) {
	copied, path := backedUp(t)
	folder := t.TempDir()
	change := func(name, script string) string {
		file := filepath.Join(folder, name)
		check(t, copyFile(copied, file))
		db, err := sql.Open("sqlite3", dsn(file, busyTimeout, "")+"_foreign_keys=off")
		check(t, err)
		_, err = db.Exec(script)
		check(t, err)
		check(t, db.Close())
		return file
	}
	write := func(name, text string) string {
		file := filepath.Join(folder, name)
		check(t, os.WriteFile(file, []byte(text), 0o600))
		return file
	}
	whole, err := os.ReadFile(copied)
	check(t, err)
	torn := append([]byte(nil), whole...)
	for i := len(torn) / 3; i < len(torn)/3+5000; i++ {
		torn[i] = 0xa5
	}
	for name, tt := range map[string]struct{ file, word string }{
		"missing":         {filepath.Join(folder, "nothing"), "no such file"},
		"a folder":        {folder, "not a file"},
		"itself":          {path, "database in use"},
		"text":            {write("text", strings.Repeat("not a database ", 100)), "not a SQLite database"},
		"empty":           {write("empty", ""), "empty"},
		"cut short":       {write("short", string(whole[:len(whole)/2])), "damaged"},
		"torn":            {write("torn", string(torn)), "damaged"},
		"another program": {change("other", `PRAGMA application_id = 7`), "another program"},
		"newer":           {change("newer", `PRAGMA user_version = 999`), "newer gaitkeeper"},
		"a trigger":       {change("trigger", `CREATE TRIGGER t AFTER INSERT ON pain BEGIN DELETE FROM pain; END`), `trigger "t"`},
		"a view":          {change("view", `CREATE VIEW v AS SELECT 1`), `view "v"`},
		"another table":   {change("table", `CREATE TABLE more (x)`), `table "more"`},
		"another index":   {change("index", `CREATE INDEX i ON files (reason)`), `index "i"`},
		"another column":  {change("column", `ALTER TABLE files ADD COLUMN more INTEGER`), `table "files" is not as`},
		"a table less":    {change("less", `DROP TABLE settings`), `is missing: use a copy`},
		"rows astray":     {change("astray", `PRAGMA foreign_keys = off; DELETE FROM runs`), "belong to nothing"},
	} {
		kept, err := Restore(t.Context(), tt.file, path, day(3))
		if err == nil || !strings.Contains(err.Error(), tt.word) || kept != "" {
			t.Errorf("%s: %v, want a word on %q", name, err, tt.word)
		}
		if n := runsAt(t, path); n != "2" {
			t.Fatalf("%s: the database has %s runs now", name, n)
		}
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestRestoreWaitsForNobodyWhoHasTheDatabaseOpen(t *testing.T) {
	copied, path := backedUp(t)
	s := openAt(t, path)
	if n := count(t, s, "runs"); n != 2 {
		t.Fatal("not open")
	}
	if _, err := Restore(t.Context(), copied, path, day(3)); err == nil || !strings.Contains(err.Error(), "has the database open") {
		t.Errorf("restored under an open database: %v", err)
	}
	saved(t, s, 7)
	if n := count(t, s, "runs"); n != 3 {
		t.Errorf("%d runs", n)
	}
}

// A damaged database is the reason to restore: it is set aside as it is, with
// everything beside it.
func TestRestoreInThePlaceOfADamagedOne(t *testing.T) {
	copied, path := backedUp(t)
	check(t, os.WriteFile(path, []byte(strings.Repeat("torn ", 5000)), 0o600))
	check(t, os.WriteFile(path+"-wal", []byte("old commits"), 0o600))
	kept, err := Restore(t.Context(), copied, path, day(3))
	check(t, err)
	if runsAt(t, path) != "1" || exists(t, path+"-wal") || !exists(t, kept+"-wal") {
		t.Errorf("the old files lie beside the new database")
	}
	if b, err := os.ReadFile(kept); err != nil || !strings.HasPrefix(string(b), "torn ") {
		t.Errorf("the damaged one was not kept (%v)", err)
	}
}

// An older schema comes up to date when it is opened next.
func TestRestoreOfAnOlderSchema(t *testing.T) {
	all, err := steps()
	check(t, err)
	old := filepath.Join(t.TempDir(), "old.db")
	check(t, os.WriteFile(old, nil, 0o600))
	db, err := sql.Open("sqlite3", dsn(old, busyTimeout, ""))
	check(t, err)
	tx, err := db.Begin()
	check(t, err)
	check(t, apply(t.Context(), tx, all[:1], 0))
	check(t, tx.Commit())
	check(t, db.Close())
	path := filepath.Join(t.TempDir(), "g.db")
	_, err = Restore(t.Context(), old, path, day(3))
	check(t, err)
	s := openAt(t, path)
	_, err = s.AddPain(t.Context(), gait.Pain{At: day(0), Worst: exactly(0)})
	check(t, err)
}
