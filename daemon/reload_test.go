package daemon

import (
	"database/sql"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/internal/simulate"
)

// reloading is a daemon whose config a test changes while it runs.
type reloading struct {
	*home
	app  *App
	log  logbook
	hups chan os.Signal
	mu   sync.Mutex
	next config.Config
	err  error
}

func (h *home) reloading() *reloading {
	h.t.Helper()
	r := &reloading{home: h, hups: make(chan os.Signal, 1)}
	log := slog.New(slog.NewTextHandler(&r.log, nil))
	var err error
	r.app, err = Open(h.t.Context(), h.cfg, Options{Log: log, Reload: Reload{
		Asked: r.hups, Load: func() (config.Config, *slog.Logger, error) {
			r.mu.Lock()
			defer r.mu.Unlock()
			return r.next, log, r.err
		},
	}})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = r.app.Close() })
	serving(h.t, r.app)
	eventually(h.t, "serving", func() bool { return r.page() != "" })
	return r
}

// page returns the address of the page.
func (r *reloading) page() string {
	return regexp.MustCompile(`http://[0-9.:]+`).FindString(r.log.String())
}

// reload asks for the given config and waits for the words in the log.
func (r *reloading) reload(cfg config.Config, err error, words string) {
	r.t.Helper()
	r.mu.Lock()
	r.next, r.err = cfg, err
	r.mu.Unlock()
	r.hups <- syscall.SIGHUP
	eventually(r.t, words, func() bool { return strings.Contains(r.log.String(), words) })
}

func TestAReloadTakesTheWholeConfig(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	r := h.reloading()
	cfg := h.cfg
	other := filepath.Join(h.dir, "other")
	if err := os.Mkdir(other, 0o700); err != nil {
		t.Fatal(err)
	}
	hash, err := HashPassword("a few words to remember")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Sources.FIT.Dirs = []string{other}
	cfg.Web.PasswordFile = h.secret("hash", hash)
	cfg.Runner.Zone = time.FixedZone("far", 5*3600)
	cfg.Schedule.Digest = "0 0 1 1 *"
	r.reload(cfg, nil, "config reloaded")

	f, err := os.Create(filepath.Join(other, "run.fit"))
	if err != nil {
		t.Fatal(err)
	}
	run := simulate.LimpSeason(1, time.Now().Add(-24*time.Hour), 1, -1, 0, "left")[0]
	if err := errors.Join(simulate.WriteFIT(f, run), f.Close()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a run from the new folder", func() bool {
		runs, err := r.app.Runs(t.Context(), time.Time{}, 0)
		return err == nil && len(runs) == 1
	})
	stranger := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := stranger.Get(r.page())
	if err != nil {
		t.Fatal(err)
	}
	if resp.Body.Close(); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("the page asks for no password: %d", resp.StatusCode)
	}
}

func TestAFaultyReloadIsRefusedWithAllItsFaults(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	r := h.reloading()
	faults := config.Faults{{Key: "web.listen", Text: "is bad"}, {Key: "schedule.sync", Text: "is worse"}}
	r.reload(config.Config{}, faults, "schedule.sync: is worse")
	if !strings.Contains(r.log.String(), `fault="web.listen: is bad"`) {
		t.Errorf("the log names one fault alone:\n%s", r.log.String())
	}
	moved := h.cfg
	moved.Storage.Path, moved.Web.Listen = filepath.Join(h.dir, "other.db"), "127.0.0.1:9"
	r.reload(moved, nil, "web.listen: the address cannot change while gaitkeeper runs")
	if !strings.Contains(r.log.String(), "storage.path: the database cannot change while gaitkeeper runs") {
		t.Errorf("the database may change:\n%s", r.log.String())
	}
	h.drop(simulate.LimpSeason(1, time.Now().Add(-24*time.Hour), 1, -1, 0, "left")[0])
	eventually(t, "the old config's folder is still watched", func() bool {
		runs, err := r.app.Runs(t.Context(), time.Time{}, 0)
		return err == nil && len(runs) == 1
	})
	resp, err := http.Get(r.page() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	if resp.Body.Close(); resp.StatusCode != http.StatusOK {
		t.Errorf("health %d", resp.StatusCode)
	}
}

// A disk that is full at the wrong moment: the mail is out, and nothing says so yet.
func TestAReloadForgetsNothingThatWasSent(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{at: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	app := h.stopped(c)
	app.options.Reload.Load = func() (config.Config, *slog.Logger, error) { return h.cfg, app.log, nil }
	raw, err := sql.Open("sqlite3", "file:"+h.cfg.Storage.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	do := func(statement string) {
		t.Helper()
		if _, err := raw.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	do(`CREATE TRIGGER full BEFORE UPDATE ON deliveries BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
	if _, err := app.deliver(t.Context()); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Fatalf("it was recorded: %v", err)
	}
	next, _, err := app.renewed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	do(`DROP TRIGGER full`)
	if sent, err := next.deliver(t.Context()); err != nil || sent != 1 {
		t.Errorf("%d, %v", sent, err)
	}
	if owed, err := next.store.Undelivered(t.Context()); err != nil || len(owed) > 0 {
		t.Errorf("still owed: %v, %v", owed, err)
	}
	if n := len(h.mail.Mails()); n != 1 {
		t.Errorf("%d mails", n)
	}
}

// Reloads cut a sync short wherever it is: the next one goes on there, and what is
// found is told once.
func TestReloadsInTheMiddleOfASync(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	begin := time.Now().Truncate(time.Second)
	length := limpSeason(begin, 34, 30, 34)[33].Start.Sub(begin)
	for _, run := range limpSeason(begin.Add(-length-24*time.Hour), 34, 30, 34) {
		h.drop(run)
	}
	r := h.reloading()
	for range 5 {
		done := strings.Count(r.log.String(), "config reloaded")
		r.mu.Lock()
		r.next = h.cfg
		r.mu.Unlock()
		r.hups <- syscall.SIGHUP
		eventually(t, "a reload", func() bool { return strings.Count(r.log.String(), "config reloaded") > done })
	}
	eventually(t, "a warning", h.warned)
	runs, err := r.app.Runs(t.Context(), time.Time{}, 0)
	if err != nil || len(runs) != 34 {
		t.Errorf("%d runs, %v", len(runs), err)
	}
	h.once()
}
