package daemon

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
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

// The daemon says that its database went away, and keeps others from making a new
// one where it was, as on the disk that came in its place.
func TestTheDaemonMissesItsDatabase(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	h.cfg.Storage.Path = filepath.Join(h.dir, "disk", "gaitkeeper.db")
	r := h.reloading()
	disk := filepath.Dir(h.cfg.Storage.Path)
	if err := errors.Join(os.Rename(disk, disk+".gone"), os.Mkdir(disk, 0o700)); err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(r.page() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	if resp.Body.Close(); resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("health %d", resp.StatusCode)
	}
	if !strings.Contains(r.log.String(), "was deleted or moved away") {
		t.Errorf("the log says nothing:\n%s", r.log.String())
	}
	resp, err = http.PostForm(r.page()+"/pain", url.Values{"site": {"calf"}, "side": {"left"}, "worst": {"3"}, "at": {"2026-01-01T10:00"}})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Body.Close(); resp.StatusCode != http.StatusInternalServerError {
		t.Errorf("an entry was answered with %d", resp.StatusCode)
	}
	r.app.guardPlace() // as it does once a minute
	if _, err := Open(t.Context(), h.cfg, Options{Log: slog.New(slog.DiscardHandler)}); err == nil || !strings.Contains(err.Error(), "missing while gaitkeeper serve runs") {
		t.Errorf("opened: %v", err)
	}
	if _, err := os.Stat(h.cfg.Storage.Path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a second database was made: %v", err)
	}
}
