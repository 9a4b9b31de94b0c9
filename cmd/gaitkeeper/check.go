package main

import (
	"errors"
	"fmt"

	"gaitkeeper/daemon"
)

// checkCmd is `gaitkeeper check`.
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

// notifyCmd is `gaitkeeper notify`.
type notifyCmd struct {
	Test notifyTestCmd `cmd:"" help:"Send a test message through each channel."`
}

// notifyTestCmd is `gaitkeeper notify test [CHANNEL]`.
type notifyTestCmd struct {
	Channel string `arg:"" optional:"" help:"Only this one: email, ntfy, webhook or shoutrrr."`
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
