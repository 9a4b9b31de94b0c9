package daemon

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"

	"github.com/fsnotify/fsnotify"
)

// watcher reports that something changed in the watched folders or below. It
// is a hint: network shares report nothing, so the schedule scans as well.
type watcher struct {
	notify *fsnotify.Watcher
	dirs   []string
	log    *slog.Logger
}

func newWatcher(dirs []string, log *slog.Logger) (*watcher, error) {
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch folders: %w", err)
	}
	w := &watcher{notify: n, dirs: dirs, log: log}
	w.refresh()
	return w, nil
}

// refresh watches every folder that is there now; one that comes later, or
// comes back, is found by the next refresh.
func (w *watcher) refresh() {
	for _, dir := range w.dirs {
		w.add(dir)
	}
}

// add watches dir and every folder below it, as far as they can be read.
func (w *watcher) add(dir string) {
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return nil //nolint:nilerr // a folder that cannot be read is the import's to report
		}
		if err := w.notify.Add(path); err != nil {
			w.log.Warn("folder not watched; the schedule still scans it", "dir", path, "error", err)
		}
		return nil
	})
}

// run calls changed after each change until ctx ends.
func (w *watcher) run(ctx context.Context, changed func()) error {
	defer w.notify.Close()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-w.notify.Events:
			if !ok {
				return nil
			}
			if e.Has(fsnotify.Create) {
				w.add(e.Name) // a new folder may have been filled before it was watched
			}
			if !e.Has(fsnotify.Chmod) {
				changed()
			}
		case err, ok := <-w.notify.Errors:
			if !ok {
				return nil
			}
			w.log.WarnContext(ctx, "watching failed; the schedule still scans", "error", err)
			changed() // events may have been lost
		}
	}
}
