package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestBackupWhileOthersWrite(t *testing.T) {
	s, ctx := open(t), t.Context()
	other := openAt(t, s.Path())
	saved(t, s, 0)
	stop, done := make(chan struct{}), make(chan error)
	for i, one := range []*Store{s, other} {
		go func() {
			for n := 1; ; n++ {
				select {
				case <-stop:
					done <- nil
					return
				default:
				}
				if err := save(context.WithoutCancel(ctx), one, newImport(2*n+i)); err != nil {
					done <- err
					return
				}
			}
		}()
	}
	folder := t.TempDir()
	for _, name := range []string{"a.db", "b.db", "c.db"} {
		file := filepath.Join(folder, name)
		check(t, s.Backup(ctx, file))
		for query, want := range map[string]string{
			`PRAGMA integrity_check`:                                                     "ok",
			`SELECT count(*) FROM pragma_foreign_key_check`:                              "0",
			`SELECT count(*) FROM runs WHERE id NOT IN (SELECT run FROM samples)`:        "0",
			`SELECT (SELECT count(*) FROM runs) - (SELECT count(*) FROM files)`:          "0",
			`SELECT (SELECT count(*) FROM runs) > 0 AND EXISTS (SELECT 1 FROM measures)`: "1",
			`SELECT user_version FROM pragma_user_version`:                               version(t, 0),
			`SELECT count(*) FROM sqlite_schema WHERE name = 'deliveries_owed'`:          "1",
			`SELECT number > 0 FROM revision`:                                            "1",
			`SELECT application_id = 0x67616974 FROM pragma_application_id`:              "1",
			`SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'delete'`:     "1",
		} {
			if got := ask(t, file, query); got != want {
				t.Errorf("%s: %s is %s, want %s", name, query, got, want)
			}
		}
	}
	close(stop)
	check(t, <-done)
	check(t, <-done)
	info, err := os.Stat(filepath.Join(folder, "a.db"))
	check(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	left, err := os.ReadDir(folder)
	check(t, err)
	if len(left) != 3 {
		t.Errorf("files left in the folder: %v", left)
	}
}

func TestBackupOpensAsADatabase(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	file := filepath.Join(t.TempDir(), "copy.db")
	check(t, s.Backup(ctx, file))
	got, err := newest(t, openAt(t, file))
	check(t, err)
	same(t, "run", got, run)
}

func TestBackupOverwritesNothing(t *testing.T) {
	s, ctx := open(t), t.Context()
	file := filepath.Join(t.TempDir(), "precious.db")
	check(t, os.WriteFile(file, []byte("last year's"), 0o600))
	refuses(t, s.Backup(ctx, file), file, "exists already")
	b, err := os.ReadFile(file)
	check(t, err)
	if string(b) != "last year's" {
		t.Error("the file was overwritten")
	}
	refuses(t, s.Backup(ctx, s.Path()), "exists already")
}

func TestFailedBackupLeavesNothing(t *testing.T) {
	s := open(t)
	saved(t, s, 0)
	folder := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Backup(ctx, filepath.Join(folder, "x.db")); err == nil {
		t.Fatal("no error though the context ended")
	}
	left, err := os.ReadDir(folder)
	check(t, err)
	if len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	refuses(t, s.Backup(t.Context(), filepath.Join(folder, "missing", "x.db")), "no such file")
}
