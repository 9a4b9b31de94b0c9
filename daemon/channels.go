package daemon

import (
	"errors"
	"fmt"

	"gaitkeeper/config"
	"gaitkeeper/notify"
)

// newChannels returns the channels that the config names, with their secrets
// read. Everything that is wrong with them comes back at once.
func newChannels(cfg config.Config) ([]notify.Channel, error) {
	var channels []notify.Channel
	var faults []error
	add := func(c notify.Channel, err error) {
		if err != nil {
			faults = append(faults, err)
			return
		}
		channels = append(channels, c)
	}
	n := cfg.Notify
	if n.Email.Enabled() {
		add(newEmail(n.Email, cfg.Runner.Name))
	}
	if n.Ntfy.Enabled() {
		add(newNtfy(n.Ntfy))
	}
	if n.Webhook.Enabled() {
		add(newWebhook(n.Webhook))
	}
	for i, file := range n.Shoutrrr.URLFiles {
		add(newShoutrrr(i, file))
	}
	return channels, errors.Join(faults...)
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

// newShoutrrr names the first service shoutrrr and the others by their number:
// each is a channel of its own, so that one that fails holds up no other.
func newShoutrrr(i int, file string) (notify.Channel, error) {
	url, err := config.Secret(file)
	if err != nil {
		return nil, fmt.Errorf("notify.shoutrrr.url_files: %w", err)
	}
	name := "shoutrrr"
	if i > 0 {
		name = fmt.Sprintf("shoutrrr-%d", i+1)
	}
	return notify.NewShoutrrr(notify.ShoutrrrConfig{Name: name, URL: url})
}
