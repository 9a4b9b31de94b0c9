package daemon

import (
	"context"
	"fmt"

	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// newChannels returns the channels that the config names, with their secrets
// read. One that cannot be used here is [shut].
func newChannels(cfg config.Config) []notify.Channel {
	var channels []notify.Channel
	add := func(name string, c notify.Channel, err error) {
		if err != nil {
			c = shut{name, err}
		}
		channels = append(channels, c)
	}
	n := cfg.Notify
	if n.Email.Enabled() {
		c, err := newEmail(n.Email, cfg.Runner.Name)
		add("email", c, err)
	}
	if n.Ntfy.Enabled() {
		c, err := newNtfy(n.Ntfy)
		add("ntfy", c, err)
	}
	if n.Webhook.Enabled() {
		c, err := newWebhook(n.Webhook)
		add("webhook", c, err)
	}
	for i, file := range n.Shoutrrr.URLFiles {
		name := shoutrrrName(i)
		c, err := newShoutrrr(name, file)
		add(name, c, err)
	}
	return channels
}

// shut is a channel that cannot be used here, as when systemd hands its secret
// to the daemon alone. Messages are owed to it all the same: whoever can use it
// delivers them.
type shut struct {
	name string
	err  error
}

// Name returns the channel's name.
func (s shut) Name() string { return s.name }

// Check says why the channel cannot be used.
func (s shut) Check(context.Context) error { return s.err }

// Send says why the channel cannot be used.
func (s shut) Send(context.Context, gait.Message) error { return s.err }

// openChannels returns the channels that can be used here, and what is wrong
// with each of the others, by its name.
func (a *App) openChannels() (open []notify.Channel, faults map[string]error) {
	faults = map[string]error{}
	for _, c := range a.channels {
		if s, ok := c.(shut); ok {
			faults[s.name] = s.err
		} else {
			open = append(open, c)
		}
	}
	return open, faults
}

func newEmail(c config.Email, runner string) (notify.Channel, error) {
	password, err := config.Secret(c.PasswordFile)
	if err != nil {
		return nil, fmt.Errorf("notify.email.password_file: %w", err)
	}
	return notify.NewEmail(notify.EmailConfig{
		Host: c.Host, Port: c.Port, TLS: notify.TLS(c.TLS), Username: c.Username, Password: password,
		From: c.From, To: c.To, Runner: runner,
	})
}

func newNtfy(c config.Ntfy) (notify.Channel, error) {
	token, err := config.Secret(c.TokenFile)
	if err != nil {
		return nil, fmt.Errorf("notify.ntfy.token_file: %w", err)
	}
	return notify.NewNtfy(notify.NtfyConfig{Server: c.Server, Topic: c.Topic, Token: token})
}

func newWebhook(c config.Webhook) (notify.Channel, error) {
	secret, err := config.Secret(c.SecretFile)
	if err != nil {
		return nil, fmt.Errorf("notify.webhook.secret_file: %w", err)
	}
	return notify.NewWebhook(notify.WebhookConfig{URL: c.URL, Secret: secret})
}

// shoutrrrName names the first service shoutrrr and the others by their number:
// each is a channel of its own, so that one that fails holds up no other.
func shoutrrrName(i int) string {
	if i == 0 {
		return "shoutrrr"
	}
	return fmt.Sprintf("shoutrrr-%d", i+1)
}

func newShoutrrr(name, file string) (notify.Channel, error) {
	url, err := config.Secret(file)
	if err != nil {
		return nil, fmt.Errorf("notify.shoutrrr.url_files: %w", err)
	}
	return notify.NewShoutrrr(notify.ShoutrrrConfig{Name: name, URL: url})
}
