package main

import (
	"os"

	"gaitkeeper/daemon"
)

// demoCmd is `gaitkeeper demo`.
type demoCmd struct {
	Dir string `placeholder:"DIR" help:"A new or empty folder for the made-up season; a throw-away one without it."`
}

// Run makes a season, puts it through the real pipeline and serves the page.
func (c *demoCmd) Run(p *program) error {
	dir := c.Dir
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "gaitkeeper-demo-"); err != nil {
			return err
		}
	}
	return daemon.Demo(p.ctx, dir, p.stdout, p.progress("running a season"))
}
