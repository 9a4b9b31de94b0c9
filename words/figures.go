package words

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// Date names the day of a moment: "3 May".
func (w Words) Date(t time.Time) string {
	return t.In(w.zone()).Format("2 January")
}

// DateAndYear names the day of a moment long ago: "3 May 2026".
func (w Words) DateAndYear(t time.Time) string {
	return t.In(w.zone()).Format("2 January 2006")
}

func (w Words) zone() *time.Location { return cmp.Or(w.Zone, time.UTC) }

// Distance says a length in the runner's unit: "8.5 km".
func (w Words) Distance(m gait.Metres) string {
	unit, name := gait.Kilometre, " km"
	if w.Miles {
		unit, name = gait.Mile, " miles"
	}
	v := float64(m / unit)
	if v >= 20 {
		return fmt.Sprintf("%.0f%s", v, name)
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0") + name
}

// Length says a length with one decimal, as in a table: "8.0 km", or "no distance".
func (w Words) Length(m gait.Metres) string {
	switch {
	case !gait.Known(m):
		return "no distance"
	case w.Miles:
		return fmt.Sprintf("%.1f miles", float64(m/gait.Mile))
	default:
		return fmt.Sprintf("%.1f km", float64(m/gait.Kilometre))
	}
}

// RunLine says which run a message is about.
func (w Words) RunLine(r gait.Run) string {
	s := fmt.Sprintf("Your run of %s: %s in %.0f minutes", w.Moment(r.Start), w.Length(r.Distance), math.Round(r.Duration.Minutes()))
	if r.Context == gait.Treadmill || r.Context == gait.Track || r.Context == gait.Trail {
		s += ", " + string(r.Context)
	}
	return s + "."
}

// Pace says a speed as a runner does: "5:20 /km".
func (w Words) Pace(speed gait.MetresPerSecond) string {
	unit, metres := "/km", gait.Kilometre
	if w.Miles {
		unit, metres = "/mile", gait.Mile
	}
	s := int(math.Round(float64(metres) / float64(speed)))
	return fmt.Sprintf("%d:%02d %s", s/60, s%60, unit)
}

// Chance says the natural log of the odds of a change as a person weighs it: "8 %". Of
// chances above one half no figure is said: of runs that were given one, between a third
// and seven in ten had changed, however high it was (docs/detection.md, stated chances).
func Chance(logOdds float64) string {
	switch percent := 100 / (1 + math.Exp(-logOdds)); {
	case percent > 50:
		return "about 1 in 2"
	case percent < 1:
		return "below 1 %"
	default:
		return fmt.Sprintf("%.0f %%", percent)
	}
}

// Limit says a threshold of the chance, with the log odds where the chance alone would
// not tell it from another one: "a chance of 25 %".
func Limit(logOdds float64) string {
	said := "a chance of " + Chance(logOdds)
	if logOdds > 0 {
		said += fmt.Sprintf(" (log odds %v)", logOdds)
	}
	return said
}

// Unit is what stands behind a threshold's value: its unit, or the chance that the log
// of odds means.
func Unit(unit string, value float64) string {
	if unit == gait.LogOdds {
		return "(a chance of " + Chance(value) + ")"
	}
	return unit
}

// Your names a spot within a sentence: "your left Achilles tendon", "both
// calves", "something".
func Your(p gait.Spot) string {
	place := Place(p.Side, p.Site)
	switch {
	case p.Site == gait.NoSite:
		return "something"
	case p.Side == gait.Both:
		return place
	default:
		return "your " + place
	}
}

// are is the form of a verb that fits a spot.
func are(p gait.Spot, one, many string) string {
	if p.Side == gait.Both && p.Site != gait.NoSite {
		return many
	}
	return one
}

// Count says how many: "one run", "3 days".
func Count(n int, what string) string {
	if n == 1 {
		return "one " + what
	}
	return number(n) + " " + what + "s"
}

func number(n int) string {
	if words := []string{"no", "one", "two", "three", "four", "five"}; n >= 0 && n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}

// Thousands writes a whole number, its thousands apart: "1,183".
func Thousands(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func ordinal(n int) string {
	if words := []string{"", "first", "second", "third", "fourth", "fifth"}; n > 0 && n < len(words) {
		return words[n]
	}
	return fmt.Sprintf("%dth", n)
}

// NumberOf is a count in figures: "1 run", "8 runs".
func NumberOf(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
