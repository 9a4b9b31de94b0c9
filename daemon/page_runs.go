package daemon

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"sort"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/chart"
	"gaitkeeper/config"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/ingest/applehealth"
	"gaitkeeper/store"
	"gaitkeeper/web"
)

func (p page) ListRuns(ctx context.Context, shows func(gait.Run, finding.Assessment) bool, cut func(found int) (from, to int)) ([]api.Run, error) {
	now, err := p.present(ctx)
	if err != nil {
		return nil, err
	}
	runs := slices.DeleteFunc(now.listed(), func(r *gait.Run) bool {
		said, _ := now.assessment(r.ID)
		return !shows(*r, said)
	})
	slices.SortStableFunc(runs, func(a, b *gait.Run) int { return b.Start.Compare(a.Start) })
	from, to := cut(len(runs))
	return now.list(runs[from:to]), nil
}

func (p page) RunChart(ctx context.Context, id gait.RunID) (chart.Run, error) {
	s, err := p.season(ctx)
	if err != nil {
		return chart.Run{}, err
	}
	run, known := s.run(id)
	if !known {
		return chart.Run{}, fmt.Errorf("run %s: %w", id, store.ErrNoRun)
	}
	return s.course(run, p.miles()), nil
}

// course gathers one run minute by minute. The minutes are as they were
// measured; so the normal is moved by what was taken out of the run's balance
// before the two were compared: speed, hills and ground.
func (s *season) course(run gait.Run, miles bool) chart.Run {
	c := chart.Run{
		Title: "Run of " + run.Start.In(s.history.Zone).Format("2 January 2006"), Duration: run.Duration, Miles: miles,
		Baseline: gait.Unknown[gait.Percent](), Band: gait.Unknown[gait.Points](),
	}
	c.Minutes = s.measures(run.ID).Blocks
	assessment, judged := s.assessment(run.ID)
	e := assessment.Evidence
	if judged && gait.Known(e.Balance) {
		c.Baseline, c.Band = e.Baseline+c.Mean()-e.Balance, e.Band
	}
	if judged {
		c.Onset = e.Onset
	}
	return c
}

// NotePain stores an entry that came from the page. A button without a mark of
// its own gets one, so that the same words about a run are one entry.
func (p page) NotePain(ctx context.Context, n web.PainNote) (gait.Pain, error) {
	if n.Mark == "" {
		n.Mark = rand.Text()
	}
	stored, _, err := p.App.NotePain(ctx, n.Run, n.Entry, store.Form{Mark: n.Mark, Corrects: n.Corrects})
	return stored, err
}

func (p page) RunsBetween(ctx context.Context, from, to time.Time) ([]api.Run, error) {
	now, err := p.present(ctx)
	if err != nil {
		return nil, err
	}
	at := func(t time.Time) int {
		return sort.Search(len(now.runs), func(i int) bool { return !now.runs[i].Start.Before(t) })
	}
	return now.list(pointers(now.runs[at(from):max(at(from), at(to))])), nil
}

func (p page) RunNamed(ctx context.Context, ref string) (api.Run, error) {
	run, err := p.named(ctx, ref)
	if err != nil {
		return api.Run{}, err
	}
	now, err := p.present(ctx)
	if err != nil {
		return api.Run{}, err
	}
	return now.list([]*gait.Run{&run})[0], nil
}

func (p page) CheckAll(ctx context.Context) ([]api.Finding, error) {
	return p.alone(func() ([]api.Finding, error) { return p.Check(ctx), nil })
}

func (p page) TestChannel(ctx context.Context, name string) ([]api.Finding, error) {
	if name == "" {
		return nil, gait.Refusef("name the channel that the test message is to go through")
	}
	return p.alone(func() ([]api.Finding, error) { return p.TestChannels(ctx, name) })
}

func (p page) SyncNow() { p.tasks.add(taskSync) }

// alone makes a check or a test unless one is under way: a hundred taps send no
// hundred messages at once.
func (p page) alone(do func() ([]api.Finding, error)) ([]api.Finding, error) {
	if !p.testing.TryLock() {
		return nil, gait.Refusef("a check or a test is under way: wait for it to end")
	}
	defer p.testing.Unlock()
	return do()
}

// leastToken is the least length of a token: it only has to withstand guessing.
const leastToken = 16

// walkToken is the token with which an app may post walks. It is read each time: a
// new one counts at once.
func (a *App) walkToken() (string, error) {
	token, err := config.Secret(a.cfg.Sources.AppleHealth.TokenFile)
	if err != nil {
		return "", fmt.Errorf("sources.applehealth.token_file: %w", err)
	}
	if len(token) < leastToken {
		return "", fmt.Errorf("sources.applehealth.token_file: the token has %d characters; write %d or more, such as from `openssl rand -hex 16`", len(token), leastToken)
	}
	return token, nil
}

// walkReceiver takes the walks that an app posts; nil where none may.
func (a *App) walkReceiver() http.Handler {
	if a.cfg.Sources.AppleHealth.TokenFile == "" {
		return nil
	}
	return &applehealth.Receiver{Store: a.store, Token: a.walkToken, Now: a.now, Log: a.log}
}

func (p page) Walks(ctx context.Context, days int) (chart.Walks, error) {
	s, err := p.season(ctx)
	if err != nil {
		return chart.Walks{}, err
	}
	since := time.Time{}
	if days > 0 {
		since = p.now().AddDate(0, 0, -days)
	}
	return chart.Walks{Weeks: s.fold.WalkWeeks(since), Zone: p.Zone()}, nil
}
