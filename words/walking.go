package words

import (
	"fmt"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// walking says what the phone in the pocket noticed: never a side, never an injury.
func (t *teller) walking(f finding.Fact) string {
	switch f.Rule {
	case finding.AskWalk:
		return t.Uneven(f.Walking) + " " + OtherCauses
	case finding.WalkFine:
		return fmt.Sprintf("Your phone agrees: your walks of the last %d days look as before.", f.Days)
	default:
		return ""
	}
}

// OtherCauses are those of uneven walks beside pain.
const OtherCauses = "That can have many causes: other shoes, a bag or a child on the arm, another phone or pocket, a brace, a pregnancy, or something that hurts."

// Uneven says since when the walks have been uneven, and how many of them are.
func (w Words) Uneven(s gait.Walking) string {
	text := fmt.Sprintf("Your walking has been uneven since %s.", w.since(s.Since))
	if s.Walks > 0 {
		text += fmt.Sprintf(" In the last seven days, %.0f of your %d walks were; %s usual for you.",
			s.Share*float64(s.Walks), s.Walks, fewOf(s.Usual*float64(s.Walks)))
	}
	return text
}

// since names a day of the last week or so by its weekday, too.
func (w Words) since(day time.Time) string {
	return day.In(w.zone()).Format("Monday, 2 January")
}

func fewOf(n float64) string {
	if n < 1.5 {
		return "one is"
	}
	return fmt.Sprintf("%.0f are", n)
}
