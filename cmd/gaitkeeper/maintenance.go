package main

import (
	"bytes"
	"os"
	"runtime"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/daemon"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

type excludeCmd struct {
	Ref  string `arg:"" name:"run" help:"The run: its ID, the first digits of it, or latest."`
	Undo bool   `help:"Count the run again."`
}

// Run takes a run out of everything, or back in, and shows what it changes.
func (c *excludeCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		run, standing, err := app.ExcludeRun(p.ctx, c.Ref, !c.Undo)
		if err != nil {
			return err
		}
		start := run.Start.In(app.Zone()).Format(gait.MinuteLayout)
		switch clock := run.ClockAt(app.Now()); {
		case c.Undo && !clock.Believed():
			p.printf("run %s of %s is no longer excluded: %s\n", run.ID, start, words.ClockFault(run, app.Now(), app.Zone()))
		case c.Undo:
			p.printf("run %s of %s counts again\n", run.ID, start)
		default:
			p.printf("run %s of %s is ignored; to count it again: gaitkeeper exclude %s --undo\n", run.ID, start, run.ID)
		}
		p.printStanding(app.Words().Standing(standing))
		return nil
	})
}

type pauseCmd struct {
	Until string `placeholder:"DATE" help:"The day or time when messages start again. Default: when you run gaitkeeper resume."`
}

func (c *pauseCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		if c.Until == "" {
			if err := app.Pause(p.ctx, time.Time{}); err != nil {
				return err
			}
			p.printf("no messages until you run gaitkeeper resume; runs are still judged\n")
			return nil
		}
		until, err := parseDayToCome(c.Until, app.Now(), app.Zone())
		if err != nil {
			return err
		}
		if err := app.Pause(p.ctx, until); err != nil {
			return err
		}
		p.printf("no messages until %s, or until you run gaitkeeper resume; runs are still judged\n", until.In(app.Zone()).Format(gait.MinuteLayout))
		return nil
	})
}

type resumeCmd struct{}

func (*resumeCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		was, err := app.Resume(p.ctx)
		if err != nil {
			return err
		}
		if was {
			p.printf("messages are on again; what is still open is sent at the next sync\n")
		} else {
			p.printf("there was no pause: messages are on\n")
		}
		return nil
	})
}

type restoreCmd struct {
	File string `arg:"" help:"A file that gaitkeeper backup wrote. It is not changed."`
}

// Run puts the copy in place of the database, which is kept beside it.
func (c *restoreCmd) Run(p *program) error {
	cfg, err := config.Load(p.config, p.env)
	if err != nil {
		return err
	}
	r, err := daemon.Restore(p.ctx, cfg, c.File, time.Now())
	if err != nil {
		return err
	}
	p.printf("restored %s: %d runs", r.Database, r.Runs)
	if !r.Newest.IsZero() {
		p.printf(", the newest of %s", r.Newest.In(cfg.Runner.Zone).Format(gait.MinuteLayout))
	}
	p.printf("\n")
	if r.Kept != "" {
		p.printf("%s\n", words.KeptBesideRestored(r.Kept))
	}
	return nil
}

type backupCmd struct {
	File string `arg:"" help:"The file to write; it must not exist yet."`
}

func (c *backupCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		if err := app.Backup(p.ctx, c.File); err != nil {
			return err
		}
		p.printf("database copied to %s\n", c.File)
		return nil
	})
}

type demoCmd struct {
	Dir string `placeholder:"DIR" help:"A new or empty folder for it. Default: a temporary one."`
}

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

// version and commit are stamped by the build (see Makefile).
var version, commit = "dev", "unknown" // the linker writes them

type versionCmd struct{}

func (*versionCmd) Run(p *program) error {
	p.printf("gaitkeeper %s (commit %s, %s)\n", version, commit, runtime.Version())
	return nil
}

type reportCmd struct {
	Weeks int `default:"8" placeholder:"N" help:"The last N weeks, including this one."`
}

// Run prints one page for the physical therapist as an HTML file that needs nothing
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
