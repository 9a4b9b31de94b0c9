package main

import "gaitkeeper/daemon"

// serveCmd is `gaitkeeper serve`.
type serveCmd struct{}

// Run runs the daemon until a signal ends it.
func (*serveCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error { return app.Serve(p.ctx) })
}
