package daemon

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	sd "github.com/coreos/go-systemd/v22/daemon"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"

	"gaitkeeper/config"
	"gaitkeeper/store"
	"gaitkeeper/web"
)

// Reload is how a running daemon comes to a new config; the zero value never does.
type Reload struct {
	// Asked is readable when the config is to be read again.
	Asked <-chan os.Signal
	// Load reads it, and makes the log that it asks for.
	Load func() (config.Config, *slog.Logger, error)
}

// stopWithin is how long the work under an old config may take to stop.
const stopWithin = 8 * time.Second

// errStuck ends the daemon where only a new process helps.
var errStuck = errors.New("reload: what was under way does not stop; the daemon ends, and its next start takes the new config")

// serveOn is [App.Serve] under its lock, with the page on a listener, which it
// closes. The page and the word to systemd go on while one config follows another.
func (a *App) serveOn(ctx context.Context, listener net.Listener) error {
	if err := a.takeUploads(ctx); err != nil {
		a.log.WarnContext(ctx, "uploads that an earlier end left are not all taken in", "error", err)
	}
	page, err := a.newPage(context.WithoutCancel(ctx)) // an early end is no failure
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	var shown atomic.Pointer[web.Server]
	shown.Store(page)
	a.log.InfoContext(ctx, "serving", "page", "http://"+listener.Addr().String(), "database", a.store.Path())
	parts, ctx := errgroup.WithContext(ctx)
	parts.Go(func() error {
		return serveHTTP(ctx, listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { shown.Load().ServeHTTP(w, r) }), a.log)
	})
	parts.Go(func() error { return a.keepAlive(ctx) })
	parts.Go(func() (err error) {
		for life := a; life != nil; {
			if life, err = life.live(ctx, shown.Store); err != nil {
				return err
			}
		}
		return context.Canceled // nothing is left to serve
	})
	err = parts.Wait()
	a.tellSystemd(context.WithoutCancel(ctx), sd.SdNotifyStopping)
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	a.log.Info("stopped")
	return err
}

// live works with one config until ctx ends or another one is to be taken: then it
// returns who goes on.
func (a *App) live(ctx context.Context, show func(*web.Server)) (next *App, err error) {
	life, end := context.WithCancel(ctx)
	defer end()
	done := make(chan error, 1)
	go func() { done <- a.run(life) }()
	a.tellSystemd(ctx, sd.SdNotifyReady)
	for {
		select {
		case err := <-done:
			return nil, err
		case <-a.options.Reload.Asked:
		}
		a.tellReloading(ctx)
		next, page, err := a.renewed(ctx)
		if err != nil {
			a.refuse(ctx, err)
			continue
		}
		end()
		select {
		case err := <-done:
			if err != nil || ctx.Err() != nil {
				return nil, err
			}
		case <-time.After(stopWithin):
			return nil, errStuck
		}
		if err := next.remeasure(ctx); err != nil {
			a.refuse(ctx, err)
			return a, nil
		}
		show(page)
		next.log.InfoContext(ctx, "config reloaded", "file", next.cfg.File)
		next.tellSystemd(ctx, "STATUS=Config reloaded.")
		return next, nil
	}
}

// renewed returns the App of the config as it stands now, with its page, on the
// same database.
func (a *App) renewed(ctx context.Context) (*App, *web.Server, error) {
	cfg, log, err := a.options.Reload.Load()
	if err != nil {
		return nil, nil, err
	}
	if err := a.lasting(cfg); err != nil {
		return nil, nil, err
	}
	options := a.options
	options.Log = log
	next, err := build(cfg, options, a.store, a.process)
	if err != nil {
		return nil, nil, err
	}
	if err := next.readRunner(ctx); err != nil {
		return nil, nil, err
	}
	if _, shut := next.openChannels(); len(shut) > 0 {
		return nil, nil, errors.Join(slices.Collect(maps.Values(shut))...)
	}
	page, err := next.newPage(context.WithoutCancel(ctx))
	return next, page, err
}

// lasting tells what of a new config only a new start can change.
func (a *App) lasting(cfg config.Config) error {
	path, err := store.Locate(cfg.Storage.Path)
	if err != nil {
		return err
	}
	var faults config.Faults
	stays := func(same bool, key, what, leave string) {
		if !same {
			text := fmt.Sprintf("the %s cannot change while gaitkeeper runs: restart it, or leave %s", what, leave)
			faults = append(faults, config.Fault{File: cfg.File, Key: key, Text: text})
		}
	}
	stays(path == a.store.Path(), "storage.path", "database", a.store.Path())
	stays(cfg.Web.Listen == a.cfg.Web.Listen, "web.listen", "address", strconv.Quote(a.cfg.Web.Listen))
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// refuse says why a new config is not taken, a line for each fault.
func (a *App) refuse(ctx context.Context, err error) {
	for line := range strings.Lines(err.Error()) {
		a.log.ErrorContext(ctx, "new config refused, the old one stays", "fault", strings.TrimSuffix(line, "\n"))
	}
	a.tellSystemd(ctx, sd.SdNotifyReady+"\nSTATUS=The new config was refused, the old one stays: "+strings.ReplaceAll(err.Error(), "\n", "; "))
}

// tellReloading tells systemd that a reload has begun. The time is what
// Type=notify-reload of later versions asks for; earlier ones take no notice.
func (a *App) tellReloading(ctx context.Context) {
	var now unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_MONOTONIC, &now) // never fails for this clock
	a.tellSystemd(ctx, fmt.Sprintf("%s\nMONOTONIC_USEC=%d", sd.SdNotifyReloading, now.Nano()/1000))
}

// tellSystemd reports a state (READY=1, STOPPING=1) where systemd started us.
func (a *App) tellSystemd(ctx context.Context, state string) {
	if _, err := sd.SdNotify(false, state); err != nil {
		a.log.WarnContext(ctx, "systemd not told", "state", state, "error", err)
	}
}

// keepAlive tells systemd's watchdog that we live as long as the database
// answers and the work moves, twice as often as it wants to hear it. It returns when ctx ends, or
// at once where no watchdog listens.
func (a *App) keepAlive(ctx context.Context) error {
	interval, err := sd.SdWatchdogEnabled(false)
	if err != nil || interval == 0 {
		return err
	}
	tick := time.NewTicker(interval / 2)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			err := a.alive(ctx)
			a.note(ctx, "watchdog", err)
			if err != nil && !errors.Is(err, store.ErrGone) { // a new start would not bring it back
				continue
			}
			a.tellSystemd(ctx, sd.SdNotifyWatchdog)
		}
	}
}
