package daemon

import (
	"context"
	"fmt"

	"gaitkeeper/chart"
	"gaitkeeper/config"
	"gaitkeeper/finding"
	"gaitkeeper/web"
)

// page gives the page what it shows and takes what it is told. Each part of the
// page has a file page_*.go.
type page struct{ *App }

// newPage builds the page's server.
func (a *App) newPage(ctx context.Context) (*web.Server, error) {
	links, err := a.links(ctx)
	if err != nil {
		return nil, err
	}
	hash, verify, err := a.passwordCheck()
	if err != nil {
		return nil, err
	}
	sessions, keep, err := a.sessions(ctx, hash)
	if err != nil {
		return nil, err
	}
	proxies, err := a.trustedProxies()
	if err != nil {
		return nil, err
	}
	return web.New(page{a}, web.Options{
		TrustedProxies: proxies, Sessions: sessions, KeepSessions: keep,
		Zone: a.Zone(), Miles: a.miles, Mailbox: a.mailbox, PublicURL: a.cfg.Web.PublicURL,
		Verify: verify, Links: links, Metrics: a.metrics(), Walks: a.walkReceiver(), Now: a.now, Log: a.log,
	})
}

// passwordCheck returns the hash of the page's password and what tells whether a
// password is it; nil where the page has none.
func (a *App) passwordCheck() (hash string, verify func(password string) bool, err error) {
	if a.cfg.Web.PasswordFile == "" {
		return "", nil, nil
	}
	hash, err = config.Secret(a.cfg.Web.PasswordFile)
	if err != nil {
		return "", nil, fmt.Errorf("web.password_file: %w", err)
	}
	password, err := web.ParsePassword(hash)
	if err != nil {
		return "", nil, fmt.Errorf("web.password_file: %s: %w", a.cfg.Web.PasswordFile, err)
	}
	return hash, password.Matches, nil
}

// Standing returns the verdict as of now.
func (a *App) Standing(ctx context.Context) (finding.Standing, error) {
	s, err := a.season(ctx)
	if err != nil {
		return finding.Standing{}, err
	}
	return s.fold.Standing(a.now()), nil
}

// Season returns the last days of the balance, or all.
func (p page) Season(ctx context.Context, days int) (chart.Season, error) {
	s, err := p.season(ctx)
	if err != nil {
		return chart.Season{}, err
	}
	return chartRenderer{s, p.Zone()}.ofDays(days, p.miles()), nil
}
