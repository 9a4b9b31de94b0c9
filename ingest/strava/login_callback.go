package strava

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/ingest"
)

// loginTimeout is how long a login waits for the runner.
const loginTimeout = 15 * time.Minute

// LoginPrompt is how a login talks to the runner.
type LoginPrompt struct {
	// Port is where the browser comes back to on this machine; 0 is any.
	Port int
	// Show is called once with the address to open.
	Show func(address string)
	// Say is called with what went wrong while the login still waits.
	Say func(problem error)
	// Typed are the lines that the runner types: the address the browser was
	// led to, where the browser runs on another machine. It may be nil.
	Typed <-chan string
}

// errLoginTimeout says that nobody came.
var errLoginTimeout = errors.New("nobody agreed within 15 minutes: run `gaitkeeper strava login` once more")

// Login lets the runner agree in a browser, and keeps what Strava grants. It
// returns when the browser came back or the runner typed where it was led to.
func (c *Client) Login(ctx context.Context, d LoginPrompt) (ingest.StravaLogin, error) {
	ctx, stop := context.WithTimeoutCause(ctx, loginTimeout, errLoginTimeout)
	defer stop()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(d.Port)))
	if err != nil {
		return ingest.StravaLogin{}, fmt.Errorf("port %d of this machine, where the browser should come back to, is taken: name another one with --port (%w)", d.Port, err)
	}
	invitation, err := c.invite("http://" + listener.Addr().String() + "/")
	if err != nil {
		return ingest.StravaLogin{}, errors.Join(err, listener.Close())
	}
	back := &callback{client: c, ctx: ctx, invitation: invitation, say: d.Say, came: make(chan outcome, 1)}
	server := &http.Server{Handler: back, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 16 << 10}
	go func() { _ = server.Serve(listener) }() // ends with the login
	defer func() { _ = server.Shutdown(context.WithoutCancel(ctx)) }()
	d.Show(invitation.Address)
	for {
		select {
		case <-ctx.Done():
			return ingest.StravaLogin{}, context.Cause(ctx)
		case o := <-back.came:
			return o.login, o.err
		case line, open := <-d.Typed:
			if !open {
				d.Typed = nil // the browser may still come
				continue
			}
			if query, ok := typedAnswer(line); !ok {
				d.Say(errNoAddress)
			} else {
				_, _ = back.enter(query) // told through the callback
			}
		}
	}
}

var errNoAddress = errors.New("this is not the address: copy the whole line that begins with http://127.0.0.1 from the browser's address bar")

// typedAnswer reads the query of a pasted address, or a pasted query.
func typedAnswer(line string) (url.Values, bool) {
	line = strings.Trim(strings.TrimSpace(line), `"'<>`)
	if line == "" {
		return nil, false
	}
	_, query, found := strings.Cut(line, "?")
	if !found {
		query = line
	}
	query, _, _ = strings.Cut(query, "#")
	values, err := url.ParseQuery(query)
	return values, err == nil && (values.Has("code") || values.Has("error"))
}

// callback is where the browser comes back to.
type callback struct {
	client     *Client
	ctx        context.Context // the login's, longer than a request
	invitation invitation
	say        func(error)
	came       chan outcome
}

type outcome struct {
	login ingest.StravaLogin
	err   error
}

// enter ends the login with an answer. One to another login is told of, and
// the right one is still waited for.
func (d *callback) enter(answer url.Values) (ingest.StravaLogin, error) {
	login, err := d.client.accept(d.ctx, d.invitation, answer)
	if errors.Is(err, ErrOtherLogin) {
		d.say(err)
		return login, err
	}
	select {
	case d.came <- outcome{login, err}:
	default: // it has ended already
	}
	return login, err
}

// ServeHTTP takes the answer from the browser and says what came of it.
func (d *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	query := r.URL.Query()
	if r.URL.Path != "/" || !query.Has("code") && !query.Has("error") {
		http.NotFound(w, r)
		return
	}
	login, err := d.enter(query)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, page, "Not logged in", html.EscapeString(err.Error()))
	} else {
		fmt.Fprintf(w, page, "Logged in", html.EscapeString("gaitkeeper may now fetch the runs of "+login.Name+". You can close this window."))
	}
}

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
	`<title>gaitkeeper</title><h1>%s</h1><p>%s</p></html>
`
