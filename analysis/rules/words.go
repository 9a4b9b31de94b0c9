package rules

import (
	"fmt"
	"math"
	"strings"
	"time"

	"gaitkeeper/gait"
)

func say(format string, args ...any) match { return match{text: fmt.Sprintf(format, args...)} }

// words names a place at the beginning of a sentence: "Left Achilles tendon",
// "Both calves", "The place that hurt".
func (p Place) words() string {
	if p.Site == gait.NoSite {
		return "The place that hurt"
	}
	return capital(gait.Place(p.Side, p.Site))
}

// inWords names a place within a sentence: "your left Achilles tendon",
// "both calves", "something".
func (p Place) inWords() string {
	place := gait.Place(p.Side, p.Site)
	switch {
	case p.Site == gait.NoSite:
		return "something"
	case p.Side == gait.Both:
		return place
	default:
		return "your " + place
	}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// because says which pain it was about, where one is named.
func (r Report) because() string {
	if r.Site == gait.NoSite {
		return ""
	}
	return " because of " + r.inWords()
}

// of adds the worst number, where there is one: ", worst 4 of 10".
func (r Report) of(what string) string {
	if !r.Worst.Known() {
		return ""
	}
	return fmt.Sprintf(", %s %v of 10", what, r.Worst)
}

// fromTo adds the first and the last number, where both are known: ", from 2 at
// the start to 4 at the end".
func (r Report) fromTo() string {
	if !r.Start.Known() || !r.End.Known() {
		return ""
	}
	return fmt.Sprintf(", from %v at the start to %v at the end", r.Start, r.End)
}

// shiftWords says what was measured of left and right.
func (c *Case) shiftWords() string {
	e := c.Run
	side := string(e.ShortSide)
	if side == "" {
		return "The balance of your ground contact was not what is usual for you"
	}
	when := ""
	if e.Chart == gait.ChartWithinRun && e.Onset > 0 {
		when = fmt.Sprintf(" from minute %d on", int(math.Round(e.Onset.Minutes())))
	}
	if ms := e.StanceDifference; gait.Known(ms) && math.Round(math.Abs(float64(ms))) >= 1 {
		return fmt.Sprintf("Your %s foot was on the ground %.0f ms less than is usual for you%s", side, math.Abs(float64(ms)), when)
	}
	if gait.Known(e.Shift) {
		return fmt.Sprintf("Your %s foot's share of the ground contact was %.1f points less than is usual for you%s", side, math.Abs(float64(e.Shift)), when)
	}
	return fmt.Sprintf("Your %s foot was on the ground for a shorter time than is usual for you%s", side, when)
}

// formWords names what of the form was not as usual, without a side.
func (c *Case) formWords() string {
	f := c.Run.Form
	if ways := f.Ways(); len(ways) > 1 {
		return fmt.Sprintf("Your running form has changed in %d ways: %s", len(ways), list(ways))
	} else if len(ways) == 1 {
		return "Your running form has changed: " + ways[0]
	}
	if len(f.What) == 0 {
		return "Not as usual for you: your running form"
	}
	words := make([]string, len(f.What))
	for i, what := range f.What {
		words[i] = what.Words()
	}
	return "Not as usual for you: your " + list(words)
}

// list joins words as one says them: "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// date names a day: "3 May".
func (c *Case) date(t time.Time) string { return Date(t, c.Zone) }

// Date names the day of a moment in a zone (nil is UTC): "3 May".
func Date(t time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	return t.In(zone).Format("2 January")
}

// distance prints a distance in the runner's unit: "8.5 km".
func (c *Case) distance(metres float64) string {
	if c.Miles {
		return figure(metres/float64(gait.Mile)) + " miles"
	}
	return figure(metres/float64(gait.Kilometre)) + " km"
}

func figure(v float64) string {
	if v >= 10 {
		return fmt.Sprintf("%.0f", v)
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0")
}

// pace prints a speed as a runner says it: "5:20 /km".
func (c *Case) pace(speed float64) string {
	unit, metres := "/km", gait.Kilometre
	if c.Miles {
		unit, metres = "/mile", gait.Mile
	}
	s := int(math.Round(float64(metres) / speed))
	return fmt.Sprintf("%d:%02d %s", s/60, s%60, unit)
}

func ordinal(n int) string {
	switch n {
	case 2:
		return "second"
	case 3:
		return "third"
	case 4:
		return "fourth"
	default:
		return fmt.Sprintf("%dth", n)
	}
}

// count says how many: "1 day", "3 days".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
