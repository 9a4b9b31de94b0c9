package notify_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gaitkeeper/notify"
)

// A channel that hangs delays no other, and each attempt ends by itself.
func TestADeadChannelDelaysNoOther(t *testing.T) {
	locks := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		hung := &pipe{name: "email", send: func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		}}
		alive := &pipe{name: "ntfy"}
		o := &outbox{}
		o.post("email", "alert:1", "alert:2")
		o.post("ntfy", "alert:3")
		w := &notify.Worker{
			Outbox: o, Channels: []notify.Channel{hung, alive}, LockDir: locks, Now: time.Now,
			Log: slog.New(slog.DiscardHandler), Unrecorded: &sync.Map{},
		}
		ctx, cancel := context.WithCancel(t.Context())
		wake := make(chan struct{}, 1)
		done := make(chan struct{})
		go func() {
			w.Run(ctx, wake)
			close(done)
		}()
		synctest.Wait()
		alive.got(t, "alert:3")
		o.mu.Lock()
		o.post("ntfy", "alert:4")
		o.mu.Unlock()
		wake <- struct{}{}
		synctest.Wait()
		alive.got(t, "alert:3", "alert:4") // at once, while the other still hangs
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		o.mu.Lock()
		if o.owed[0].Attempts != 1 || o.owed[1].Attempts != 0 {
			t.Errorf("attempts %d and %d, want 1 and 0: each has its own time", o.owed[0].Attempts, o.owed[1].Attempts)
		}
		o.mu.Unlock()
		cancel()
		<-done
		// Being stopped in the middle of an attempt is no fault of the channel.
		if o.owed[1].Attempts != 0 {
			t.Error("the stop was recorded as a failure")
		}
	})
}

// A server that wants to be left alone is, also where another channel delivers
// meanwhile, which makes all that waits due, and where a new message comes.
func TestAnotherChannelDoesNotEndAWait(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "600")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	enough := newNtfy(t, server.URL).Send(t.Context(), sample())
	server.Close()
	locks := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		busy, alive, o := &pipe{name: "ntfy", send: func(context.Context) error { return enough }}, &pipe{name: "email"}, &outbox{}
		post := func(key string) {
			o.mu.Lock()
			defer o.mu.Unlock()
			o.post("ntfy", key)
			o.post("email", key)
		}
		post("alert:1")
		w := &notify.Worker{Outbox: o, Channels: []notify.Channel{busy, alive}, LockDir: locks, Now: time.Now, Log: slog.New(slog.DiscardHandler), Unrecorded: &sync.Map{}}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { w.Run(ctx, nil); close(done) }()
		time.Sleep(5 * time.Minute)
		post("alert:2")
		time.Sleep(4 * time.Minute)
		synctest.Wait()
		busy.attempts(t, 1)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		busy.attempts(t, 2) // once the wait was over
		cancel()
		<-done
		alive.got(t, "alert:1", "alert:2")
	})
}
