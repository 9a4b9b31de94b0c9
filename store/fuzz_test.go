package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// FuzzRestore: a copy with any bytes changed is refused, or becomes a database
// that can be read through without harm. What was there stays either way.
func FuzzRestore(f *testing.F) {
	for _, version := range []int{1, 6} {
		f.Add(version, 100, []byte("damage"))
		f.Add(version, 0, []byte("SQLite format 4"))
		f.Add(version, 5000, []byte{0xff, 0xff, 0, 1, 2, 3})
		f.Add(version, 60, []byte{0, 0, 0, 99})
		f.Add(version, 30000, make([]byte, 4096))
	}
	f.Fuzz(func(t *testing.T, version, at int, damage []byte) {
		content, err := os.ReadFile(unpackOld(t, 1+(version%6+6)%6))
		check(t, err)
		copy(content[(at%len(content)+len(content))%len(content):], damage)
		dir := inMemory(t)
		file, target := filepath.Join(dir, "copy.db"), filepath.Join(dir, "g.db")
		check(t, os.WriteFile(file, content, 0o600))
		if _, err := Restore(t.Context(), file, target, day(0)); err != nil {
			if exists(t, target) || exists(t, target+".restoring") {
				t.Error("a refused copy left something")
			}
			return
		}
		s, err := Open(t.Context(), target)
		if err != nil {
			return // it is whole, and not one that this program can upgrade
		}
		defer s.Close()
		readsThrough(t, s)
	})
}

// inMemory returns a folder whose files no disk has to wait for, where the
// machine has one.
func inMemory(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "gaitkeeper-fuzz-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// readsThrough reads all tables; whatever stands in them, reading ends in values
// or an error.
func readsThrough(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	runs, err := s.Runs(ctx)
	for _, r := range runs {
		_, err := s.Samples(ctx, r.ID)
		_ = err
	}
	_, history := s.History(ctx)
	_, due := s.Due(ctx, "email", day(1), true)
	_, notices := s.Notices(ctx)
	_, files := s.Files(ctx)
	_, sources := s.Sources(ctx)
	_, tags := s.UnreadTags(ctx)
	_, _, login := s.StravaLogin(ctx)
	_ = errors.Join(err, history, due, notices, files, sources, tags, login)
}

// FuzzReference: whatever names a run finds that one, or none.
func FuzzReference(f *testing.F) {
	for _, s := range []string{"", "latest", "7d2f", "7D2F90", "~", "%", "' OR 1=1 --", "7d2f90b1c3e4", "zz", "\x00", "7d2f90b1c3e4 "} {
		f.Add(s)
	}
	s, err := Open(f.Context(), filepath.Join(f.TempDir(), "g.db"))
	check(f, err)
	f.Cleanup(func() { check(f, s.Close()) })
	check(f, save(f.Context(), s, newImport(0), newImport(1)))
	f.Fuzz(func(t *testing.T, ref string) {
		r, err := s.Run(t.Context(), ref)
		switch {
		case err == nil && r.ID == "":
			t.Error("no run and no error")
		case err != nil && !errors.Is(err, ErrNoRun) && !errors.Is(err, ErrAmbiguousRun):
			t.Error(err)
		}
	})
}
