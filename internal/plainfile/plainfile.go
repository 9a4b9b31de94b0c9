// Package plainfile opens files for reading without ever waiting for one: where
// a named pipe or a device lies in the place of a file, it says so.
package plainfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// ErrNotPlain says that what has the name is a pipe, a device, a socket or a
// folder.
var ErrNotPlain = errors.New("it is not a plain file")

// Open opens the plain file at path for reading; it follows links. What is not a
// plain file is an [ErrNotPlain] and is not opened: opening a pipe waits for
// whoever writes into it, and opening a device may set it going.
func Open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, notPlain(path)
	}
	// Something else may take the name just now: this does not wait for it, and
	// asks again what was opened.
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	if info, err = f.Stat(); err == nil && !info.Mode().IsRegular() {
		err = notPlain(path)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// ReadFile returns what is in the plain file at path.
func ReadFile(path string) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// OpenFolder opens the folder at path, to list it. Anything else is an error at
// once.
func OpenFolder(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NONBLOCK, 0)
}

// ReadFolder lists the folder at path by name, as [os.ReadDir] does.
func ReadFolder(path string) ([]fs.DirEntry, error) {
	f, err := OpenFolder(path)
	if err != nil {
		return nil, err
	}
	_ = f.Close() // it is a folder: to list it waits for nobody
	return os.ReadDir(path)
}

func notPlain(path string) error {
	return &fs.PathError{Op: "open", Path: path, Err: ErrNotPlain}
}
