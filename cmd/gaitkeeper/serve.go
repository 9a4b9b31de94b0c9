package main

import (
	"log/slog"

	"gaitkeeper/daemon"
)

// serveCmd is `gaitkeeper serve`.
type serveCmd struct{}

// Run runs the daemon until a signal ends it.
func (*serveCmd) Run(p *program) error {
	p.level = slog.LevelInfo // only the daemon tells what it does
	return p.with(func(app *daemon.App) error { return app.Serve(p.ctx) })
}
