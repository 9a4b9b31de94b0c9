package daemon

import (
	"strings"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// systemd hands a credential to the daemon alone. Every other command works
// beside it all the same, owes its messages to the channel, and says why it
// cannot deliver them itself.
func TestCommandsWorkWithoutTheDaemonsSecret(t *testing.T) {
	h, c := newHome(t), &clock{at: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	h.cfg.Notify.Email.PasswordFile = "${CREDENTIALS_DIRECTORY}/smtp"
	beside := h.open(c.now)
	defer beside.Close()
	night, err := gait.Exactly(3)
	if err != nil {
		t.Fatal(err)
	}
	entry := gait.Pain{At: c.at.Add(-time.Hour), Site: gait.Shin, Side: gait.Left, Worst: night, Night: gait.Yes}
	if _, standing, err := beside.AddPain(t.Context(), "", entry); err != nil || standing.Verdict != finding.VerdictStop {
		t.Fatalf("standing %s, %v", standing.Verdict, err)
	}
	why := "systemd gives $CREDENTIALS_DIRECTORY to the service alone"
	if r, err := beside.Sync(t.Context(), nil); r.Waiting != 1 || err == nil || !strings.Contains(err.Error(), why) {
		t.Errorf("%d wait, %v", r.Waiting, err)
	}
	if got := findings(beside.Check(t.Context())); !strings.Contains(got, "FAILED channel email: notify.email.password_file: ") {
		t.Error(got)
	}
	if err := beside.Serve(t.Context()); err == nil || !strings.Contains(err.Error(), why) {
		t.Errorf("the daemon started without a channel: %v", err)
	}
	owed, err := beside.store.Undelivered(t.Context())
	if err != nil || len(owed) != 1 || owed[0].Attempts != 0 {
		t.Fatalf("owed %+v, %v: nobody has tried yet", owed, err)
	}

	h.cfg.Notify.Email.PasswordFile = ""
	daemon := h.open(c.now)
	defer daemon.Close()
	if r, err := daemon.Sync(t.Context(), nil); err != nil || r.Sent != 1 {
		t.Errorf("sent %d, %v", r.Sent, err)
	}
	if got := h.kinds(); got != "alert" {
		t.Errorf("mails %q", got)
	}
}
