package daemon

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/config"
)

// Each channel gets the kinds of messages that it names, a second one of a kind its
// own; a test goes through all.
func TestEachChannelCarriesItsKinds(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	got := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var m struct{ Topic string }
		_ = json.NewDecoder(r.Body).Decode(&m)
		mu.Lock()
		defer mu.Unlock()
		got[m.Topic]++
	}))
	defer server.Close()
	h, c := newHome(t), &clock{at: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	ntfy := func(topic string, kinds ...alert.Topic) config.Ntfy {
		return config.Ntfy{Server: server.URL, Topic: topic, Kinds: kinds}
	}
	h.cfg.Notify.Email.Kinds = []alert.Topic{alert.TopicDigest}
	h.cfg.Notify.Ntfy = ntfy("warnings", alert.TopicWarning)
	h.cfg.Notify.More = []config.Notify{{Ntfy: ntfy("all")}, {Ntfy: ntfy("digests", alert.TopicDigest)}}
	app := h.stopped(c)
	if names := app.ChannelNames(); !slices.Equal(names, []string{"email", "ntfy", "ntfy-2", "ntfy-3"}) {
		t.Fatalf("channels %v", names)
	}
	if r, err := app.Sync(t.Context(), nil); err != nil || r.Sent != 2 || r.Waiting != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if got["warnings"] != 1 || got["all"] != 1 || got["digests"] != 0 || len(h.mail.Mails()) != 0 {
		t.Errorf("pushed %v, mailed %q", got, h.kinds())
	}
	if r, err := app.Sync(t.Context(), nil); err != nil || r.Sent != 0 {
		t.Errorf("again: %+v, %v", r, err)
	}
	if _, err := app.TestChannels(t.Context(), ""); err != nil || got["digests"] != 1 || h.kinds() != "test" {
		t.Errorf("a test: %v, pushed %v, mailed %q", err, got, h.kinds())
	}
}

// Who gives up a mail server that is dead and names another channel gets there what
// still waits, once; not what another channel has brought already.
func TestWhatWaitsFollowsTheConfig(t *testing.T) {
	t.Parallel()
	for name, both := range map[string]bool{"mail alone, then push": false, "both, then push alone": true} {
		t.Run(name, func(t *testing.T) {
			pushed := 0
			server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { pushed++ }))
			defer server.Close()
			h, c := newHome(t), &clock{at: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
			h.mail.Down()
			push := config.Ntfy{Server: server.URL, Topic: "runs"}
			if both {
				h.cfg.Notify.Ntfy = push
			}
			if r, err := h.stopped(c).Sync(t.Context(), nil); err == nil || r.Waiting != 1 {
				t.Fatalf("%+v, %v", r, err)
			}
			h.cfg.Notify.Email, h.cfg.Notify.Ntfy = config.Email{}, push
			app := h.open(c.now)
			t.Cleanup(func() { _ = app.Close() })
			for range 2 {
				if r, err := app.Sync(t.Context(), nil); err != nil || r.Waiting != 0 {
					t.Errorf("%+v, %v", r, err)
				}
			}
			if pushed != 1 {
				t.Errorf("pushed %d times", pushed)
			}
		})
	}
}

// A channel whose number another one takes over leaves it nothing that it is not meant
// to carry: what the runner alone was asked does not go to a coach.
func TestWhatWaitsDoesNotGoToAnotherReader(t *testing.T) {
	t.Parallel()
	pushed := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if pushed++; pushed == 1 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
	defer server.Close()
	h, c := newHome(t), &clock{at: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	h.cfg.Notify.Email = config.Email{}
	h.cfg.Notify.Ntfy = config.Ntfy{Server: server.URL, Topic: "runner"}
	if r, err := h.stopped(c).Sync(t.Context(), nil); err == nil || r.Waiting != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	h.cfg.Notify.Ntfy = config.Ntfy{Server: server.URL, Topic: "coach", Kinds: []alert.Topic{alert.TopicDigest}}
	app := h.open(c.now)
	t.Cleanup(func() { _ = app.Close() })
	if r, err := app.Sync(t.Context(), nil); err != nil || r.Waiting != 0 || r.Sent != 0 || pushed != 1 {
		t.Errorf("%+v, %v, pushed %d times", r, err, pushed)
	}
}

func TestAnOldWarningDoesNotFollowTheConfig(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{at: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	h.mail.Down()
	if r, err := h.stopped(c).Sync(t.Context(), nil); err == nil || r.Waiting != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	h.cfg.Notify.Email, h.cfg.Notify.Ntfy = config.Email{}, config.Ntfy{Server: "http://127.0.0.1:1", Topic: "runs"}
	app := h.open(func() time.Time { return c.now().Add(keepDelivered + time.Hour) })
	t.Cleanup(func() { _ = app.Close() })
	if err := app.readdress(t.Context()); err != nil {
		t.Fatal(err)
	}
	if owed, err := app.store.Undelivered(t.Context()); err != nil || len(owed) != 1 || owed[0].Channel != "email" {
		t.Errorf("owed %+v, %v", owed, err)
	}
}
