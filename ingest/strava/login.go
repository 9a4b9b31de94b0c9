package strava

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gaitkeeper/ingest"

	"golang.org/x/oauth2"
)

// The scopes: what we ask for, the one that shows every activity, and the one
// that shows those that are not private.
const (
	wantedScopes  = "read,activity:read_all"
	readAllScope  = "activity:read_all"
	readSomeScope = "activity:read"
)

// invitation is the beginning of a login: an address for the runner's browser,
// and what is needed to trust the answer.
type invitation struct {
	// Address is the page on which the runner agrees.
	Address  string
	redirect string
	state    string
	verifier string
}

// invite begins a login that ends at redirect, an address on this machine. The
// boxes are shown every time: a runner who logs in again may want to tick another
// one.
func (c *Client) invite(redirect string) (invitation, error) {
	app, err := c.app()
	if err != nil {
		return invitation{}, err
	}
	app.RedirectURL = redirect
	i := invitation{redirect: redirect, state: rand.Text(), verifier: oauth2.GenerateVerifier()}
	i.Address = app.AuthCodeURL(i.state, oauth2.S256ChallengeOption(i.verifier), oauth2.SetAuthURLParam("approval_prompt", "force"))
	return i, nil
}

// ErrOtherLogin says that an answer is not the one to this invitation.
var ErrOtherLogin = errors.New("this address is not the answer to this login: take the one that the browser shows after you agreed, whole")

// accept ends a login with the address that the browser was led to. It refuses
// an answer to another login, one that allows too little, and the account of
// another runner than the one whose runs are here already.
func (c *Client) accept(ctx context.Context, i invitation, answer url.Values) (ingest.StravaLogin, error) {
	if subtle.ConstantTimeCompare([]byte(answer.Get("state")), []byte(i.state)) != 1 {
		return ingest.StravaLogin{}, ErrOtherLogin
	}
	if e := answer.Get("error"); e != "" {
		return ingest.StravaLogin{}, &Fault{Kind: Denied, Detail: detail(http.StatusOK, report{Message: e})}
	}
	scope := answer.Get("scope")
	if !grants(scope, readAllScope) && !grants(scope, readSomeScope) {
		return ingest.StravaLogin{}, &Fault{Kind: ScopeMissing, Detail: "allowed was: " + cmp.Or(scope, "nothing")}
	}
	app, err := c.app()
	if err != nil {
		return ingest.StravaLogin{}, err
	}
	app.RedirectURL = i.redirect
	unlock, err := c.Lock(ctx) // no renewal of older tokens may come after this
	if err != nil {
		return ingest.StravaLogin{}, err
	}
	defer unlock()
	token, err := app.Exchange(c.speaking(ctx), answer.Get("code"), oauth2.VerifierOption(i.verifier))
	if err != nil {
		return ingest.StravaLogin{}, c.tokenFault(ctx, err)
	}
	l := ingest.StravaLogin{
		ClientID: c.ClientID, Scope: scope, Access: token.AccessToken, Refresh: token.RefreshToken,
		Expires: c.expiry(token), Since: c.Now(),
	}
	if l.Athlete, l.Name, err = c.whose(ctx, token); err != nil {
		return ingest.StravaLogin{}, err
	}
	old, found, err := c.Tokens.StravaLogin(ctx)
	if err != nil {
		return ingest.StravaLogin{}, err
	}
	if found && old.Athlete != l.Athlete {
		return ingest.StravaLogin{}, fmt.Errorf("this is the account of %s, the runs here are of %s: run `gaitkeeper strava logout` first, "+
			"or log in at Strava as %s", l.Name, old.Name, old.Name)
	}
	return l, c.Tokens.SaveStravaLogin(ctx, l)
}

// whose returns the athlete that a token is of: told along with it, or asked for.
func (c *Client) whose(ctx context.Context, token *oauth2.Token) (id int64, name string, err error) {
	var a athlete
	if told, ok := token.Extra("athlete").(map[string]any); ok {
		if n, ok := told["id"].(float64); ok {
			a.ID = int64(n)
		}
		a.FirstName, _ = told["firstname"].(string)
		a.LastName, _ = told["lastname"].(string)
	}
	if a.ID == 0 {
		err = c.ask(ctx, token.AccessToken, "/athlete", nil, &a)
	}
	name = strings.TrimSpace(a.FirstName + " " + a.LastName)
	if name == "" {
		name = fmt.Sprintf("athlete %d", a.ID)
	}
	return a.ID, name, err
}

// SeesAll reports whether a login shows private activities and hidden starts.
func SeesAll(l ingest.StravaLogin) bool { return grants(l.Scope, readAllScope) }

// grants reports whether a list of scopes holds one. Strava puts commas between
// them, OAuth spaces.
func grants(scopes, one string) bool {
	return slices.Contains(strings.FieldsFunc(scopes, func(r rune) bool { return r == ',' || r == ' ' }), one)
}

// Revoke tells Strava that the tokens are no longer wanted. A grant that is
// gone already is no fault.
func (c *Client) Revoke(ctx context.Context) error {
	unlock, err := c.Lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	l, found, err := c.Tokens.StravaLogin(ctx)
	if err != nil || !found {
		return err
	}
	app, err := c.app()
	if err != nil {
		return err
	}
	form := url.Values{"token": {l.Refresh}, "token_type_hint": {"refresh_token"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.oauth+"/revoke", strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("ask Strava: %w", err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(l.ClientID, app.ClientSecret)
	resp, err := c.http.Do(req)
	if err != nil {
		return unreached(ctx, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err != nil {
		return unreached(ctx, err)
	}
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	if fault := refusal(resp.StatusCode, body); fault.Kind != LoginLost {
		return fault
	}
	return nil
}
