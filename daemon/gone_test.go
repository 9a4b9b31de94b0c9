package daemon

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"
)

// A command beside the daemon takes nothing into a database that nobody will find.
func TestNoSecondDatabaseBesideADaemonThatMissesItsOwn(t *testing.T) {
	h := newHome(t)
	app := h.open(nil)
	defer app.Close()
	unlock, err := app.lockServe()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(h.cfg.Storage.Path); err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), h.cfg, Options{Log: slog.New(slog.DiscardHandler)})
	if err == nil || !strings.Contains(err.Error(), "missing while gaitkeeper serve runs on it") {
		t.Errorf("opened: %v", err)
	}
	if _, err := os.Stat(h.cfg.Storage.Path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a second database was made: %v", err)
	}
	unlock()
	if err := errors.Join(app.Close(), os.Remove(h.cfg.Storage.Path+"-wal")); err != nil {
		t.Fatal(err)
	}
	second := h.open(nil) // nobody misses it
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}
