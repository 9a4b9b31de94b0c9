package store

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// roomy is a disk with room for everything.
func roomy(string) (disk, error) { return disk{free: 1 << 40, whole: 1 << 41}, nil }

// days returns the days of the copies there are.
func days(t *testing.T, s *Store) string {
	t.Helper()
	copies, err := s.Copies()
	check(t, err)
	var d []string
	for _, c := range copies {
		d = append(d, c.Day.Format("01-02"))
	}
	return strings.Join(d, " ")
}

func copyOn(t *testing.T, s *Store, at time.Time, want bool) {
	t.Helper()
	made, err := s.keepCopy(t.Context(), at, roomy)
	check(t, err)
	if made != want {
		t.Errorf("at %v: made a copy: %v", at, made)
	}
}

func TestACopyADayForFourteenDays(t *testing.T) {
	s := open(t)
	for n := range 20 {
		saved(t, s, n)
		copyOn(t, s, day(n), true)
		copyOn(t, s, day(n).Add(3*time.Hour), false)
	}
	if got, want := days(t, s), "05-10 05-11 05-12 05-13 05-14 05-15 05-16 05-17 05-18 05-19 05-20 05-21 05-22 05-23"; got != want {
		t.Errorf("copies of %s, want %s", got, want)
	}
	copies, err := s.Copies()
	check(t, err)
	for i, c := range copies {
		if got, want := runsAt(t, c.Path), strconv.Itoa(i+7); got != want {
			t.Errorf("the copy of %v holds %s runs, want %s", c.Day, got, want)
		}
	}
	for name, want := range map[string]os.FileMode{s.CopyFolder(): 0o700, copies[0].Path: 0o600} {
		info, err := os.Stat(name)
		check(t, err)
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
}

// The runner's own day counts, also where it is another one in UTC.
func TestTheDayOfACopyIsTheRunners(t *testing.T) {
	s := open(t)
	zone := time.FixedZone("far east", 13*3600)
	copyOn(t, s, time.Date(2026, 5, 4, 0, 30, 0, 0, zone), true)
	copyOn(t, s, time.Date(2026, 5, 4, 23, 30, 0, 0, zone), false)
	copyOn(t, s, time.Date(2026, 5, 5, 0, 30, 0, 0, zone), true)
	if got := days(t, s); got != "05-04 05-05" {
		t.Errorf("copies of %s", got)
	}
}

// A clock that jumps ahead by years, or back, takes one copy with it and not all.
func TestAWrongClockCostsOneCopy(t *testing.T) {
	for _, wrong := range []time.Time{day(4000), time.Unix(0, 0)} {
		s := open(t)
		for n := range keepCopies {
			copyOn(t, s, day(n), true)
		}
		copyOn(t, s, wrong, true)
		copyOn(t, s, wrong, false)
		copies, err := s.Copies()
		check(t, err)
		if len(copies) != keepCopies {
			t.Errorf("%d copies", len(copies))
		}
		copyOn(t, s, day(keepCopies), true)
		if got := days(t, s); strings.Contains(got, wrong.Format("01-02")) || !strings.HasSuffix(got, day(keepCopies).Format("01-02")) {
			t.Errorf("once the clock is right again: %s", got)
		}
	}
}

func TestNoCopyFillsTheDisk(t *testing.T) {
	s := open(t)
	saved(t, s, 0)
	copyOn(t, s, day(0), true)
	for name, d := range map[string]disk{
		"hardly anything free":              {free: 10 << 20, whole: 1 << 30},
		"a large disk, the last twentieth":  {free: 40 << 30, whole: 1000 << 30},
		"none at all, as for others' quota": {},
	} {
		_, err := s.keepCopy(t.Context(), day(30), func(string) (disk, error) { return d, nil })
		if err == nil || !strings.Contains(err.Error(), "too full") || !strings.Contains(err.Error(), "MB are needed") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := days(t, s); got != "05-04" {
		t.Errorf("copies of %s: the old one must stay, and no new one come", got)
	}
}

// What a copy that was killed left behind is cleared away; what is not ours stays.
func TestUnfinishedDailyCopies(t *testing.T) {
	s := open(t)
	saved(t, s, 0)
	check(t, os.Mkdir(s.CopyFolder(), 0o700))
	put := func(name string) string {
		name = filepath.Join(s.CopyFolder(), name)
		check(t, os.WriteFile(name, []byte("half a database"), 0o600))
		return name
	}
	killed, side, mine := put("2026-05-03.db.partial"), put("2026-05-03.db.partial-journal"), put("notes.txt")
	copyOn(t, s, day(0), true)
	if exists(t, killed) || exists(t, side) || !exists(t, mine) {
		t.Error("want the unfinished copy away and the note still there")
	}
}

// A database that is damaged is not copied over and over in the place of sound
// copies.
func TestADamagedDatabaseIsNotCopied(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	s, err := Open(t.Context(), path)
	check(t, err)
	for n := range 30 {
		saved(t, s, n)
	}
	copyOn(t, s, day(0), true)
	check(t, s.Close())
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	check(t, err)
	info, err := f.Stat()
	check(t, err)
	for at := info.Size() * 3 / 4; at < info.Size(); at += 4096 * 3 {
		_, err = f.WriteAt([]byte(strings.Repeat("damage", 600)), at)
		check(t, err)
	}
	check(t, f.Close())
	s = openAt(t, path)
	_, err = s.KeepCopy(t.Context(), day(1))
	refuses(t, err, "damaged", "restore a backup")
	if got := days(t, s); got != "05-04" {
		t.Errorf("copies of %s", got)
	}
	left, err := filepath.Glob(filepath.Join(s.CopyFolder(), "*.partial*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A daily copy is one that restore takes.
func TestRestoreFromADailyCopy(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "g.db"))
	check(t, err)
	saved(t, s, 0)
	made, err := s.KeepCopy(t.Context(), day(0))
	if err != nil && strings.Contains(err.Error(), "too full") {
		t.Skip("this machine's disk is too full for a daily copy")
	}
	if err != nil || !made {
		t.Fatal(made, err)
	}
	saved(t, s, 1)
	copies, err := s.Copies()
	check(t, errors.Join(err, s.Close()))
	_, err = Restore(t.Context(), copies[0].Path, s.Path(), day(2))
	check(t, err)
	if got := runsAt(t, s.Path()); got != "1" {
		t.Errorf("%s runs", got)
	}
	if !exists(t, copies[0].Path) {
		t.Error("the copy is gone")
	}
}
