package words

import (
	"fmt"
	"math"
	"strings"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// History sums up what the years look like: "In 6 years: 1,412 runs, your gait changed
// twice:", above the changes where there are any.
func History(l finding.LookBack) string {
	what := "your gait"
	if l.Sided == 0 {
		what = "your running form"
	}
	if n := len(l.Changes); n > 0 {
		what += " changed " + times(n) + ":"
	} else {
		what = "no clear change of " + what + "."
	}
	return fmt.Sprintf("In %s: %s runs, %s", span(l.To.Sub(l.From)), Thousands(l.Runs), what)
}

// AfterHistory says what else is to be known of the years, a paragraph each.
func (w Words) AfterHistory(l finding.LookBack) []string {
	var said []string
	if l.Odd > 0 {
		said = append(said, Capital(times(l.Odd))+" something was odd for a few runs and passed: gaitkeeper backtest lists them all.")
	}
	if len(l.Changes) > 0 {
		said = append(said, "No message is sent about the past.")
	}
	if sided := w.sided(l); sided != "" {
		said = append(said, sided)
	}
	return said
}

// sided says which of the runs can show a limp at all; empty where all can.
func (w Words) sided(l finding.LookBack) string {
	const needed = "A watch alone does\nnot measure it: you need a chest strap or a pod at the waist with running dynamics, such as\n" +
		"Garmin's HRM-Pro or HRM-Run. After a few runs with one, gaitkeeper can see a limp."
	switch {
	case l.Sided == 0:
		return "None of these runs has left and right, so there was no way to look for a limp. " + needed
	case l.Sided < l.Runs/2:
		return fmt.Sprintf("Only %s of these runs have left and right, the first on %s:\nin the others there was no way to look for a limp. ",
			Thousands(l.Sided), w.DateAndYear(l.SidedFrom)) + needed
	default:
		return ""
	}
}

// Changed says what a change of the gait was: "left foot 9 ms shorter on the ground
// (1.6 points); cadence unlike your habit".
func Changed(c finding.Change) string {
	var parts []string
	switch {
	case c.Side != gait.Left && c.Side != gait.Right:
	case gait.Known(c.Shorter) && gait.Known(c.Shift) && c.Shift != 0:
		parts = append(parts, fmt.Sprintf("%s foot %.0f ms shorter on the ground (%.1f points)", c.Side, math.Abs(float64(c.Shorter)), math.Abs(float64(c.Shift))))
	default:
		parts = append(parts, string(c.Side)+" foot shorter on the ground")
	}
	var form []string
	for _, f := range c.What {
		form = append(form, FeatureName(f))
	}
	if len(form) > 0 {
		parts = append(parts, strings.Join(form, ", ")+" unlike your habit")
	}
	return strings.Join(parts, "; ")
}

// Lasted says how long a change lasted: "over 15 runs, still so".
func Lasted(c finding.Change) string {
	lasted := "in one run"
	if c.Runs != 1 {
		lasted = fmt.Sprintf("over %d runs", c.Runs)
	}
	if c.Open {
		lasted += ", still so"
	}
	return lasted
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
		return Thousands(n) + " times"
	}
}
