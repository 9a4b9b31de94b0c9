package stravafake

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Consent is what an athlete does on the page that asks.
type Consent struct {
	// Scopes are the boxes left ticked; nil leaves all.
	Scopes []string
	// No is a click on Cancel.
	No bool
}

// Answer plays the athlete's browser: it opens the address of a login, answers
// and returns the address that Strava leads it to.
func (c Consent) Answer(ctx context.Context, address string) (*url.URL, error) {
	page, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	opened, err := get(ctx, address)
	if err != nil {
		return nil, err
	}
	if opened.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the page to log in on answers %s", opened.Status)
	}
	form := page.Query()
	form["granted"], form["decision"] = c.Scopes, []string{"authorize"}
	if c.Scopes == nil {
		form["granted"] = strings.Split(form.Get("scope"), ",")
	}
	if c.No {
		form.Set("decision", "cancel")
	}
	page.RawQuery = ""
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, page.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	stay := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := stay.Do(req)
	if err != nil {
		return nil, err
	}
	return resp.Location()
}

// Visit opens an address as a browser does that was led there.
func Visit(ctx context.Context, address *url.URL) error {
	resp, err := get(ctx, address.String())
	if err == nil && resp.StatusCode >= http.StatusBadRequest {
		err = errors.New(address.Host + " answers " + resp.Status)
	}
	return err
}

func get(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	return resp, resp.Body.Close()
}
