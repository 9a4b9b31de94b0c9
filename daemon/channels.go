package daemon

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"gaitkeeper/alert"
	"gaitkeeper/config"
	"gaitkeeper/notify"
	"gaitkeeper/store"
)

// channel is a way to the runner whose secret, if it has one, is read whenever it
// is used: a corrected one counts at the next attempt.
type channel struct {
	notify.Channel
	secret notify.Secret // nil: there is none
	kinds  []alert.Topic // what it carries; empty is all
}

// carries reports whether a message is to go through the channel.
func (c channel) carries(m alert.Message) bool {
	return len(c.kinds) == 0 || m.Topic() == "" || slices.Contains(c.kinds, m.Topic())
}

// readable says what is wrong with the channel's secret here, as when systemd
// hands it to the daemon alone. Messages are due to the channel all the same: a
// process that can read the secret delivers them.
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
// gaitkeeper calls itself. Mail's tokens are kept in tokens.
func newChannels(cfg config.Config, agent string, tokens mailTokens) ([]channel, error) {
	var channels []channel
	var faults []error
	add := func(c notify.Channel, secret notify.Secret, kinds []alert.Topic, err error) {
		channels, faults = append(channels, channel{c, secret, kinds}), append(faults, err)
	}
	for i, n := range cfg.Notify.All() {
		name := func(kind string) string { return config.Numbered(kind, i+1) }
		secret := func(kind, key, file string) notify.Secret {
			return secretOf(config.Numbered("notify."+kind, i+1)+"."+key, file)
		}
		if e := n.Email; e.Enabled() {
			password := secret("email", "password_file", e.PasswordFile)
			c := notify.EmailConfig{
				Name: name("email"), Host: e.Host, Port: e.Port, TLS: notify.TLS(e.TLS), Helo: e.Helo, Username: e.Username, Password: password,
				From: e.From, To: e.To, Runner: cfg.Runner.Name,
			}
			if e.Auth == config.AuthXOAUTH2 {
				c.Tokens = notify.NewOAuth(notify.OAuthConfig{
					ClientID: e.OAuth.ClientID, TokenURL: e.OAuth.TokenURL, Refresh: password,
					Secret: secret("email", "oauth_client_secret_file", e.OAuth.ClientSecretFile),
					Kept:   tokens.kept, Keep: tokens.keep,
				})
			}
			email, err := notify.NewEmail(c)
			add(email, password, e.Kinds, err)
		}
		if t := n.Ntfy; t.Enabled() {
			token := secret("ntfy", "token_file", t.TokenFile)
			if t.Username != "" {
				token = secret("ntfy", "password_file", t.PasswordFile)
			}
			c, err := notify.NewNtfy(notify.NtfyConfig{Name: name("ntfy"), Server: t.Server, Topic: t.Topic, Token: token, Username: t.Username, UserAgent: agent})
			add(c, token, t.Kinds, err)
		}
		if w := n.Webhook; w.Enabled() {
			key := secret("webhook", "secret_file", w.SecretFile)
			c, err := notify.NewWebhook(notify.WebhookConfig{
				Name: name("webhook"), URL: w.URL, Secret: key, UserAgent: agent,
				Headers: func() (http.Header, error) {
					h, err := config.Headers(w.HeadersFile)
					if err != nil {
						return nil, fmt.Errorf("%s.headers_file: %w", config.Numbered("notify.webhook", i+1), err)
					}
					return h, nil
				},
			})
			add(c, key, w.Kinds, err)
		}
		for i, file := range n.Shoutrrr.URLFiles {
			url := secretOf("notify.shoutrrr.url_files", file)
			add(notify.NewShoutrrr(notify.ShoutrrrConfig{Name: config.Numbered("shoutrrr", i+1), URL: url}), url, n.Shoutrrr.Kinds, nil)
		}
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

// mailTokens keeps the refresh tokens that a mail server's log-in hands out in
// place of those that the runner was given.
type mailTokens struct{ store *store.Store }

func mailTokenKey(given string) string {
	sum := sha256.Sum256([]byte(given))
	return "mail token: " + hex.EncodeToString(sum[:8])
}

func (m mailTokens) kept(ctx context.Context, given string) (string, error) {
	return m.store.Setting(ctx, mailTokenKey(given))
}

func (m mailTokens) keep(ctx context.Context, given, next string) error {
	return m.store.SetSetting(ctx, mailTokenKey(given), next)
}
