package store

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What takes a database away from under a program that has it open.
var takenAway = map[string]func(t *testing.T, path string){
	"deleted":     func(t *testing.T, path string) { t.Helper(); check(t, os.Remove(path)) },
	"moved away":  func(t *testing.T, path string) { t.Helper(); check(t, os.Rename(path, path+".old")) },
	"log deleted": func(t *testing.T, path string) { t.Helper(); check(t, os.Remove(path+logEnd)) },
	"its folder": func(t *testing.T, path string) {
		t.Helper()
		check(t, os.Rename(filepath.Dir(path), filepath.Dir(path)+".old"))
	},
	"another disk": func(t *testing.T, path string) {
		t.Helper()
		check(t, os.Rename(filepath.Dir(path), filepath.Dir(path)+".old"))
		check(t, os.Mkdir(filepath.Dir(path), 0o700))
	},
	"replaced": func(t *testing.T, path string) {
		t.Helper()
		text, err := os.ReadFile(path)
		check(t, err)
		check(t, os.WriteFile(path+".new", text, 0o600))
		check(t, os.Rename(path+".new", path))
	},
}

func TestNothingCountsAsWrittenToADatabaseThatWentAway(t *testing.T) {
	for name, take := range takenAway {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "state", "g.db")
			s, err := Open(t.Context(), path)
			check(t, err)
			defer s.Close()
			check(t, s.SetSetting(t.Context(), "before", "kept"))
			check(t, s.Ping(t.Context()))
			take(t, path)
			for what, do := range map[string]func() error{
				"write": func() error { return s.SetSetting(t.Context(), "after", "lost") },
				"ping":  func() error { return s.Ping(t.Context()) },
				"read":  func() error { _, err := s.Sources(t.Context()); return err },
				"copy":  func() error { _, err := s.KeepCopy(t.Context(), time.Now()); return err },
			} {
				if err := do(); !errors.Is(err, ErrGone) && !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("%s says %v", what, err)
				}
			}
			if name == "deleted" || name == "moved away" || name == "another disk" {
				if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("a second database was made: %v", err)
				}
			}
		})
	}
}

// Between the last look and the end of a transaction there is time to go away.
func TestAWriteThatEndsInADeletedFileIsNoWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	s, err := Open(t.Context(), path)
	check(t, err)
	defer s.Close()
	err = s.write(t.Context(), func(*sql.Tx) error {
		check(t, os.Remove(path))
		return nil
	})
	if !errors.Is(err, ErrGone) {
		t.Errorf("the write says %v", err)
	}
}

func TestADatabaseThatCameBackIsUsedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	s, err := Open(t.Context(), path)
	check(t, err)
	defer s.Close()
	check(t, os.Rename(path, path+".elsewhere"))
	if err := s.Ping(t.Context()); !errors.Is(err, ErrGone) {
		t.Errorf("it is away, and the ping says %v", err)
	}
	check(t, os.Rename(path+".elsewhere", path))
	check(t, s.SetSetting(t.Context(), "key", "value"))
}

// The log stays the same file for as long as the database is open, though readers
// come and go and other processes end.
func TestTheLogStaysWhileTheDatabaseIsOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	s, err := Open(t.Context(), path)
	check(t, err)
	defer s.Close()
	s.writer.SetMaxIdleConns(0)
	s.reader.SetMaxIdleConns(0)
	for range 3 {
		check(t, s.SetSetting(t.Context(), "key", "value"))
		other, err := Open(t.Context(), path)
		check(t, err)
		check(t, other.SetSetting(t.Context(), "key", "other"))
		check(t, other.Close())
		check(t, s.Ping(t.Context()))
	}
}

func TestAMissingDatabaseWithCopiesIsNotMadeAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	s, err := Open(t.Context(), path)
	check(t, err)
	made, err := s.KeepCopy(t.Context(), time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC))
	if check(t, err); !made {
		t.Fatal("no copy was made")
	}
	check(t, s.Close())
	check(t, os.Remove(path))
	_, err = Open(t.Context(), path)
	if err == nil || !strings.Contains(err.Error(), "run gaitkeeper restore "+path+".copies/2026-05-01.db") {
		t.Errorf("opened: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty database was made: %v", err)
	}
	if _, err := Restore(t.Context(), path+".copies/2026-05-01.db", path, time.Now()); err != nil {
		t.Errorf("the way out is closed: %v", err)
	}
	s, err = Open(t.Context(), path)
	check(t, err)
	check(t, s.Close())
}

// What a deleted log holds is saved when the program ends.
func TestADeletedLogIsSavedAtTheEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	s, err := Open(t.Context(), path)
	check(t, err)
	check(t, s.SetSetting(t.Context(), "key", "value"))
	check(t, os.Remove(path+logEnd))
	check(t, s.Close())
	s, err = Open(t.Context(), path)
	check(t, err)
	defer s.Close()
	if got, err := s.Setting(t.Context(), "key"); err != nil || got != "value" {
		t.Errorf("%q, %v", got, err)
	}
}
