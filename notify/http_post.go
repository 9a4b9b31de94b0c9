package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxReply bounds what is read of a server's answer.
const maxReply = 4 << 10

// poster sends JSON to one address that may hold a secret: its errors name the
// server only.
type poster struct {
	channel string
	server  string // host and port, fit to be shown
	agent   string // what gaitkeeper calls itself
	client  *http.Client
}

// newPoster reads an address and returns the poster for its server.
func newPoster(channel, address, key, agent string) (poster, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return poster{}, fmt.Errorf("%s: %s is not an address: write https://host/…", channel, key)
	}
	return poster{channel, u.Host, agent, &http.Client{
		Timeout: sendTimeout,
		// A redirected POST would arrive as an empty GET, and a signed body
		// somewhere else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// send makes a request and takes any 2xx as success. remedy says in plain words
// what to do about another status.
func (p poster) send(ctx context.Context, r request, remedy func(status int) string) error {
	status, err := p.status(ctx, r)
	if err != nil || status >= 200 && status < 300 {
		return err
	}
	return fmt.Errorf("%s: %s answered %d %s: %s", p.channel, p.server, status, http.StatusText(status), remedy(status))
}

// request is what is sent where.
type request struct {
	method, address string
	header          http.Header
	body            []byte
}

// status makes a request and returns the answer's status.
func (p poster) status(ctx context.Context, r request) (int, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, r.address, bytes.NewReader(r.body))
	if err != nil {
		return 0, fmt.Errorf("%s: the address is not understood", p.channel)
	}
	req.Header = r.header
	req.Header.Set("User-Agent", p.agent)
	resp, err := p.client.Do(req)
	if err != nil {
		_, token, _ := strings.Cut(r.header.Get("Authorization"), " ")
		return 0, redacted(p.explain(err), token, r.address, req.URL.RequestURI(), strings.Trim(req.URL.Path, "/"))
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, maxReply)) // so that the connection can be used again
	return resp.StatusCode, nil
}

// explain drops the address, which may hold a secret, and says what is wrong.
func (p poster) explain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if why, ok := network(err); ok {
		return fmt.Errorf("%s: %s %s", p.channel, p.server, why)
	}
	return fmt.Errorf("%s: %s could not be reached: %w", p.channel, p.server, err)
}

// commonRemedy says what to do about the statuses that mean the same everywhere.
func commonRemedy(status int) string {
	switch {
	case status == http.StatusTooManyRequests:
		return "it has had enough for now; the message is tried again later"
	case status >= 500:
		return "it is having trouble; the message is tried again later"
	case status >= 300 && status < 400:
		return "it has moved: put its new address into the config"
	default:
		return "it does not want this message: check the address"
	}
}
