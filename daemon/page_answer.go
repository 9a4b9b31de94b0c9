package daemon

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/store"
	"gaitkeeper/web"
)

// detailed is what tells the use of a link for its details from its first use.
const detailed = "/details"

func (p page) Replied(ctx context.Context, t web.Ticket) (web.Replied, error) {
	run, err := p.store.Run(ctx, string(t.Run))
	if err != nil {
		return web.Replied{}, err
	}
	r := web.Replied{About: run}
	if r.Used, err = p.store.LinkUsed(ctx, p.use(t).ID); err != nil {
		return web.Replied{}, err
	}
	r.Detailed, err = p.store.LinkUsed(ctx, t.ID+detailed)
	return r, err
}

// use is the use of a link now. One that speaks of its day is used once a day.
func (p page) use(t web.Ticket) store.LinkUse {
	now := p.now()
	use := store.LinkUse{ID: t.ID, Used: now, Expires: t.Expires}
	if t.Kind.Daily() {
		use.ID += now.In(p.Zone()).Format("/2006-01-02")
	}
	return use
}

func (p page) Reply(ctx context.Context, t web.Ticket, kind gait.AnswerKind) (web.Recorded, error) {
	use := p.use(t)
	return p.recorded(ctx, func() (bool, error) {
		return p.store.AnswerOnce(ctx, use, gait.Answer{Run: t.Run, Kind: kind, Recorded: use.Used})
	})
}

func (p page) ReplyPain(ctx context.Context, t web.Ticket, entry gait.Pain) (web.Recorded, error) {
	return p.replyPain(ctx, p.use(t), entry)
}

func (p page) ReplyDetails(ctx context.Context, t web.Ticket, entry gait.Pain) (web.Recorded, error) {
	return p.replyPain(ctx, store.LinkUse{ID: t.ID + detailed, Used: p.now(), Expires: t.Expires}, entry)
}

func (p page) replyPain(ctx context.Context, use store.LinkUse, entry gait.Pain) (web.Recorded, error) {
	entry.Recorded = use.Used
	if run, err := p.named(ctx, string(entry.Run)); err == nil && !run.Clock.Believed() {
		entry.At = use.Used // nobody knows when it was
	}
	if err := entry.Validate(); err != nil {
		return web.Recorded{}, gait.Refuse(err)
	}
	return p.recorded(ctx, func() (bool, error) { return p.store.PainOnce(ctx, use, entry) })
}

// recorded records a reply, and tells where the runner stood before and stands now.
func (p page) recorded(ctx context.Context, record func() (fresh bool, err error)) (r web.Recorded, err error) {
	if r.Before, err = p.Standing(ctx); err != nil {
		return r, err
	}
	if r.Fresh, err = record(); err != nil {
		return web.Recorded{}, err
	}
	r.Standing, err = p.reassess(ctx)
	return r, err
}

// linkKey is the setting that holds the key of the links in messages. It is made
// once; deleting it makes every link sent so far invalid.
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
func (a *App) signer(ctx context.Context) (func(finding.Reply) string, error) {
	if a.cfg.Web.PublicURL == "" {
		return nil, nil
	}
	links, err := a.links(ctx)
	if err != nil {
		return nil, err
	}
	now := a.now()
	return func(r finding.Reply) string {
		life := answerLinks
		if r.Kind.Morning().Known() {
			life = morningLinks
		}
		return a.cfg.Web.PublicURL + "/answer/" + links.Sign(r, now.Add(life))
	}, nil
}
