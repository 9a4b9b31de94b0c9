package fitfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// walk looks for files that may be FIT. It follows symbolic links and goes into
// each folder once, so that a loop of links ends.
type walk struct {
	ctx     context.Context
	foreign bool // look for recordings that are not FIT, too
	found   []found
	lists   []string        // lists of activities
	real    map[string]bool // folders, without links
	paths   map[string]bool // files
}

// found is a file, or what is wrong with a path.
type found struct {
	path    string
	info    fs.FileInfo
	fault   string
	foreign string // the kind of a recording that is not FIT
}

// bytes is how much of what was found may have to be read.
func (w *walk) bytes() int64 {
	var sum int64
	for _, f := range w.found {
		if f.info != nil {
			sum += f.info.Size()
		}
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
		w.file(path, info)
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
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.fault(dir, plain(err))
	}
	for _, e := range entries {
		w.entry(filepath.Join(dir, e.Name()), e)
	}
}

func (w *walk) entry(path string, e fs.DirEntry) {
	if hidden(e.Name()) {
		return
	}
	if e.IsDir() {
		w.folder(path)
		return
	}
	switch kind := foreign(path); {
	case e.Name() == activitiesList:
		w.lists = append(w.lists, path)
		return
	case kind != "" && w.foreign && !w.paths[path]:
		w.paths[path] = true
		w.found = append(w.found, found{path: path, foreign: kind})
		return
	}
	link := e.Type()&fs.ModeSymlink != 0
	if !link && !promising(path) {
		return
	}
	info, err := os.Stat(path)
	switch {
	case err != nil && promising(path):
		w.fault(path, plain(err))
	case err != nil:
	case info.IsDir():
		w.folder(path)
	case info.Mode().IsRegular() && promising(path):
		w.file(path, info)
	}
}

func (w *walk) file(path string, info fs.FileInfo) {
	if !w.paths[path] {
		w.paths[path] = true
		w.found = append(w.found, found{path: path, info: info})
	}
}

func (w *walk) fault(path, reason string) {
	if !w.paths[path] {
		w.paths[path] = true
		w.found = append(w.found, found{path: path, fault: reason})
	}
}

// promising tells whether a name promises FIT files.
func promising(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".fit") || strings.HasSuffix(name, ".fit.gz") || strings.HasSuffix(name, ".zip")
}

// hidden tells whether a file or folder is somebody's own business: what a
// computer keeps beside the files of its user.
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
