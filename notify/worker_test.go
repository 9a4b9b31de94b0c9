package notify_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/notify"
)

// outbox keeps deliveries in memory as the store keeps them in its file.
type outbox struct {
	mu   sync.Mutex
	owed []alert.Delivery
	// unable is what Delivered and Failed answer: a full disk.
	unable error
}

func (o *outbox) post(channel string, keys ...string) {
	for _, k := range keys {
		kind, _, _ := strings.Cut(k, ":")
		o.owed = append(o.owed, alert.Delivery{
			ID: int64(len(o.owed) + 1), Channel: channel, Message: alert.Message{Key: k, Kind: alert.MessageKind(kind)},
		})
	}
}

func (o *outbox) Due(_ context.Context, channel string, now time.Time, all bool) ([]alert.Delivery, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(o.owed), func(d alert.Delivery) bool {
		return d.Channel != channel || !all && d.NextTry.After(now)
	}), nil
}

func (o *outbox) Delivered(_ context.Context, id int64, _ time.Time, _ []alert.Receipt) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.unable != nil {
		return o.unable
	}
	o.owed = slices.DeleteFunc(o.owed, func(d alert.Delivery) bool { return d.ID == id })
	for i := range o.owed {
		o.owed[i].NextTry = time.Time{}
	}
	return nil
}

func (o *outbox) Failed(_ context.Context, id int64, _, next time.Time, reason string, receipts []alert.Receipt) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.unable != nil {
		return o.unable
	}
	for i := range o.owed {
		if d := &o.owed[i]; d.ID == id {
			d.Attempts, d.NextTry, d.LastError = d.Attempts+1, next, reason
			d.Receipts = append(d.Receipts, receipts...)
		}
	}
	return nil
}

// pipe is a channel that keeps what it took.
type pipe struct {
	name  string
	mu    sync.Mutex
	took  []string
	tried int
	send  func(ctx context.Context) error // nil: it works
}

func (p *pipe) Name() string                        { return p.name }
func (*pipe) Check(context.Context) (string, error) { return "", nil }

func (p *pipe) Send(ctx context.Context, m alert.Message) error {
	p.mu.Lock()
	p.tried++
	send := p.send
	p.mu.Unlock()
	if send != nil {
		if err := send(ctx); err != nil {
			return err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.took = append(p.took, m.Key)
	return nil
}

func (p *pipe) got(t *testing.T, want ...string) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Equal(p.took, want) {
		t.Errorf("%s took %q, want %q", p.name, p.took, want)
	}
}

func (p *pipe) attempts(t *testing.T, want int) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tried != want {
		t.Errorf("%s was tried %d times, want %d", p.name, p.tried, want)
	}
}

func dead(context.Context) error { return errors.New("nobody there") }

// clock is a clock that only the test moves.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func newWorker(t *testing.T, o notify.Outbox, c *clock, channels ...notify.Channel) *notify.Worker {
	t.Helper()
	return &notify.Worker{
		Outbox: o, Channels: channels, LockDir: t.TempDir(), Now: c.Now, Log: slog.New(slog.DiscardHandler),
		Unrecorded: &sync.Map{},
	}
}

func deliver(t *testing.T, w *notify.Worker, all bool) []notify.Outcome {
	t.Helper()
	outcomes, err := w.Deliver(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	return outcomes
}

// The pauses double from a quarter of a minute to an hour, a new process goes on
// where the old one was, and the message arrives once the server is back.
func TestBackoffOverRestarts(t *testing.T) {
	o, c, p := &outbox{}, &clock{monday()}, &pipe{name: "email", send: dead}
	o.post("email", "alert:1")
	want := 15 * time.Second
	for attempt := 1; attempt <= 16; attempt++ {
		deliver(t, newWorker(t, o, c, p), false) // each time a process of its own
		d := o.owed[0]
		wait := d.NextTry.Sub(c.now)
		if d.Attempts != attempt || wait < want*9/10 || wait > min(want*11/10, time.Hour) {
			t.Fatalf("after attempt %d (recorded as %d) the wait is %v, want about %v", attempt, d.Attempts, wait, want)
		}
		if d.LastError != "nobody there" {
			t.Fatalf("last error %q", d.LastError)
		}
		c.now = d.NextTry.Add(-time.Second)
		deliver(t, newWorker(t, o, c, p), false)
		if p.tried != attempt {
			t.Fatalf("tried %d times before the wait was over, want %d", p.tried, attempt)
		}
		c.now = d.NextTry
		want = min(2*want, time.Hour)
	}
	p.send = nil
	if got := deliver(t, newWorker(t, o, c, p), false); len(got) != 1 || got[0].Err != nil {
		t.Errorf("outcomes %+v", got)
	}
	p.got(t, "alert:1")
	if len(o.owed) != 0 {
		t.Error("it is still owed")
	}
}

// `sync` tries everything at once.
func TestAllIgnoresBackoff(t *testing.T) {
	o, c, p := &outbox{}, &clock{monday()}, &pipe{name: "email", send: dead}
	o.post("email", "alert:1")
	w := newWorker(t, o, c, p)
	if got := deliver(t, w, false); len(got) != 1 || got[0].Err == nil {
		t.Errorf("outcomes %+v, want one failure", got)
	}
	p.send = nil
	if got := deliver(t, w, false); len(got) != 0 {
		t.Errorf("tried before its time: %+v", got)
	}
	deliver(t, w, true)
	p.got(t, "alert:1")
}

// A warning that waits is tried before the all-clear that comes after it.
func TestOrderIsKept(t *testing.T) {
	o, c, p := &outbox{}, &clock{monday()}, &pipe{name: "email", send: dead}
	o.post("email", "alert:1")
	w := newWorker(t, o, c, p)
	deliver(t, w, false)
	p.send = nil
	o.post("email", "resolved:1")
	deliver(t, w, false)
	p.got(t, "alert:1", "resolved:1")
}

// An all-clear does not overtake a warning that the channel did not take, while
// another trouble's goes its way.
func TestNoAllClearBeforeItsWarning(t *testing.T) {
	o, c, p := &outbox{}, &clock{monday()}, &pipe{name: "email"}
	o.post("email", "alert:1", "escalate:1", "resolved:1", "resolved:2")
	for i, thread := range []string{"", "alert:1", "alert:1", "alert:2"} {
		o.owed[i].Message.Thread = thread
	}
	refused := 2
	p.send = func(context.Context) error {
		if refused--; refused >= 0 {
			return errors.New("come back later")
		}
		return nil
	}
	w := newWorker(t, o, c, p)
	deliver(t, w, false)
	p.got(t, "resolved:2")
	deliver(t, w, true)
	p.got(t, "resolved:2", "alert:1", "escalate:1", "resolved:1")
}

// One message that a channel will not take holds up no other.
func TestOnePoisonedMessage(t *testing.T) {
	o, c, p := &outbox{}, &clock{monday()}, &pipe{name: "email"}
	o.post("email", "alert:1", "alert:2")
	first := true
	p.send = func(context.Context) error {
		defer func() { first = false }()
		if first {
			return errors.New("too large")
		}
		return nil
	}
	deliver(t, newWorker(t, o, c, p), false)
	p.got(t, "alert:2")
}

// The process dies between sending and recording: the next one sends again,
// under the same key.
func TestKilledBetweenSendAndRecord(t *testing.T) {
	o, c, p := &outbox{unable: errors.New("killed")}, &clock{monday()}, &pipe{name: "email"}
	o.post("email", "alert:1")
	if _, err := newWorker(t, o, c, p).Deliver(t.Context(), false); err == nil {
		t.Error("nothing is said of the failed record")
	}
	o.unable = nil
	deliver(t, newWorker(t, o, c, p), false)
	p.got(t, "alert:1", "alert:1")
}

// A full disk: what was sent and could not be recorded is not sent again and
// again, only recorded once that works.
func TestRecordFailsInALivingProcess(t *testing.T) {
	o, c, p := &outbox{unable: errors.New("disk full")}, &clock{monday()}, &pipe{name: "email"}
	o.post("email", "alert:1")
	w := newWorker(t, o, c, p)
	for range 3 {
		if _, err := w.Deliver(t.Context(), false); err == nil {
			t.Error("nothing is said of the failed record")
		}
	}
	o.unable = nil
	deliver(t, w, false)
	p.got(t, "alert:1")
	if len(o.owed) != 0 {
		t.Error("it is still owed")
	}
}

func TestQuietHoursDelayDelivery(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	// An ordinary night, and both nights on which the clock changes.
	for _, evening := range []string{"2026-05-01", "2026-03-28", "2026-10-24"} {
		at := func(day time.Time, hour, minute int) time.Time {
			return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, berlin)
		}
		today, err := time.ParseInLocation(time.DateOnly, evening, berlin)
		if err != nil {
			t.Fatal(err)
		}
		tomorrow := today.AddDate(0, 0, 1)
		o, c, p := &outbox{}, &clock{at(today, 22, 0).UTC()}, &pipe{name: "email"}
		o.post("email", "alert:1")
		w := newWorker(t, o, c, p)
		w.Quiet, w.Zone = alert.QuietHours{From: 22 * time.Hour, To: 7 * time.Hour}, berlin
		deliver(t, w, false)
		p.got(t)
		c.now = at(tomorrow, 6, 59)
		deliver(t, w, true)
		p.got(t)
		c.now = at(tomorrow, 7, 0)
		deliver(t, w, false)
		p.got(t, "alert:1")
	}
}

// Run looks by itself, without being woken.
func TestRunPolls(t *testing.T) {
	locks := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		o, p := &outbox{}, &pipe{name: "email", send: dead}
		o.post("email", "alert:1")
		w := &notify.Worker{
			Outbox: o, Channels: []notify.Channel{p}, LockDir: locks, Now: time.Now,
			Log: slog.New(slog.DiscardHandler), Unrecorded: &sync.Map{},
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			w.Run(ctx, nil)
			close(done)
		}()
		time.Sleep(5 * time.Minute)
		p.mu.Lock()
		p.send = nil
		p.mu.Unlock()
		time.Sleep(5*time.Minute + 30*time.Second) // as long as it was dead, and one look
		cancel()
		<-done
		p.got(t, "alert:1")
	})
}

// What waits for a channel that the config does not know (any more) stays.
func TestUnknownChannel(t *testing.T) {
	o, c, p := &outbox{}, &clock{monday()}, &pipe{name: "email"}
	o.post("pigeon", "alert:1")
	deliver(t, newWorker(t, o, c, p), true)
	if len(o.owed) != 1 {
		t.Error("the message to a channel that is gone was dropped")
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}
