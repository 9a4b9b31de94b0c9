package daemon

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/netip"
	"time"

	"gaitkeeper/chart"
	"gaitkeeper/config"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/web"
)

// page gives the page what it shows and takes what it is told: [web.App] says what
// each method does.
type page struct{ *App }

func (a *App) newPage(ctx context.Context) (*web.Server, error) {
	links, errLinks := a.links(ctx)
	hash, verify, errPassword := a.passwordCheck()
	sessions, keep, errSessions := a.sessions(ctx, hash)
	proxies, errProxies := a.trustedProxies()
	if err := cmp.Or(errLinks, errPassword, errSessions, errProxies); err != nil {
		return nil, err
	}
	return web.New(page{a}, web.Options{
		TrustedProxies: proxies, Sessions: sessions, KeepSessions: keep,
		Zone: a.Zone(), Miles: a.miles, Mails: a.mails, PublicURL: a.cfg.Web.PublicURL,
		Verify: verify, Links: links, Metrics: a.metrics(), Walks: a.walkReceiver(), Now: a.now, Log: a.log,
	})
}

// passwordCheck returns the hash of the page's password and a function that
// reports whether a password is it; nil where the page has none.
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

func (p page) Season(ctx context.Context, days int) (chart.Season, error) {
	s, err := p.season(ctx)
	if err != nil {
		return chart.Season{}, err
	}
	return s.ofDays(days, p.miles()), nil
}

// webSessions is the setting that holds the browsers that are logged in.
const webSessions = "web_sessions"

// browserSessions are the browsers that are logged in, and with which password.
type browserSessions struct {
	// By is a hash of the line in the password's file: another password logs
	// everybody out.
	By string `json:"by"`
	// Ends are until when, by the hash of a browser's token.
	Ends map[string]time.Time `json:"ends"`
}

// sessions returns the browsers that were logged in with the present password, and
// what keeps them from now on.
func (a *App) sessions(ctx context.Context, password string) (map[string]time.Time, func(context.Context, map[string]time.Time) error, error) {
	text, err := a.store.Setting(ctx, webSessions)
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256([]byte(password))
	kept, now := browserSessions{}, browserSessions{By: hex.EncodeToString(sum[:])}
	if text != "" && json.Unmarshal([]byte(text), &kept) == nil && kept.By == now.By {
		now.Ends = kept.Ends
	}
	return now.Ends, func(ctx context.Context, ends map[string]time.Time) error {
		text, err := json.Marshal(browserSessions{now.By, ends})
		if err != nil {
			return err
		}
		return a.store.SetSetting(ctx, webSessions, string(text))
	}, nil
}

// trustedProxies returns the networks of the reverse proxies that the config trusts.
func (a *App) trustedProxies() ([]netip.Prefix, error) {
	var proxies []netip.Prefix
	for _, s := range a.cfg.Web.TrustedProxies {
		p, err := config.Network(s)
		if err != nil {
			return nil, fmt.Errorf("web.trusted_proxies: %w", err)
		}
		proxies = append(proxies, p)
	}
	return proxies, nil
}

// HashPassword returns the hash of a password for the page, as the file that
// [web] password_file names holds it.
func HashPassword(password string) (string, error) {
	hash, err := web.HashPassword(password)
	if err != nil {
		return "", gait.Refuse(err)
	}
	return hash, nil
}

// runnerSetting holds what was said of the runner on the page, as JSON. It stands
// above the config.
const runnerSetting = "runner"

// runnerOnPage is what the page can set of the runner.
type runnerOnPage struct {
	Name  string       `json:"name"`
	Units config.Units `json:"units"`
	// Races are days, "2027-04-11".
	Races []string `json:"races"`
}

// runner is the runner of the config, as the page changed it.
func (a *App) runner() config.Runner {
	r := a.cfg.Runner
	set := a.onPage.Load()
	if set == nil {
		return r
	}
	r.Name, r.Units, r.Races = set.Name, set.Units, nil
	for _, day := range set.Races {
		if race, err := time.ParseInLocation(time.DateOnly, day, r.Zone); err == nil {
			r.Races = append(r.Races, race)
		}
	}
	return r
}

// miles reports whether distances are shown in miles.
func (a *App) miles() bool { return a.runner().Units == config.Miles }

func (a *App) readRunner(ctx context.Context) error {
	text, err := a.store.Setting(ctx, runnerSetting)
	if err != nil || text == "" {
		a.onPage.Store(nil)
		return err
	}
	var set runnerOnPage
	if err := json.Unmarshal([]byte(text), &set); err != nil {
		return fmt.Errorf("read setting %s: %w", runnerSetting, err)
	}
	a.onPage.Store(&set)
	return nil
}

func (p page) Settings(ctx context.Context) (web.Settings, error) {
	until, err := p.paused(ctx)
	r := p.runner()
	s := web.Settings{Name: r.Name, Miles: p.miles(), Races: r.Races, OnPage: p.onPage.Load() != nil, Forever: until.Equal(Forever())}
	if until.After(p.now()) {
		s.PausedUntil = &until
	}
	return s, err
}

func (p page) SetRunner(ctx context.Context, s *web.Settings) error {
	text := ""
	if s != nil {
		set := runnerOnPage{Name: s.Name, Units: config.Kilometres}
		if s.Miles {
			set.Units = config.Miles
		}
		for _, race := range s.Races {
			set.Races = append(set.Races, race.Format(time.DateOnly))
		}
		kept, err := json.Marshal(set)
		if err != nil {
			return err
		}
		text = string(kept)
	}
	if err := p.store.SetSetting(ctx, runnerSetting, text); err != nil {
		return err
	}
	if err := p.readRunner(ctx); err != nil {
		return err
	}
	p.seasons.outdate()
	return nil
}
