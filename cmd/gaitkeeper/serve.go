package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/daemon"
)

type serveCmd struct{}

// Run runs the daemon until a signal ends it. No other signal of a service manager
// does; SIGPIPE would come when the reader of the log ends.
func (*serveCmd) Run(p *program) error {
	p.level = slog.LevelInfo // only the daemon tells what it does
	signal.Ignore(syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM, syscall.SIGPIPE)
	hangUps := make(chan os.Signal, 1)
	signal.Notify(hangUps, syscall.SIGHUP)
	defer signal.Stop(hangUps)

	load := func() (config.Config, *slog.Logger, error) {
		cfg, err := config.Load(p.config, p.env)
		return cfg, newLog(cfg.LogFormat, p.level, p.stderr), err
	}
	cfg, log, err := load()
	if err != nil {
		return err
	}
	app, err := daemon.Open(p.ctx, cfg, daemon.Options{Log: log, Version: version, Reload: daemon.Reload{Asked: hangUps, Load: load}})
	if err != nil {
		return err
	}
	return errors.Join(app.Serve(p.ctx), app.Close())
}

// newLog returns the log in the format the config names. Neither holds anything
// that controls a terminal: the text handler quotes it.
func newLog(format config.LogFormat, level slog.Level, w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: level}
	if format == config.LogJSON {
		return slog.New(slog.NewJSONHandler(api.EscapedJSON(w), o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

type healthCmd struct{}

// Run asks the daemon how it is, and prints a line. What has failed for less than a
// day is no failure of this command: a restart would not help, and most failures
// pass.
func (*healthCmd) Run(p *program) error {
	cfg, err := config.Load(p.config, p.env)
	if err != nil {
		return err
	}
	h, err := daemon.AskHealth(p.ctx, cfg)
	switch {
	case err != nil:
		return err
	case !h.Alive:
		return errors.New("not alive: the daemon answers, but its work hangs or its database is out of reach; the log says which")
	}
	var lasting, passing []string
	for _, u := range h.Unwell {
		what := strings.TrimSpace(string(u.What) + " " + u.Name)
		if u.Lasting {
			lasting = append(lasting, what)
		} else {
			passing = append(passing, what)
		}
	}
	switch {
	case len(lasting) > 0:
		return errors.New("alive, but not well for a day: " + strings.Join(lasting, ", ") + "; see gaitkeeper status")
	case len(passing) > 0:
		p.printf("alive and well so far; failing for less than a day: %s; see gaitkeeper status\n", strings.Join(passing, ", "))
	default:
		p.printf("alive and well\n")
	}
	return nil
}

type checkCmd struct{}

// Run reports a line for the config, each source and each channel.
func (*checkCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		var failed int
		for _, f := range app.Check(p.ctx) {
			if f.Err != nil {
				failed++
				p.printf("FAILED  %s: %s\n", f.What, f.Words())
			} else {
				p.printf("ok      %s: %s\n", f.What, f.Words())
			}
		}
		if failed > 0 {
			return fmt.Errorf("%d of the checks failed", failed)
		}
		return nil
	})
}

type notifyCmd struct {
	Test notifyTestCmd `cmd:"" help:"Send a test message through each channel."`
}

type notifyTestCmd struct {
	Channel string `arg:"" optional:"" help:"Only this one: email, ntfy, ntfy-2, webhook ..."`
}

// Run sends the test message at once and tells what came of it.
func (c *notifyTestCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		findings, err := app.TestChannels(p.ctx, c.Channel)
		for _, f := range findings {
			if f.Err != nil {
				err = errors.Join(err, fmt.Errorf("%s: %s", f.What, f.Words()))
			} else {
				p.printf("%s: %s\n", f.What, f.Words())
			}
		}
		return err
	})
}
