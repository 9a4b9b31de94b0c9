package main

import (
	"fmt"
	"math"
	"strings"
	"text/tabwriter"
	"time"

	"gaitkeeper/daemon"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// lookBack prints what the years look like, after an import that brought many
// runs.
func (p *program) lookBack(app *daemon.App) error {
	l, due, err := app.LookBack(p.ctx)
	if err != nil || !due {
		return err
	}
	p.printf("\nIn %s: %s runs, %s\n", span(l.To.Sub(l.From)), words.Thousands(l.Runs), counted(l))
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	for _, c := range l.Changes {
		fmt.Fprintf(w, "  %s\t%s\t%s\tgaitkeeper explain %.8s\n", c.Start.In(app.Zone()).Format("2 January 2006"), changed(c), lasted(c), c.Run)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if l.Odd > 0 {
		p.printf("%s something was odd for a few runs and passed: gaitkeeper backtest lists them all.\n", words.Capital(times(l.Odd)))
	}
	if len(l.Changes) > 0 {
		p.printf("No message is sent about the past.\n")
	}
	p.printf("%s", sided(l, app.Zone()))
	return nil
}

func counted(l finding.LookBack) string {
	what := "your gait"
	if l.Sided == 0 {
		what = "your running form"
	}
	switch len(l.Changes) {
	case 0:
		return "no clear change of " + what + "."
	case 1:
		return what + " changed once:"
	default:
		return fmt.Sprintf("%s changed %s:", what, times(len(l.Changes)))
	}
}

func changed(c finding.Change) string {
	var parts []string
	if c.Side == gait.Left || c.Side == gait.Right {
		part := string(c.Side) + " foot shorter on the ground"
		if gait.Known(c.Shorter) && gait.Known(c.Shift) && c.Shift != 0 {
			part = fmt.Sprintf("%s foot %.0f ms shorter on the ground (%.1f points)", c.Side, math.Abs(float64(c.Shorter)), math.Abs(float64(c.Shift)))
		}
		parts = append(parts, part)
	}
	var form []string
	for _, f := range c.What {
		form = append(form, words.FeatureName(f))
	}
	if len(form) > 0 {
		parts = append(parts, strings.Join(form, ", ")+" unlike your habit")
	}
	return strings.Join(parts, "; ")
}

func lasted(c finding.Change) string {
	words := "in one run"
	if c.Runs != 1 {
		words = fmt.Sprintf("over %d runs", c.Runs)
	}
	if c.Open {
		words += ", still so"
	}
	return words
}

// sided says which of the runs can show a limp at all; empty where all can.
func sided(l finding.LookBack, zone *time.Location) string {
	const needed = "A watch alone does\nnot measure it: you need a chest strap or a pod at the waist with running dynamics, such as\n" +
		"Garmin's HRM-Pro or HRM-Run. After a few runs with one, gaitkeeper can see a limp.\n"
	switch {
	case l.Sided == 0:
		return "None of these runs has left and right, so there was no way to look for a limp. " + needed
	case l.Sided < l.Runs/2:
		return fmt.Sprintf("Only %s of these runs have left and right, the first on %s:\nin the others there was no way to look for a limp. ",
			words.Thousands(l.Sided), l.SidedFrom.In(zone).Format("2 January 2006")) + needed
	default:
		return ""
	}
}

// span is a length of time in words, as long ago is remembered.
func span(d time.Duration) string {
	const day, month, year = 24, 30.44 * 24, 365.25 * 24 // hours
	switch h := d.Hours(); {
	case h >= 2*year:
		return fmt.Sprintf("%.0f years", h/year)
	case h >= 2*month:
		return fmt.Sprintf("%.0f months", h/month)
	case h < day:
		return "a day"
	default:
		return fmt.Sprintf("%d days", 1+int(h/day))
	}
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	default:
		return words.Thousands(n) + " times"
	}
}
