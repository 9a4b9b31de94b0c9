package strava

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"gaitkeeper/ingest"

	"golang.org/x/oauth2"
)

// early is how long before its end an access token is renewed: a sync that has
// begun should not see it end.
const early = 5 * time.Minute

// app is the API application as oauth2 wants it.
func (c *Client) app() (*oauth2.Config, error) {
	secret, err := c.Secret()
	if err != nil {
		return nil, fmt.Errorf("sources.strava.client_secret_file: %w", err)
	}
	return &oauth2.Config{
		ClientID: c.ClientID, ClientSecret: secret, Scopes: []string{wantedScopes},
		Endpoint: oauth2.Endpoint{AuthURL: c.oauth + "/authorize", TokenURL: c.oauth + "/token", AuthStyle: oauth2.AuthStyleInParams},
	}, nil
}

func (c *Client) login(ctx context.Context) (ingest.StravaLogin, error) {
	l, found, err := c.Tokens.StravaLogin(ctx)
	switch {
	case err != nil:
		return l, err
	case !found:
		return l, &Fault{Kind: NotLoggedIn}
	case l.ClientID != c.ClientID:
		return l, &Fault{Kind: OtherApp, Detail: fmt.Sprintf("logged in with %s, configured is %s", l.ClientID, c.ClientID)}
	}
	return l, nil
}

// access returns an access token that is good for now.
func (c *Client) access(ctx context.Context) (string, error) {
	l, err := c.login(ctx)
	if err != nil {
		return "", err
	}
	if c.fresh(l) {
		return l.Access, nil
	}
	return c.renew(ctx, l.Access)
}

func (c *Client) fresh(l ingest.StravaLogin) bool { return c.Now().Add(early).Before(l.Expires) }

// renew exchanges the refresh token and returns the new access token. Only one
// caller of all processes does; the others wait and find what it brought: any
// access token but the spent one.
//
// The old refresh token is invalid once Strava has answered, so the answer is on
// the disk before anybody uses it.
func (c *Client) renew(ctx context.Context, spent string) (string, error) {
	unlock, err := c.Lock(ctx)
	if err != nil {
		return "", err
	}
	defer unlock()
	l, err := c.login(ctx)
	if err != nil {
		return "", err
	}
	if l.Access != spent && c.fresh(l) {
		return l.Access, nil // another one was faster
	}
	app, err := c.app()
	if err != nil {
		return "", err
	}
	// A request that is on its way is not cancelled: there will be no other answer.
	whole, done := context.WithTimeout(context.WithoutCancel(ctx), answerTimeout)
	defer done()
	if err := c.pace.ask(c.Now()); err != nil {
		return "", err
	}
	token, err := app.TokenSource(c.speaking(whole), &oauth2.Token{RefreshToken: l.Refresh}).Token()
	if err != nil {
		return "", c.notRenewed(whole, l, err)
	}
	l.Access, l.Refresh, l.Lost = token.AccessToken, token.RefreshToken, time.Time{}
	l.Expires = c.expiry(token)
	return l.Access, c.Tokens.SaveStravaLogin(whole, l)
}

// notRenewed says why the tokens were not renewed, and notes that the login is
// lost where Strava says so.
func (c *Client) notRenewed(ctx context.Context, l ingest.StravaLogin, err error) error {
	err = c.tokenFault(ctx, err)
	if KindOf(err) == LoginLost && l.Lost.IsZero() {
		l.Lost = c.Now()
		return errors.Join(err, c.Tokens.SaveStravaLogin(ctx, l))
	}
	return err
}

// expiry is when a token ends by our own clock.
func (c *Client) expiry(t *oauth2.Token) time.Time {
	return c.Now().Add(time.Duration(t.ExpiresIn) * time.Second)
}

// speaking makes oauth2 use the client's own connections.
func (c *Client) speaking(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, c.http)
}

// withoutSecret takes the application's secret out of an answer that says it back.
func (c *Client) withoutSecret(answer []byte) []byte {
	app, err := c.app()
	if err != nil || app.ClientSecret == "" {
		return answer
	}
	return bytes.ReplaceAll(answer, []byte(app.ClientSecret), []byte("…"))
}

// tokenFault makes a fault of what oauth2 says of a token request. What it says
// itself may hold parts of the answer, so it is not handed on.
func (c *Client) tokenFault(ctx context.Context, err error) error {
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused):
	case ctx.Err() != nil, errors.As(err, new(*url.Error)):
		return unreached(ctx, err)
	default:
		return &Fault{Kind: Strange, Detail: "it is no answer to a login"}
	}
	status := refused.Response.StatusCode
	if status == http.StatusTooManyRequests {
		return limited{unsaid}
	}
	return refusal(status, c.withoutSecret(refused.Body))
}
