package store

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
)

// same compares values of the domain: unknown figures are equal, nil and empty
// are not told apart.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	unknown := func(v any) bool {
		r := reflect.ValueOf(v)
		return r.Kind() == reflect.Float64 && math.IsNaN(r.Float())
	}
	opts := cmp.Options{
		cmp.FilterValues(func(a, b any) bool { return unknown(a) && unknown(b) }, cmp.Comparer(func(_, _ any) bool { return true })),
		cmpopts.EquateEmpty(), cmp.AllowUnexported(gait.Score{}),
	}
	if diff := cmp.Diff(want, got, opts); diff != "" {
		t.Fatalf("%s: (-want +got)\n%s", what, diff)
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refuses fails the test unless err is there and says all the words.
func refuses(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Fatalf("error %q does not say %q", err, w)
		}
	}
}

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	check(t, err)
	t.Cleanup(func() { check(t, s.Close()) })
	return s
}

func open(t testing.TB) *Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "gaitkeeper.db"))
}

// monday is the moment the tests' time begins.
var monday = time.Date(2026, 5, 4, 6, 12, 7, 0, time.UTC)

func day(n int) time.Time { return monday.AddDate(0, 0, n) }

func count(t *testing.T, s *Store, table string) (n int) {
	t.Helper()
	check(t, s.reader.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&n))
	return n
}

func TestOpenMakesPrivateFileAndFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?c#d%41", "state", "my runs.db")
	s := openAt(t, path)
	check(t, save(t.Context(), s, newImport(0)))
	for name, want := range map[string]os.FileMode{
		path: 0o600, path + "-wal": 0o600, filepath.Dir(path): 0o700, filepath.Dir(filepath.Dir(path)): 0o700,
	} {
		info, err := os.Stat(name)
		check(t, err)
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %v, want %v", name, got, want)
		}
	}
}

func TestPragmas(t *testing.T) {
	s := open(t)
	check(t, s.Ping(t.Context()))
	for name, db := range map[string]*sql.DB{"writer": s.writer, "reader": s.reader} {
		for pragma, want := range map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
		} {
			var got string
			check(t, db.QueryRow(`PRAGMA `+pragma).Scan(&got))
			if got != want {
				t.Errorf("%s: %s is %s, want %s", name, pragma, got, want)
			}
		}
	}
	if _, err := s.reader.Exec(`DELETE FROM runs`); err == nil {
		t.Error("the reader can write")
	}
}

func TestOpenRefusesWhatIsNoDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notes.txt")
	text := strings.Repeat("Dear diary, ", 100)
	check(t, os.WriteFile(path, []byte(text), 0o600))
	_, err := Open(t.Context(), path)
	refuses(t, err, path, "not a SQLite database")
	left, err := os.ReadFile(path)
	check(t, err)
	if string(left) != text {
		t.Error("the file was changed")
	}
}

func TestOpenRefusesAnotherProgramsDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "photos.db")
	check(t, os.WriteFile(path, nil, 0o600))
	db, err := sql.Open("sqlite3", dsn(path, busyTimeout, ""))
	check(t, err)
	_, err = db.Exec(`CREATE TABLE photos (id INTEGER); PRAGMA user_version = 1`)
	check(t, err)
	check(t, db.Close())
	_, err = Open(t.Context(), path)
	refuses(t, err, path, "another program's database")
}

func TestOpenNeedsAFile(t *testing.T) {
	folder, pipe := t.TempDir(), filepath.Join(t.TempDir(), "pipe")
	check(t, syscall.Mkfifo(pipe, 0o600))
	for _, path := range []string{folder, pipe, "/dev/null"} {
		_, err := Open(t.Context(), path)
		refuses(t, err, path, "not a plain file")
	}
}

// TestACopyIsAPlainFile: neither what is restored nor the log beside it may be a
// pipe that nobody writes into.
func TestACopyIsAPlainFile(t *testing.T) {
	copied, target := backedUp(t)
	check(t, syscall.Mkfifo(copied+"-wal", 0o600))
	_, err := Restore(t.Context(), copied, target, time.Now())
	refuses(t, err, copied+"-wal", "not a plain file")
}

func TestOpenSaysWhoMayNotWrite(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everything")
	}
	s := open(t)
	check(t, s.Close())
	check(t, os.Chmod(s.Path(), 0o400))
	_, err := Open(t.Context(), s.Path())
	refuses(t, err, "write "+s.Path(), "permission denied")
	check(t, os.Chmod(s.Path(), 0o600))
	check(t, os.Chmod(filepath.Dir(s.Path()), 0o500))
	defer func() { check(t, os.Chmod(filepath.Dir(s.Path()), 0o700)) }()
	_, err = Open(t.Context(), s.Path())
	refuses(t, err, "write "+filepath.Dir(s.Path()), "permission denied")
}

func TestManyOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "gaitkeeper.db")
	done := make(chan error)
	for range 8 {
		go func() {
			s, err := Open(context.Background(), path)
			if err == nil {
				err = errors.Join(s.SetSetting(context.Background(), "k", "v"), s.Close())
			}
			done <- err
		}()
	}
	for range 8 {
		check(t, <-done)
	}
}

func TestPing(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "x.db"))
	check(t, err)
	check(t, s.Ping(t.Context()))
	check(t, s.Close())
	refuses(t, s.Ping(t.Context()), "ping database")
}

func TestRevisionGrowsWithWhatTheFoldSees(t *testing.T) {
	s, ctx := open(t), t.Context()
	last, err := s.Revision(ctx)
	check(t, err)
	step := func(what string, grows bool, err error) {
		t.Helper()
		check(t, err)
		now, err := s.Revision(ctx)
		check(t, err)
		if (now > last) != grows {
			t.Errorf("%s: revision went from %d to %d", what, last, now)
		}
		last = now
	}
	in := newImport(0)
	id := in.Runs[0].Run.ID
	step("a run", true, save(ctx, s, in))
	step("the same run", false, save(ctx, s, in))
	step("new figures", true, s.SaveMeasures(ctx, []gait.Measures{newMeasures(id, day(0))}))
	step("an exclusion", true, s.Exclude(ctx, id, true))
	step("the same exclusion", false, s.Exclude(ctx, id, true))
	step("a pain", true, func() error { _, err := s.AddPain(ctx, fullPain(id)); return err }())
	step("no pain", true, s.RemovePain(ctx, 1))
	step("an answer", true, func() error { _, err := s.AddAnswer(ctx, gait.Answer{Run: id, Kind: gait.AnswerIll}); return err }())
	step("a setting", false, s.SetSetting(ctx, "a", "b"))
	step("a notice", false, s.Commit(ctx, Decided{Notice: alert.Notice{Key: "k"}}))
}

func TestConcurrentWritersOfTwoHandles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gaitkeeper.db")
	a, b := openAt(t, path), openAt(t, path)
	done := make(chan error, 2)
	for i, s := range []*Store{a, b} {
		go func() {
			var err error
			for n := 0; n < 25 && err == nil; n++ {
				err = save(context.Background(), s, newImport(2*n+i))
			}
			done <- err
		}()
	}
	check(t, <-done)
	check(t, <-done)
	if n := count(t, a, "runs"); n != 50 {
		t.Errorf("%d runs, want 50", n)
	}
}

func TestWriterWaitsForAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gaitkeeper.db")
	a, b := openAt(t, path), openAt(t, path)
	tx, err := a.writer.Begin() // holds the write lock
	check(t, err)
	done := make(chan error)
	go func() { done <- b.SetSetting(context.Background(), "k", "v") }()
	_, err = b.Runs(t.Context()) // readers do not wait
	check(t, err)
	select {
	case err := <-done:
		t.Fatalf("the second writer did not wait: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	check(t, tx.Commit())
	check(t, <-done)
}

func TestCancelledWriterLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gaitkeeper.db")
	a, b := openAt(t, path), openAt(t, path)
	tx, err := a.writer.Begin()
	check(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	began := time.Now()
	if err := b.SetSetting(ctx, "k", "v"); err == nil {
		t.Fatal("no error though the context ended")
	}
	if waited := time.Since(began); waited >= busyTimeout {
		t.Errorf("waited %v after the context ended", waited)
	}
	check(t, tx.Rollback())
	v, err := b.Setting(t.Context(), "k")
	check(t, err)
	if v != "" {
		t.Errorf("the cancelled write left %q", v)
	}
}

func TestLostTransactionLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gaitkeeper.db")
	a := openAt(t, path)
	check(t, save(t.Context(), a, newImport(0)))
	tx, err := a.writer.Begin()
	check(t, err)
	check(t, (&importing{a, tx}).Put(t.Context(), newImport(1)))

	// What a power cut leaves: the files as they are, with the transaction open.
	other := filepath.Join(t.TempDir(), "gaitkeeper.db")
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		check(t, err)
		check(t, os.WriteFile(other+suffix, b, 0o600))
	}
	check(t, tx.Rollback())
	s := openAt(t, other)
	if n := count(t, s, "runs"); n != 1 {
		t.Errorf("%d runs, want the committed one", n)
	}
	check(t, save(t.Context(), s, newImport(1)))
}
