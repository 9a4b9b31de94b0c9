package daemon

import (
	"context"
	"fmt"
	"os"
	"strings"

	"gaitkeeper/alert"
	"gaitkeeper/finding"

	"gaitkeeper/internal/plainfile"
	"gaitkeeper/notify"
)

// Finding is what a check or a test found of one part.
type Finding struct {
	What string // "config", "source /watch", "channel email"
	Text string // what is well with it
	Err  error  // what is not, with the remedy
}

// Words say what was found, without the name of the channel: the line begins
// with it.
func (f Finding) Words() string {
	if f.Err == nil {
		return f.Text
	}
	return strings.TrimPrefix(f.Err.Error(), strings.TrimPrefix(f.What, "channel ")+": ")
}

// Check opens everything without sending anything, and reports on each part.
func (a *App) Check(ctx context.Context) []Finding {
	file := a.cfg.File
	if file == "" {
		file = "none found, the built-in defaults apply; gaitkeeper init writes one"
	}
	findings := []Finding{
		{What: "config", Text: file},
		{What: "time zone", Text: a.cfg.Runner.ZoneName(os.Getenv) + a.now().In(a.Zone()).Format(", where it is now 15:04 (MST, UTC-07:00)")},
		{What: "database", Text: a.store.Path(), Err: a.store.Ping(ctx)},
	}
	for _, w := range a.cfg.Warnings() {
		findings = append(findings, Finding{What: "config, to think over", Text: w})
	}
	findings = append(findings, a.checkSources(ctx)...)
	if len(a.channels) == 0 {
		findings = append(findings, Finding{What: "channels", Text: "none: warnings show on the page only; add [notify.email] or [notify.ntfy]"})
	}
	for _, c := range a.channels {
		found, err := c.Check(ctx)
		findings = append(findings, Finding{What: "channel " + c.Name(), Text: found, Err: err})
	}
	return findings
}

func (a *App) checkSources(ctx context.Context) []Finding {
	var findings []Finding
	for _, dir := range a.cfg.Sources.FIT.Dirs {
		f := Finding{What: "source fit " + dir, Text: "can be read"}
		if _, err := plainfile.ReadFolder(dir); err != nil {
			f.Err = fmt.Errorf("%w; make the folder, or let this user read it", err)
		}
		findings = append(findings, f)
	}
	for _, dir := range a.cfg.Sources.AppleHealth.Dirs {
		f := Finding{What: "source applehealth " + dir, Text: "can be read"}
		if _, err := plainfile.ReadFolder(dir); err != nil {
			f.Err = fmt.Errorf("%w; make the folder, or let this user read it", err)
		}
		findings = append(findings, f)
	}
	if a.cfg.Sources.AppleHealth.TokenFile != "" {
		_, err := a.walkToken()
		findings = append(findings, Finding{What: "source applehealth", Text: "takes walks at /api/v1/health", Err: err})
	}
	if a.cfg.Sources.Strava.Enabled {
		findings = append(findings, a.checkStrava(ctx))
	}
	if a.cfg.Sources.Intervals.Enabled {
		findings = append(findings, a.checkIntervals(ctx))
	}
	if len(findings) == 0 {
		findings = append(findings, Finding{What: "sources", Text: "none: set [sources.fit] dirs, or use gaitkeeper import"})
	}
	return findings
}

// TestChannels sends a test message at once through the named channel, or
// through each where the name is empty. Quiet hours do not hold it back.
func (a *App) TestChannels(ctx context.Context, name string) ([]Finding, error) {
	s, err := a.season(ctx)
	if err != nil {
		return nil, err
	}
	d := alert.Test(a.now())
	m, err := notify.Compose(notify.Content{
		Decision: d, Runner: a.runner().Name, Zone: a.Zone(), PublicURL: a.cfg.Web.PublicURL,
		Standing: finding.Standing{Verdict: finding.VerdictKeep},
	}, chartRenderer{s, a.Zone()})
	if err != nil {
		return nil, err
	}
	var findings []Finding
	passed := false
	for _, c := range a.channels {
		if name == "" || name == c.Name() {
			err := c.Send(ctx, m)
			findings = append(findings, Finding{What: c.Name(), Text: "test message sent", Err: err})
			passed = passed || err == nil
		}
	}
	if passed { // what waits need not wait any longer: the daemon looks within seconds
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
		return nil, Refused{fmt.Errorf("no channel %q is configured; there are: %v", name, a.channelNames())}
	}
}

// Backup writes a consistent copy of the database to file.
func (a *App) Backup(ctx context.Context, file string) error { return a.store.Backup(ctx, file) }
