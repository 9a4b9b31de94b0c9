package daemon

import (
	"context"
	"fmt"

	"gaitkeeper/alert"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// enqueueAlerts decides what the runner should be told as of now, and commits the
// decisions with the messages that carry them. It says nothing twice, however
// often it is called.
func (a *App) enqueueAlerts(ctx context.Context, decide func(alert.Situation) []alert.Decision) error {
	s, situation, err := a.present(ctx)
	if err != nil {
		return err
	}
	if err := a.withdraw(ctx, situation); err != nil {
		return err
	}
	decisions := decide(situation)
	if len(decisions) == 0 {
		return nil
	}
	sign, err := a.signer(ctx)
	if err != nil {
		return err
	}
	var batch messageBatch
	for _, d := range decisions {
		content, err := a.content(ctx, s, situation, d)
		if err != nil {
			return err
		}
		content.Sign = sign
		m, err := notify.Compose(content, chartRenderer{s, a.Zone()})
		if err != nil {
			return fmt.Errorf("write message: %w", err)
		}
		if err := batch.add(ctx, a, d, m); err != nil {
			return err
		}
		// What it says is the runner's alone, so the log names it by its number.
		a.log.InfoContext(ctx, "message decided", "message", m.ID())
		a.log.DebugContext(ctx, "message decided", "message", m.ID(), "kind", d.Kind, "why", d.Why, "run", d.Run)
	}
	return batch.commit(ctx, a)
}

// enqueueHealth decides what the runner should be told of gaitkeeper itself.
func (a *App) enqueueHealth(ctx context.Context) error {
	s, err := a.season(ctx)
	if err != nil {
		return err
	}
	input, err := a.healthInput(ctx, s)
	if err != nil {
		return err
	}
	return a.enqueueAlerts(ctx, func(situation alert.Situation) []alert.Decision { return notify.Health(situation, input) })
}

// withdraw takes back the messages that ask what the runner has answered, or what
// has become senseless, while they waited: for the end of quiet hours, or for a
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

// withdrawNow takes back what is to be taken back as of now.
func (a *App) withdrawNow(ctx context.Context) error {
	_, situation, err := a.present(ctx)
	if err != nil {
		return err
	}
	return a.withdraw(ctx, situation)
}

// present returns the folded history, and what a decision looks at as of now.
func (a *App) present(ctx context.Context) (*season, alert.Situation, error) {
	s, err := a.season(ctx)
	if err != nil {
		return nil, alert.Situation{}, err
	}
	now := a.now()
	notices, err := a.store.Notices(ctx)
	if err != nil {
		return nil, alert.Situation{}, fmt.Errorf("read notices: %w", err)
	}
	paused, err := a.paused(ctx)
	return s, alert.Situation{
		Now: now, Zone: a.Zone(), Episodes: s.fold.EpisodesAt(now), Assessments: s.fold.Assessments,
		Standing: s.fold.Standing(now), Notices: notices, RunEnds: s.runEnds,
		Pain: s.history.Pain, Answers: s.history.Answers, PausedUntil: paused, Settings: a.alertSettings(a.cfg.Params),
	}, err
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
func (a *App) content(ctx context.Context, s *season, situation alert.Situation, d alert.Decision) (notify.Content, error) {
	c := notify.NewContent(situation, d)
	c.Runner, c.Miles, c.PublicURL = a.runner().Name, a.miles(), a.cfg.Web.PublicURL
	if run, ok := s.run(d.Run); ok {
		c.Run = &run
	}
	if d.Kind == alert.MessageDigest {
		week := notify.NewWeek(d, s.runs, situation.Assessments, situation.Pain)
		c.Week = &week
		input, err := a.healthInput(ctx, s)
		if err != nil {
			return c, err
		}
		c.Notes = notify.Notes(situation, input)
	}
	return c, nil
}

// ChannelNames returns the names of the channels that messages go through.
func (a *App) ChannelNames() []string {
	names := make([]string, len(a.channels))
	for i, c := range a.channels {
		names[i] = c.Name()
	}
	return names
}
