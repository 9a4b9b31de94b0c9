// Package daemon builds a gaitkeeper from a config and runs it: the pipeline
// from the sources to the channels, the schedule, the watched folders and the
// page. It is the only package that knows all others; every command goes through
// [App].
package daemon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/ingest/strava"
	"gaitkeeper/store"
	"gaitkeeper/web"
	"gaitkeeper/words"
)

// App is one runner's gaitkeeper with its database open. It is not safe for
// concurrent use, except for what [App.Serve] itself runs and the page asks for.
type App struct {
	cfg      config.Config
	log      *slog.Logger
	now      func() time.Time
	store    *store.Store
	sources  []ingest.Source
	strava   *strava.Client // nil where no API application is configured
	channels []channel
	// agent is what gaitkeeper calls itself in every request.
	agent   string
	seasons seasonCache
	*process
	// onPage is what was said of the runner on the page; nil where nothing was.
	onPage atomic.Pointer[runnerOnPage]
	// mails are those that the page shows, oldest first; nil where it shows none.
	mails func() []web.Mail
	// options are what it was opened with.
	options Options
}

// process is what outlives a config: where a daemon takes a new one, the next App
// goes on with it.
type process struct {
	// failing are the files that the last sync could not take, by path, with
	// the reason.
	failing map[string]string
	// waits are until when each source waited at the last sync.
	waits map[gait.SourceName]time.Time
	// tasks are what the daemon is to do.
	tasks *taskQueue
	// testing is held while the page checks or tests something.
	testing sync.Mutex
	// heartbeats is of the daemon, where one runs in this process.
	heartbeats heartbeats
	// deliveries counts the attempts to deliver.
	deliveries *deliveryCounts
	// unrecorded is [notify.Worker.Unrecorded].
	unrecorded sync.Map
	// failures are of the daemon; nil where none runs in this process.
	failures *failureLog
	// guard is the lock of [App.guardPlace]; it is held to the end.
	guard    func()
	guarding sync.Mutex
}

func newProcess() *process {
	return &process{tasks: newTaskQueue(), waits: map[gait.SourceName]time.Time{}, deliveries: newDeliveryCounts()}
}

// Options are what an App takes from the world around it.
type Options struct {
	Log *slog.Logger
	// Now is the clock; nil is the real one.
	Now func() time.Time
	// Version tells other servers which gaitkeeper asks; may be empty.
	Version string
	// Reload is for the daemon alone.
	Reload Reload
}

// Open opens the database of cfg, and builds its sources and channels without
// speaking to any of them. The App must be closed.
func Open(ctx context.Context, cfg config.Config, o Options) (*App, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if err := cfg.CheckStorage(); err != nil {
		return nil, err
	}
	if err := checkNotMissing(cfg.Storage.Path); err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, cfg.Storage.Path)
	if err != nil {
		return nil, err
	}
	a, err := build(cfg, o, s, newProcess())
	if err == nil {
		err = errors.Join(a.readRunner(ctx), a.remeasure(ctx))
	}
	if err != nil {
		_ = s.Close() // the first error is the one to tell
		return nil, err
	}
	return a, nil
}

// build makes the App of a config on an open database.
func build(cfg config.Config, o Options, s *store.Store, p *process) (a *App, err error) {
	a = &App{cfg: cfg, log: o.Log, now: o.Now, store: s, agent: "gaitkeeper/" + cmp.Or(o.Version, "dev"), options: o, process: p}
	a.sources = a.newSources()
	a.openStrava()
	a.channels, err = newChannels(cfg, a.agent, mailTokens{a.store})
	return a, err
}

// Close closes the database.
func (a *App) Close() error { return a.store.Close() }

// Now returns the time of the App's clock.
func (a *App) Now() time.Time { return a.now() }

// Zone returns the runner's time zone.
func (a *App) Zone() *time.Location { return a.cfg.Runner.Zone }

// Words says things in the runner's zone and unit.
func (a *App) Words() words.Words {
	return words.Words{Zone: a.Zone(), Miles: a.miles()}
}

// Units returns the name of the runner's unit of distance.
func (a *App) Units() string { return string(a.runner().Units) }

// Distance returns d in the runner's unit.
func (a *App) Distance(d gait.Metres) float64 {
	if a.miles() {
		return float64(d / gait.Mile)
	}
	return float64(d / gait.Kilometre)
}

func (a *App) measure(r gait.Run) gait.Measures { return analysis.Measure(r, a.cfg.Params.Analysis) }

// remeasureBatch is how many runs' new figures make one transaction.
const remeasureBatch = 50

// remeasure takes the figures of runs again that an older method took. No import
// may replace samples meanwhile.
func (a *App) remeasure(ctx context.Context) error {
	method := analysis.MethodOf(a.cfg.Params.Analysis)
	if stale, err := a.store.StaleRuns(ctx, method); err != nil || len(stale) == 0 {
		return err
	}
	unlock, err := a.lock(ctx, syncLock)
	if err != nil {
		return err
	}
	defer unlock()
	stale, err := a.store.StaleRuns(ctx, method) // another process may have been faster
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(stale, remeasureBatch) {
		a.moves()
		measures := make([]gait.Measures, len(batch))
		for i, id := range batch {
			run, err := a.recording(ctx, id)
			if err != nil {
				return fmt.Errorf("measure again: %w", err)
			}
			measures[i] = a.measure(run)
		}
		if err := a.store.SaveMeasures(ctx, measures); err != nil {
			return fmt.Errorf("measure again: %w", err)
		}
	}
	if len(stale) > 0 {
		a.log.InfoContext(ctx, "figures taken again with the present method", "runs", len(stale))
	}
	return nil
}

// recording returns a run with its samples; none where they were forgotten.
func (a *App) recording(ctx context.Context, id gait.RunID) (gait.Run, error) {
	run, err := a.store.Run(ctx, string(id))
	if err != nil {
		return run, err
	}
	run.Samples, err = a.store.Samples(ctx, id)
	return run, err
}
