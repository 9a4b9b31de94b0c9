package daemon

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/robfig/cron/v3"
	"golang.org/x/sync/errgroup"

	"gaitkeeper/alert"
	"gaitkeeper/config"
)

const (
	// assessEvery is how often the daemon looks whether the clock or another
	// process made something that the runner should be told.
	assessEvery = 10 * time.Second
	// keepDelivered is how long a delivered message is kept whole.
	keepDelivered = 30 * 24 * time.Hour
	// shutdownAfter is how long open pages may take to finish at the end.
	shutdownAfter = 5 * time.Second
)

// Serve runs the daemon until ctx ends: the schedule, the watched folders, the
// page and the delivery of messages. Whatever it is doing then is left in a
// state from which the next start goes on.
func (a *App) Serve(ctx context.Context) error {
	if _, shut := a.openChannels(); len(shut) > 0 {
		return errors.Join(slices.Collect(maps.Values(shut))...)
	}
	unlock, err := a.lockServe()
	if err != nil {
		return err
	}
	defer unlock()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.cfg.Web.Listen)
	if err != nil {
		return fmt.Errorf("open the page: %w; set [web] listen to a free address", err)
	}
	if err := a.leaveAddress(listener.Addr()); err != nil {
		return errors.Join(err, listener.Close())
	}
	a.failures = newFailureLog()
	return a.serveOn(ctx, listener)
}

// run does the daemon's work under one config until ctx ends.
func (a *App) run(ctx context.Context) error {
	defer debug.SetGCPercent(debug.SetGCPercent(idleGC))
	a.heartbeats.forget() // what another config had to do
	watch := newWatcher(slices.Concat(a.cfg.Sources.FIT.Dirs, a.cfg.Sources.AppleHealth.Dirs), a.log, fsnotify.NewWatcher)
	schedule, err := newSchedule(a.cfg.Schedule, a.Zone(), a.due)
	if err != nil {
		return err
	}
	schedule.Schedule(cron.Every(time.Minute), cron.FuncJob(func() { a.beat(pulseSchedule) }))
	schedule.Schedule(cron.Every(copyEvery), cron.FuncJob(func() { a.tasks.add(taskCopy) }))
	schedule.Start()
	defer schedule.Stop()

	a.note(ctx, "messages of channels that left the config", a.readdress(ctx)) // before any is delivered
	wake := make(chan struct{}, 1)
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return watch.run(ctx, func() { a.tasks.add(taskSync) }) })
	work.Go(func() error { return a.watchHealth(ctx) })
	work.Go(func() error { a.newWorker().Run(ctx, wake); return nil })
	work.Go(func() error { return a.work(ctx, watch, wake) })
	a.tasks.add(taskSync)
	a.tasks.add(taskCopy)
	a.note(ctx, "schedule", a.catchUp(ctx))
	for _, w := range a.cfg.Warnings() {
		a.log.WarnContext(ctx, "config, please check", "warning", w)
	}
	if err = work.Wait(); errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// work does one task after the other until ctx ends, and wakes the deliverer
// after each. A task that fails is logged and shows in status; the next one
// comes in its turn.
func (a *App) work(ctx context.Context, watch *watcher, wake chan<- struct{}) error {
	assess := time.NewTicker(assessEvery)
	defer assess.Stop()
	for {
		a.beat(pulseWork)
		var t task
		select {
		case <-ctx.Done():
			return nil
		case <-assess.C:
			t = taskAssess
		case <-a.tasks.ready:
			t = a.tasks.next()
		}
		a.note(ctx, "task "+string(t), a.do(ctx, t, watch))
		a.tidy()
		select {
		case wake <- struct{}{}:
		default: // it is awake
		}
	}
}

func (a *App) do(ctx context.Context, t task, watch *watcher) error {
	switch t {
	case taskSync:
		watch.refresh()
		return a.syncTask(ctx)
	case taskMorning, taskDigest:
		decide := alert.Morning
		if t == taskDigest {
			decide = alert.Digest
		}
		if err := a.enqueueAlerts(ctx, decide); err != nil {
			return err
		}
		return a.noteDone(ctx, t)
	case taskCopy:
		return a.keepCopy(ctx)
	case taskAssess:
		return a.enqueueAlerts(ctx, alert.Decide)
	default:
		return nil
	}
}

// due queues what the schedule brings, after a sync: a question or a digest is about
// all runs there are, and at the same minute, as after a sleep of the machine, the
// schedule brings its tasks in any order.
func (a *App) due(t task) {
	a.tasks.add(taskSync)
	a.tasks.add(t)
}

// syncTask pulls every source and tells what follows. Files that are still
// being copied bring it back once they should be quiet, and so does the end of
// a source's wait.
func (a *App) syncTask(ctx context.Context) error {
	reports, failed, err := a.pull(ctx, nil)
	a.logReports(ctx, reports)
	if in, ok := a.comeBack(reports); ok {
		a.tasks.addAfter(taskSync, in)
	}
	err = errors.Join(err, a.enqueueAlerts(ctx, alert.Decide), a.noteRuns(ctx), a.store.Prune(ctx, a.now().Add(-keepDelivered)))
	lost := func(r ImportReport) bool { return lostFolders(a.cfg.Sources.FIT.Dirs, r) != nil }
	a.ping(ctx, err == nil && failed == nil && !slices.ContainsFunc(reports, lost))
	return err
}

// logReports logs what a sync did. A file that goes on failing is told of once.
func (a *App) logReports(ctx context.Context, reports []ImportReport) {
	failing := map[string]string{}
	for _, r := range reports {
		if r.New+r.Better > 0 {
			a.log.InfoContext(ctx, "runs taken in", "new", r.New, "better", r.Better)
		}
		for _, f := range r.Failed {
			failing[f.Path] = f.Reason
			if a.failing[f.Path] != f.Reason {
				a.log.WarnContext(ctx, "not read whole", "path", f.Path, "reason", f.Reason, "runs_kept", f.Kept)
			}
		}
	}
	a.failing = failing
}

// serveHTTP serves the page until ctx ends and open pages have finished, or been
// cut off.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	finished := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(finished)
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownAfter)
		defer cancel()
		if s.Shutdown(end) != nil {
			_ = s.Close() // a page that will not finish is cut off
		}
	})
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the page: %w", err)
	}
	<-finished
	return nil
}

// newSchedule returns the schedule of the config, not yet started: it calls do
// with the name of what is due, in the runner's time zone.
func newSchedule(s config.Schedule, zone *time.Location, do func(task)) (*cron.Cron, error) {
	c := cron.New(cron.WithLocation(zone))
	for _, job := range []struct {
		when string
		task task
	}{{s.Sync, taskSync}, {s.Morning, taskMorning}, {s.Digest, taskDigest}} {
		if job.when == "" {
			continue
		}
		when, err := config.Cron(job.when, zone)
		if err != nil {
			return nil, fmt.Errorf("schedule %s %q: %w", job.task, job.when, err)
		}
		c.Schedule(when, cron.FuncJob(func() { do(job.task) }))
	}
	return c, nil
}

// task is one thing the daemon does, one at a time.
type task string

const (
	taskSync    task = "sync"    // pull every source, assess, tell
	taskAssess  task = "assess"  // tell what the clock or another process changed
	taskMorning task = "morning" // ask how the sore spot feels
	taskDigest  task = "digest"  // tell of the week
	taskCopy    task = "copy"    // copy the database, once a day
)

// nextRun returns when the cron expression is next due; zero where it is empty.
func nextRun(when string, zone *time.Location, now time.Time) time.Time {
	s, err := config.Cron(when, zone)
	if err != nil {
		return time.Time{}
	}
	return s.Next(now)
}

// taskQueue holds what is to be done, each task at most once: a folder that
// changes a hundred times in a second asks for one sync.
type taskQueue struct {
	mu      sync.Mutex
	waiting []task
	later   *time.Timer
	// ready is readable while tasks wait.
	ready chan struct{}
}

func newTaskQueue() *taskQueue { return &taskQueue{ready: make(chan struct{}, 1)} }

// add puts t at the end of the queue unless it is in it.
func (q *taskQueue) add(t task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !slices.Contains(q.waiting, t) {
		q.waiting = append(q.waiting, t)
	}
	q.signal()
}

// addAfter adds t after d. A later call takes the place of an earlier one.
func (q *taskQueue) addAfter(t task, d time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.later != nil {
		q.later.Stop()
	}
	q.later = time.AfterFunc(d, func() { q.add(t) })
}

func (q *taskQueue) next() task {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return ""
	}
	t := q.waiting[0]
	q.waiting = q.waiting[1:]
	if len(q.waiting) > 0 {
		q.signal()
	}
	return t
}

func (q *taskQueue) signal() {
	select {
	case q.ready <- struct{}{}:
	default: // it is readable already
	}
}
