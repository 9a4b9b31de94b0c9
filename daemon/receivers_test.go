package daemon

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/internal/smtptest"
)

// stopped opens a home's gaitkeeper in which a stop has just been entered, so
// that one message waits.
func (h *home) stopped(c *clock) *App {
	h.cfg.Sources.FIT = config.FIT{} // an empty folder would be unwell
	h.t.Helper()
	app := h.open(c.now)
	h.t.Cleanup(func() { _ = app.Close() })
	h.enters(app, gait.Pain{At: c.at.Add(-time.Hour), Site: gait.Shin, Side: gait.Left, Night: gait.Yes}, 3)
	return app
}

func (h *home) enters(app *App, p gait.Pain, worst int) {
	h.t.Helper()
	var err error
	if p.Worst, err = gait.Exactly(worst); err != nil {
		h.t.Fatal(err)
	}
	if _, _, err := app.AddPain(h.t.Context(), "", p); err != nil {
		h.t.Fatal(err)
	}
}

// A receiver who is refused for good is named in status until a mail gets to him
// or he leaves the config. The others have the mail, so nothing waits and nothing
// is unwell.
func TestARefusedReceiverIsNamedInStatus(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{at: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	refuse := map[string]error{"coach@example.org": smtptest.Refuse(550, "no such user")}
	h.mail.Receiver = func(address string) error { return refuse[address] }
	h.cfg.Notify.Email.To = []string{"runner@example.org", "coach@example.org"}
	app := h.stopped(c)
	if r, err := app.Sync(t.Context(), nil); err != nil || r.Sent != 1 || r.Waiting != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	refused := func(app *App) string {
		st, err := app.Status(t.Context())
		if err != nil || !st.Well || len(st.Undelivered) > 0 {
			t.Errorf("well %v, undelivered %v, %v", st.Well, st.Undelivered, err)
		}
		i := slices.IndexFunc(st.Notes, func(n alert.Note) bool { return n.Kind == alert.NoteReceiverRefused })
		if i < 0 {
			return ""
		}
		return st.Notes[i].Text
	}
	if got := refused(app); !strings.Contains(got, "coach@example.org") || !strings.Contains(got, "550 no such user") {
		t.Errorf("status says %q", got)
	}
	cfg := h.cfg
	h.cfg.Notify.Email.To = []string{"runner@example.org"}
	without := h.open(c.now)
	defer without.Close()
	if got := refused(without); got != "" {
		t.Errorf("of one who has left the config: %q", got)
	}
	h.cfg = cfg
	clear(refuse)
	c.at = c.at.AddDate(0, 0, 3) // the follow-up
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := refused(app); got != "" || h.kinds() != "alert follow_up" {
		t.Errorf("once a mail got through: %q; mails %q", got, h.kinds())
	}
}

// A receiver who has to wait is in status as a message that waits, and the channel
// is well: the others have it.
func TestAReceiverWhoHasToWait(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{at: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	h.mail.Receiver = func(address string) error {
		if address == "coach@example.org" && len(h.mail.Asked()) < 5 {
			return smtptest.Refuse(451, "greylisted")
		}
		return nil
	}
	h.cfg.Notify.Email.To = []string{"runner@example.org", "coach@example.org"}
	app := h.stopped(c)
	if r, err := app.Sync(t.Context(), nil); err == nil || r.Waiting != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	st, err := app.Status(t.Context())
	if err != nil || !st.Well || len(st.Undelivered) != 1 || !strings.Contains(st.Undelivered[0].Error, "coach@example.org at present") {
		t.Errorf("well %v, undelivered %+v, %v", st.Well, st.Undelivered, err)
	}
	for range 3 {
		_, _ = app.Sync(t.Context(), nil) // it fails until the server has had enough
	}
	var to []string
	ids := map[string]bool{}
	for _, m := range h.mail.Mails() {
		to = append(to, m.To...)
		ids[m.MessageID()] = true
	}
	if want := []string{"runner@example.org", "coach@example.org"}; !slices.Equal(to, want) || len(ids) != 1 {
		t.Errorf("mail to %v under %d Message-IDs, want %v under one", to, len(ids), want)
	}
}

// A mended secret counts at the next attempt of a daemon that runs; so does the
// test that shows it mended: what waits goes out at once.
func TestTheDaemonReadsMendedSecrets(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var took, agents []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.Header.Get("Authorization") != "Bearer good" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		took, agents = append(took, r.URL.Path), append(agents, r.UserAgent())
	}))
	defer server.Close()
	h, c := newHome(t), &clock{at: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	h.cfg.Notify.Email = config.Email{}
	h.cfg.Notify.Ntfy = config.Ntfy{Server: server.URL, Topic: "runs", TokenFile: h.secret("ntfy", "bad")}
	app := h.stopped(c)
	worker := app.newWorker() // as long-lived as the daemon's
	for range 3 {
		if _, err := worker.Deliver(t.Context(), true); err != nil {
			t.Fatal(err)
		}
	}
	h.secret("ntfy", "\ufeffgood\r\n")
	if found, err := app.TestChannels(t.Context(), ""); err != nil || found[0].Err != nil {
		t.Fatalf("%+v, %v", found, err)
	}
	if _, err := worker.Deliver(t.Context(), false); err != nil { // not before its time, but that has come
		t.Fatal(err)
	}
	if len(took) != 2 || agents[0] != "gaitkeeper/dev" {
		t.Errorf("took %d messages from %q, want the test and what waited", len(took), agents)
	}
}
