package daemon

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/smtptest"
)

// patience is how long a test waits for what must come; it waits no longer
// than it has to.
const patience = 5 * time.Minute

// home is a runner's home server in a test: a watched folder, a database, a
// mail server.
type home struct {
	t    *testing.T
	dir  string
	cfg  config.Config
	mail *smtptest.Server
}

func newHome(t *testing.T) *home {
	t.Helper()
	h := &home{t: t, dir: t.TempDir()}
	var err error
	if h.mail, err = smtptest.New(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.mail.Down)
	if err := os.Mkdir(h.watched(), 0o700); err != nil {
		t.Fatal(err)
	}
	host, port, err := net.SplitHostPort(h.mail.Addr)
	if err != nil {
		t.Fatal(err)
	}
	h.configure()
	h.cfg.Notify.Email = config.Email{Host: host, TLS: config.TLSNone, From: "gaitkeeper@example.org", To: []string{"runner@example.org"}}
	if h.cfg.Notify.Email.Port, err = strconv.Atoi(port); err != nil {
		t.Fatal(err)
	}
	return h
}

// configure gives the home a config without channels.
func (h *home) configure() {
	h.cfg = config.Default(func(string) string { return "" })
	h.cfg.Storage.Path = filepath.Join(h.dir, "gaitkeeper.db")
	h.cfg.Schedule.Morning, h.cfg.Schedule.Digest = "", "" // whatever the time of day
	h.cfg.Runner.Zone = time.UTC
	h.cfg.Sources.FIT = config.FIT{Dirs: []string{h.watched()}}
	h.cfg.Alerts = config.Alerts{MaxAge: 72 * time.Hour, RemindAfter: 72 * time.Hour}
	h.cfg.Web.Listen = "127.0.0.1:0"
}

func (h *home) watched() string { return filepath.Join(h.dir, "watch") }

// open opens the home's gaitkeeper with a clock.
func (h *home) open(now func() time.Time) *App {
	h.t.Helper()
	a, err := Open(h.t.Context(), h.cfg, Options{Log: slog.New(slog.DiscardHandler), Now: now})
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// drop writes a run's file into the watched folder as a watch does: under
// another name first.
func (h *home) drop(run gait.Run) {
	h.t.Helper()
	name := filepath.Join(h.watched(), run.Start.Format("20060102-150405"))
	f, err := os.Create(name + ".part")
	if err != nil {
		h.t.Fatal(err)
	}
	if err := simulate.WriteFIT(f, run); err != nil {
		h.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		h.t.Fatal(err)
	}
	if err := os.Rename(name+".part", name+".fit"); err != nil {
		h.t.Fatal(err)
	}
}

// clock is a clock that is set by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// kinds returns why each mail was sent, in order.
func (h *home) kinds() string {
	var kinds []string
	for _, m := range h.mail.Mails() {
		kinds = append(kinds, m.Kind())
	}
	return strings.Join(kinds, " ")
}

// eventually waits until done, trying again on each tick.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("still not after %v: %s", patience, what)
		}
	}
}

// season returns a season whose left foot is spared by two points from the run
// with index from on until the run with index to.
func limpSeason(begin time.Time, runs, from, to int) []gait.Run {
	limping := simulate.LimpSeason(1, begin, runs, from, 2, gait.Left)
	normal := simulate.LimpSeason(1, begin, runs, -1, 0, gait.Left)
	return append(limping[:to:to], normal[to:]...)
}

// A limp of two points from run 31 on, file by file: nothing before it, one
// warning at the latest after the run that confirms it, a professional named when
// three runs have shown it, and one line when three normal runs have followed.
func TestALimpIsWarnedOfAndResolved(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{}
	app := h.open(c.now)
	defer app.Close()
	season := limpSeason(time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 44, 30, 36)
	for i, run := range season {
		h.drop(run)
		c.at = run.End().Add(time.Hour)
		if _, err := app.Sync(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		got := h.kinds()
		switch {
		case i < 30 && got != "":
			t.Fatalf("after run %d, before the limp: mails %q", i+1, got)
		case i == 32 && !h.warned():
			t.Fatalf("after run %d: no warning, mails %q", i+1, got)
		}
	}
	got := h.kinds()
	if !strings.HasSuffix(got, "resolved") {
		t.Errorf("mails %q do not end with the resolving one", got)
	}
	if n := strings.Count(got, "alert") + strings.Count(got, "escalate"); n > 3 || strings.Contains(got, "reminder") {
		t.Errorf("mails %q: a question may come before the warning, nothing more", got)
	}
}

// warned tells whether a mail with a warning of the left foot has come.
func (h *home) warned() bool {
	for _, m := range h.mail.Mails() {
		if strings.Contains(m.Raw, "left foot") && (m.Kind() == "alert" || m.Kind() == "escalate") {
			return true
		}
	}
	return false
}

// A first import of an old season says nothing, however it ends.
func TestAFirstImportOfOldRunsSendsNothing(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{at: time.Date(2027, 3, 1, 7, 0, 0, 0, time.UTC)}
	app := h.open(c.now)
	defer app.Close()
	for _, run := range simulate.LimpSeason(1, time.Date(2025, 3, 1, 7, 0, 0, 0, time.UTC), 60, 50, 3, gait.Right) {
		h.drop(run)
	}
	r, err := app.Sync(t.Context(), nil)
	if err != nil || r.Sources[0].New != 60 {
		t.Fatalf("%d new runs, %v", r.Sources[0].New, err)
	}
	if got := h.kinds(); got != "" {
		t.Errorf("mails %q", got)
	}
	runs, err := app.Runs(t.Context(), time.Time{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	var old int
	for _, run := range runs {
		if run.Alert.Suppressed == finding.SuppressedTooOld {
			old++
		}
	}
	if old == 0 {
		t.Error("no alert says that it is too old")
	}
}

// With the mail server down, the warning waits, and comes once when it is back,
// with the same Message-ID it had from the start.
func TestAWarningOutlivesADeadMailServer(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{}
	app := h.open(c.now)
	h.mail.Down()
	for i, run := range limpSeason(time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 33, 30, 33) {
		if h.drop(run); i < 29 { // taken in together
			continue
		}
		c.at = run.End().Add(time.Hour)
		_, err := app.Sync(t.Context(), nil)
		if err != nil && !strings.Contains(err.Error(), "is kept and tried again") {
			t.Fatal(err)
		}
	}
	owed, err := app.store.Undelivered(t.Context())
	if err != nil || len(owed) == 0 || owed[0].Attempts == 0 || owed[0].LastError == "" {
		t.Fatalf("undelivered %+v, %v", owed, err)
	}
	if err := app.Close(); err != nil { // a restart in between
		t.Fatal(err)
	}
	app = h.open(c.now)
	defer app.Close()
	if err := h.mail.Up(h.mail.Addr); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if !h.warned() || len(h.mail.Mails()) != len(owed) {
		t.Errorf("mails %q for %d owed", h.kinds(), len(owed))
	}
	said := h.kinds() + " health" // that mail gets through again, after more than a day
	if _, err := app.Sync(t.Context(), nil); err != nil || h.kinds() != said {
		t.Errorf("sent again: %q, %v", h.kinds(), err)
	}
}

// serving runs the daemon in the background until the test, or stop, ends it.
func serving(t *testing.T, app *App) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- app.Serve(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serve ended with %v", err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// The daemon sees files as they are written and warns by itself.
func TestServeWatchesTheFolder(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	app := h.open(nil)
	defer app.Close()
	season := limpSeason(time.Now().Add(-100*24*time.Hour), 33, 30, 33)
	shift := time.Since(season[32].End()) - time.Hour
	for i := range season { // the last run ended an hour ago
		season[i].Start = season[i].Start.Add(shift).Truncate(time.Second)
	}
	for _, run := range season[:30] {
		h.drop(run)
	}
	serving(t, app)
	for i, run := range season[30:] {
		h.drop(run)
		eventually(t, fmt.Sprintf("run %d taken in", 31+i), func() bool {
			runs, err := app.Runs(t.Context(), time.Time{}, 0)
			return err == nil && len(runs) == 31+i
		})
	}
	eventually(t, "a warning in the mailbox", h.warned)
}

// What another process enters in the diary reaches the mailbox through the
// daemon.
func TestServeTellsWhatAnotherProcessEntered(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	app := h.open(nil)
	defer app.Close()
	serving(t, app)
	other := h.open(nil)
	defer other.Close()
	worst, err := gait.Exactly(3)
	if err != nil {
		t.Fatal(err)
	}
	_, standing, err := other.AddPain(t.Context(), "", gait.Pain{At: time.Now(), Site: gait.Shin, Side: gait.Right, Worst: worst, Night: gait.Yes})
	if err != nil || standing.Verdict != finding.VerdictStop {
		t.Fatalf("verdict %s, %v", standing.Verdict, err)
	}
	eventually(t, "a stop in the mailbox", func() bool { return len(h.mail.Mails()) == 1 })
}

// Two ways to one database are one database: a link, or a folder that is one.
func TestOneDaemonADatabaseThroughALink(t *testing.T) {
	h := newHome(t)
	first := h.open(nil)
	defer first.Close()
	unlock, err := first.lockServe()
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	away := t.TempDir()
	for name, to := range map[string]string{"file.db": h.cfg.Storage.Path, "folder": h.dir} {
		if err := os.Symlink(to, filepath.Join(away, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{filepath.Join(away, "file.db"), filepath.Join(away, "folder", "gaitkeeper.db")} {
		h.cfg.Storage.Path = path
		second := h.open(nil)
		if err := second.Serve(t.Context()); err == nil || !strings.Contains(err.Error(), "another gaitkeeper serve runs") {
			t.Errorf("%s: the second one says %v", path, err)
		}
		if _, err := Restore(t.Context(), h.cfg, "copy.db", time.Now()); err == nil || !strings.Contains(err.Error(), "stop it first") {
			t.Errorf("%s: restore says %v", path, err)
		}
		if err := second.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Two daemons on one database: the second one says what to do.
func TestOneDaemonADatabase(t *testing.T) {
	h := newHome(t)
	first, second := h.open(nil), h.open(nil)
	defer first.Close()
	defer second.Close()
	unlock, err := first.lockServe()
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Serve(t.Context()); err == nil || !strings.Contains(err.Error(), "another gaitkeeper serve runs") {
		t.Errorf("the second one says %v", err)
	}
	unlock()
	serving(t, second)()
}
