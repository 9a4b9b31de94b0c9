package daemon

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/netip"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/web"
)

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
