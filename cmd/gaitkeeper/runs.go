package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/daemon"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

type runsCmd struct {
	JSON  bool   `help:"Print one JSON object per line."`
	Since string `placeholder:"DATE" help:"Only runs since this day."`
	Limit int    `placeholder:"N" help:"Only the newest N runs."`
}

func (c *runsCmd) Run(p *program) error {
	if c.Limit < 0 {
		return gait.Refusef("--limit: %d is below 0", c.Limit)
	}
	return p.with(func(app *daemon.App) error {
		var since time.Time
		if c.Since != "" {
			var err error
			if since, err = parseDay(c.Since, app.Now(), app.Zone()); err != nil {
				return err
			}
		}
		runs, err := app.Runs(p.ctx, since, c.Limit)
		if err != nil {
			return err
		}
		if c.JSON {
			return p.printJSON(runs)
		}
		switch {
		case len(runs) == 0 && c.Since != "":
			p.printf("no runs since %s\n", since.In(app.Zone()).Format(time.DateOnly))
			return nil
		case len(runs) == 0:
			p.printf("no runs yet: gaitkeeper import PATH imports FIT files\n")
			return nil
		}
		return p.printRuns(runs, app)
	})
}

func (p *program) printJSON(runs []api.Run) error {
	out := api.NewEncoder(p.stdout)
	for _, r := range runs {
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) printRuns(runs []api.Run, app *daemon.App) error {
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "RUN\tSTART\t%s\tTIME\tBALANCE\tSHIFT\t%s\tPAIN\tALERT\n", app.Units(), p.terminal.verdict("", "VERDICT"))
	for _, r := range runs {
		fmt.Fprintf(w, "%.8s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.ID, r.Start.In(app.Zone()).Format(gait.MinuteLayout),
			distance(r.DistanceM, app), time.Duration(r.DurationS)*time.Second,
			figure("%.2f %%", r.Asymmetry.BalancePct), figure("%+.2f", r.Asymmetry.ShiftPoints),
			p.terminal.verdict(r.Verdict, verdict(r)), pain(r.Pain), alertText(r.Alert))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, r := range runs {
		if r.Misdated() {
			p.printf("run %s: %s\n", r.ID, r.Oddities[len(r.Oddities)-1])
		}
	}
	return nil
}

func distance(metres *float64, app *daemon.App) string {
	if metres == nil {
		return "-"
	}
	return fmt.Sprintf("%.2f", app.Distance(gait.Metres(*metres)))
}

func figure(format string, v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf(format, *v)
}

func verdict(r api.Run) string {
	if r.SeeProfessional {
		return string(r.Verdict) + " + professional"
	}
	return string(r.Verdict)
}

func pain(s finding.PainSummary) string {
	switch {
	case !s.Answered:
		return "-"
	case s.Worst.AtMost(0):
		return "none"
	default:
		return fmt.Sprintf("%v %s %s", s.Worst, s.Side, s.Site)
	}
}

func alertText(a finding.Alert) string {
	switch {
	case a.Level == gait.LevelNone:
		return ""
	case a.Suppressed != finding.NotSuppressed:
		return fmt.Sprintf("%s (silent: %s)", a.Level, words.Silence(a.Suppressed))
	default:
		return string(a.Level)
	}
}

// parseDay reads the first moment of a day in the runner's time zone.
func parseDay(s string, now time.Time, zone *time.Location) (time.Time, error) {
	t, err := gait.ParseTime(s, now, zone)
	if err != nil {
		return time.Time{}, gait.Refusef("date %q is not understood: say 2026-05-01, today or yesterday", s)
	}
	if len(s) > len(time.DateOnly) {
		return t, nil // a moment was given: take it as it is
	}
	t = t.In(zone)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone), nil
}

// parseDayToCome is [parseDay] for a day ahead: it knows tomorrow as well.
func parseDayToCome(s string, now time.Time, zone *time.Location) (time.Time, error) {
	if strings.EqualFold(strings.TrimSpace(s), "tomorrow") {
		s = now.In(zone).AddDate(0, 0, 1).Format(time.DateOnly)
	}
	t, err := parseDay(s, now, zone)
	if err != nil {
		return t, gait.Refusef("date %q is not understood: say tomorrow, 2026-05-01 or \"2026-05-01 18:30\"", s)
	}
	return t, nil
}
