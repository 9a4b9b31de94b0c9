package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"gaitkeeper/daemon"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/words"
)

type stravaCmd struct {
	Login  stravaLoginCmd  `cmd:"" help:"Let gaitkeeper fetch your runs from Strava."`
	Status stravaStatusCmd `cmd:"" help:"Show whether the connection to Strava works."`
	Logout stravaLogoutCmd `cmd:"" help:"Log out, and delete what only Strava knew."`
}

type stravaLoginCmd struct {
	Port int `default:"8788" placeholder:"8788" help:"The port on this machine that the browser returns to; 0 picks a free one."`
}

// Run shows the address to agree at, and waits for the browser or for a pasted
// address.
func (c *stravaLoginCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		name, remark, err := app.StravaLogin(p.ctx, daemon.StravaLoginPrompt{
			Port: c.Port,
			Show: func(address string) {
				fmt.Fprintln(p.stderr, words.AgreeAt(address))
				p.browse(address)
			},
			Say:   func(problem error) { fmt.Fprintln(p.stderr, "gaitkeeper:", gait.Sanitize(problem.Error())) },
			Typed: lines(p.ctx, os.Stdin),
		})
		if err != nil {
			return err
		}
		p.printf("logged in to Strava as %s; the next sync begins with the newest runs\n", name)
		if remark != "" {
			p.printf("%s\n", remark)
		}
		return nil
	})
}

// browse opens an address where there is a display, and leaves it to the runner
// where there is none or nothing opens it.
func (p *program) browse(address string) {
	if p.env("DISPLAY") == "" && p.env("WAYLAND_DISPLAY") == "" {
		return
	}
	opener := exec.CommandContext(p.ctx, "xdg-open", address) // #nosec G204 -- our own address
	if opener.Start() == nil {
		go func() { _ = opener.Wait() }() // it is only a convenience
	}
}

// lines returns the lines of r as they come; closed at its end.
func lines(ctx context.Context, r io.Reader) <-chan string {
	typed := make(chan string)
	go func() {
		defer close(typed)
		for in := bufio.NewScanner(r); in.Scan(); {
			select {
			case typed <- in.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return typed
}

type stravaStatusCmd struct{}

// Run tells how the connection is, without asking Strava.
func (*stravaStatusCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		s, err := app.StravaStatus(p.ctx)
		if err != nil {
			return err
		}
		switch {
		case s.Login == nil && s.Source == nil:
			p.printf("not set up: [sources.strava] in the config, then gaitkeeper strava login\n")
			return nil
		case s.Login == nil:
			p.printf("not logged in: gaitkeeper strava login\n")
			return nil
		}
		p.printf("logged in as %s since %s; allowed: %s\n", s.Login.Name, at(&s.Login.Since, app), s.Login.Scope)
		p.printf("token: %s\n", token(s.Login, app))
		more := ""
		if !s.Whole {
			more = "; older activities are still being listed"
		}
		p.printf("activities fetched: %d, still to fetch: %d%s\n", s.Taken, s.Left, more)
		if !s.WaitUntil.IsZero() {
			p.printf("waiting until %s: Strava's limit of requests is used up, which is normal\n", at(&s.WaitUntil, app))
		}
		if src := s.Source; src != nil {
			p.printf("last sync %s, next %s\n", at(src.LastSync, app), at(src.NextSync, app))
			if src.Error != "" {
				p.printf("FAILING since %s: %s\n", at(src.FailingSince, app), src.Error)
			}
		}
		if s.Remark != "" {
			p.printf("%s\n", s.Remark)
		}
		return nil
	})
}

func token(l *ingest.StravaLogin, app *daemon.App) string {
	switch now := app.Now(); {
	case !l.Lost.IsZero():
		return "REFUSED since " + at(&l.Lost, app) + ": run gaitkeeper strava login once more"
	case l.Expires.After(now):
		return fmt.Sprintf("good for another %v, then renewed by itself", l.Expires.Sub(now).Round(time.Minute))
	default:
		return "renewed by itself at the next sync"
	}
}

type stravaLogoutCmd struct{}

func (*stravaLogoutCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		n, err := app.StravaLogout(p.ctx)
		p.printf("logged out of Strava; deleted runs that only Strava had: %d\n", n)
		return err
	})
}
