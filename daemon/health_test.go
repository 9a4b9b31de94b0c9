package daemon

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/internal/simulate"
)

// subjects returns the subjects of the mails that came, in order.
func (h *home) subjects() string {
	var s []string
	for _, m := range h.mail.Mails() {
		s = append(s, m.Header.Get("Subject"))
	}
	return strings.Join(s, " | ")
}

// noon is when the tests of this file begin.
func noon() time.Time { return time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC) }

// each syncs every few hours until a moment, with another start of the program
// each time.
func (h *home) each(c *clock, step time.Duration, until time.Time) {
	h.t.Helper()
	for ; c.at.Before(until); c.at = c.at.Add(step) {
		app := h.open(c.now)
		_, err := app.Sync(h.t.Context(), nil)
		if err != nil && !strings.Contains(err.Error(), "is kept and tried again") {
			h.t.Fatal(err)
		}
		if err := app.Close(); err != nil {
			h.t.Fatal(err)
		}
	}
}

// A watched folder whose disk is gone for a week: one mail after a day, one when
// it is back, over any number of starts.
func TestAFolderThatIsGoneIsToldOnce(t *testing.T) {
	h, c := newHome(t), &clock{at: noon()}
	h.drop(simulate.LimpSeason(1, noon().AddDate(0, 0, -1), 1, -1, 0, gait.Left)[0])
	away := h.watched() + "-away"
	if err := os.Rename(h.watched(), away); err != nil {
		t.Fatal(err)
	}
	h.each(c, 3*time.Hour, noon().Add(23*time.Hour))
	if got := h.subjects(); got != "" {
		t.Fatalf("before a day has passed: %s", got)
	}
	h.each(c, 3*time.Hour, noon().AddDate(0, 0, 7))
	if got := h.subjects(); got != "Your watched folders could not be read for a day" {
		t.Fatalf("after a week: %s", got)
	}
	if err := os.Rename(away, h.watched()); err != nil {
		t.Fatal(err)
	}
	h.each(c, 3*time.Hour, noon().AddDate(0, 0, 9))
	if got := h.subjects(); !strings.HasSuffix(got, "| Your watched folders can be read again") || strings.Count(got, "|") != 1 {
		t.Errorf("once it is back: %s", got)
	}
}

// A folder that is there and holds nothing is another matter, and one that was
// tidied is none.
func TestAnEmptyFolderIsToldOnce(t *testing.T) {
	h, c := newHome(t), &clock{at: noon()}
	if err := os.WriteFile(filepath.Join(h.watched(), "holiday.jpg"), []byte("no run"), 0o600); err != nil {
		t.Fatal(err)
	}
	pulse := func() api.Health {
		t.Helper()
		app := h.open(c.now)
		defer app.Close()
		p, err := app.Pulse(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	h.each(c, 6*time.Hour, noon().AddDate(0, 0, 1))
	c.at = c.at.Add(-time.Minute)
	if p := pulse(); !p.Well {
		t.Errorf("on the first day: %+v", p)
	}
	c.at = c.at.Add(time.Minute)
	if p := pulse(); p.Well || !p.Unwell[0].Lasting {
		t.Errorf("after a day: %+v", p)
	}
	h.each(c, 6*time.Hour, noon().AddDate(0, 0, 3))
	if got := h.subjects(); got != "Your watched folder holds no FIT file" {
		t.Fatalf("after three days: %s", got)
	}
	h.drop(simulate.LimpSeason(1, noon().AddDate(0, 0, 2), 1, -1, 0, gait.Left)[0])
	h.each(c, 6*time.Hour, noon().AddDate(0, 0, 4))
	if got := h.subjects(); !strings.HasSuffix(got, "| Your watched folder holds FIT files now") {
		t.Fatalf("with a file: %s", got)
	}
	tidied, err := filepath.Glob(filepath.Join(h.watched(), "*.fit"))
	if err != nil || len(tidied) != 1 {
		t.Fatal(tidied, err)
	}
	if err := os.Remove(tidied[0]); err != nil {
		t.Fatal(err)
	}
	h.each(c, 6*time.Hour, noon().AddDate(0, 0, 8))
	if got := h.subjects(); strings.Count(got, "|") != 1 {
		t.Errorf("after tidying up: %s", got)
	}
	app := h.open(c.now)
	defer app.Close()
	st, err := app.Status(t.Context())
	if err != nil || len(st.Notes) != 1 || st.Notes[0].Kind != alert.NoteFolderEmptied || !st.Well {
		t.Errorf("status says %+v, well %v, %v", st.Notes, st.Well, err)
	}
}

// With the mail server down for two days nothing can be told. Once it is up,
// what waited comes, and one word on why it was late.
func TestMailThatDidNotGetThroughIsToldOnceItDoes(t *testing.T) {
	h, c := newHome(t), &clock{at: noon()}
	app := h.open(c.now)
	worst, err := gait.Exactly(4)
	if err != nil {
		t.Fatal(err)
	}
	pain := gait.Pain{At: noon(), Site: gait.Shin, Side: gait.Left, Worst: worst, Night: gait.Yes}
	if _, _, err := app.AddPain(t.Context(), "", pain); err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	var pinged []string
	ping := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { pinged = append(pinged, r.URL.Path) }))
	defer ping.Close()
	h.cfg.Health.PingURL = ping.URL + "/uuid"
	h.mail.Down()
	h.cfg.Sources.FIT.Dirs = nil // an empty folder is not the matter here
	health := func(lasting bool) {
		t.Helper()
		app := h.open(c.now)
		defer app.Close()
		if err := app.syncTask(t.Context()); err != nil {
			t.Fatal(err)
		}
		if p, err := app.Pulse(t.Context()); err != nil || p.Well || p.Unwell[0].Lasting != lasting {
			t.Errorf("at %v: %+v, %v", c.at, p, err)
		}
	}
	h.each(c, 3*time.Hour, noon().Add(21*time.Hour))
	health(false)
	h.each(c, 3*time.Hour, noon().AddDate(0, 0, 2))
	health(true)
	if got := strings.Join(pinged, " "); got != "/uuid /uuid/fail" {
		t.Errorf("the dead-man's switch hears %s", got)
	}
	if err := h.mail.Up(h.mail.Addr); err != nil {
		t.Fatal(err)
	}
	h.each(c, 3*time.Hour, noon().Add(60*time.Hour))
	if got := h.subjects(); !strings.HasSuffix(got, "| Email gets through again") || strings.Count(got, "|") != 1 {
		t.Errorf("mails: %s", got)
	}
}

// limited is a source at its rate limit.
type limited struct{ until time.Time }

func (limited) Name() gait.SourceName { return gait.SourceStrava }

func (l limited) Offers(context.Context, ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		yield(ingest.Item{}, ingest.Wait{Until: l.until, Why: "today's limit is used up"})
	}
}

// A rate limit is a wait: shown in status, good for the dead-man's switch, and
// never told as a failure.
func TestARateLimitIsNoIllness(t *testing.T) {
	var heard int
	switched := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard++ }))
	defer switched.Close()
	h, c := newHome(t), &clock{at: noon()}
	h.cfg.Health.PingURL = switched.URL
	h.cfg.Sources.FIT.Dirs = nil
	app := h.open(c.now)
	defer app.Close()
	app.sources = []ingest.Source{limited{noon().AddDate(0, 0, 3)}}
	for range 3 {
		if err := app.syncTask(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := app.enqueueHealth(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.at = c.at.AddDate(0, 0, 1)
	}
	c.at = noon().AddDate(0, 0, 2)
	st, err := app.Status(t.Context())
	if err != nil || heard != 3 || !st.Well || st.Sources[0].Error != "" || st.Sources[0].WaitingUntil == nil {
		t.Errorf("%d pings, status %+v, %v", heard, st, err)
	}
	if len(st.Notes) != 1 || !strings.Contains(st.Notes[0].Text, "Strava waits until Thursday 7 May, 12:00: today's limit is used up.") {
		t.Errorf("notes %+v", st.Notes)
	}
	pulse, err := app.Pulse(t.Context())
	if err != nil || !pulse.Well {
		t.Errorf("pulse %+v, %v", pulse, err)
	}
	if owed, err := app.store.Undelivered(t.Context()); err != nil || len(owed) != 0 {
		t.Errorf("messages %+v, %v", owed, err)
	}
}

// Who is unwell is alive; who does not move is not.
func TestAliveIsNotWell(t *testing.T) {
	h, c := newHome(t), &clock{at: noon()}
	h.cfg.Sources.FIT.Dirs = []string{filepath.Join(h.dir, "nowhere")}
	app := h.open(c.now)
	if err := app.syncTask(t.Context()); err != nil {
		t.Fatal(err)
	}
	app.beat(pulseWork)
	pulse, err := app.Pulse(t.Context())
	if err != nil || !pulse.Alive || pulse.Well || len(pulse.Unwell) != 1 || pulse.Unwell[0].Name != "fit" {
		t.Errorf("with a folder gone: %+v, %v", pulse, err)
	}
	c.at = c.at.Add(stillAfter + time.Second)
	if _, err := app.Pulse(t.Context()); err == nil || !strings.Contains(err.Error(), "work") {
		t.Errorf("with work that hangs: %v", err)
	}
	app.beat(pulseWork)
	if _, err := app.Pulse(t.Context()); err != nil {
		t.Errorf("with work that moves again: %v", err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Pulse(t.Context()); err == nil || !strings.Contains(err.Error(), "database") {
		t.Errorf("with the database closed: %v", err)
	}
}

// A sync that hangs is told by the goroutine that looks on, but not to somebody
// who opens the lid of a machine that slept for days.
func TestWorkThatHangsIsTold(t *testing.T) {
	h, c := newHome(t), &clock{at: noon()}
	h.drop(simulate.LimpSeason(1, noon().AddDate(0, 0, -1), 1, -1, 0, gait.Left)[0])
	app := h.open(c.now)
	defer app.Close()
	look := func() {
		t.Helper()
		app.heartbeats.look(c.now(), 0)
		if err := app.enqueueHealth(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	look()
	if err := app.syncTask(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.at = c.at.AddDate(0, 0, 3) // asleep
	look()
	for range 23 * 12 {
		c.at = c.at.Add(5 * time.Minute)
		look()
	}
	if owed, err := app.store.Undelivered(t.Context()); err != nil || len(owed) != 0 {
		t.Fatalf("before a day awake: %+v, %v", owed, err)
	}
	for range 30 * 12 {
		c.at = c.at.Add(5 * time.Minute)
		look()
	}
	owed, err := app.store.Undelivered(t.Context())
	if err != nil || len(owed) != 1 || owed[0].Message.Title != "No sync for a day" {
		t.Errorf("after two days awake: %+v, %v", owed, err)
	}
}

// A daemon that waits for the sync of another process is well while that moves, and
// hangs with it.
func TestAWaitForASyncThatHangsIsAHang(t *testing.T) {
	h, c := newHome(t), &clock{at: noon()}
	other, app := h.open(c.now), h.open(c.now)
	defer other.Close()
	defer app.Close()
	unlock, err := other.lock(t.Context(), syncLock)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	once, stop := context.WithCancel(t.Context())
	stop()
	wait := func() error {
		t.Helper()
		if _, err := app.lock(once, syncLock); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		_, err := app.Pulse(t.Context())
		return err
	}
	app.beat(pulseWork)
	for range 5 {
		c.at = c.at.Add(stillAfter - time.Second)
		other.moves()
		if err := wait(); err != nil {
			t.Fatalf("the other moves: %v", err)
		}
	}
	c.at = c.at.Add(stillAfter + time.Second)
	if err := wait(); err == nil {
		t.Error("the other hangs, and all is well")
	}
}
