package main

import (
	"fmt"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/daemon"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

type statusCmd struct {
	JSON bool `help:"Print one JSON object."`
}

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
			p.printf("Sources: %s\n", words.NoSources)
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
			p.printf("Not read completely: %s: %s\n", f.Path, f.Reason)
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

func (p *program) printCopies(c api.CopyStatus) {
	switch c.Count {
	case 0:
		p.printf("Copies: none yet (the daemon makes one a day)\n")
	case 1:
		p.printf("Copies: 1, of %s, in %s\n", c.Newest, c.Folder)
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

// printStanding shows the verdict as of now on the spot: what, why, what next.
func (p *program) printStanding(s api.Standing) {
	p.printf("\n")
	p.printHeadline(s.Verdict, s.SeeProfessional, s.Urgent)
	p.printReasons("Why", s.Reasons)
	p.printReasons("What next", s.Advice)
	p.printPlan(s.Plan)
	for _, q := range s.Questions {
		p.printf("Question: %s\n", q)
	}
	if s.Verdict == finding.VerdictStop {
		p.printf("\n%s\n", words.NotMedical)
	}
}

// printPlan shows the way back, a line a step.
func (p *program) printPlan(plan *api.Plan) {
	if plan == nil {
		return
	}
	p.printf("The way back, step %d of %d:\n", plan.Step, plan.Of)
	for _, step := range plan.Steps {
		p.printf("  %-5s %s\n", step.State, step.Do)
	}
	p.printf("  To go your own way: gaitkeeper answer latest own-plan\n")
}

// printWeek shows this week's running beside what is advised, or usual.
func (p *program) printWeek(w api.Week, app *daemon.App) {
	length := func(m float64) string { return app.Words().Distance(gait.Metres(m)) }
	switch {
	case w.AdvisedM != nil && *w.AdvisedM > 0:
		p.printf("This week: %s, of about %s\n", length(w.DistanceM), length(*w.AdvisedM))
	case w.DistanceM > 0 || w.UsualM > 0:
		p.printf("This week: %s; %s is usual\n", length(w.DistanceM), length(w.UsualM))
	}
}

func (p *program) printReasons(title string, reasons []finding.Reason) {
	if len(reasons) == 0 {
		return
	}
	p.printf("%s:\n", title)
	for _, r := range reasons {
		p.printf("  %-14s %s\n", r.Rule, r.Text)
	}
}

// printHeadline shows a verdict, coloured on a terminal.
func (p *program) printHeadline(v finding.Verdict, professional, urgent bool) {
	fmt.Fprintln(p.stdout, p.terminal.verdict(v, headline(v, professional, urgent)))
}

func headline(v finding.Verdict, professional, urgent bool) string {
	verdict := fmt.Sprintf("Verdict: %s", strings.ToUpper(string(v)))
	switch {
	case professional && urgent:
		return verdict + ", and see a doctor today"
	case professional:
		return verdict + ", and see " + words.Professional
	default:
		return verdict
	}
}
