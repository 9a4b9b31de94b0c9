package daemon

import (
	"errors"
	"fmt"

	"gaitkeeper/config"
	"gaitkeeper/notify"
)

// channel is a way to the runner whose secret, if it has one, is read whenever it
// is used: a mended one counts at the next attempt.
type channel struct {
	notify.Channel
	secret notify.Secret // nil: there is none
}

// readable says what is wrong with the channel's secret here, as when systemd
// hands it to the daemon alone. Messages are owed to the channel all the same:
// whoever can read the secret delivers them.
func (c channel) readable() error {
	if c.secret == nil {
		return nil
	}
	_, err := c.secret()
	return err
}

// secretOf reads the file that a key names; nil where it names none.
func secretOf(key, file string) notify.Secret {
	if file == "" {
		return nil
	}
	return func() (string, error) {
		secret, err := config.Secret(file)
		if err != nil {
			return "", fmt.Errorf("%s: %w", key, err)
		}
		return secret, nil
	}
}

// newChannels returns the channels that the config names; agent is what
// gaitkeeper calls itself.
func newChannels(cfg config.Config, agent string) ([]channel, error) {
	var channels []channel
	var faults []error
	add := func(c notify.Channel, secret notify.Secret, err error) {
		channels, faults = append(channels, channel{c, secret}), append(faults, err)
	}
	n := cfg.Notify
	if e := n.Email; e.Enabled() {
		password := secretOf("notify.email.password_file", e.PasswordFile)
		c, err := notify.NewEmail(notify.EmailConfig{
			Host: e.Host, Port: e.Port, TLS: notify.TLS(e.TLS), Helo: e.Helo, Username: e.Username, Password: password,
			From: e.From, To: e.To, Runner: cfg.Runner.Name,
		})
		add(c, password, err)
	}
	if n.Ntfy.Enabled() {
		token := secretOf("notify.ntfy.token_file", n.Ntfy.TokenFile)
		c, err := notify.NewNtfy(notify.NtfyConfig{Server: n.Ntfy.Server, Topic: n.Ntfy.Topic, Token: token, UserAgent: agent})
		add(c, token, err)
	}
	if n.Webhook.Enabled() {
		secret := secretOf("notify.webhook.secret_file", n.Webhook.SecretFile)
		c, err := notify.NewWebhook(notify.WebhookConfig{URL: n.Webhook.URL, Secret: secret, UserAgent: agent})
		add(c, secret, err)
	}
	for i, file := range n.Shoutrrr.URLFiles {
		url := secretOf("notify.shoutrrr.url_files", file)
		add(notify.NewShoutrrr(notify.ShoutrrrConfig{Name: shoutrrrName(i), URL: url}), url, nil)
	}
	return channels, errors.Join(faults...)
}

// openChannels returns the channels that can be used here, and what is wrong
// with each of the others, by its name.
func (a *App) openChannels() (open []notify.Channel, faults map[string]error) {
	faults = map[string]error{}
	for _, c := range a.channels {
		if err := c.readable(); err != nil {
			faults[c.Name()] = err
		} else {
			open = append(open, c.Channel)
		}
	}
	return open, faults
}

// shoutrrrName names the first service shoutrrr and the others by their number:
// each is a channel of its own, so that one that fails holds up no other.
func shoutrrrName(i int) string {
	if i == 0 {
		return "shoutrrr"
	}
	return fmt.Sprintf("shoutrrr-%d", i+1)
}
