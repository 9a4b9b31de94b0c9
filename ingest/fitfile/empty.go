package fitfile

import (
	"os"
	"path/filepath"

	"gaitkeeper/internal/plainfile"
)

// readAtOnce is how many entries of a folder are read at once: the first few
// mostly tell.
const readAtOnce = 64

// Empty tells whether no file below a folder has a name that promises FIT. What
// may not be read, and a link to elsewhere, counts as something.
func Empty(dir string) bool {
	f, err := plainfile.OpenFolder(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	for {
		entries, err := f.ReadDir(readAtOnce)
		for _, e := range entries {
			path := filepath.Join(dir, e.Name())
			switch {
			case hidden(e.Name()):
			case e.IsDir() && !Empty(path), e.Type()&os.ModeSymlink != 0, !e.IsDir() && promising(path):
				return false
			}
		}
		if err != nil || len(entries) == 0 {
			return true // the end, or nothing more can be seen
		}
	}
}
