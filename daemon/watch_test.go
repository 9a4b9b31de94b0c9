package daemon

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

func TestAFolderThatComesLaterIsSeenAtOnce(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "share", "watch")
	w := newWatcher([]string{dir + "/"}, slog.New(slog.DiscardHandler), fsnotify.NewWatcher)
	ctx, stop := context.WithCancel(t.Context())
	changed, done := make(chan struct{}, 100), make(chan error)
	go func() { done <- w.run(ctx, func() { changed <- struct{}{} }) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	seen := func(what string) {
		t.Helper()
		select {
		case <-changed:
		case <-time.After(patience):
			t.Fatalf("%s was not seen", what)
		}
		for len(changed) > 0 {
			<-changed
		}
	}
	write := func(path string) {
		t.Helper()
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	seen("the folder that came later")
	eventually(t, "a file in it is seen", func() bool {
		write(filepath.Join(dir, "1.fit"))
		return len(changed) > 0
	})
	seen("the file")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	seen("that the folder went")
	w.refresh() // as the sync that follows does
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	seen("that it came back")
}

func TestWhatAWatchedFolderIs(t *testing.T) {
	w := &watcher{dirs: []string{"/srv/fit"}}
	for path, want := range map[string][2]bool{
		"/srv/fit": {true, true}, "/srv/fit/a/b.fit": {true, false}, "/srv/fitter": {false, false},
		"/srv": {false, true}, "/": {false, true}, "/srv/other": {false, false},
	} {
		if got := [2]bool{w.inside(path), w.onTheWay(path)}; got != want {
			t.Errorf("%s: inside, on the way = %v, want %v", path, got, want)
		}
	}
}

// TestNothingLeftToWatchWith: a busy server has no watcher left; the daemon goes
// by its schedule and says so.
func TestNothingLeftToWatchWith(t *testing.T) {
	var log bytes.Buffer
	w := newWatcher([]string{t.TempDir()}, slog.New(slog.NewTextHandler(&log, nil)), func() (*fsnotify.Watcher, error) { return nil, syscall.EMFILE })
	w.refresh()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := w.run(ctx, func() { t.Error("something changed") }); err != nil || !strings.Contains(log.String(), "the schedule still scans") {
		t.Errorf("%v, log %q", err, &log)
	}
}
