package config

import (
	"fmt"
	"slices"

	"gaitkeeper/alert"
)

// repeatable are the sections that may be there several times.
func repeatable(key string) bool {
	return slices.Contains([]string{"notify.email", "notify.ntfy", "notify.webhook"}, key)
}

// Numbered is the name of the n-th section of a kind, and of its channel: the first
// one goes without a number.
func Numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, n)
}

// channelSettings returns the keys of the n-th channel of each kind.
func channelSettings(n int, c *Notify, env func(string) string) []setting {
	email, ntfy, webhook := Numbered("notify.email", n), Numbered("notify.ntfy", n), Numbered("notify.webhook", n)
	topics := oneOf(alert.Topics())
	all := []setting{
		{email + ".host", text(&c.Email.Host, orEmpty(hostName))},
		{email + ".port", whole(&c.Email.Port, 1, 65535)},
		{email + ".tls", choice(&c.Email.TLS, TLSStart, TLSImplicit, TLSNone)},
		{email + ".helo", text(&c.Email.Helo, orEmpty(heloName))},
		{email + ".username", text(&c.Email.Username, oneLine)},
		{email + ".password_file", secret(&c.Email.PasswordFile, env)},
		{email + ".auth", choice(&c.Email.Auth, AuthPassword, AuthXOAUTH2)},
		{email + ".oauth_client_id", text(&c.Email.OAuth.ClientID, oneLine)},
		{email + ".oauth_client_secret_file", secret(&c.Email.OAuth.ClientSecretFile, env)},
		{email + ".oauth_token_url", text(&c.Email.OAuth.TokenURL, webAddress)},
		{email + ".from", text(&c.Email.From, orEmpty(mailAddress))},
		{email + ".to", list(&c.Email.To, checked(mailAddress))},
		{email + ".kinds", list(&c.Email.Kinds, topics)},
		{ntfy + ".server", address(&c.Ntfy.Server, orEmpty(webAddress))},
		{ntfy + ".topic", text(&c.Ntfy.Topic, orEmpty(topic))},
		{ntfy + ".token_file", secret(&c.Ntfy.TokenFile, env)},
		{ntfy + ".username", text(&c.Ntfy.Username, oneLine)},
		{ntfy + ".password_file", secret(&c.Ntfy.PasswordFile, env)},
		{ntfy + ".kinds", list(&c.Ntfy.Kinds, topics)},
		{webhook + ".url", text(&c.Webhook.URL, orEmpty(webAddress))},
		{webhook + ".secret_file", secret(&c.Webhook.SecretFile, env)},
		{webhook + ".headers_file", headers(&c.Webhook.HeadersFile, env)},
		{webhook + ".kinds", list(&c.Webhook.Kinds, topics)},
	}
	if n == 1 { // it takes several services in one section
		all = append(all,
			setting{"notify.shoutrrr.url_files", paths(&c.Shoutrrr.URLFiles, env, checkSecret)},
			setting{"notify.shoutrrr.kinds", list(&c.Shoutrrr.Kinds, topics)})
	}
	return all
}

// joinChannels looks for faults in how the settings of the n-th channels go
// together.
func (l *loader) joinChannels(number int, c Notify) {
	l.joinEmail(Numbered("notify.email", number)+".", c.Email)
	key, n := Numbered("notify.ntfy", number)+".", c.Ntfy
	if n.Topic != "" || n.TokenFile != "" || n.Username != "" || n.PasswordFile != "" {
		l.needs(key+"server", n.Server != "", `ntfy is half configured: write its server, as in "https://ntfy.sh"`)
	}
	if n.Server != "" {
		l.needs(key+"topic", n.Topic != "", "ntfy is half configured: write the topic to publish to")
		l.needs(key+"token_file", n.TokenFile == "" || n.Username == "", "there is a token and a user name: keep one of the two")
	}
	if n.Username != "" {
		l.needs(key+"password_file", n.PasswordFile != "", "there is a user name: name the file that holds its password")
	}
	if n.PasswordFile != "" {
		l.needs(key+"username", n.Username != "", "there is a password: write the user name it belongs to")
	}
	key, w := Numbered("notify.webhook", number)+".", c.Webhook
	if w.SecretFile != "" || w.HeadersFile != "" {
		l.needs(key+"url", w.URL != "", "the webhook is half configured: write the address to post to")
	}
}

// carries reports whether a channel takes messages about t, or there is none at
// all.
func (n Notify) carries(t alert.Topic) bool {
	channels := 0
	for _, c := range n.All() {
		for _, one := range []struct {
			enabled bool
			kinds   []alert.Topic
		}{
			{c.Email.Enabled(), c.Email.Kinds},
			{c.Ntfy.Enabled(), c.Ntfy.Kinds},
			{c.Webhook.Enabled(), c.Webhook.Kinds},
			{len(c.Shoutrrr.URLFiles) > 0, c.Shoutrrr.Kinds},
		} {
			if !one.enabled {
				continue
			}
			channels++
			if len(one.kinds) == 0 || slices.Contains(one.kinds, t) {
				return true
			}
		}
	}
	return channels == 0
}
