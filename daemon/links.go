package daemon

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/web"
)

// linkKey is the setting that holds the key of the links in messages. It is
// made once; whoever forgets it makes every link sent so far invalid.
const linkKey = "link_key"

// How long a link in a message works. An answer to a run is worth something as
// long as the run is looked at; a morning is remembered for a day or two.
const (
	answerLinks  = 14 * 24 * time.Hour
	morningLinks = 48 * time.Hour
)

// links returns the links of messages, under the database's own key.
func (a *App) links(ctx context.Context) (web.Links, error) {
	kept, err := a.store.Setting(ctx, linkKey)
	if err == nil && kept == "" {
		fresh := make([]byte, web.LinkKeySize)
		_, _ = rand.Read(fresh) // it never fails
		kept, err = a.store.SettingOnce(ctx, linkKey, base64.StdEncoding.EncodeToString(fresh))
	}
	if err != nil {
		return web.Links{}, fmt.Errorf("read the key of the links: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(kept)
	if err != nil {
		return web.Links{}, fmt.Errorf("read the key of the links: %w", err)
	}
	return web.NewLinks(key)
}

// signer returns what gives a message's replies their addresses; nil where the
// page has no address that a phone could open.
func (a *App) signer(ctx context.Context) (func(gait.Reply) string, error) {
	if a.cfg.Web.PublicURL == "" {
		return nil, nil
	}
	links, err := a.links(ctx)
	if err != nil {
		return nil, err
	}
	now := a.now()
	return func(r gait.Reply) string {
		life := answerLinks
		if r.Kind.Morning().Known() {
			life = morningLinks
		}
		return a.cfg.Web.PublicURL + "/answer/" + links.Sign(r, now.Add(life))
	}, nil
}
