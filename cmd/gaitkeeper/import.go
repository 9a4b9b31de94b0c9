package main

import (
	"errors"

	"gaitkeeper/daemon"
)

// syncCmd is `gaitkeeper sync`.
type syncCmd struct{}

// Run pulls every source once, assesses and delivers.
func (*syncCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		r, err := app.Sync(p.ctx, p.progress("syncing"))
		p.printReport(r.Import)
		p.printf("%d messages sent, %d waiting\n", r.Sent, r.Waiting)
		return errors.Join(err, r.Err())
	})
}

// importCmd is `gaitkeeper import PATH...`.
type importCmd struct {
	Paths []string `arg:"" name:"path" help:"FIT files, folders, .fit.gz, .zip."`
}

// Run takes the files in, assesses, and names every file that failed.
func (c *importCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		r, err := app.Import(p.ctx, c.Paths, p.progress("importing"))
		p.printReport(r)
		return errors.Join(err, r.Err())
	})
}

func (p *program) printReport(r daemon.ImportReport) {
	p.printf("%s\n", r)
}
