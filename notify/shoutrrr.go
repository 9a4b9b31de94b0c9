package notify

import (
	"context"
	"fmt"
	"net"
	"regexp"
	"strings"
	"syscall"
	"time"

	"github.com/nicholas-fedor/shoutrrr/pkg/router"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"gaitkeeper/gait"
)

// ShoutrrrConfig is any other service that shoutrrr reaches.
type ShoutrrrConfig struct {
	// Name is what the channel is called; empty is "shoutrrr".
	Name string
	// URL names service, account and secret in shoutrrr's form.
	URL string
}

// Shoutrrr sends messages through a service of shoutrrr. The whole URL is taken
// for a secret: no error holds any part of it but the service's name.
type Shoutrrr struct {
	config  ShoutrrrConfig
	service string
}

// NewShoutrrr returns the channel. A URL that shoutrrr does not understand is an
// error.
func NewShoutrrr(c ShoutrrrConfig) (*Shoutrrr, error) {
	if c.Name == "" {
		c.Name = "shoutrrr"
	}
	c.URL = strings.TrimSpace(c.URL)
	service, _, found := strings.Cut(c.URL, "://")
	if !found || !regexp.MustCompile(`^[a-z0-9+]+$`).MatchString(service) {
		return nil, fmt.Errorf("%s: the file holds no URL: write one line like telegram://token@telegram?chats=1", c.Name)
	}
	return &Shoutrrr{c, service}, nil
}

// Name returns the channel's name.
func (s *Shoutrrr) Name() string { return s.config.Name }

// Check reads the URL as the service does.
func (s *Shoutrrr) Check(ctx context.Context) error {
	return s.wait(ctx, func(time.Duration) error {
		if _, err := (&router.ServiceRouter{}).Locate(s.config.URL); err != nil {
			return fmt.Errorf("%s: the URL is not one that the service %s understands: compare it with shoutrrr's page on %s",
				s.Name(), s.service, s.service)
		}
		return nil
	})
}

// Send sends the title and the short form of the message in one text, which
// every service takes.
func (s *Shoutrrr) Send(ctx context.Context, m gait.Message) error {
	body := m.Title + "\n\n" + brief(m)
	for _, a := range m.Actions {
		body += "\n" + a.Label + ": " + a.URL
	}
	if m.Click != "" {
		body += "\n" + m.Click
	}
	return s.wait(ctx, func(timeout time.Duration) error {
		r, err := router.NewWithOptions(nil, types.SenderOptions{Timeout: timeout}, s.config.URL)
		if err != nil {
			return fmt.Errorf("%s: the URL is not one that the service %s understands", s.Name(), s.service)
		}
		for _, err := range r.Send(body, &types.Params{}) {
			if err != nil {
				return s.explain(err)
			}
		}
		return nil
	})
}

// wait runs what takes no context until it ends or the context does.
func (s *Shoutrrr) wait(ctx context.Context, do func(timeout time.Duration) error) error {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	if ctx.Err() != nil {
		return s.explain(ctx.Err()) // too late to begin
	}
	deadline, _ := ctx.Deadline()
	done := make(chan error, 1)
	go func() { done <- do(time.Until(deadline)) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return s.explain(ctx.Err())
	}
}

// explain tells what is safe to tell: the kind of failure, and the status the
// service answered with. The rest of its text may hold the secret.
func (s *Shoutrrr) explain(err error) error {
	why, ok := network(err)
	if !ok {
		why, ok = networkText(err.Error())
	}
	if ok {
		return fmt.Errorf("%s: the service %s %s", s.Name(), s.service, why)
	}
	if status := regexp.MustCompile(`\b[45][0-9]{2}\b`).FindString(err.Error()); status != "" && !strings.Contains(s.config.URL, status) {
		return fmt.Errorf("%s: the service %s answered %s: check the token and the address in the URL", s.Name(), s.service, status)
	}
	return fmt.Errorf("%s: the service %s did not take the message: check the token and the address in the URL", s.Name(), s.service)
}

// networkText recognises a failed connection where only its text was passed on.
func networkText(text string) (why string, ok bool) {
	switch {
	case strings.Contains(text, "connection refused"):
		return network(syscall.ECONNREFUSED)
	case strings.Contains(text, "no such host"):
		return network(&net.DNSError{IsNotFound: true})
	case strings.Contains(text, "timed out"), strings.Contains(text, "deadline exceeded"):
		return network(context.DeadlineExceeded)
	default:
		return "", false
	}
}
