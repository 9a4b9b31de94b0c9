package notify

import (
	"cmp"
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"gaitkeeper/alert"

	"github.com/nicholas-fedor/shoutrrr/pkg/router"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"
)

// ShoutrrrConfig is any other service that shoutrrr reaches.
type ShoutrrrConfig struct {
	// Name is what the channel is called; empty is "shoutrrr".
	Name string
	// URL names service, account and secret in shoutrrr's form.
	URL Secret
}

// Shoutrrr sends messages through a service of shoutrrr. The whole URL is taken
// for a secret: no error holds any part of it but the service's name.
type Shoutrrr struct{ config ShoutrrrConfig }

// NewShoutrrr returns the channel.
func NewShoutrrr(c ShoutrrrConfig) *Shoutrrr {
	c.Name = cmp.Or(c.Name, "shoutrrr")
	return &Shoutrrr{c}
}

// Name returns the channel's name.
func (s *Shoutrrr) Name() string { return s.config.Name }

// target is a service with its URL.
type target struct{ channel, service, url string }

// target reads the URL.
func (s *Shoutrrr) target() (target, error) {
	url, err := s.config.URL.read()
	if err != nil {
		return target{}, err
	}
	service, _, found := strings.Cut(strings.TrimSpace(url), "://")
	if !found || !regexp.MustCompile(`^[a-z0-9+]+$`).MatchString(service) {
		return target{}, fmt.Errorf("%s: the file holds no URL: write one line like telegram://token@telegram?chats=1", s.Name())
	}
	return target{s.Name(), service, strings.TrimSpace(url)}, nil
}

// Check reads the URL as the service does.
func (s *Shoutrrr) Check(ctx context.Context) (found string, err error) {
	t, err := s.target()
	if err != nil {
		return "", err
	}
	err = t.wait(ctx, func(time.Duration) error {
		if _, err := (&router.ServiceRouter{}).Locate(t.url); err != nil {
			return fmt.Errorf("%s: the URL is not one that the service %s understands: compare it with shoutrrr's page on %s",
				t.channel, t.service, t.service)
		}
		return nil
	})
	return fmt.Sprintf("the URL is one of %s, nothing sent; whether the service takes messages shows only in `gaitkeeper notify test %s`", t.service, t.channel), err
}

// Send sends the short form of the message, and its title where the service has a
// place for it; elsewhere the title is the first line of the text.
func (s *Shoutrrr) Send(ctx context.Context, m alert.Message) error {
	t, err := s.target()
	if err != nil {
		return err
	}
	m = m.Sanitized()
	body, params := m.Title+"\n\n"+brief(m), types.Params{}
	if titled(t.service) {
		body = brief(m)
		params.SetTitle(m.Title)
	}
	body = withLinks(body, m, longest(t.service))
	return t.wait(ctx, func(timeout time.Duration) error {
		r, err := router.NewWithOptions(nil, types.SenderOptions{Timeout: timeout}, t.url)
		if err != nil {
			return fmt.Errorf("%s: the URL is not one that the service %s understands", t.channel, t.service)
		}
		for _, err := range r.Send(body, &params) {
			if err != nil {
				return t.explain(err)
			}
		}
		return nil
	})
}

// withLinks adds a message's links below its text, as many answers as fit in so many
// characters: the page behind the message has them all.
func withLinks(body string, m alert.Message, most int) string {
	page := ""
	if m.Click != "" {
		page = "\n" + m.Click
	}
	for _, a := range m.Actions {
		link := "\n" + a.Label + ": " + a.URL
		if utf8.RuneCountInString(body+link+page) > most {
			break
		}
		body += link
	}
	return body + page
}

// longest is how many characters a service takes in one message.
func longest(service string) int {
	if service == "pushover" {
		return 1024 // pushover.net/api
	}
	return 4096 // Telegram's is among the smaller ones
}

// titled reports whether a service shows a title apart from the text.
func titled(service string) bool {
	kind, _, _ := strings.Cut(service, "+")
	return slices.Contains([]string{"bark", "discord", "gotify", "join", "ntfy", "pushbullet", "pushover", "smtp", "teams"}, kind)
}

// wait runs what takes no context until it ends or the context does.
func (t target) wait(ctx context.Context, do func(timeout time.Duration) error) error {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	if ctx.Err() != nil {
		return t.explain(ctx.Err()) // too late to begin
	}
	deadline, _ := ctx.Deadline()
	done := make(chan error, 1)
	go func() { done <- do(time.Until(deadline)) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return t.explain(ctx.Err())
	}
}

// explain returns what is safe to show: the kind of failure, and the status the
// service answered with. The rest of its text may hold the secret.
func (t target) explain(err error) error {
	why, ok := network(err)
	if !ok {
		why, ok = networkText(err.Error())
	}
	if ok {
		return unavailable{error: fmt.Errorf("%s: the service %s %s", t.channel, t.service, why)}
	}
	// A port stands behind a colon, and is no answer.
	found := regexp.MustCompile(`(?:^|[^:.0-9])([45][0-9]{2})\b`).FindStringSubmatch(err.Error())
	if found == nil || strings.Contains(t.url, found[1]) {
		return fmt.Errorf("%s: the service %s did not take the message: check the token and the address in the URL", t.channel, t.service)
	}
	answered := func(remedy string) error {
		return fmt.Errorf("%s: the service %s answered %s: %s", t.channel, t.service, found[1], remedy)
	}
	switch status, _ := strconv.Atoi(found[1]); { // three digits
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		return unavailable{error: answered(commonRemedy(status))}
	case status >= http.StatusInternalServerError:
		return answered(commonRemedy(status))
	default:
		return answered("check the token and the address in the URL")
	}
}

// networkText recognises a failed connection where only its text was passed on.
func networkText(text string) (why string, ok bool) {
	switch {
	case strings.Contains(text, "connection refused"):
		return network(syscall.ECONNREFUSED)
	case strings.Contains(text, "no such host"):
		return network(&net.DNSError{IsNotFound: true})
	case strings.Contains(text, "timed out"), strings.Contains(text, "timeout"), strings.Contains(text, "deadline exceeded"):
		return network(context.DeadlineExceeded)
	case strings.Contains(text, "no route to host"), strings.Contains(text, "network is unreachable"):
		return network(syscall.EHOSTUNREACH)
	case strings.Contains(text, "connection reset"), strings.HasSuffix(text, "EOF"):
		return network(io.EOF)
	case strings.Contains(text, "signed by unknown authority"):
		return network(x509.UnknownAuthorityError{})
	case strings.Contains(text, "certificate has expired"):
		return network(x509.CertificateInvalidError{})
	default:
		return "", false
	}
}
