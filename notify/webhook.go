package notify

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"

	"gaitkeeper/alert"
)

// WebhookConfig is an address that takes messages as JSON.
type WebhookConfig struct {
	Name   string // of the channel; empty is "webhook"
	URL    string
	Secret Secret // signs the body; nil: no signature
	// Headers reads what each request carries besides; nil: nothing.
	Headers func() (http.Header, error)
	// UserAgent is what gaitkeeper calls itself.
	UserAgent string
}

// Webhook posts messages to an address.
type Webhook struct {
	poster
	config WebhookConfig
}

// The headers of a webhook. signatureHeader holds "sha256=" and the HMAC-SHA256
// of the body under the secret in hexadecimal; idempotencyHeader the message's
// key, the same on every attempt.
const (
	signatureHeader   = "X-Gaitkeeper-Signature"
	idempotencyHeader = "Idempotency-Key"
)

// NewWebhook returns the channel. A faulty address is an error.
func NewWebhook(c WebhookConfig) (*Webhook, error) {
	p, err := newPoster(cmp.Or(c.Name, "webhook"), c.URL, "url", c.UserAgent)
	if err != nil {
		return nil, err
	}
	return &Webhook{p, c}, nil
}

// request returns a request with the runner's own headers, and the secret that signs it.
func (w *Webhook) request(method string, body []byte) (r request, secret string, err error) {
	r = request{method, w.config.URL, http.Header{}, body}
	if secret, err = w.config.Secret.read(); err != nil || w.config.Headers == nil {
		return r, secret, err
	}
	if r.header, err = w.config.Headers(); err != nil {
		err = unreadSecret{err}
	}
	return r, secret, err
}

// Check asks the address what it takes, which no receiver mistakes for a
// message. Whatever it answers, it is alive, except with a server error.
func (w *Webhook) Check(ctx context.Context) (found string, err error) {
	r, _, err := w.request(http.MethodOptions, nil)
	if err != nil {
		return "", err
	}
	a, err := w.ask(ctx, r)
	if err == nil && a.status >= http.StatusInternalServerError && a.status != http.StatusNotImplemented {
		err = fmt.Errorf("webhook: %s answered %d %s: it is having trouble", w.server, a.status, http.StatusText(a.status))
	}
	return "reached, nothing sent; whether it takes messages shows only in `gaitkeeper notify test " + w.Name() + "`", err
}

// Send posts the message.
func (w *Webhook) Send(ctx context.Context, m alert.Message) error {
	m = m.Sanitized()
	m.Created, m.Short = m.Created.UTC(), brief(m)
	b, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("webhook: write message: %w", err)
	}
	r, secret, err := w.request(http.MethodPost, b)
	if err != nil {
		return err
	}
	if r.header.Get("Content-Type") == "" {
		r.header.Set("Content-Type", "application/json")
	}
	r.header.Set(idempotencyHeader, m.Key)
	if secret != "" {
		r.header.Set(signatureHeader, Sign(b, secret))
	}
	a, err := w.send(ctx, r, func(status int) string { return webhookRemedy(status, secret != "") })
	switch {
	case err != nil && w.ran(ctx, r, a):
		return nil
	case err == nil && a.login:
		return fmt.Errorf("%s: %s answered with a page to log in, so nothing was sent: let the log-in that stands before it pass this address, or set headers_file", w.Name(), w.server)
	default:
		return err
	}
}

// Sign returns the signature of a body: "sha256=" and the HMAC-SHA256 under the
// secret in hexadecimal.
func Sign(body []byte, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// webhookRemedy says what to do about a status; signed reports whether the body
// was.
func webhookRemedy(status int, signed bool) string {
	switch {
	case (status == http.StatusUnauthorized || status == http.StatusForbidden) && signed:
		return "it does not let the message in: the file that secret_file names must hold the same secret as the receiver, " +
			"and the receiver must want nothing but that signature"
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return "it wants proof of who writes: set secret_file to sign messages, or headers_file, or let the receiver take them without"
	case status == http.StatusNotFound || status == http.StatusGone:
		return "there is nothing at this address: check url"
	case status == http.StatusMethodNotAllowed:
		return "it takes no POST at this address: check url"
	default:
		return commonRemedy(status)
	}
}
