package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"gaitkeeper/internal/plainfile"
)

const (
	// keepCopies is how many of the daily copies are kept.
	keepCopies = 14
	// spareShare is the part of a disk that the copies leave free, and spareLeast
	// what they leave at least: other programs live there, too. † Both are ours.
	spareShare = 20
	spareLeast = 64 << 20
	copyEnd    = ".db"
	copiesEnd  = ".copies"
)

// Copy is one of the daily copies beside the database.
type Copy struct {
	Path string
	// Day is the day it was made on, at midnight UTC.
	Day time.Time
	// Size is in bytes.
	Size int64
}

// CopyFolder is where the daily copies are.
func (s *Store) CopyFolder() string { return s.path + copiesEnd }

// KeepCopy makes the copy of the day that now falls on, in now's zone, unless it
// is there, and removes all but those of the 14 days nearest to it: a clock that
// was wrong for a moment costs one copy and not all. A copy is examined as
// Restore does before it counts. Where the disk is too full for one, nothing is
// made and nothing removed. Only one process may keep copies at a time.
func (s *Store) KeepCopy(ctx context.Context, now time.Time) (made bool, err error) {
	made, err = s.keepCopy(ctx, now, diskOf)
	return made, plain(err)
}

// Copies returns the daily copies, oldest first.
func (s *Store) Copies() ([]Copy, error) { return copiesIn(s.CopyFolder()) }

func copiesIn(folder string) ([]Copy, error) {
	files, err := plainfile.ReadFolder(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list the copies of the database: %w", err)
	}
	var copies []Copy
	for _, f := range files {
		day, ok := strings.CutSuffix(f.Name(), copyEnd)
		at, err := time.Parse(time.DateOnly, day)
		if !ok || err != nil {
			continue // not one of ours
		}
		info, err := f.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue // gone meanwhile
		}
		copies = append(copies, Copy{Path: filepath.Join(folder, f.Name()), Day: at, Size: info.Size()})
	}
	return copies, nil // their names, by which they were listed, are in the order of the days
}

func (s *Store) keepCopy(ctx context.Context, now time.Time, disk func(string) (disk, error)) (bool, error) {
	if err := s.present(); err != nil {
		return false, err // before a folder is made
	}
	if err := os.MkdirAll(s.CopyFolder(), 0o700); err != nil {
		return false, err
	}
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	copies, err := s.Copies()
	if err != nil || slices.ContainsFunc(copies, func(c Copy) bool { return c.Day.Equal(today) }) {
		return false, err
	}
	if err := s.dropUnfinished(); err != nil {
		return false, err
	}
	if err := s.room(disk); err != nil {
		return false, err
	}
	if err := s.copyOf(ctx, today); err != nil {
		return false, err
	}
	return true, s.dropCopies(today)
}

// copyOf makes and examines the copy of a day.
func (s *Store) copyOf(ctx context.Context, day time.Time) error {
	name := filepath.Join(s.CopyFolder(), day.Format(time.DateOnly)+copyEnd)
	partial, err := s.copyTo(ctx, name)
	if err != nil {
		return err
	}
	if err := sound(ctx, partial, nil); err != nil {
		return errors.Join(err, discard(partial))
	}
	return publish(partial, name)
}

// dropCopies removes all but the copies of the days nearest to today.
func (s *Store) dropCopies(today time.Time) error {
	copies, err := s.Copies()
	if err != nil {
		return err
	}
	slices.SortStableFunc(copies, func(a, b Copy) int {
		return int(today.Sub(a.Day).Abs().Hours() - today.Sub(b.Day).Abs().Hours())
	})
	var faults []error
	for _, c := range copies[min(keepCopies, len(copies)):] {
		faults = append(faults, os.Remove(c.Path))
	}
	return errors.Join(faults...)
}

// dropUnfinished removes what copies left that were killed.
func (s *Store) dropUnfinished() error {
	left, err := filepath.Glob(filepath.Join(s.CopyFolder(), "????-??-??"+copyEnd+".partial"))
	if err != nil {
		return err
	}
	var faults []error
	for _, name := range left {
		faults = append(faults, discard(name))
	}
	return errors.Join(faults...)
}

// disk is how much a file system holds, in bytes.
type disk struct{ free, whole uint64 }

func diskOf(folder string) (disk, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(folder, &st); err != nil {
		return disk{}, &os.PathError{Op: "statfs", Path: folder, Err: err}
	}
	return disk{free: st.Bavail * uint64(st.Bsize), whole: st.Blocks * uint64(st.Bsize)}, nil //nolint:gosec // a block's size is above 0
}

// room reports whether another copy leaves enough of the disk free.
func (s *Store) room(of func(string) (disk, error)) error {
	info, err := os.Stat(s.path)
	if err != nil {
		return err
	}
	d, err := of(s.CopyFolder())
	if err != nil {
		return err
	}
	needed := uint64(info.Size()) + max(d.whole/spareShare, spareLeast) //nolint:gosec // no file is smaller than nothing
	if d.free < needed {
		return fmt.Errorf("the disk is too full for another daily copy: %d MB are free in %s, %d MB are needed; make room, the next hour tries again",
			d.free>>20, s.CopyFolder(), needed>>20+1)
	}
	return nil
}
