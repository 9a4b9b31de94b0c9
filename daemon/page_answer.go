package daemon

import (
	"context"

	"gaitkeeper/gait"
	"gaitkeeper/store"
	"gaitkeeper/web"
)

// detailed is what tells the use of a link for its details from its first use.
const detailed = "/details"

// Replied tells what a link is about and whether it was used.
func (p page) Replied(ctx context.Context, t web.Ticket) (web.Replied, error) {
	run, err := p.store.Run(ctx, string(t.Run))
	if err != nil {
		return web.Replied{}, pageError(err)
	}
	r := web.Replied{About: run}
	if r.Used, err = p.store.LinkUsed(ctx, t.ID); err != nil {
		return web.Replied{}, err
	}
	r.Detailed, err = p.store.LinkUsed(ctx, t.ID+detailed)
	return r, err
}

// Reply records an answer that a link gives, once.
func (p page) Reply(ctx context.Context, t web.Ticket, kind gait.AnswerKind) (web.Recorded, error) {
	now := p.now()
	fresh, err := p.store.AnswerOnce(ctx, store.LinkUse{ID: t.ID, Used: now, Expires: t.Expires},
		gait.Answer{Run: t.Run, Kind: kind, Recorded: now})
	return p.recorded(ctx, fresh, err)
}

// ReplyPain records a diary entry that a link gives about its run, once.
func (p page) ReplyPain(ctx context.Context, t web.Ticket, entry gait.Pain) (web.Recorded, error) {
	return p.replyPain(ctx, store.LinkUse{ID: t.ID, Used: p.now(), Expires: t.Expires}, entry)
}

// ReplyDetails records the details that were asked after a link's word, once.
func (p page) ReplyDetails(ctx context.Context, t web.Ticket, entry gait.Pain) (web.Recorded, error) {
	return p.replyPain(ctx, store.LinkUse{ID: t.ID + detailed, Used: p.now(), Expires: t.Expires}, entry)
}

func (p page) replyPain(ctx context.Context, use store.LinkUse, entry gait.Pain) (web.Recorded, error) {
	entry.Recorded = use.Used
	if run, err := p.named(ctx, string(entry.Run)); err == nil && !run.Clock.Believed() {
		entry.At = use.Used // nobody knows when it was
	}
	if err := entry.Validate(); err != nil {
		return web.Recorded{}, web.NewRefused(err)
	}
	fresh, err := p.store.PainOnce(ctx, use, entry)
	return p.recorded(ctx, fresh, err)
}

// recorded tells what a reply changed, and where the runner stands now.
func (p page) recorded(ctx context.Context, fresh bool, err error) (web.Recorded, error) {
	if err != nil {
		return web.Recorded{}, pageError(err)
	}
	standing, err := p.retell(ctx)
	return web.Recorded{Fresh: fresh, Standing: standing}, err
}
