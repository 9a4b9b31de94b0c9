package daemon

import (
	"context"
	"fmt"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// pausedUntil is the setting that holds the end of a pause, in RFC 3339.
const pausedUntil = "paused_until"

// tell decides what the runner should be told as of now, and commits the
// decisions with the messages that carry them. It says nothing twice, however
// often it is called.
func (a *App) tell(ctx context.Context, decide func(notify.Situation) []notify.Decision) error {
	s, err := a.season(ctx)
	if err != nil {
		return err
	}
	situation, err := a.situation(ctx, s)
	if err != nil {
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
	notices := make([]gait.Notice, len(decisions))
	messages := make([]gait.Message, len(decisions))
	for i, d := range decisions {
		notices[i] = d.Notice()
		content := a.content(s, situation, d)
		content.Sign = sign
		if messages[i], err = notify.Compose(content, painter{s, a.Zone()}); err != nil {
			return fmt.Errorf("write message: %w", err)
		}
		a.log.InfoContext(ctx, "message decided", "kind", d.Kind, "why", d.Why, "run", d.Run)
	}
	if err := a.store.Commit(ctx, notices, messages, a.channelNames()); err != nil {
		return fmt.Errorf("record messages: %w", err)
	}
	return nil
}

// situation gathers what a decision looks at, as of now.
func (a *App) situation(ctx context.Context, s *season) (notify.Situation, error) {
	now := a.now()
	notices, err := a.store.Notices(ctx)
	if err != nil {
		return notify.Situation{}, fmt.Errorf("read notices: %w", err)
	}
	paused, err := a.paused(ctx)
	if err != nil {
		return notify.Situation{}, err
	}
	return notify.Situation{
		Now: now, Zone: a.Zone(), Episodes: s.fold.EpisodesAt(now), Assessments: s.fold.Assessments,
		Standing: s.fold.Standing(now), Notices: notices, RunEnds: s.ends,
		Pain: s.history.Pain, Answers: s.history.Answers, PausedUntil: paused, Settings: a.settings(),
	}, nil
}

func (a *App) settings() notify.Settings {
	s := notify.DefaultSettings()
	s.MaxAge, s.RemindAfter = a.cfg.Alerts.MaxAge, a.cfg.Alerts.RemindAfter
	s.RepeatProfessional = time.Duration(a.cfg.Params.Pain.RepeatDays) * 24 * time.Hour
	s.Quiet = a.cfg.Alerts.QuietHours
	return s
}

// content adds to what the situation knows of a decision what only the config
// and the run's summary know.
func (a *App) content(s *season, situation notify.Situation, d notify.Decision) notify.Content {
	c := situation.Content(d)
	c.Runner, c.Miles, c.PublicURL = a.cfg.Runner.Name, a.cfg.Runner.Units == config.Miles, a.cfg.Web.PublicURL
	c.Rules = a.cfg.Params.Pain
	if run, ok := s.run(d.Run); ok {
		c.Run = &run
	}
	if d.Kind == gait.MessageDigest {
		week := notify.NewWeek(d, s.runs, situation.Assessments, situation.Pain)
		c.Week = &week
	}
	return c
}

// paused returns the end of the pause; zero where there is none.
func (a *App) paused(ctx context.Context) (time.Time, error) {
	text, err := a.store.Setting(ctx, pausedUntil)
	if err != nil || text == "" {
		return time.Time{}, err
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the end of the pause: %w", err)
	}
	return t, nil
}

func (a *App) channelNames() []string {
	names := make([]string, len(a.channels))
	for i, c := range a.channels {
		names[i] = c.Name()
	}
	return names
}
