package notify_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"gaitkeeper/alert"
)

// list is a channel to several receivers.
type list struct {
	pipe
	// answers are what becomes of each; missing: he takes it.
	answers map[string]error
	got     []string // "receiver message"
}

func (l *list) Receivers() []string { return []string{ada, coach} }

func (l *list) SendTo(_ context.Context, m alert.Message, settled []alert.Receipt) ([]alert.Receipt, error) {
	var receipts []alert.Receipt
	var again error
	for _, r := range l.Receivers() {
		switch {
		case slices.ContainsFunc(settled, func(s alert.Receipt) bool { return s.Address == r }):
		case l.answers[r] != nil:
			again = errors.Join(again, l.answers[r])
		default:
			l.got = append(l.got, r+" "+m.Key)
			receipts = append(receipts, alert.Receipt{Address: r})
		}
	}
	return receipts, again
}

// One receiver who has to wait keeps nobody else waiting, over restarts: each gets
// each message once, the all-clear too.
func TestOneReceiverWaitsAlone(t *testing.T) {
	o, c := &outbox{}, &clock{monday()}
	l := &list{pipe: pipe{name: "email"}, answers: map[string]error{coach: errors.New("greylisted\nfor now")}}
	o.post("email", "alert:1", "resolved:1")
	o.owed[1].Message.Thread = "alert:1"
	for range 2 { // each time a process of its own
		deliver(t, newWorker(t, o, c, l), true)
	}
	if want := []string{ada + " alert:1", ada + " resolved:1"}; !slices.Equal(l.got, want) {
		t.Errorf("got %q, want %q", l.got, want)
	}
	if d := o.owed[0]; d.LastError != "greylisted; for now" || !d.PartlyDelivered() || !d.Receipts[0].At.Equal(c.now) {
		t.Errorf("the delivery is %+v", d)
	}
	clear(l.answers)
	c.now = c.now.Add(time.Hour)
	deliver(t, newWorker(t, o, c, l), false)
	if want := []string{coach + " alert:1", coach + " resolved:1"}; !slices.Equal(l.got[2:], want) || len(o.owed) > 0 {
		t.Errorf("got %q, want %q; owed %v", l.got[2:], want, o.owed)
	}
}

// A full disk: who has a message and could not be recorded is not sent it again.
func TestReceiptsThatCouldNotBeRecorded(t *testing.T) {
	o, c := &outbox{unable: errors.New("disk full")}, &clock{monday()}
	l := &list{pipe: pipe{name: "email"}, answers: map[string]error{coach: errors.New("greylisted")}}
	o.post("email", "alert:1")
	w := newWorker(t, o, c, l)
	for range 3 {
		if _, err := w.Deliver(t.Context(), false); err == nil {
			t.Error("nothing is said of the failed record")
		}
	}
	o.unable = nil
	clear(l.answers)
	deliver(t, w, false)
	if want := []string{ada + " alert:1", coach + " alert:1"}; !slices.Equal(l.got, want) || len(o.owed) > 0 {
		t.Errorf("got %q, want %q; owed %v", l.got, want, o.owed)
	}
}
