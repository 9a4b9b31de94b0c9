package daemon

import (
	"context"
	"time"

	"gaitkeeper/alert"

	"gaitkeeper/gait"
	"gaitkeeper/store"
)

// pausedUntil is the setting that holds the end of a pause, in RFC 3339.
const pausedUntil = "paused_until"

// Forever is the end of a pause that only [App.Resume] ends.
func Forever() time.Time { return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }

// Pause holds all messages back until the given moment, which must lie ahead; until
// [App.Resume] where it is zero.
// Runs are taken in and assessed meanwhile; afterwards only what still stands is
// said.
func (a *App) Pause(ctx context.Context, until time.Time) error {
	if until.IsZero() {
		until = Forever()
	}
	if !until.After(a.now()) {
		return gait.Refusef("%s is over already: name a later day", until.In(a.Zone()).Format(gait.MinuteLayout))
	}
	return a.store.SetSetting(ctx, pausedUntil, until.UTC().Format(time.RFC3339))
}

// Resume ends a pause, decides what is to be said now, and tells whether there
// was a pause.
func (a *App) Resume(ctx context.Context) (was bool, err error) {
	until, err := a.paused(ctx)
	if err != nil {
		return false, err
	}
	if err := a.store.SetSetting(ctx, pausedUntil, ""); err != nil {
		return false, err
	}
	return until.After(a.now()), a.enqueueAlerts(ctx, alert.Decide)
}

// paused returns the end of the pause; zero where there is none.
func (a *App) paused(ctx context.Context) (time.Time, error) { return a.moment(ctx, pausedUntil) }

// restingOutbox is the outbox as a worker sees it: during a pause nothing in it
// is due, so that what was decided before waits, too; and what has become
// senseless while it waited is taken back before it would be sent.
type restingOutbox struct {
	*store.Store
	app *App
}

// Due returns what should be tried now.
func (o restingOutbox) Due(ctx context.Context, channel string, now time.Time, all bool) ([]alert.Delivery, error) {
	until, err := o.app.paused(ctx)
	if err != nil || until.After(now) {
		return nil, err
	}
	due, err := o.Store.Due(ctx, channel, now, all)
	if err != nil || len(due) == 0 {
		return due, err
	}
	if err := o.app.withdrawNow(ctx); err != nil {
		o.app.log.WarnContext(ctx, "messages that may be out of date are sent all the same", "error", err)
		return due, nil
	}
	return o.Store.Due(ctx, channel, now, all)
}
