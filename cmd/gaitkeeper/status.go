package main

import (
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/daemon"
	"gaitkeeper/gait"
)

// statusCmd is `gaitkeeper status`.
type statusCmd struct {
	JSON bool `help:"Print one JSON object."`
}

// Run shows the sources, what waits, and the newest verdict.
func (c *statusCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		s, err := app.Status(p.ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return api.NewEncoder(p.stdout).Encode(s)
		}
		p.printf("Database: %s, %d runs\n", s.Database, s.Runs)
		if len(s.Sources) == 0 {
			p.printf("Sources: none yet (set [sources.fit] dirs, or use gaitkeeper import)\n")
		}
		for _, src := range s.Sources {
			p.printf("Source %s: last sync %s, next %s; %d waiting", src.Name, at(src.LastSync, app), at(src.NextSync, app), src.Backlog)
			if src.Error != "" {
				p.printf("; FAILING since %s", at(src.FailingSince, app))
			}
			p.printf("\n")
		}
		if s.Walking != nil {
			p.printf("Everyday walks: the last one %s; %d in the last 7 days\n", at(s.Walking.Last, app), s.Walking.Walks)
		}
		p.printCopies(s.Copies)
		p.printUnread(s.UnreadTags)
		for _, f := range s.FailedFiles {
			p.printf("Not read whole: %s: %s\n", f.Path, f.Reason)
		}
		p.printNotes(s.Notes)
		p.printPause(s.PausedUntil, app)
		p.printf("Messages waiting: %d\n", len(s.Undelivered))
		for _, d := range s.Undelivered {
			if d.Attempts == 0 {
				p.printf("  %s by %s, not tried yet (quiet hours delay it, or the daemon is not running)\n", d.Title, d.Channel)
				continue
			}
			p.printf("  %s by %s, %d tries, next %s: %s\n", d.Title, d.Channel, d.Attempts, at(d.NextTry, app), strings.TrimPrefix(d.Error, d.Channel+": "))
		}
		p.printf("%s", headline(s.Standing.Verdict, s.Standing.SeeProfessional, s.Standing.Urgent))
		if s.Standing.Since != nil {
			p.printf(" (since %s)", at(s.Standing.Since, app))
		}
		p.printf("\n")
		p.printReasons("Why", s.Standing.Reasons)
		p.printPlan(s.Standing.Plan)
		p.printWeek(s.Week, app)
		return nil
	})
}

// printCopies says which daily copies there are.
func (p *program) printCopies(c api.CopyStatus) {
	switch c.Count {
	case 0:
		p.printf("Copies: none yet (the daemon makes one a day)\n")
	case 1:
		p.printf("Copies: of %s, in %s\n", c.Newest, c.Folder)
	default:
		p.printf("Copies: %d, of %s to %s, in %s (%d MB)\n", c.Count, c.Oldest, c.Newest, c.Folder, (c.Bytes+1<<20-1)>>20)
	}
}

// printPause says that messages are held back, where they are.
func (p *program) printPause(until *time.Time, app *daemon.App) {
	switch {
	case until == nil || !until.After(app.Now()):
	case until.Equal(daemon.Forever()):
		p.printf("Paused: no messages until gaitkeeper resume\n")
	default:
		p.printf("Paused: no messages until %s\n", at(until, app))
	}
}

// printUnread prints the tags about pain that could not be understood.
func (p *program) printUnread(tags []gait.UnreadTag) {
	for _, u := range tags {
		p.printf("Not understood: %s in the %s of run %s: %s\n", u.Tag, u.Source.Text, u.Run, u.Fault)
	}
}

// printNotes prints what is to be known of gaitkeeper itself, a line each, and
// what to do about it below.
func (p *program) printNotes(notes []alert.Note) {
	for _, n := range notes {
		mark := "Note"
		if n.Unwell {
			mark = "UNWELL"
		}
		p.printf("%s: %s\n", mark, n.Text)
		if n.Next != "" {
			p.printf("  %s\n", n.Next)
		}
	}
}

func at(t *time.Time, app *daemon.App) string {
	if t == nil || t.IsZero() {
		return "never"
	}
	return t.In(app.Zone()).Format(gait.MinuteLayout)
}
