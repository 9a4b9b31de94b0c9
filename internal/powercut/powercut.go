// Package powercut cuts the power of a process that writes to a SQLite database,
// for tests: what the process did not sync is lost, or on the disk in part.
//
// A process that is killed loses nothing that it wrote: the kernel still has it.
// A machine that loses its power loses what was not synced; the disk may have
// got any part of that, in any order. A library that stands before fsync keeps a
// second copy of each file as of its last sync, and [Cut] makes of both what a
// disk could hold afterwards. Only what goes through the C library is seen: all
// that SQLite does, and nothing that Go does by itself.
package powercut

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed shim/powercut.c
var shim []byte

// Sector is what a disk writes whole or not at all, in bytes.
const Sector = 512

// Line is a power line that one folder hangs on.
type Line struct {
	library, folder, disk string
}

// New builds the library, for which it needs a C compiler, and returns a line
// for the files in folder, which must be there. It works in the folder dir.
func New(dir, folder string) (Line, error) {
	folder, err := filepath.EvalSymlinks(folder) // the kernel names files so
	if err != nil {
		return Line{}, err
	}
	l := Line{filepath.Join(dir, "powercut.so"), folder, filepath.Join(dir, "disk")}
	if err := os.MkdirAll(l.disk, 0o700); err != nil {
		return Line{}, err
	}
	source := filepath.Join(dir, "powercut.c")
	if err := os.WriteFile(source, shim, 0o600); err != nil {
		return Line{}, err
	}
	out, err := exec.Command("cc", "-shared", "-fPIC", "-O1", "-Wall", "-o", l.library, source, "-lpthread").CombinedOutput() //nolint:gosec // our own
	if err != nil {
		return Line{}, fmt.Errorf("build the library: %w\n%s", err, out)
	}
	return l, nil
}

// Command returns a command that hangs on the line.
func (l Line) Command(ctx context.Context, program string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, program, args...) //nolint:gosec // the tests name what they test
	c.Env = append(os.Environ(), "LD_PRELOAD="+l.library, "POWERCUT_FOLDER="+l.folder, "POWERCUT_DISK="+l.disk)
	return c
}

// Cut leaves of the database with that name in the folder, whose processes have
// all been killed, what a power cut could leave.
func (l Line) Cut(random *rand.Rand, database string) error {
	how := random.IntN(3)
	for _, end := range []string{"", "-wal", "-journal"} {
		if err := l.cut(random, how, database+end); err != nil {
			return fmt.Errorf("cut the power: %w", err)
		}
	}
	err := os.Remove(filepath.Join(l.folder, database+"-shm")) // lives in memory only
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cut the power: %w", err)
	}
	return nil
}

func (l Line) cut(random *rand.Rand, how int, name string) error {
	written, there, err := read(filepath.Join(l.folder, name))
	if err != nil {
		return err
	}
	synced, known, err := read(filepath.Join(l.disk, name))
	if err != nil {
		return err
	}
	switch {
	case !there && (!known || random.IntN(2) == 0):
		return l.settle(name, nil, false)
	case !there: // it was removed, and that had not reached the disk
		return l.settle(name, synced, true)
	case !known && random.IntN(2) == 0: // it was made, and that had not
		return l.settle(name, nil, false)
	}
	return l.settle(name, mix(random, how, synced, written), true)
}

// settle makes a file's content what is on the disk now.
func (l Line) settle(name string, content []byte, there bool) error {
	for _, folder := range []string{l.folder, l.disk} {
		path := filepath.Join(folder, name)
		err := os.Remove(path)
		if there {
			err = os.WriteFile(path, content, 0o600)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// mix returns what the disk has of a file: nothing of what was not synced, the
// first part of it, or any sectors of it.
func mix(random *rand.Rand, how int, synced, written []byte) []byte {
	if how == 0 {
		return synced
	}
	first := random.IntN(len(written)/Sector + 2)
	size := len(synced)
	if random.IntN(2) == 0 {
		size = len(written)
	}
	mixed := make([]byte, size)
	copy(mixed, synced)
	for sector := 0; sector*Sector < size && sector*Sector < len(written); sector++ {
		if how == 1 && sector < first || how == 2 && random.IntN(2) == 0 {
			copy(mixed[sector*Sector:min((sector+1)*Sector, size)], written[sector*Sector:])
		}
	}
	return mixed
}

func read(path string) (content []byte, there bool, err error) {
	content, err = os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	return content, err == nil, err
}
