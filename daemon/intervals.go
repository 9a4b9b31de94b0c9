package daemon

import (
	"context"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/ingest/intervals"
)

// newIntervals returns the source intervals.icu, which is asked once in pace in
// the long run. The key is read when it is needed: a new one counts from the next
// sync.
func (a *App) newIntervals(pace time.Duration) *intervals.Source {
	c := a.cfg.Sources.Intervals
	return intervals.New(intervals.Config{
		BaseURL: c.BaseURL, Athlete: c.AthleteID, KeyFile: c.APIKeyFile,
		Key:  func() (string, error) { return config.Secret(c.APIKeyFile) },
		Zone: a.cfg.Runner.Zone, UserAgent: a.agent, Pace: pace, Now: a.now, Fields: a.fields(),
	})
}

// checkIntervals asks intervals.icu for today's activities.
func (a *App) checkIntervals(ctx context.Context) Finding {
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	return Finding{
		What: "source intervals " + a.cfg.Sources.Intervals.BaseURL, Text: "the key is good",
		Err: a.newIntervals(intervals.Pace).Check(ctx),
	}
}

// unreadTags returns the tags about pain that could not be understood.
func (a *App) unreadTags(ctx context.Context) ([]gait.UnreadTag, error) {
	tags, err := a.store.UnreadTags(ctx)
	if tags == nil {
		tags = []gait.UnreadTag{}
	}
	return tags, err
}
