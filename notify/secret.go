package notify

import (
	"encoding/base64"
	"errors"
	"strings"
)

// silenced returns err as it is, unless its text holds one of the secrets, in the
// clear or as base64: a server may say back what it was told. Then it returns the
// text alone, without them.
func silenced(err error, secrets ...string) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, s := range secrets {
		text = without(text, s)
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}

// without takes a secret out of a text.
func without(text, secret string) string {
	if secret == "" {
		return text
	}
	text = strings.ReplaceAll(text, base64.StdEncoding.EncodeToString([]byte(secret)), "…")
	return strings.ReplaceAll(text, secret, "…")
}

// secrets are the password and what a log-in makes of it (AUTH PLAIN, RFC 4616).
func (c EmailConfig) secrets() []string {
	if c.Password == "" {
		return nil
	}
	return []string{c.Password, "\x00" + c.Username + "\x00" + c.Password}
}
