package notify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"gaitkeeper/alert"
)

// Outbox is where the messages wait that are decided and not yet delivered.
type Outbox interface {
	// Due returns what should be tried now through a channel, oldest first:
	// everything that is not delivered where all is set, else only what has
	// waited long enough.
	Due(ctx context.Context, channel string, now time.Time, all bool) ([]alert.Delivery, error)
	// Delivered records that a channel took a message and what became of its
	// receivers, and makes everything due that still waits.
	Delivered(ctx context.Context, id int64, at time.Time, receipts []alert.Receipt) error
	// Failed records an attempt that failed, why, when to try again, and which
	// receivers need no further attempt.
	Failed(ctx context.Context, id int64, at, next time.Time, reason string, receipts []alert.Receipt) error
}

// Worker carries the outbox's messages to their channels: at least once, each
// channel by itself, so that a dead one delays no other. One process delivers
// through a channel at a time.
type Worker struct {
	Outbox   Outbox
	Channels []Channel
	Quiet    alert.QuietHours
	// Zone is the runner's time zone; nil is UTC.
	Zone *time.Location
	// LockDir is the folder of the lock files, one a channel. The kernel frees
	// a lock when its process ends, however it ends.
	LockDir string
	Now     func() time.Time
	Log     *slog.Logger
	// Moves, if set, is called whenever a channel's work goes on; Tried after
	// each attempt, with what came of it. Several goroutines call them.
	Moves func(channel string)
	Tried func(channel string, err error)

	// Unrecorded holds how far deliveries have come, by their number, that the
	// outbox could not record: what was sent is not sent again, only recorded.
	// The workers of one process, one after another, share it.
	Unrecorded *sync.Map
}

// poll is how often the outbox is looked at without being woken.
const poll = 15 * time.Second

// Run delivers what is due until the context ends. A receive from wake looks
// into the outbox at once.
func (w *Worker) Run(ctx context.Context, wake <-chan struct{}) {
	var channels sync.WaitGroup
	bells := make([]chan struct{}, len(w.Channels))
	for i, c := range w.Channels {
		bells[i] = make(chan struct{}, 1)
		channels.Go(func() { w.loop(ctx, c, bells[i]) })
	}
	for {
		select {
		case <-ctx.Done():
			channels.Wait()
			return
		case <-wake:
			for _, b := range bells {
				select {
				case b <- struct{}{}:
				default:
				}
			}
		}
	}
}

// loop serves one channel.
func (w *Worker) loop(ctx context.Context, c Channel, bell <-chan struct{}) {
	ticks := time.NewTicker(poll)
	defer ticks.Stop()
	var until time.Time // its server asked for a pause, whatever else becomes due
	for {
		w.moves(c)
		if rest := until.Sub(w.Now()); rest <= 0 || rest > maxWait { // longer: the clock was set back
			outcomes, err := w.serve(ctx, c, false)
			if err != nil && ctx.Err() == nil {
				w.Log.Error("deliver messages", "channel", c.Name(), "error", err)
			}
			for _, o := range outcomes {
				if u := (unavailable{}); errors.As(o.Err, &u) {
					until = w.Now().Add(min(u.wait, maxWait))
				}
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		case <-bell:
		}
	}
}

// Outcome is what came of one attempt.
type Outcome struct {
	Delivery alert.Delivery
	// Err is nil where the channel took the message.
	Err error
}

// Deliver makes one round through all channels at once and returns when every
// one is done. With all set, nothing waits for its time, and a round of another
// process is waited for; quiet hours hold all the same.
func (w *Worker) Deliver(ctx context.Context, all bool) ([]Outcome, error) {
	var round sync.WaitGroup
	outcomes := make([][]Outcome, len(w.Channels))
	errs := make([]error, len(w.Channels))
	for i, c := range w.Channels {
		round.Go(func() { outcomes[i], errs[i] = w.serve(ctx, c, all) })
	}
	round.Wait()
	var joined []Outcome
	for i := range outcomes {
		joined = append(joined, outcomes[i]...)
	}
	return joined, errors.Join(errs...)
}

// serve delivers what waits for one channel. Once anything of it is due, all of
// it is tried, oldest first. An all-clear waits for what it clears: a warning
// never arrives after it.
func (w *Worker) serve(ctx context.Context, c Channel, all bool) ([]Outcome, error) {
	due, err := w.waiting(ctx, c, all)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	unlock, err := w.lock(ctx, c, all)
	if err != nil || unlock == nil {
		return nil, err
	}
	defer unlock()
	// What another process delivered before the lock was free is gone by now.
	if due, err = w.waiting(ctx, c, true); err != nil {
		return nil, err
	}
	var outcomes []Outcome
	unsent := map[string]bool{} // threads of which a message did not go out
	var shut error              // why the channel takes nothing at present
	for _, d := range due {
		w.moves(c)
		if d.Message.Kind == alert.MessageResolved && unsent[d.Message.Thread] {
			continue
		}
		o, err := w.attempt(ctx, c, d, shut)
		if err != nil {
			return outcomes, err
		}
		if w.Tried != nil && shut == nil {
			w.Tried(c.Name(), o.Err)
		}
		if errors.As(o.Err, new(unavailable)) {
			shut = o.Err
		}
		outcomes = append(outcomes, o)
		if o.Err != nil && !o.Delivery.PartlyDelivered() {
			unsent[cmp.Or(d.Message.Thread, d.Message.Key)] = true
		}
	}
	return outcomes, nil
}

// waiting returns the channel's deliveries; none in quiet hours.
func (w *Worker) waiting(ctx context.Context, c Channel, all bool) ([]alert.Delivery, error) {
	now := w.Now()
	if w.Quiet.Contains(now, cmp.Or(w.Zone, time.UTC)) {
		return nil, nil
	}
	due, err := w.Outbox.Due(ctx, c.Name(), now, all)
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return due, nil
}

// progress is how far a delivery has come.
type progress struct {
	receipts []alert.Receipt
	done     bool // the channel took it; what is left is to record that
}

// attempt tries one delivery and records what came of it; where the channel is shut
// it fails untried. Its error says that the outbox failed, or that the work is to end.
func (w *Worker) attempt(ctx context.Context, c Channel, d alert.Delivery, shut error) (Outcome, error) {
	var p progress
	if kept, ok := w.Unrecorded.Load(d.ID); ok {
		p, _ = kept.(progress)
	}
	cause := shut
	switch {
	case p.done:
		cause = nil
	case shut == nil:
		sending, cancel := context.WithTimeout(ctx, attemptTimeout)
		var receipts []alert.Receipt
		receipts, cause = w.send(sending, c, d, p.receipts)
		cancel()
		p = progress{append(p.receipts, receipts...), cause == nil}
		if cause != nil && len(receipts) == 0 && ctx.Err() != nil {
			return Outcome{}, ctx.Err() // stopped in the middle: no fault of the channel
		}
		w.Unrecorded.Store(d.ID, p)
	}
	d.Receipts = slices.Concat(d.Receipts, p.receipts)
	// What was sent must be recorded, also when the work is to end.
	if err := w.record(context.WithoutCancel(ctx), d, p, cause); err != nil {
		return Outcome{d, cause}, err
	}
	w.Unrecorded.Delete(d.ID)
	return Outcome{d, cause}, nil
}

// send carries the message to those for whom it is not done yet.
func (w *Worker) send(ctx context.Context, c Channel, d alert.Delivery, more []alert.Receipt) ([]alert.Receipt, error) {
	several, ok := c.(Addressed)
	if !ok {
		return nil, c.Send(ctx, d.Message)
	}
	receipts, err := several.SendTo(ctx, d.Message, slices.Concat(d.Receipts, more))
	for i := range receipts {
		receipts[i].At = w.Now()
		if why := receipts[i].Refused; why != "" {
			w.Log.Warn("message refused for one receiver", "channel", d.Channel, "message", d.Message.ID(), "error", why)
		}
	}
	return receipts, err
}

// record keeps in the outbox what came of an attempt.
func (w *Worker) record(ctx context.Context, d alert.Delivery, p progress, cause error) error {
	now := w.Now()
	if cause == nil {
		if err := w.Outbox.Delivered(ctx, d.ID, now, p.receipts); err != nil {
			return fmt.Errorf("record delivery of %s: %w", d.Message.ID(), err)
		}
		w.Log.Info("message delivered", "channel", d.Channel, "message", d.Message.ID())
		return nil
	}
	wait := Backoff(d.Attempts + 1)
	if u := (unavailable{}); errors.As(cause, &u) {
		wait = min(max(wait, u.wait), maxWait)
	}
	next := now.Add(wait)
	reason := strings.ReplaceAll(cause.Error(), "\n", "; ")
	w.Log.Warn("message not delivered", "channel", d.Channel, "message", d.Message.ID(), "attempts", d.Attempts+1, "next_try", next, "error", reason)
	if err := w.Outbox.Failed(ctx, d.ID, now, next, reason, p.receipts); err != nil {
		return fmt.Errorf("record failed delivery of %s: %w", d.Message.ID(), err)
	}
	return nil
}

func (w *Worker) moves(c Channel) {
	if w.Moves != nil {
		w.Moves(c.Name())
	}
}

// lock makes this process the only one that delivers through the channel. A nil
// unlock says that another one is at it.
func (w *Worker) lock(ctx context.Context, c Channel, wait bool) (unlock func(), err error) {
	name := regexp.MustCompile(`[^A-Za-z0-9-]`).ReplaceAllString(c.Name(), "_")
	l := flock.New(filepath.Join(w.LockDir, "deliver-"+name+".lock"))
	var locked bool
	if wait {
		locked, err = l.TryLockContext(ctx, 50*time.Millisecond)
	} else {
		locked, err = l.TryLock()
	}
	if err != nil {
		return nil, fmt.Errorf("lock channel %s: %w", c.Name(), err)
	}
	if !locked {
		return nil, nil
	}
	return func() { _ = l.Close() }, nil
}

// The course of the attempts.
const (
	firstWait = 15 * time.Second
	maxWait   = time.Hour
	jitter    = 0.1
)

// Backoff returns how long to wait after the given number of failed attempts:
// 15 seconds, doubled with each further one, and spread by a tenth either way so
// that what failed together does not come back together; never more than an
// hour, so that a server that is back is not waited for long. The number is kept
// in the outbox, so a restart changes nothing.
func Backoff(attempts int) time.Duration {
	wait := maxWait
	if doublings := max(attempts, 1) - 1; doublings < 8 {
		wait = min(firstWait<<doublings, maxWait)
	}
	spread := time.Duration(float64(wait) * (1 + jitter*(2*rand.Float64()-1))) //nolint:gosec // spread, no secret
	return min(spread, maxWait)
}
