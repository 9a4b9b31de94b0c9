package words

import (
	"fmt"
	"math"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Shift says what was measured of left and right, in words a runner can weigh:
// "You spent a little less time than usual on your left foot (12 ms, about
// twice your usual variation)."
func Shift(s finding.Shift) string {
	if s.Short != gait.Left && s.Short != gait.Right {
		return "The balance between your feet was not your usual one."
	}
	text := fmt.Sprintf("ou spent %s time than usual on your %s foot", less(s.Spreads), s.Short)
	if s.Onset > 0 {
		text = fmt.Sprintf("From minute %d on, y%s", int(math.Round(s.Onset.Minutes())), text)
	} else {
		text = "Y" + text
	}
	return text + variation(s) + "."
}

// less says how much less, in the runner's usual variation.
func less(spreads float64) string {
	switch {
	case spreads > 0 && spreads < 3:
		return "a little less"
	case spreads >= 5:
		return "clearly less"
	default:
		return "less"
	}
}

// variation puts the size beside the runner's own usual variation. Milliseconds
// alone tell nobody whether that is much, and below the usual variation they
// tell nothing.
func variation(s finding.Shift) string {
	if s.Spreads <= 0 || s.Onset > 0 {
		return ""
	}
	text := fmt.Sprintf("about %.0f times your usual variation", s.Spreads)
	switch {
	case s.Spreads < 0.75:
		return " (within your usual variation)"
	case s.Spreads < 1.25:
		text = "about as much as your usual variation"
	case s.Spreads < 1.75:
		text = "about one and a half times your usual variation"
	case s.Spreads < 2.5:
		text = "about twice your usual variation"
	}
	if s.Shorter >= 1 {
		text = fmt.Sprintf("%.0f ms, %s", float64(s.Shorter), text)
	}
	return " (" + text + ")"
}

// shifted says what was measured, once: after that, what is open about it. It is
// empty where that stands elsewhere.
func (t *teller) shifted(s finding.Shift) string {
	switch {
	case t.beside:
		return ""
	case t.shift:
		return "It is not clear yet what is behind it."
	}
	t.shift = true
	return Shift(s)
}
