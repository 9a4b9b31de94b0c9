package daemon

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// logbook is a log that may be written and read at once.
type logbook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (h *home) secret(name, value string) string {
	h.t.Helper()
	file := filepath.Join(h.dir, name)
	if err := os.WriteFile(file, []byte(value), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return file
}

// troubled gives the home channels and addresses full of secrets, none of which
// works but the mail.
func (h *home) troubled() (secrets []string) {
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "no: "+r.URL.Path+r.Header.Get("Authorization"), http.StatusForbidden)
	}))
	h.t.Cleanup(refusing.Close)
	h.cfg.Notify.Webhook = config.Webhook{URL: refusing.URL + "/hook-hidden-path", SecretFile: h.secret("webhook", "signing-key")}
	h.cfg.Notify.Ntfy = config.Ntfy{Server: refusing.URL, Topic: "private-topic", TokenFile: h.secret("ntfy", "tk_ntfytoken")}
	h.cfg.Notify.Shoutrrr.URLFiles = []string{h.secret("shoutrrr", strings.Replace(refusing.URL, "http://", "generic+http://", 1)+"/shoutrrr-hidden?token=abcd1234")}
	h.cfg.Health.PingURL = refusing.URL + "/ping-hidden"
	return []string{"hook-hidden", "signing-key", "private-topic", "tk_ntfytoken", "shoutrrr-hidden", "abcd1234", "ping-hidden"}
}

// A painful season through the daemon at the level it logs at: the log tells
// what gaitkeeper does, and nothing of the runner, in either format.
func TestTheLogTellsNothingOfTheRunner(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	secrets := h.troubled()
	out, info := &logbook{}, &slog.HandlerOptions{Level: slog.LevelInfo}
	log := slog.New(slog.NewMultiHandler(slog.NewTextHandler(out, info), slog.NewJSONHandler(out, info)))
	app, err := Open(t.Context(), h.cfg, Options{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	defer app.Close()
	season := painfulSeason(h)
	stop := serving(t, app)
	eventually(t, "a warning", h.warned)
	hurt(t, app, season[len(season)-1].ID)
	eventually(t, "the word to stop", func() bool { return strings.Contains(h.kinds(), "escalate") })
	eventually(t, "refused messages", func() bool { return strings.Count(out.String(), "message not delivered") >= 3 })
	visit(t, out)
	stop()
	for _, want := range []string{"serving", "runs taken in", "message decided", "message delivered", "not read whole", "stopped"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the log does not say %q", want)
		}
	}
	silent(t, out.String(), season, secrets)
}

// painfulSeason drops a season that ends with a limp an hour ago, and a file
// that is broken.
func painfulSeason(h *home) []gait.Run {
	season := limpSeason(time.Now().Add(-100*24*time.Hour), 33, 30, 33)
	shift := time.Since(season[32].End()) - time.Hour
	for i := range season {
		season[i].Start = season[i].Start.Add(shift).Truncate(time.Second)
		season[i].ID = gait.NewRunID(season[i].Start)
		h.drop(season[i])
	}
	if err := os.WriteFile(filepath.Join(h.watched(), "broken.fit"), []byte("\x0e\x10\xd9\x07not a run"), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return season
}

// hurt enters a pain with everything a runner can say of it.
func hurt(t *testing.T, app *App, run gait.RunID) {
	t.Helper()
	worst, err := gait.Exactly(7)
	if err != nil {
		t.Fatal(err)
	}
	_, standing, err := app.AddPain(t.Context(), string(run), gait.Pain{
		Site: gait.Achilles, Side: gait.Left, Worst: worst, Kind: gait.Sharp, Night: gait.Yes, Note: "like a needle",
	})
	if err != nil || standing.Verdict != finding.VerdictStop {
		t.Fatalf("verdict %s, %v", standing.Verdict, err)
	}
}

// visit looks at pages that are there and at some that are not.
func visit(t *testing.T, out *logbook) {
	t.Helper()
	page := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(out.String())
	for _, path := range []string{"/", "/runs", "/pain", "/metrics", "/healthz", "/answer/forged-token-of-a-link"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, page+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
	}
}

// silent looks for what must not be in a log.
func silent(t *testing.T, log string, season []gait.Run, secrets []string) {
	t.Helper()
	words := append(secrets, "forged-token", "like a needle", "gaitkeeper@example.org")
	for _, run := range season {
		words = append(words, string(run.ID))
	}
	for _, word := range words {
		if strings.Contains(log, word) {
			t.Errorf("the log holds %q", word)
		}
	}
	health := regexp.MustCompile(`(?i)\b(achilles|shin|left|right|pain\w*|hurt\w*|stop|modify|keep|ask|learning|sharp|night|limp\w*|` +
		`alert|escalate|warned|resolved|professional|asymmetry|balance|verdict|graver|opened|7 of 10|points?)\b`)
	for line := range strings.Lines(log) {
		if found := health.FindString(line); found != "" {
			t.Errorf("the log holds %q: %s", found, line)
		}
	}
}
