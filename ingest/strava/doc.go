// Package strava takes runs from Strava: it logs in with OAuth, keeps the
// tokens fresh, and is a source of every running activity of one account, the
// newest first.
//
// Strava knows neither ground contact nor left and right, so its runs carry
// pace, height, heart rate and cadence only. It hands out a limited number of
// answers; reaching the limit is a [ingest.Wait], and the next sync goes on where
// this one stopped.
package strava

import (
	"context"
	"net/http"
	"strings"
	"time"

	"gaitkeeper/ingest"
)

// TokenStore keeps the login. What it saved is on the disk when it returns.
type TokenStore interface {
	StravaLogin(ctx context.Context) (ingest.StravaLogin, bool, error)
	SaveStravaLogin(ctx context.Context, l ingest.StravaLogin) error
}

// SyncState keeps what was listed and what was made of it.
type SyncState interface {
	StravaState(ctx context.Context) (ingest.StravaState, error)
	StravaActivities(ctx context.Context) ([]ingest.StravaActivity, error)
	SaveStrava(ctx context.Context, st ingest.StravaState, activities ...ingest.StravaActivity) error
	DropStravaActivity(ctx context.Context, id int64) error
}

// Config is what a [Client] takes from the world around it.
type Config struct {
	// BaseURL is https://www.strava.com, or that of a fake server.
	BaseURL string
	// ClientID is the number of the API application, Secret reads its secret.
	ClientID string
	Secret   func() (string, error)
	// UserAgent is what gaitkeeper calls itself.
	UserAgent string
	Tokens    TokenStore
	// Lock keeps every other process from renewing the tokens until the function it
	// returns is called.
	Lock func(ctx context.Context) (unlock func(), err error)
	// Now is the clock.
	Now func() time.Time
}

// Client speaks with Strava. It is safe for concurrent use.
type Client struct {
	Config
	http  *http.Client
	oauth string // where authorize, token and revoke are
	api   string
	pace  pace
}

// The address that Strava's API moves to in 2027. The pages to log in on stay.
const (
	newAPI  = "https://www.api-v3.strava.com"
	oldSite = "https://www.strava.com"
)

// answerTimeout is how long one answer may take.
const answerTimeout = time.Minute

// New returns a client. It speaks to nobody yet.
func New(c Config) *Client {
	site := strings.TrimRight(c.BaseURL, "/")
	client := &Client{Config: c, http: &http.Client{Timeout: answerTimeout, Transport: named{c.UserAgent}}, oauth: site + "/oauth", api: site + "/api/v3"}
	if site == newAPI {
		client.oauth, client.api = oldSite+"/oauth", newAPI
	}
	return client
}

// named sets the user agent of every request, also of those that oauth2 makes.
type named struct{ agent string }

// RoundTrip makes one request.
func (n named) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context()) // a RoundTripper changes no request of its caller's
	r.Header.Set("User-Agent", n.agent)
	return http.DefaultTransport.RoundTrip(r)
}

// site is the address under which a person finds an activity.
func (c *Client) site() string { return strings.TrimSuffix(c.oauth, "/oauth") }
