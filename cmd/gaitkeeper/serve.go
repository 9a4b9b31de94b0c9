package main

import (
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"gaitkeeper/config"
	"gaitkeeper/daemon"
)

// serveCmd is `gaitkeeper serve`.
type serveCmd struct{}

// Run runs the daemon until a signal ends it. No other signal of a service manager
// does; SIGPIPE would come with the end of whoever reads the log.
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
