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
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
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
	config WebhookConfig
	post   poster
}

// The headers of a webhook. signatureHeader holds "sha256=" and the HMAC-SHA256
// of the body under the secret in hexadecimal; idempotencyHeader the message's
// key, the same on every attempt.
const (
	signatureHeader   = "X-Gaitkeeper-Signature"
	idempotencyHeader = "Idempotency-Key"
)

// WebhookBody is what a webhook receives. Keys are added, never renamed.
type WebhookBody struct {
	// Key is the same on every attempt: drop what was seen before.
	Key string `json:"key"`
	// Thread is the key of the first message about the same trouble.
	Thread  string            `json:"thread"`
	Kind    alert.MessageKind `json:"kind"`
	Level   gait.Level        `json:"level"`
	Verdict finding.Verdict   `json:"verdict"`
	Run     gait.RunID        `json:"run"`
	Created time.Time         `json:"created"`
	Title   string            `json:"title"`
	Short   string            `json:"short"`
	Text    string            `json:"text"`
	Click   string            `json:"click"`
	Actions []WebhookAction   `json:"actions"`
}

// WebhookAction is an answer that can be given on a page, or by a bare POST to
// its address where Post is set.
type WebhookAction struct {
	Label string `json:"label"`
	URL   string `json:"url"`
	Post  bool   `json:"post"`
}

// NewWebhook returns the channel. A faulty address is an error.
func NewWebhook(c WebhookConfig) (*Webhook, error) {
	p, err := newPoster(cmp.Or(c.Name, "webhook"), c.URL, "url", c.UserAgent)
	if err != nil {
		return nil, err
	}
	return &Webhook{c, p}, nil
}

// Name returns "webhook", or the name of a further one.
func (w *Webhook) Name() string { return cmp.Or(w.config.Name, "webhook") }

// header returns the headers that every request carries.
func (w *Webhook) header() (http.Header, error) {
	if w.config.Headers == nil {
		return http.Header{}, nil
	}
	h, err := w.config.Headers()
	if err != nil {
		return nil, unreadSecret{err}
	}
	return h, nil
}

// Check asks the address what it takes, which no receiver mistakes for a
// message. Whatever it answers, it is alive, unless it is unwell.
func (w *Webhook) Check(ctx context.Context) (found string, err error) {
	if _, err := w.config.Secret.read(); err != nil {
		return "", err
	}
	h, err := w.header()
	if err != nil {
		return "", err
	}
	a, err := w.post.ask(ctx, request{http.MethodOptions, w.config.URL, h, nil})
	if err == nil && a.status >= http.StatusInternalServerError && a.status != http.StatusNotImplemented {
		err = fmt.Errorf("webhook: %s answered %d %s: it is having trouble", w.post.server, a.status, http.StatusText(a.status))
	}
	return "reached, nothing sent; whether it takes messages shows only in `gaitkeeper notify test " + w.Name() + "`", err
}

// Send posts the message.
func (w *Webhook) Send(ctx context.Context, m alert.Message) error {
	m = m.Sanitized()
	body := WebhookBody{
		Key: m.Key, Thread: m.Thread, Kind: m.Kind, Level: m.Level, Verdict: m.Verdict, Run: m.Run,
		Created: m.Created.UTC(), Title: m.Title, Short: brief(m), Text: m.Text, Click: m.Click, Actions: []WebhookAction{},
	}
	for _, a := range m.Actions {
		body.Actions = append(body.Actions, WebhookAction(a))
	}
	b, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("webhook: write message: %w", err)
	}
	h, err := w.header()
	if err != nil {
		return err
	}
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", "application/json")
	}
	h.Set(idempotencyHeader, m.Key)
	secret, err := w.config.Secret.read()
	if err != nil {
		return err
	}
	if secret != "" {
		h.Set(signatureHeader, Sign(b, secret))
	}
	r := request{http.MethodPost, w.config.URL, h, b}
	a, err := w.post.send(ctx, r, func(status int) string { return webhookRemedy(status, secret != "") })
	if err != nil && w.post.ran(ctx, r, a) {
		return nil
	}
	return err
}

// Sign returns the signature of a body: "sha256=" and the HMAC-SHA256 under the
// secret in hexadecimal.
func Sign(body []byte, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// webhookRemedy says what to do about a status; signed tells whether the body was.
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
