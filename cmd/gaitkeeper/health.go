package main

import (
	"errors"
	"strings"

	"gaitkeeper/config"
	"gaitkeeper/daemon"
)

// healthCmd is `gaitkeeper health`.
type healthCmd struct{}

// Run asks the daemon how it is, and prints a line. What has failed for less than a
// day is no failure of this command: a restart would not mend it, and most of it
// passes.
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
		return errors.New("alive, but not well for a day: " + strings.Join(lasting, ", ") + "; gaitkeeper status says more")
	case len(passing) > 0:
		p.printf("alive and well so far; failing for less than a day: %s; gaitkeeper status says more\n", strings.Join(passing, ", "))
	default:
		p.printf("alive and well\n")
	}
	return nil
}
