package fitfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"gaitkeeper/internal/plainfile"
)

// walk looks for files that may be FIT. It follows symbolic links and goes into
// each folder once, so that a loop of links ends.
type walk struct {
	ctx     context.Context
	foreign bool // look for recordings that are not FIT, too
	found   []found
	lists   []string        // lists of activities
	taken   map[string]bool // paths that were found
	real    map[string]bool // folders, without links
}

// found is a file, or what is wrong with a path.
type found struct {
	path     string
	size     int64
	modified time.Time
	named    bool // itself, not a folder around it
	fault    string
	foreign  string // the kind of a recording that is not FIT
}

// bytes is how much of what was found may have to be read.
func (w *walk) bytes() int64 {
	var sum int64
	for _, f := range w.found {
		sum += f.size
	}
	return sum
}

// named takes a path that a person named: anything but a file or a folder is a
// fault.
func (w *walk) named(path string) {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		w.fault(path, plain(err))
	case info.IsDir():
		w.folder(path)
	case info.Mode().IsRegular():
		w.take(found{path: path, size: info.Size(), modified: info.ModTime().UTC(), named: true})
	default:
		w.fault(path, "it is neither a file nor a folder")
	}
}

// folder takes everything under a folder whose name promises FIT.
func (w *walk) folder(dir string) {
	at, err := filepath.EvalSymlinks(dir)
	if err != nil {
		w.fault(dir, plain(err))
		return
	}
	if w.real[at] || w.ctx.Err() != nil {
		return
	}
	w.real[at] = true
	folder, err := plainfile.OpenFolder(dir)
	if err != nil {
		w.fault(dir, plain(err))
		return
	}
	defer func() { _ = folder.Close() }() // it was only looked into
	entries, err := folder.ReadDir(-1)
	if err != nil {
		w.fault(dir, plain(err))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	w.found = slices.Grow(w.found, len(entries))
	within := strings.TrimSuffix(dir, "/") + "/"
	for _, e := range entries {
		w.entry(folder, within+e.Name(), e)
	}
}

// entry takes what is at path in a folder.
func (w *walk) entry(folder *os.File, path string, e fs.DirEntry) {
	promises, link := promising(e.Name()), e.Type()&fs.ModeSymlink != 0
	switch {
	case hidden(e.Name()):
	case e.IsDir():
		w.folder(path)
	case e.Name() == activitiesList:
		w.lists = append(w.lists, path)
	case w.foreign && foreign(e.Name()) != "":
		w.take(found{path: path, foreign: foreign(e.Name())})
	case link:
		w.link(path, promises)
	case promises:
		if st, err := stat(folder, e.Name()); err != nil {
			w.fault(path, plain(err))
		} else if st.Mode&unix.S_IFMT == unix.S_IFREG {
			w.take(found{path: path, size: st.Size, modified: time.Unix(st.Mtim.Unix()).UTC()})
		}
	}
}

// stat asks for a file in an open folder, so that the system need not walk the
// whole path for each of thousands of files.
func stat(folder *os.File, name string) (st unix.Stat_t, err error) {
	for err = unix.EINTR; errors.Is(err, unix.EINTR); {
		err = unix.Fstatat(int(folder.Fd()), name, &st, unix.AT_SYMLINK_NOFOLLOW)
	}
	return st, err
}

// link takes what a symbolic link leads to.
func (w *walk) link(path string, promises bool) {
	info, err := os.Stat(path)
	switch {
	case err != nil && promises:
		w.fault(path, plain(err))
	case err != nil:
	case info.IsDir():
		w.folder(path)
	case info.Mode().IsRegular() && promises:
		w.file(path, info)
	}
}

func (w *walk) file(path string, info fs.FileInfo) {
	w.take(found{path: path, size: info.Size(), modified: info.ModTime().UTC()})
}

func (w *walk) fault(path, reason string) { w.take(found{path: path, fault: reason}) }

// take takes in what was not found before, under another of the named paths.
func (w *walk) take(f found) {
	if !w.taken[f.path] {
		w.taken[f.path] = true
		w.found = append(w.found, f)
	}
}

// promising reports whether a name promises FIT files.
func promising(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".fit") || strings.HasSuffix(name, ".fit.gz") || strings.HasSuffix(name, ".zip")
}

// hidden reports whether a file or folder is a computer's own, kept beside the
// files of its user.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || name == "__MACOSX" || name == "@eaDir"
}

// plain says in a runner's words why a file cannot be read.
func plain(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file or folder"
	case errors.Is(err, fs.ErrPermission):
		return "this user may not read it (permission denied)"
	case errors.Is(err, syscall.ELOOP):
		return "it is a link that leads back to itself"
	case errors.As(err, &path):
		return path.Err.Error()
	default:
		return strings.Join(strings.Fields(err.Error()), " ")
	}
}

// Empty reports whether no file below a folder has a name that promises FIT.
// What may not be read, and a link to elsewhere, counts as something.
func Empty(dir string) bool {
	root := dir + "/" // the folder itself may be a link
	return filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path == root:
		case hidden(e.Name()) && e.IsDir():
			return fs.SkipDir
		case !hidden(e.Name()) && (e.Type()&fs.ModeSymlink != 0 || !e.IsDir() && promising(path)):
			return fs.ErrExist
		}
		return nil
	}) == nil
}
