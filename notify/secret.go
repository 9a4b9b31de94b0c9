package notify

import (
	"encoding/base64"
	"errors"
	"strings"
)

// Secret reads a secret at the moment it is used, so that a mended one counts at
// the next attempt. Its error names the file and the remedy. nil: there is none.
type Secret func() (string, error)

func (s Secret) read() (string, error) {
	if s == nil {
		return "", nil
	}
	secret, err := s()
	if err != nil {
		return "", unreadSecret{err}
	}
	return secret, nil
}

// unreadSecret is the fault of a secret's file, which needs no further words.
type unreadSecret struct{ error }

func (u unreadSecret) Unwrap() error { return u.error }

// redacted returns err as it is, unless its text holds one of the secrets, in the
// clear or as base64: a server may say back what it was told. Then it returns the
// text alone, without them.
func redacted(err error, secrets ...string) error {
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
func (c EmailConfig) secrets(password string) []string {
	if password == "" {
		return nil
	}
	return []string{password, "\x00" + c.Username + "\x00" + password}
}
