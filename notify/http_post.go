package notify

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// maxReply bounds what is read of a server's answer.
const maxReply = 64 << 10

// poster sends JSON to one address that may hold a secret: its errors name the
// server only.
type poster struct {
	channel string
	server  string // host and port, fit to be shown
	agent   string // what gaitkeeper calls itself
	client  *http.Client
}

// Name returns what config and status call the channel.
func (p poster) Name() string { return p.channel }

// newPoster reads an address and returns the poster for its server.
func newPoster(channel, address, key, agent string) (poster, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return poster{}, fmt.Errorf("%s: %s is not an address: write https://host/…", channel, key)
	}
	return poster{channel, u.Host, agent, &http.Client{
		// A redirected POST would arrive as an empty GET, and a signed body
		// somewhere else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// send makes a request and takes any 2xx as success. remedy says in plain words
// what to do about another status.
func (p poster) send(ctx context.Context, r request, remedy func(status int) string) (answer, error) {
	a, err := p.ask(ctx, r)
	if err != nil || a.status >= 200 && a.status < 300 {
		return a, err
	}
	what := remedy(a.status)
	if a.moved != nil {
		what += ", which begins with " + a.moved.Scheme + "://" + a.moved.Host
	}
	err = fmt.Errorf("%s: %s answered %d %s: %s", p.channel, p.server, a.status, http.StatusText(a.status), what)
	if a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable || a.wait > 0 {
		err = unavailable{err, a.wait}
	}
	return a, err
}

// ran reports whether a receiver that answered with a redirect has taken the message all
// the same: it may leave what it has to say at an address of its own, as Google Apps
// Script does with each POST (RFC 9110, 15.4.4). That address answers, and not with a
// page to log in; the same path at another address means that the receiver has moved.
func (p poster) ran(ctx context.Context, r request, a answer) bool {
	from, err := url.Parse(r.address)
	if err != nil || a.moved == nil || a.status != http.StatusFound && a.status != http.StatusSeeOther ||
		strings.Trim(from.Path, "/") == strings.Trim(a.moved.Path, "/") {
		return false
	}
	said, err := p.ask(ctx, request{http.MethodGet, a.moved.String(), http.Header{}, nil})
	return err == nil && said.status/100 == 2 && !said.page
}

// request is what is sent where.
type request struct {
	method, address string
	header          http.Header
	body            []byte
}

// answer is what a server said.
type answer struct {
	status int
	// wait is the pause that it asks for; 0 where it does not say.
	wait time.Duration
	// moved is where it sends to; nil for nowhere.
	moved *url.URL
	// page means that it answered with a web page, login that this asks for a password.
	page, login bool
}

// patient returns a context for a request: it ends with ctx, or when sendTimeout is over.
// Once a message is written, its receiver gets takeTimeout to say that it took it, and
// takeGrace when ctx is cancelled: hanging up at once would send it again. read reports whether it
// came to that.
func patient(ctx context.Context, method string) (patient context.Context, read *atomic.Bool, end func()) {
	patient, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	over := time.AfterFunc(sendTimeout, func() { cancel(cmp.Or(ctx.Err(), context.DeadlineExceeded)) })
	read = &atomic.Bool{}
	stop := context.AfterFunc(ctx, func() {
		if read.Load() && errors.Is(ctx.Err(), context.Canceled) {
			over.Reset(takeGrace)
		} else {
			cancel(ctx.Err())
		}
	})
	if ctx.Err() != nil {
		cancel(ctx.Err()) // too late to begin: the function above may come later
	}
	if method == http.MethodPost {
		patient = httptrace.WithClientTrace(patient, &httptrace.ClientTrace{WroteRequest: func(wrote httptrace.WroteRequestInfo) {
			if wrote.Err == nil {
				over.Reset(takeTimeout)
				read.Store(true)
			}
		}})
	}
	return patient, read, func() { stop(); over.Stop(); cancel(nil) }
}

func (p poster) ask(ctx context.Context, r request) (answer, error) {
	ctx, read, end := patient(ctx, r.method)
	defer end()
	req, err := http.NewRequestWithContext(ctx, r.method, r.address, bytes.NewReader(r.body))
	if err != nil {
		return answer{}, fmt.Errorf("%s: the address is not understood", p.channel)
	}
	req.Header = r.header
	req.Host = r.header.Get("Host") // where it is empty, the address's own
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", p.agent)
	}
	resp, err := p.client.Do(req)
	if err != nil {
		_, token, _ := strings.Cut(r.header.Get("Authorization"), " ")
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		err = p.explain(err, token, r.address, req.URL.RequestURI(), strings.Trim(req.URL.Path, "/"))
		if read.Load() {
			err = fmt.Errorf("%w; the message was on its way by then: it is sent again, and may come twice", err)
		}
		return answer{}, unavailable{error: err}
	}
	defer func() { _ = resp.Body.Close() }()
	said, _ := io.ReadAll(io.LimitReader(resp.Body, maxReply)) // also so that the connection can be used again
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	a := answer{status: resp.StatusCode, wait: retryAfter(resp.Header)}
	a.page = kind == "text/html" && bytes.HasPrefix(bytes.TrimSpace(said), []byte("<"))
	a.login = a.page && regexp.MustCompile(`(?i)<input[^>]*\btype=["']?password\b`).Match(said)
	if to, err := resp.Location(); err == nil && resp.StatusCode/100 == 3 {
		a.moved = to
	}
	return a, nil
}

// retryAfter reads the pause that a server asks for: seconds, or a date by its own
// clock (RFC 9110, 10.2.3).
func retryAfter(h http.Header) time.Duration {
	after := h.Get("Retry-After")
	if seconds, err := strconv.ParseUint(after, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(after)
	now, nowErr := http.ParseTime(h.Get("Date"))
	if err != nil || nowErr != nil {
		return 0
	}
	return max(0, at.Sub(now))
}

// explain drops the address, which may hold a secret, and says what is wrong. What
// others say of it is shown without the secrets; our own words hold none, and "hook" in
// an address is also in "webhook".
func (p poster) explain(err error, secrets ...string) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if why, ok := network(err); ok {
		return fmt.Errorf("%s: %s %s", p.channel, p.server, why)
	}
	return fmt.Errorf("%s: %s could not be reached: %w", p.channel, p.server, redacted(err, secrets...))
}

// commonRemedy says what to do about the statuses that mean the same everywhere.
func commonRemedy(status int) string {
	switch {
	case status == http.StatusTooManyRequests:
		return "it has had enough for now; the message is tried again later"
	case status >= 500 || status == http.StatusRequestTimeout:
		return "it is having trouble; the message is tried again later"
	case status >= 300 && status < 400:
		return "it has moved, or a log-in stands before it: put its new address into the config"
	case status == http.StatusProxyAuthRequired:
		return "the proxy wants a user and a password: write them into HTTPS_PROXY or HTTP_PROXY"
	default:
		return "it does not want this message: check the address"
	}
}
