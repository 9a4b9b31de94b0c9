package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// CheckStorage reports whether this user can write the database, or create it
// where it is not there yet. A config below /etc/gaitkeeper belongs to the
// service: the error then says how to run as its user, because a second
// database, filled by hand, would be no help to anybody.
func (c Config) CheckStorage() error { return c.checkStorage(mayWrite) }

func (c Config) checkStorage(mayWrite func(string) error) error {
	path := c.Storage.Path
	dir := filepath.Dir(path)
	for !exists(dir) && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
	}
	err := mayWrite(dir)
	if err == nil && exists(path) {
		err = mayWrite(path)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("write database %s: its disk is mounted read-only: mount it for writing, or set [storage] path to a file on another one", path)
	case filepath.Dir(c.File) == systemDir:
		return fmt.Errorf("write database %s, which %s names: permission denied; %s", path, c.File, asOwner(path))
	default:
		return fmt.Errorf("write database %s: permission denied; set [storage] path to a file this user can write", path)
	}
}

// unreadable says why the config file cannot be read. One below /etc/gaitkeeper
// is for the service's user alone: it tells where the runner's data go.
func unreadable(file string, err error) error {
	switch {
	case errors.Is(err, errTooLarge):
		return fmt.Errorf("%s is larger than %d MB: is this the config?", file, maxFile>>20)
	case isFolder(file):
		return fmt.Errorf("read config: %s is a folder; a container engine makes one where the file to mount is missing: write the file on the host", file)
	case errors.Is(err, fs.ErrPermission) && filepath.Dir(file) == systemDir:
		return fmt.Errorf("read config: %w; %s", err, asOwner(filepath.Join(systemStateDir, instance(file))))
	default:
		return fmt.Errorf("read config: %w", err)
	}
}

// mayWrite asks the system whether this user can write to a file or folder.
func mayWrite(path string) error {
	const write = 2 // W_OK
	return syscall.Access(path, write)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
