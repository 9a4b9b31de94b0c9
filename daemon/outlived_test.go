package daemon

import (
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/store"
)

// A daemon that starts after days finds the question of a morning long past in its
// outbox: it is taken back before the first attempt, whatever else goes out.
func TestAnOldQuestionIsNotSent(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{at: time.Date(2026, 4, 4, 12, 0, 0, 0, time.UTC)}
	app := h.open(c.now)
	defer app.Close()
	for key, kind := range map[string]alert.MessageKind{"m": alert.MessageMorning, "d": alert.MessageDigest} {
		n := alert.Notice{Key: key, Kind: kind, At: c.at.AddDate(0, 0, -2)}
		m := alert.Message{Key: key, Kind: kind, Created: n.At, Title: "How is your left shin this Thursday morning?"}
		if err := app.store.Commit(t.Context(), store.Decided{Notice: n, Message: m, Channels: app.ChannelNames()}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := app.newWorker().Deliver(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if got := h.kinds(); got != "digest" {
		t.Errorf("mails %q, want the digest alone", got)
	}
	if owed, err := app.store.Undelivered(t.Context()); err != nil || len(owed) > 0 {
		t.Errorf("owed %+v, %v", owed, err)
	}
}
