package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"gaitkeeper/config"
	"gaitkeeper/daemon"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

type initCmd struct{}

// Run asks for what a config needs, tries each answer, writes the config, takes in the
// runs there are and shows the first verdict.
func (*initCmd) Run(p *program) error {
	file := p.config
	if file == "" {
		file = config.OwnFile(p.env)
	}
	if file == "" {
		return gait.Refusef("no home directory is known: name the file with --config")
	}
	file, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return fmt.Errorf("look for the config: %w", err)
		}
		return gait.Refusef("%s already exists: edit it, or move it away and start again", file)
	}
	s := &setup{program: p, prompt: newPrompt(p), file: file, dir: filepath.Dir(file)}
	if err := s.askAll(); err != nil {
		return err
	}
	if err := s.write(); err != nil {
		return err
	}
	p.config = file
	if err := s.firstVerdict(); err != nil {
		return err
	}
	return s.offerService()
}

// setup is a config on its way.
type setup struct {
	*program
	*prompt
	file, dir string
	sections  []section
}

// section is a part of the config that is answered.
type section struct {
	// text is how it stands in the file; empty where the runner wants none.
	text string
	// secrets are what the files beside the config hold, by their names.
	secrets map[string]string
	// try tries the section on a gaitkeeper that has it; nil where its faults are all
	// that can be wrong.
	try func(*daemon.App) error
}

func (s *setup) askAll() error {
	s.printf("%s\n\n", words.SetupBegins)
	for _, ask := range []func() section{s.askRunner, s.askSource, s.askChannel, s.askPage} {
		for settled := false; !settled; {
			answered := ask()
			if errors.Is(s.err, errSkipped) {
				s.err, answered = nil, section{}
				s.printf("  %s\n", words.SkippedForNow)
			}
			settled = answered.text == "" || s.err == nil && s.settle(answered)
			if s.err != nil {
				return s.err
			}
		}
		s.printf("\n")
	}
	return nil
}

// settle tries a section together with what is answered already, and says what is
// wrong with it. False asks for the section again. One that no config may hold is left
// out.
func (s *setup) settle(answered section) bool {
	err := s.trial(answered)
	if s.ctx.Err() != nil {
		s.err = errNoAnswer
		return false
	}
	if err == nil {
		s.sections = append(s.sections, answered)
		return true
	}
	var faults config.Faults
	faulty := errors.As(err, &faults)
	for i, f := range faults { // neither keys nor the file mean anything to who was asked in words
		faults[i] = config.Fault{Text: f.Text}
	}
	for _, line := range slices.Compact(strings.Split(err.Error(), "\n")) {
		s.printf("  That did not work: %s\n", strings.TrimSpace(line))
	}
	switch {
	case s.yes("Try again?", true) || s.err != nil:
		return false
	case faulty:
		s.printf("  %s\n", words.SkippedForNow)
	default:
		s.sections = append(s.sections, answered)
		s.printf("  %s\n", words.KeptForNow)
	}
	return true
}

// trial opens a gaitkeeper with a section more, on a database of its own, tries it and
// closes it.
func (s *setup) trial(answered section) (err error) {
	dir, err := os.MkdirTemp("", "gaitkeeper-init-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, "config.toml")
	if err := writeConfig(file, append(slices.Clone(s.sections), answered)); err != nil {
		return err
	}
	app, err := s.openConfig(file, func(c *config.Config) { c.Storage.Path = filepath.Join(dir, "gaitkeeper.db") })
	if err != nil {
		return err
	}
	if answered.try != nil {
		err = answered.try(app)
	}
	return errors.Join(err, app.Close())
}

// secretDir stands in a section for the folder that its secrets are in.
const secretDir = "{{SECRETS}}"

// write writes the config and its secrets.
func (s *setup) write() error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	if err := writeConfig(s.file, s.sections); err != nil {
		return err
	}
	s.printf("Written: %s\n", s.file)
	return nil
}

// writeConfig writes sections as a config, and their secrets beside it, for this
// user's eyes only.
func writeConfig(file string, sections []section) error {
	text := "# Written by gaitkeeper init. config.example.toml explains every key, and\n# gaitkeeper check tests it.\n"
	dir := filepath.Dir(file)
	for _, part := range sections {
		text += "\n" + strings.ReplaceAll(part.text, secretDir, dir)
		for name, secret := range part.secrets {
			if err := writeNew(filepath.Join(dir, name), secret+"\n"); err != nil {
				return err
			}
		}
	}
	return writeNew(file, text)
}

// writeNew writes a file that only its owner reads. A secret of the same name is
// replaced.
func writeNew(file, text string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Chmod(0o600), f.Close())
}

// firstVerdict takes in the runs there are and shows where the runner stands. Files in
// a folder are not being copied just now: they need not settle.
func (s *setup) firstVerdict() (err error) {
	app, err := s.openConfig(s.file, func(c *config.Config) { c.Sources.FIT.Settle = 0 })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, app.Close()) }()
	synced, err := app.Sync(s.ctx, s.progress("reading your runs"))
	runs := 0
	for _, r := range synced.Sources {
		runs += r.New
		err = errors.Join(s.printReport(r, app), err)
	}
	if err != nil {
		s.printf("%v\n", err) // the config is written; the daemon tries again
	}
	if runs == 0 {
		s.printf("%s\n", words.NoRunsFrom(len(synced.Sources)))
		return nil
	}
	standing, err := app.Standing(s.ctx)
	if err != nil {
		return err
	}
	s.printStanding(app.Words().Standing(standing))
	return nil
}

// offerService offers to keep the daemon running.
func (s *setup) offerService() error {
	s.printf("\nThe page: gaitkeeper serve shows it at http://127.0.0.1:8787\n")
	const unit = "gaitkeeper"
	show, err := exec.LookPath("systemctl")
	if err == nil && exec.CommandContext(s.ctx, show, "is-enabled", "--quiet", unit).Run() == nil { //nolint:gosec // systemctl
		s.printf("%s\n", words.ServiceOfMachine)
		return nil
	}
	if err != nil || s.fd < 0 || exec.CommandContext(s.ctx, show, "--user", "cat", unit).Run() != nil { //nolint:gosec // systemctl
		s.printf("Keep it running: gaitkeeper serve, or as a service (docs/install.md)\n")
		return nil
	}
	if !s.yes(words.StartService, true) {
		return nil
	}
	out, err := exec.CommandContext(s.ctx, show, "--user", "enable", "--now", unit).CombinedOutput() //nolint:gosec // systemctl
	if err != nil {
		return fmt.Errorf("the config is written, but the service did not start: %s; try: systemctl --user enable --now %s", strings.TrimSpace(string(out)), unit)
	}
	s.printf("%s\n", words.ServiceStarted)
	return nil
}
