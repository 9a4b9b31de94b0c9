package main

import (
	"bytes"

	"gaitkeeper/daemon"
)

// reportCmd is `gaitkeeper report`.
type reportCmd struct {
	Weeks int `default:"8" placeholder:"N" help:"The last N weeks, this one included; 8 without it."`
}

// Run prints one page for the physiotherapist as an HTML file that needs nothing
// else.
func (c *reportCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		var page bytes.Buffer // whole or not at all
		if err := app.WriteReport(p.ctx, &page, c.Weeks); err != nil {
			return err
		}
		_, err := page.WriteTo(p.stdout)
		return err
	})
}
