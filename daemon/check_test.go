package daemon

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/config"
)

func findings(fs []api.Finding) string {
	var lines []string
	for _, f := range fs {
		line := f.What + ": " + f.Text
		if f.Err != nil {
			line = "FAILED " + f.What + ": " + f.Err.Error()
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestCheckTellsWhatIsWrongWithoutSending(t *testing.T) {
	h := newHome(t)
	h.cfg.Sources.FIT.Dirs = append(h.cfg.Sources.FIT.Dirs, filepath.Join(h.dir, "nowhere"))
	h.cfg.Sources.Strava.Enabled = true
	app := h.open(nil)
	defer app.Close()
	got := findings(app.Check(t.Context()))
	for _, want := range []string{
		"config: none found", "source fit " + h.watched() + ": can be read", "FAILED source fit " + filepath.Join(h.dir, "nowhere"),
		"FAILED source strava: [sources.strava] needs client_id", "channel email: reached, nothing sent; it takes the sender and 1 receiver",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q in\n%s", want, got)
		}
	}
	h.mail.Down()
	if got := findings(app.Check(t.Context())); !strings.Contains(got, "FAILED channel email") {
		t.Errorf("a dead mail server passes:\n%s", got)
	}
	if len(h.mail.Mails()) != 0 {
		t.Error("a check sent a mail")
	}
}

// A channel that does not answer takes no other's time: on the page a check has twenty
// seconds, and who came last was said not to answer.
func TestACheckAsksEverybodyAtOnce(t *testing.T) {
	asked := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-asked:
		case <-r.Context().Done():
		}
	}))
	defer slow.Close()
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { close(asked) }))
	defer other.Close()
	h := newHome(t)
	h.cfg.Notify.Email, h.cfg.Notify.Webhook = config.Email{}, config.Webhook{URL: slow.URL}
	h.cfg.Notify.More = []config.Notify{{Webhook: config.Webhook{URL: other.URL}}}
	app := h.open(nil)
	defer app.Close()
	if got := findings(app.Check(t.Context())); strings.Contains(got, "FAILED") || !strings.Contains(got, "channel webhook-2: reached") {
		t.Error(got)
	}
}

// TestAPipeHoldsNobodyUp in the place of a watched folder, or of a lock.
func TestAPipeHoldsNobodyUp(t *testing.T) {
	h := newHome(t)
	pipe := filepath.Join(h.dir, "pipe")
	h.cfg.Sources.FIT.Dirs = []string{pipe}
	app := h.open(nil)
	defer app.Close()
	for _, path := range []string{pipe, app.store.Path() + syncLock} {
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := findings(app.Check(t.Context())); !strings.Contains(got, "FAILED source fit "+pipe) {
		t.Errorf("a pipe passes for a folder:\n%s", got)
	}
	r, err := app.Sync(t.Context(), nil)
	if err != nil || len(r.Sources) != 1 || len(r.Sources[0].Failed) != 1 || r.Sources[0].Failed[0].Path != pipe {
		t.Errorf("the sync says %+v, %v", r, err)
	}
}

func TestATestMessageGoesThroughTheNamedChannel(t *testing.T) {
	h := newHome(t)
	app := h.open(nil)
	defer app.Close()
	if got, err := app.TestChannels(t.Context(), ""); err != nil || got[0].Err != nil || h.kinds() != "test" {
		t.Errorf("%v, %v, mails %q", got, err, h.kinds())
	}
	if _, err := app.TestChannels(t.Context(), "pigeon"); err == nil || !strings.Contains(err.Error(), "email") {
		t.Errorf("an unknown channel gives %v", err)
	}
	h.cfg.Notify.Email = config.Email{}
	bare := h.open(nil)
	defer bare.Close()
	if _, err := bare.TestChannels(t.Context(), ""); err == nil || !strings.Contains(err.Error(), "no channel is configured") {
		t.Errorf("no channel gives %v", err)
	}
}

func TestTheDeadMansSwitchHearsOfGoodSyncsOnly(t *testing.T) {
	var heard int
	switched := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard++ }))
	defer switched.Close()
	h := newHome(t)
	h.cfg.Health.PingURL = switched.URL
	app := h.open(nil)
	if err := app.syncTask(t.Context()); err != nil || heard != 1 {
		t.Errorf("after a good sync: %d, %v", heard, err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	if err := app.syncTask(t.Context()); err == nil || heard != 1 {
		t.Errorf("after a failed sync: %d, %v", heard, err)
	}
}

func TestALostFolderIsNoGoodSync(t *testing.T) {
	var heard int
	switched := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard++ }))
	defer switched.Close()
	h := newHome(t)
	lost := filepath.Join(h.dir, "share")
	h.cfg.Health.PingURL = switched.URL
	h.cfg.Sources.FIT.Dirs = append(h.cfg.Sources.FIT.Dirs, lost+"/")
	app := h.open(nil)
	defer app.Close()
	state := func() api.SourceStatus {
		t.Helper()
		if err := app.syncTask(t.Context()); err != nil {
			t.Fatal(err)
		}
		st, err := app.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return st.Sources[0]
	}
	if s := state(); heard != 0 || !strings.Contains(s.Error, "watched folder "+lost) || s.FailingSince == nil || s.LastGood != nil {
		t.Errorf("while the folder is gone: %d pings, status %+v", heard, s)
	}
	if err := os.Mkdir(lost, 0o700); err != nil {
		t.Fatal(err)
	}
	if s := state(); heard != 1 || s.Error != "" || s.FailingSince != nil || s.LastGood == nil {
		t.Errorf("once it is there: %d pings, status %+v", heard, s)
	}
}

func TestCheckNamesTheZoneInForce(t *testing.T) {
	h := newHome(t)
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	h.cfg.Runner.Zone = zone
	app := h.open((&clock{at: time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)}).now)
	defer app.Close()
	if got := findings(app.Check(t.Context())); !strings.Contains(got, "time zone: Europe/Berlin, where it is now 12:00 (CEST, UTC+02:00)") {
		t.Error(got)
	}
}
