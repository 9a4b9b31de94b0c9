package daemon

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
	"gaitkeeper/store"
	"gaitkeeper/words"
)

// enqueueAlerts decides what the runner should be told as of now, and commits the
// decisions with the messages that carry them. It says nothing twice, however
// often it is called.
func (a *App) enqueueAlerts(ctx context.Context, decide func(alert.Situation) []alert.Decision) error {
	p, err := a.present(ctx)
	if err != nil {
		return err
	}
	return a.enqueue(ctx, p, decide(p.Situation))
}

// enqueueHealth decides what the runner should be told of gaitkeeper itself.
func (a *App) enqueueHealth(ctx context.Context) error {
	p, err := a.present(ctx)
	if err != nil {
		return err
	}
	input, err := a.healthInput(ctx, p.season)
	if err != nil {
		return err
	}
	return a.enqueue(ctx, p, notify.Health(p.Situation, input))
}

func (a *App) enqueue(ctx context.Context, p present, decisions []alert.Decision) error {
	if err := a.withdraw(ctx, p.Situation); err != nil || len(decisions) == 0 {
		return err
	}
	sign, err := a.signer(ctx)
	if err != nil {
		return err
	}
	var decided []store.Decided
	for _, d := range decisions {
		content, err := a.content(ctx, p, d)
		if err != nil {
			return err
		}
		content.Sign = sign
		m, err := notify.Compose(content, p.season)
		if err != nil {
			return fmt.Errorf("write message: %w", err)
		}
		// Where no channel carries it, it is recorded as told: the word that all is well
		// again comes in its time.
		to := slices.DeleteFunc(a.carriers(m), func(c string) bool { return slices.Contains(d.Without, c) })
		decided = append(decided, store.Decided{Notice: d.Notice, Message: m, Channels: to})
		// What it says is the runner's alone, so the log names it by its number.
		a.log.InfoContext(ctx, "message decided", "message", m.ID())
		a.log.DebugContext(ctx, "message decided", "message", m.ID(), "kind", d.Kind, "why", d.Why, "run", d.Run)
	}
	return a.store.Commit(ctx, decided...)
}

// carriers returns the names of the channels that are to carry a message.
func (a *App) carriers(m alert.Message) []string {
	var names []string
	for _, c := range a.channels {
		if c.carries(m) {
			names = append(names, c.Name())
		}
	}
	return names
}

// withdraw takes back the messages that ask what the runner has answered, or what
// has become pointless, while they waited: for the end of quiet hours, or for a
// mail server.
func (a *App) withdraw(ctx context.Context, s alert.Situation) error {
	owed, err := a.store.Undelivered(ctx)
	if err != nil {
		return err
	}
	for _, d := range owed {
		why := "its time is over"
		switch {
		case alert.Answered(s, d.Message):
			why = "the runner has answered it"
		case !alert.Outlived(s, d.Message):
			continue
		}
		if err := a.store.Withdraw(ctx, d.Message.Key); err != nil {
			return err
		}
		a.log.InfoContext(ctx, "message withdrawn", "message", d.Message.ID(), "channel", d.Channel, "why", why)
	}
	return nil
}

// readdress gives what waits for a channel that left the config, or that is to carry it
// no more, to those that carry it: who changes from mail to push still wants the warning,
// and a coach's channel that took over the name of the runner's own gets nothing but what
// it is meant to. What is older than keepDelivered stays: a warning of last year would
// only mislead.
func (a *App) readdress(ctx context.Context) error {
	owed, err := a.store.Undelivered(ctx)
	if err != nil {
		return err
	}
	for _, d := range owed {
		to := a.carriers(d.Message)
		old := a.now().Sub(d.Message.Created) > keepDelivered
		if slices.Contains(to, d.Channel) || len(to) == 0 && !slices.Contains(a.ChannelNames(), d.Channel) || old {
			continue
		}
		if d.PartlyDelivered() {
			to = nil
		}
		if err := a.store.Readdress(ctx, d.ID, to); err != nil {
			return err
		}
		a.log.InfoContext(ctx, "message readdressed, its channel does not carry it any more", "message", d.Message.ID(), "channel", d.Channel, "to", to)
	}
	return nil
}

// present is the runner's history, folded, and what a decision looks at as of now.
type present struct {
	*season
	alert.Situation
	words words.Words
}

func (a *App) present(ctx context.Context) (present, error) {
	s, err := a.season(ctx)
	if err != nil {
		return present{}, err
	}
	now := a.now()
	notices, err := a.store.Notices(ctx)
	if err != nil {
		return present{}, err
	}
	paused, err := a.paused(ctx)
	return present{s, alert.Situation{
		Now: now, Zone: a.Zone(), Episodes: s.fold.EpisodesAt(now), Assessments: s.fold.Assessments,
		Standing: s.fold.Standing(now), Notices: notices, RunEnds: s.runEnds,
		Pain: s.history.Pain, Answers: s.history.Answers, PausedUntil: paused, Settings: a.alertSettings(a.cfg.Params),
	}, a.Words()}, err
}

func (a *App) alertSettings(p gait.Params) alert.Settings {
	s := alert.DefaultSettings()
	s.MaxAge, s.RemindAfter = a.cfg.Alerts.MaxAge, a.cfg.Alerts.RemindAfter
	s.Refractory = p.Analysis.Refractory
	s.Quiet, s.DigestAlways = a.cfg.Alerts.QuietHours, a.cfg.Alerts.DigestWhen == config.DigestAlways
	return s
}

// content adds to what the situation knows of a decision what only the config
// and the run's summary know.
func (a *App) content(ctx context.Context, p present, d alert.Decision) (notify.Content, error) {
	c := notify.NewContent(p.Situation, d)
	c.Runner, c.Miles, c.PublicURL = a.runner().Name, a.miles(), a.cfg.Web.PublicURL
	if run, ok := p.run(d.Run); ok {
		c.Run = &run
	}
	if d.Kind != alert.MessageDigest {
		return c, nil
	}
	week := notify.NewWeek(d, p.runs, p.Assessments, p.Pain)
	c.Week = &week
	var err error
	c.Notes, err = a.notes(ctx, p)
	return c, err
}

// ChannelNames returns the names of the channels that messages go through.
func (a *App) ChannelNames() []string {
	names := make([]string, len(a.channels))
	for i, c := range a.channels {
		names[i] = c.Name()
	}
	return names
}

// newWorker returns the worker of the outbox for the channels that can be used
// here.
func (a *App) newWorker() *notify.Worker {
	open, _ := a.openChannels()
	return &notify.Worker{
		Outbox: restingOutbox{a.store, a}, Channels: open, Quiet: a.cfg.Alerts.QuietHours, Zone: a.Zone(),
		LockDir: filepath.Dir(a.store.Path()), Now: a.now, Log: a.log,
		Moves: func(channel string) { a.beat(pulseDelivery + " " + channel) }, Tried: a.deliveries.count,
		Unrecorded: &a.unrecorded,
	}
}

// deliver tries the whole outbox once, without waiting for anything but quiet
// hours, and returns how many messages went out.
func (a *App) deliver(ctx context.Context) (sent int, err error) {
	outcomes, err := a.newWorker().Deliver(ctx, true)
	for _, o := range outcomes {
		if o.Err == nil {
			sent++
			continue
		}
		err = errors.Join(err, fmt.Errorf("%q is kept and tried again: %w", o.Delivery.Message.Title, o.Err))
	}
	return sent, err
}

// barred says why messages that wait cannot be delivered from here.
func (a *App) barred(waiting []alert.Delivery) error {
	var faults []error
	_, shut := a.openChannels()
	for _, d := range waiting {
		if err := shut[d.Channel]; err != nil {
			faults = append(faults, fmt.Errorf("%q is kept for the daemon: %w", d.Message.Title, err))
		}
	}
	return errors.Join(faults...)
}

// pausedUntil is the setting that holds the end of a pause, in RFC 3339.
const pausedUntil = "paused_until"

// Forever is the end of a pause that only [App.Resume] ends.
func Forever() time.Time { return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }

// Pause holds all messages back until the given moment, which must be in the
// future; until [App.Resume] where it is zero. Runs are taken in and assessed
// meanwhile; afterwards only what still stands is said.
func (a *App) Pause(ctx context.Context, until time.Time) error {
	if until.IsZero() {
		until = Forever()
	}
	if !until.After(a.now()) {
		return gait.Refusef("%s is in the past: name a later day", until.In(a.Zone()).Format(gait.MinuteLayout))
	}
	return a.setMoment(ctx, pausedUntil, until)
}

// Resume ends a pause, decides what is to be said now, and reports whether there
// was a pause.
func (a *App) Resume(ctx context.Context) (was bool, err error) {
	until, err := a.paused(ctx)
	if err != nil {
		return false, err
	}
	if err := a.setMoment(ctx, pausedUntil, time.Time{}); err != nil {
		return false, err
	}
	return until.After(a.now()), a.enqueueAlerts(ctx, alert.Decide)
}

// paused returns the end of the pause; zero where there is none.
func (a *App) paused(ctx context.Context) (time.Time, error) { return a.moment(ctx, pausedUntil) }

// restingOutbox is the outbox as a worker sees it: during a pause nothing in it
// is due, so that what was decided before waits, too; and what has become
// pointless while it waited is taken back before it would be sent.
type restingOutbox struct {
	*store.Store
	app *App
}

func (o restingOutbox) Due(ctx context.Context, channel string, now time.Time, all bool) ([]alert.Delivery, error) {
	until, err := o.app.paused(ctx)
	if err != nil || until.After(now) {
		return nil, err
	}
	due, err := o.Store.Due(ctx, channel, now, all)
	if err != nil || len(due) == 0 {
		return due, err
	}
	p, err := o.app.present(ctx)
	if err == nil {
		err = o.app.withdraw(ctx, p.Situation)
	}
	if err != nil {
		o.app.log.WarnContext(ctx, "messages that may be out of date are sent all the same", "error", err)
		return due, nil
	}
	return o.Store.Due(ctx, channel, now, all)
}
