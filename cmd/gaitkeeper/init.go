package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"gaitkeeper/config"
	"gaitkeeper/daemon"
	"gaitkeeper/gait"
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
	// parts are the sections that are answered, as they stand in the file.
	parts []string
	// secrets are what the files beside the config hold, by their names.
	secrets map[string]string
	// folder is the watched one, or empty.
	folder string
}

func (s *setup) askAll() error {
	s.printf("A few questions. Press Enter to accept the answer in brackets. Nothing is written until the end.\n\n")
	s.secrets = map[string]string{}
	for _, ask := range []func() (string, trial){s.askRunner, s.askSource, s.askChannel, s.askPage} {
		for settled := false; !settled; {
			part, try := ask()
			settled = part == "" || s.err == nil && s.settle(part, try)
			if s.err != nil {
				return s.err
			}
		}
		s.printf("\n")
	}
	return nil
}

// trial tries a section on a gaitkeeper that has it; nil where its faults are all that
// can be wrong.
type trial func(*daemon.App) error

// settle tries a section with what is answered already. What is wrong with it is said,
// and the section asked for again; false is that.
func (s *setup) settle(part string, try trial) bool {
	err := s.try(append(s.parts[:len(s.parts):len(s.parts)], part), try)
	if s.ctx.Err() != nil {
		s.err = s.ctx.Err()
		return false
	}
	if err != nil {
		var faults config.Faults
		if errors.As(err, &faults) { // the file they stand in is gone again
			for i := range faults {
				faults[i].File, faults[i].Line = "", 0
			}
			err = faults
		}
		for line := range strings.Lines(err.Error()) {
			s.printf("  That did not work: %s\n", strings.TrimSpace(line))
		}
		if s.yes("Try again?", true) || s.err != nil {
			return false
		}
		s.printf("  Kept. gaitkeeper check tests it again later.\n")
	}
	s.parts = append(s.parts, part)
	return true
}

// try opens a gaitkeeper with some sections, on a database of its own, and closes it.
func (s *setup) try(parts []string, do trial) (err error) {
	dir, err := os.MkdirTemp("", "gaitkeeper-init-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, "config.toml")
	for name, secret := range s.secrets {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(secret+"\n"), 0o600); err != nil {
			return err
		}
	}
	if err := os.WriteFile(file, []byte(s.text(dir, parts)), 0o600); err != nil {
		return err
	}
	cfg, err := config.Load(file, s.env)
	if err != nil {
		return err
	}
	cfg.Storage.Path = filepath.Join(dir, "gaitkeeper.db")
	app, err := daemon.Open(s.ctx, cfg, daemon.Options{Log: newLog(cfg.LogFormat, s.level, s.stderr), Version: version})
	if err != nil {
		return err
	}
	if do != nil {
		err = do(app)
	}
	return errors.Join(err, app.Close())
}

// secretDir stands in a section for the folder that its secrets are in.
const secretDir = "{{SECRETS}}"

func (s *setup) text(secrets string, parts []string) string {
	head := "# Written by gaitkeeper init. config.example.toml explains every key, and\n# gaitkeeper check tests it.\n\n"
	return head + strings.ReplaceAll(strings.Join(parts, "\n"), secretDir, secrets)
}

// write writes the config and its secrets, for this user's eyes only.
func (s *setup) write() error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	for name, secret := range s.secrets {
		if err := writeNew(filepath.Join(s.dir, name), secret+"\n"); err != nil {
			return err
		}
	}
	if err := writeNew(s.file, s.text(s.dir, s.parts)); err != nil {
		return err
	}
	s.printf("Written: %s\n", s.file)
	return nil
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

// firstVerdict takes in the runs there are and shows where the runner stands.
func (s *setup) firstVerdict() error {
	return s.with(func(app *daemon.App) error {
		var reports []daemon.ImportReport
		var err error
		if s.folder != "" { // what lies there is not being copied: it need not settle
			reports = make([]daemon.ImportReport, 1)
			reports[0], err = app.Import(s.ctx, []string{s.folder}, s.progress("reading your runs"))
		} else {
			var r daemon.SyncReport
			r, err = app.Sync(s.ctx, s.progress("reading your runs"))
			reports = r.Sources
		}
		runs := 0
		for _, r := range reports {
			runs += r.New
			err = errors.Join(s.printReport(r, app), err)
		}
		if err != nil {
			s.printf("%v\n", err) // the config is written; the daemon tries again
		}
		if runs == 0 {
			s.printf("No runs yet: the daemon will fetch them, or add FIT files on the page.\n")
			return nil
		}
		standing, err := app.Standing(s.ctx)
		if err != nil {
			return err
		}
		s.printStanding(app.Words().Standing(standing))
		return nil
	})
}

// offerService offers to keep the daemon running.
func (s *setup) offerService() error {
	s.printf("\nThe page: gaitkeeper serve shows it at http://127.0.0.1:8787\n")
	const unit = "gaitkeeper"
	show, err := exec.LookPath("systemctl")
	if err == nil && exec.CommandContext(s.ctx, show, "is-enabled", "--quiet", unit).Run() == nil { //nolint:gosec // systemctl
		s.printf("The service of this machine is on, and reads /etc/gaitkeeper/config.toml, not the file written now. To run as yourself instead:\n" +
			"  sudo systemctl disable --now gaitkeeper && systemctl --user enable --now gaitkeeper\n")
		return nil
	}
	if err != nil || s.fd < 0 || exec.CommandContext(s.ctx, show, "--user", "cat", unit).Run() != nil { //nolint:gosec // systemctl
		s.printf("Keep it running: gaitkeeper serve, or as a service (docs/install.md)\n")
		return nil
	}
	if !s.yes("Start it now, and whenever you log in?", true) {
		return s.err
	}
	out, err := exec.CommandContext(s.ctx, show, "--user", "enable", "--now", unit).CombinedOutput() //nolint:gosec // systemctl
	if err != nil {
		return fmt.Errorf("the config is written, but the service did not start: %s; try: systemctl --user enable --now %s", strings.TrimSpace(string(out)), unit)
	}
	s.printf("It runs. To keep it running while you are logged out: loginctl enable-linger\n")
	return nil
}
