package notify

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"golang.org/x/oauth2"
)

// Secret reads a secret at the moment it is used, so that a corrected one counts
// at the next attempt. Its error names the file and the remedy. nil: there is
// none.
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
		if s != "" {
			text = strings.NewReplacer(base64.StdEncoding.EncodeToString([]byte(s)), "…", s, "…").Replace(text)
		}
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}

// secrets are the password and what a log-in makes of it (AUTH PLAIN, RFC 4616).
func (c EmailConfig) secrets(password string) []string {
	if password == "" {
		return nil
	}
	return []string{password, "\x00" + c.Username + "\x00" + password}
}

// OAuthConfig is an application that may send mail for the runner.
type OAuthConfig struct {
	ClientID string
	Secret   Secret // of the application; nil: it has none
	TokenURL string
	// Refresh reads the token that the runner was given for the application.
	Refresh Secret
	// Kept returns the token that has taken the place of the given one, empty for
	// none, and Keep stores it: some servers hand out another with each use.
	Kept func(ctx context.Context, given string) (string, error)
	Keep func(ctx context.Context, given, next string) error
}

// OAuth gets access tokens for a mail server.
type OAuth struct {
	config OAuthConfig
	mu     sync.Mutex
	given  string
	last   *oauth2.Token
}

// NewOAuth returns a source of access tokens. It speaks to nobody yet.
func NewOAuth(c OAuthConfig) *OAuth { return &OAuth{config: c} }

// Token returns an access token that is good for a while. Its error says in plain
// words what to do.
func (o *OAuth) Token(ctx context.Context) (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	given, err := o.config.Refresh.read()
	if err != nil {
		return "", err
	}
	if o.given == given && o.last.Valid() {
		return o.last.AccessToken, nil
	}
	secret, err := o.config.Secret.read()
	if err != nil {
		return "", err
	}
	refresh, err := o.config.Kept(ctx, given)
	if err != nil {
		return "", err
	}
	if refresh == "" {
		refresh = given
	}
	app := oauth2.Config{ClientID: o.config.ClientID, ClientSecret: secret, Endpoint: oauth2.Endpoint{TokenURL: o.config.TokenURL}}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Timeout: sendTimeout})
	token, err := app.TokenSource(ctx, &oauth2.Token{RefreshToken: refresh}).Token()
	if err != nil {
		return "", unreadSecret{redacted(o.explain(err), given, refresh, secret)}
	}
	if token.RefreshToken != "" && token.RefreshToken != refresh {
		if err := o.config.Keep(ctx, given, token.RefreshToken); err != nil {
			return "", err
		}
	}
	o.given, o.last = given, token
	return token.AccessToken, nil
}

// Refused says that the mail server does not take an access token: the next attempt
// gets another one, though its time is not over.
func (o *OAuth) Refused(token string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.last != nil && o.last.AccessToken == token {
		o.last = nil
	}
}

func (o *OAuth) explain(err error) error {
	server := o.config.TokenURL
	if u, parseErr := url.Parse(server); parseErr == nil {
		server = u.Host
	}
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused) && refused.Response.StatusCode < http.StatusInternalServerError:
		return fmt.Errorf("email: %s gives no access token (%s): check oauth_client_id, and write a new refresh token into the file that password_file names",
			server, refused.ErrorCode)
	case errors.As(err, &refused):
		return fmt.Errorf("email: %s answered %s instead of an access token: the mail is tried again later", server, refused.Response.Status)
	}
	if why, ok := network(err); ok {
		return fmt.Errorf("email: %s %s", server, why)
	}
	return fmt.Errorf("email: no access token from %s: %w", server, err)
}
