package daemon

import (
	"context"
	"database/sql"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // to hold a lock as another program does

	"gaitkeeper/config"
	"gaitkeeper/gait"
)

// warnedHome is a home whose last three runs limp, all of them told.
func warnedHome(t *testing.T) (*home, *clock, *App) {
	t.Helper()
	h, c := newHome(t), &clock{}
	app := h.open(c.now)
	t.Cleanup(func() { _ = app.Close() })
	for i, run := range limpSeason(time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 33, 30, 33) {
		if h.drop(run); i < 29 { // taken in together
			continue
		}
		c.at = run.End().Add(time.Hour)
		if _, err := app.Sync(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if !h.warned() {
		t.Fatalf("mails %q", h.kinds())
	}
	return h, c, app
}

// A clock that jumps: a board without a battery wakes up in 1970, a server of
// time was wrong by ten years. Nothing is lost, nothing comes twice, and once the
// clock is right again all goes on.
func TestTheClockJumps(t *testing.T) {
	t.Parallel()
	h, c, app := warnedHome(t)
	right, runs := c.at, 33
	alerts := func() int { return strings.Count(h.kinds(), "alert") + strings.Count(h.kinds(), "escalate") }
	told := alerts()
	for _, at := range []time.Time{
		time.Unix(0, 0), right.AddDate(10, 0, 0), right.AddDate(-1, 0, 0), right.Add(-time.Hour), right.Add(time.Minute),
	} {
		c.at = at
		if _, err := app.Sync(t.Context(), nil); err != nil {
			t.Fatalf("at %v: %v", at, err)
		}
		if err := app.keepCopy(t.Context()); err != nil {
			t.Fatalf("at %v: %v", at, err)
		}
		if got, err := app.Runs(t.Context(), time.Time{}, 0); err != nil || len(got) != runs {
			t.Fatalf("at %v: %d runs, %v", at, len(got), err)
		}
	}
	if alerts() != told {
		t.Errorf("told again: %q", h.kinds())
	}
	next := limpSeason(time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 36, 30, 36)[33:]
	for _, run := range next { // life goes on
		h.drop(run)
		c.at = run.End().Add(time.Hour)
		if _, err := app.Sync(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := app.Runs(t.Context(), time.Time{}, 0); err != nil || len(got) != runs+3 {
		t.Errorf("%d runs, %v", len(got), err)
	}
	h.once()
}

// A program that keeps the database locked for long, as one that copies it does:
// the sync says so and ends, and the next one takes everything.
func TestALockedDatabase(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{at: noon()}
	app := h.open(c.now)
	defer app.Close()
	for _, run := range limpSeason(noon().AddDate(0, 0, -20), 5, -1, 5) {
		h.drop(run)
	}
	other, err := sql.Open("sqlite3", "file:"+h.cfg.Storage.Path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	held, err := other.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := app.Sync(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "another program has kept the database locked") {
		t.Errorf("the sync says %v", err)
	}
	if _, err := app.Status(t.Context()); err != nil {
		t.Errorf("who only reads has to wait: %v", err)
	}
	if err := held.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got, err := app.Runs(t.Context(), time.Time{}, 0); err != nil || len(got) != 5 {
		t.Errorf("%d runs, %v", len(got), err)
	}
}

// An ntfy that answers 500 for a while: the mail goes out at once, and the push
// comes once the server is well, in one piece and under one identity.
func TestAnUnwellNtfyHoldsUpNobody(t *testing.T) {
	var unwell atomic.Bool
	var tried, taken atomic.Int32
	ids := make(chan string, 100)
	ntfy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m struct {
			SequenceID string `json:"sequence_id"`
		}
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			t.Error(err)
		}
		ids <- m.SequenceID
		if tried.Add(1); unwell.Load() {
			http.Error(w, "oops", http.StatusInternalServerError)
			return
		}
		taken.Add(1)
	}))
	defer ntfy.Close()
	h, c := newHome(t), &clock{at: noon()}
	h.cfg.Notify.Ntfy = config.Ntfy{Server: ntfy.URL, Topic: "gait"}
	app := h.open(c.now)
	defer app.Close()
	unwell.Store(true)
	hurt(t, app, h.aRun(app, noon().Add(-time.Hour)))
	for range 4 {
		if _, err := app.Sync(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "it is having trouble; the message is tried again later") {
			t.Errorf("the sync says %v", err)
		}
		c.at = c.at.Add(time.Hour)
	}
	if n := len(h.mail.Mails()); n != 1 {
		t.Errorf("%d mails", n)
	}
	unwell.Store(false)
	if _, err := app.Sync(t.Context(), nil); err != nil || taken.Load() != 1 || tried.Load() != 5 {
		t.Errorf("ntfy was tried %d times and took %d, %v", tried.Load(), taken.Load(), err)
	}
	for first := <-ids; len(ids) > 0; {
		if id := <-ids; id != first || id == "" {
			t.Errorf("one message under two identities: %q, %q", first, id)
		}
	}
}

// aRun takes in one run that began at a moment, and returns its ID.
func (h *home) aRun(app *App, begin time.Time) gait.RunID {
	h.t.Helper()
	run := limpSeason(begin, 1, -1, 1)[0]
	h.drop(run)
	if _, err := app.Import(h.t.Context(), []string{h.watched()}, nil); err != nil {
		h.t.Fatal(err)
	}
	return run.ID
}

// Whatever the mode mask of who starts it, nothing that gaitkeeper makes can be
// read by others: database, its side files, locks, copies, backups, the demo.
func TestNothingIsForOthersToRead(t *testing.T) {
	dir := t.TempDir()
	before := syscall.Umask(0)
	defer syscall.Umask(before)
	h := newHome(t)
	h.cfg.Storage.Path = filepath.Join(dir, "state", "deep", "gaitkeeper.db")
	app := h.open(nil)
	defer app.Close()
	h.aRun(app, time.Now().Add(-2*time.Hour))
	hurt(t, app, "latest")
	stop := serving(t, app)
	eventually(t, "a mail and a copy", func() bool {
		st, err := app.Status(t.Context())
		return err == nil && len(h.mail.Mails()) > 0 && st.Copies.Count > 0
	})
	if err := app.Backup(t.Context(), filepath.Join(dir, "state", "backup.db")); err != nil {
		t.Fatal(err)
	}
	private(t, filepath.Join(dir, "state")) // with its locks and side files in use
	stop()
	if _, err := Restore(t.Context(), config.Config{Storage: config.Storage{Path: filepath.Join(dir, "state", "new", "g.db")}},
		filepath.Join(dir, "state", "backup.db"), time.Now()); err != nil {
		t.Fatal(err)
	}
	private(t, filepath.Join(dir, "state"))
}

func private(t *testing.T, root string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if n++; info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return nil
	})
	if err != nil || n < 5 {
		t.Errorf("%d files, %v", n, err)
	}
}
