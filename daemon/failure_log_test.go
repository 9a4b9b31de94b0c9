package daemon

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The log tells of a lasting failure when it begins and when it is over; the
// dead-man's switch hears of it after a day.
func TestALastingFailureIsLoggedOnce(t *testing.T) {
	h, c := newHome(t), &clock{at: noon()}
	var asked []string
	ping := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = append(asked, r.URL.Path) }))
	defer ping.Close()
	h.cfg.Health.PingURL = ping.URL + "/uuid"
	away := filepath.Join(h.dir, "away")
	h.cfg.Sources.FIT.Dirs = []string{away}
	app := h.open(c.now)
	defer app.Close()
	var log logbook
	app.log, app.failures = slog.New(slog.NewTextHandler(&log, nil)), newFailureLog()
	sync := func() {
		t.Helper()
		if err := app.syncTask(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.at = c.at.Add(15 * time.Minute)
	}
	for range 24 * 4 {
		sync()
	}
	if len(asked) != 0 {
		t.Errorf("asked before a day was over: %q", asked)
	}
	sync()
	if len(asked) != 1 || asked[0] != "/uuid/fail" {
		t.Errorf("after a day: %q", asked)
	}
	if err := os.Mkdir(away, 0o700); err != nil {
		t.Fatal(err)
	}
	sync()
	sync()
	if got := strings.Join(asked[1:], " "); got != "/uuid /uuid" {
		t.Errorf("when it works again: %q", asked)
	}
	text := log.String()
	if strings.Count(text, `what="source fit" error`) != 1 || strings.Count(text, "works again") != 1 {
		t.Errorf("the log:\n%s", text)
	}
}

// Numbers that change from try to try make no new failure; another reason does.
func TestAFailureIsOneWhateverItsNumbers(t *testing.T) {
	var log logbook
	l, tr := slog.New(slog.NewTextHandler(&log, nil)), newFailureLog()
	for _, reason := range []string{"port 4711 refused", "port 4712 refused", "timeout after 30s", "port 4713 refused", "timeout after 31s"} {
		tr.note(t.Context(), l, noon(), "sync", errorText(reason))
	}
	tr.note(t.Context(), l, noon(), "sync", nil)
	tr.note(t.Context(), l, noon(), "sync", nil)
	if n := strings.Count(log.String(), "\n"); n != 3 {
		t.Errorf("%d lines:\n%s", n, log.String())
	}
}

type errorText string

func (e errorText) Error() string { return string(e) }
