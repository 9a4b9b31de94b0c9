package notify_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gaitkeeper/notify"
)

// slowMail is a channel whose server reads a whole mail and then takes its time to
// answer.
func slowMail(t *testing.T, thinks time.Duration, answer string) (e *notify.Email, read *atomic.Bool) {
	t.Helper()
	read = &atomic.Bool{}
	e = newEmail(t, notify.EmailConfig{Host: "mail.example", Port: 25, TLS: notify.NoTLS, Helo: "home.example", From: "g@home.example", To: []string{ada}})
	e.DialWith(func() net.Conn {
		ours, theirs := net.Pipe()
		go func() {
			defer theirs.Close()
			fmt.Fprint(theirs, "220 slow\r\n")
			data := false
			for lines := bufio.NewScanner(theirs); lines.Scan(); {
				switch line := lines.Text(); {
				case data && line != ".":
				case data:
					data = false
					read.Store(true)
					time.Sleep(thinks)
					if answer == "" {
						return
					}
					fmt.Fprint(theirs, answer)
				case strings.HasPrefix(line, "EHLO"):
					fmt.Fprint(theirs, "250 slow\r\n")
				case line == "DATA":
					data = true
					fmt.Fprint(theirs, "354 go on\r\n")
				default:
					fmt.Fprint(theirs, "250 well\r\n")
				}
			}
		}()
		return ours
	})
	return e, read
}

// A filter that looks at a mail for three minutes has it all the same: who gives up
// before sends it again and again.
func TestAServerMayThinkAboutAMail(t *testing.T) {
	for name, tt := range map[string]struct {
		time   time.Duration
		answer string
		want   string
	}{
		"takes it":   {3 * time.Minute, "250 taken\r\n", ""},
		"refuses it": {3 * time.Minute, "554 5.7.1 spam\r\n", "did not take the mail"},
		"hangs up":   {3 * time.Minute, "", "read the whole mail and then broke the connection off: it is sent again, and may come twice"},
		"forgets it": {time.Hour, "250 taken\r\n", "read the whole mail and then did not answer in time"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e, _ := slowMail(t, tt.time, tt.answer)
				began := time.Now()
				says(t, e.Send(t.Context(), sample()), tt.want)
				if took := time.Since(began); took > 5*time.Minute {
					t.Errorf("it took %v, which is taken for a daemon that hangs", took)
				}
				time.Sleep(tt.time) // the server ends, too
			})
		})
	}
}

// When gaitkeeper is to stop, a mail that is on its way gets some seconds to arrive.
func TestAMailOnItsWayArrivesBeforeTheStop(t *testing.T) {
	for name, tt := range map[string]struct {
		time time.Duration
		want string
	}{
		"soon":  {3 * time.Second, ""},
		"never": {time.Hour, "may come twice"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e, read := slowMail(t, tt.time, "250 taken\r\n")
				ctx, stop := context.WithCancel(t.Context())
				sent := make(chan error)
				go func() { sent <- e.Send(ctx, sample()) }()
				synctest.Wait()
				if !read.Load() {
					t.Fatal("the server has not read the mail")
				}
				stop()
				began := time.Now()
				says(t, <-sent, tt.want)
				if took := time.Since(began); took > 7*time.Second {
					t.Errorf("the stop took %v", took)
				}
				time.Sleep(tt.time) // the server ends, too
			})
		})
	}
}

// A connection that comes when the time is over is closed, and nothing more.
func TestAConnectionThatComesTooLate(t *testing.T) {
	e, read := slowMail(t, 0, "250 taken\r\n")
	for range 100 { // the closing races with what goes on
		ctx, stop := context.WithCancel(t.Context())
		e.DialWith(func() net.Conn {
			ours, theirs := net.Pipe()
			stop()
			_ = theirs.Close()
			return ours
		})
		says(t, e.Send(ctx, sample()), "gaitkeeper is stopping")
	}
	if read.Load() {
		t.Error("a mail was sent")
	}
}

// slowHook is a webhook that reads a message and takes its time to answer.
func slowHook(t *testing.T, thinks time.Duration) (w *notify.Webhook, read *atomic.Bool) {
	t.Helper()
	w, read = newWebhook(t, "http://hook.example/url-secret"), &atomic.Bool{}
	w.DialWith(func() net.Conn {
		ours, theirs := net.Pipe()
		go func() {
			defer theirs.Close()
			r, err := http.ReadRequest(bufio.NewReader(theirs))
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, r.Body)
			read.Store(true)
			time.Sleep(thinks)
			fmt.Fprint(theirs, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
		}()
		return ours
	})
	return w, read
}

// A receiver that works for three minutes before it answers has the message all the
// same, as a mail server has.
func TestAWebhookMayTakeItsTime(t *testing.T) {
	for thinks, want := range map[time.Duration]string{3 * time.Minute: "", time.Hour: "it is sent again, and may come twice"} {
		synctest.Test(t, func(t *testing.T) {
			w, _ := slowHook(t, thinks)
			began := time.Now()
			says(t, w.Send(t.Context(), sample()), want)
			if took := time.Since(began); took > 5*time.Minute {
				t.Errorf("it took %v, which is taken for a daemon that hangs", took)
			}
			time.Sleep(thinks) // the receiver ends, too
		})
	}
}

// When gaitkeeper is to stop, a message that is on its way gets some seconds to arrive.
func TestAMessageOnItsWayArrivesBeforeTheStop(t *testing.T) {
	for thinks, want := range map[time.Duration]string{3 * time.Second: "", time.Hour: "gaitkeeper is stopping"} {
		synctest.Test(t, func(t *testing.T) {
			w, read := slowHook(t, thinks)
			ctx, stop := context.WithCancel(t.Context())
			sent := make(chan error)
			go func() { sent <- w.Send(ctx, sample()) }()
			synctest.Wait()
			if !read.Load() {
				t.Fatal("the receiver has not read the message")
			}
			stop()
			began := time.Now()
			says(t, <-sent, want)
			if took := time.Since(began); took > 7*time.Second {
				t.Errorf("the stop took %v", took)
			}
			time.Sleep(thinks) // the receiver ends, too
		})
	}
}

// A connection that does not come is waited for half a minute.
func TestAWebhookThatCannotBeReached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWebhook(t, "http://hook.example/url-secret")
		w.DialWith(func() net.Conn {
			time.Sleep(time.Hour)
			ours, theirs := net.Pipe()
			_ = theirs.Close()
			return ours
		})
		began := time.Now()
		says(t, w.Send(t.Context(), sample()), "did not answer in time")
		if took := time.Since(began); took > time.Minute {
			t.Errorf("it took %v", took)
		}
		time.Sleep(time.Hour) // the connection comes, too
	})
}
