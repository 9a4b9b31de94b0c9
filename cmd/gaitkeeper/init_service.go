package main

import (
	"fmt"
	"os/exec"
	"strings"
)

// offerService offers to keep the daemon running.
func (s *setup) offerService() error {
	s.printf("\nThe page: gaitkeeper serve shows it at http://127.0.0.1:8787\n")
	const unit = "gaitkeeper"
	show, err := exec.LookPath("systemctl")
	if err != nil || s.fd < 0 || exec.CommandContext(s.ctx, show, "--user", "cat", unit).Run() != nil { //nolint:gosec // systemctl
		s.printf("Keep it running: gaitkeeper serve, or as a service (docs/install.md)\n")
		return nil
	}
	start, err := s.yes("Start it now, and with every login, as a service of yours?", true)
	if err != nil || !start {
		return err
	}
	out, err := exec.CommandContext(s.ctx, show, "--user", "enable", "--now", unit).CombinedOutput() //nolint:gosec // systemctl
	if err != nil {
		return fmt.Errorf("the config is written, but the service did not start: %s; try: systemctl --user enable --now %s", strings.TrimSpace(string(out)), unit)
	}
	s.printf("It runs. To keep it running while you are logged out: loginctl enable-linger\n")
	return nil
}
