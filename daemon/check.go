package daemon

import (
	"context"
	"fmt"
	"os"
	"sync"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/plainfile"
	"gaitkeeper/notify"
	"gaitkeeper/words"
)

// Check opens everything without sending anything, and reports on each part.
func (a *App) Check(ctx context.Context) []api.Finding {
	file := a.cfg.File
	if file == "" {
		file = "none found, the built-in defaults apply; gaitkeeper init writes one"
	}
	findings := []api.Finding{
		{What: "config", Text: file},
		{What: "time zone", Text: a.cfg.Runner.ZoneName(os.Getenv) + a.now().In(a.Zone()).Format(", where it is now 15:04 (MST, UTC-07:00)")},
		{What: "database", Text: a.store.Path(), Err: a.store.Ping(ctx)},
	}
	for _, w := range a.cfg.Warnings() {
		findings = append(findings, api.Finding{What: "config, please check", Text: w})
	}
	var asks []func() api.Finding
	for _, c := range a.channels {
		asks = append(asks, func() api.Finding {
			found, err := c.Check(ctx)
			return api.Finding{What: "channel " + c.Name(), Text: found, Err: err}
		})
	}
	if a.cfg.Sources.Strava.Enabled {
		asks = append(asks, func() api.Finding { return a.checkStrava(ctx) })
	}
	if a.cfg.Sources.Intervals.Enabled {
		asks = append(asks, func() api.Finding { return a.checkIntervals(ctx) })
	}
	answers := together(asks)
	channels, sources := answers[:len(a.channels)], answers[len(a.channels):]
	findings = append(findings, a.checkSources(sources)...)
	if len(a.channels) == 0 {
		findings = append(findings, api.Finding{What: "channels", Text: "none: warnings show on the page only; add [notify.email] or [notify.ntfy]"})
	}
	return append(findings, channels...)
}

// together asks all of them at once, so that one that does not answer delays no
// other.
func together(asks []func() api.Finding) []api.Finding {
	answers := make([]api.Finding, len(asks))
	var asking sync.WaitGroup
	for i, ask := range asks {
		asking.Go(func() { answers[i] = ask() })
	}
	asking.Wait()
	return answers
}

// checkSources reports on each source; what the services said is here already.
func (a *App) checkSources(services []api.Finding) []api.Finding {
	var findings []api.Finding
	folder := func(source gait.SourceName, dir string) {
		f := api.Finding{What: "source " + string(source) + " " + dir, Text: "can be read"}
		if _, err := plainfile.ReadFolder(dir); err != nil {
			f.Err = fmt.Errorf("%w; make the folder, or let this user read it", err)
		}
		findings = append(findings, f)
	}
	for _, dir := range a.cfg.Sources.FIT.Dirs {
		folder(gait.SourceFIT, dir)
	}
	for _, dir := range a.cfg.Sources.AppleHealth.Dirs {
		folder(gait.SourceAppleHealth, dir)
	}
	if a.cfg.Sources.AppleHealth.TokenFile != "" {
		_, err := a.walkToken()
		findings = append(findings, api.Finding{What: "source applehealth", Text: "takes walks at /api/v1/health", Err: err})
	}
	findings = append(findings, services...)
	if len(findings) == 0 {
		findings = append(findings, api.Finding{What: "sources", Text: words.NoSources})
	}
	return findings
}

// TestChannels sends a test message at once through the named channel, or
// through each where the name is empty. Quiet hours do not hold it back.
func (a *App) TestChannels(ctx context.Context, name string) ([]api.Finding, error) {
	s, err := a.season(ctx)
	if err != nil {
		return nil, err
	}
	d := alert.Test(a.now())
	m, err := notify.Compose(notify.Content{
		Decision: d, Runner: a.runner().Name, Zone: a.Zone(), PublicURL: a.cfg.Web.PublicURL,
		Standing: finding.Standing{Verdict: finding.VerdictKeep},
	}, s)
	if err != nil {
		return nil, err
	}
	var findings []api.Finding
	passed := false
	for _, c := range a.channels {
		if name == "" || name == c.Name() {
			err := c.Send(ctx, m)
			findings = append(findings, api.Finding{What: c.Name(), Text: "test message sent", Err: err})
			passed = passed || err == nil
		}
	}
	if passed { // what waits need not wait any longer, but where a server asked for a pause: the daemon looks within seconds
		if err := a.store.Hasten(ctx); err != nil {
			return findings, err
		}
	}
	switch {
	case len(findings) > 0:
		return findings, nil
	case len(a.channels) == 0:
		return nil, fmt.Errorf("no channel is configured: add [notify.email], [notify.ntfy], [notify.webhook] or [notify.shoutrrr]")
	default:
		return nil, gait.Refusef("no channel %q is configured; there are: %v", name, a.ChannelNames())
	}
}

// Backup writes a consistent copy of the database to file.
func (a *App) Backup(ctx context.Context, file string) error { return a.store.Backup(ctx, file) }
