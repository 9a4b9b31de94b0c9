package daemon

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// watcher reports that something changed in the watched folders or below. It
// is a hint: network shares report nothing, so the schedule scans as well.
type watcher struct {
	notify *fsnotify.Watcher // nil where the machine has none left
	dirs   []string
	log    *slog.Logger
}

// newWatcher watches the folders with what open makes, usually
// [fsnotify.NewWatcher].
func newWatcher(dirs []string, log *slog.Logger, open func() (*fsnotify.Watcher, error)) *watcher {
	n, err := open()
	if err != nil {
		log.Warn("folders not watched; the schedule still scans them. More may be watched with the sysctl fs.inotify.max_user_instances", "error", err)
		return &watcher{log: log}
	}
	w := &watcher{notify: n, log: log}
	for _, dir := range dirs {
		w.dirs = append(w.dirs, filepath.Clean(dir))
	}
	w.refresh()
	return w
}

// refresh watches every folder that is there now, and for one that is not what
// is there of the way to it: it is seen when it comes, or comes back.
func (w *watcher) refresh() {
	for _, dir := range w.dirs {
		for way := dir; !isDir(way) && way != filepath.Dir(way); {
			way = filepath.Dir(way)
			if isDir(way) {
				_ = w.notify.Add(way) // the schedule finds the folder, too
			}
		}
		w.add(dir) // last: it may have come by now
	}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// inside reports whether path is one of the watched folders or lies below one.
func (w *watcher) inside(path string) bool {
	return slices.ContainsFunc(w.dirs, func(dir string) bool { return below(path, dir) })
}

// onTheWay reports whether path leads to one of the watched folders.
func (w *watcher) onTheWay(path string) bool {
	return slices.ContainsFunc(w.dirs, func(dir string) bool { return below(dir, path) })
}

func below(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, "/")+"/")
}

// add watches dir and every folder below it, as far as they can be read.
func (w *watcher) add(dir string) {
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return nil // a folder that cannot be read is the import's to report
		}
		if err := w.notify.Add(path); err != nil {
			w.log.Warn("folder not watched; the schedule still scans it", "dir", path, "error", err)
		}
		return nil
	})
}

// see calls changed if the event is about the watched folders.
func (w *watcher) see(e fsnotify.Event, changed func()) {
	switch {
	case e.Has(fsnotify.Chmod):
		return
	case w.inside(e.Name):
		if e.Has(fsnotify.Create) {
			w.add(e.Name) // a new folder may have been filled before it was watched
		}
	case w.onTheWay(e.Name):
		w.refresh()
	default:
		return // a neighbour of a folder that is not there
	}
	changed()
}

func (w *watcher) run(ctx context.Context, changed func()) error {
	if w.notify == nil {
		<-ctx.Done()
		return nil
	}
	defer w.notify.Close()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-w.notify.Events:
			if !ok {
				return nil
			}
			w.see(e, changed)
		case err, ok := <-w.notify.Errors:
			if !ok {
				return nil
			}
			w.log.WarnContext(ctx, "watching failed; the schedule still scans", "error", err)
			changed() // events may have been lost
		}
	}
}
