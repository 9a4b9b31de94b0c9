package main

import "gaitkeeper/daemon"

// backupCmd is `gaitkeeper backup FILE`.
type backupCmd struct {
	File string `arg:"" help:"The file to write; it must not exist yet."`
}

// Run writes a consistent copy of the database.
func (c *backupCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		if err := app.Backup(p.ctx, c.File); err != nil {
			return err
		}
		p.printf("database copied to %s\n", c.File)
		return nil
	})
}
