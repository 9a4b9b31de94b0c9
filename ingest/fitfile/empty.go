package fitfile

import (
	"io/fs"
	"path/filepath"
)

// Empty tells whether no file below a folder has a name that promises FIT. What
// may not be read, and a link to elsewhere, counts as something.
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
