package main

import (
	"errors"
	"strings"

	"gaitkeeper/config"
	"gaitkeeper/daemon"
)

// healthCmd is `gaitkeeper health`.
type healthCmd struct{}

// Run asks the daemon how it is, and prints a line.
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
	case !h.Well:
		var unwell []string
		for _, u := range h.Unwell {
			unwell = append(unwell, strings.TrimSpace(string(u.What)+" "+u.Name))
		}
		return errors.New("alive, but not well: " + strings.Join(unwell, ", ") + "; gaitkeeper status says more")
	}
	p.printf("alive and well\n")
	return nil
}
