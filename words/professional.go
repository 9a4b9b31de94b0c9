package words

import (
	"fmt"

	"gaitkeeper/finding"
)

// professional says the rules that send to one.
func (t *teller) professional(f *finding.Fact) string {
	switch f.Rule {
	case finding.PTIgnored:
		return fmt.Sprintf("%s has got worse with running during the stop, from %v to %v of 10. Let %s find out what it needs.",
			t.who(f), f.Before, f.Worst, Professional)
	case finding.PTStrain:
		switch f.How {
		case finding.HowBone:
			return "A pain like this in " + Your(f.Spot) + " needs somebody to find out why."
		case finding.HowTwice:
			return t.who(f) + " got worse while you ran, for the second time: that needs somebody to find out why."
		default:
			return "A sharp pain, a pop or a limp from " + Your(f.Spot) + " can be a torn muscle. Have it looked at."
		}
	case finding.PTReturns:
		return t.returns(f)
	case finding.PTPersists:
		return fmt.Sprintf("%s still hurts as much, though over the last %d days you ran %s a week instead of %s.",
			t.who(f), f.Days, t.Distance(f.Distance), t.Distance(f.Usual))
	case finding.PTLife:
		return fmt.Sprintf("%s %s %s. That is worth sharing with somebody who knows running.", t.who(f), are(f.Spot, "is", "are"), List(reach(f.What)))
	case finding.PTMorning:
		return fmt.Sprintf("%s was worse than usual the next morning for the %s time in %d days.", t.who(f), ordinal(f.Count), f.Days)
	case finding.PTGoal:
		away := Count(f.Days, "day") + " away"
		if f.Days == 0 {
			away = "today"
		}
		if f.How == finding.HowStill {
			return fmt.Sprintf("Your race on %s is %s.", t.Date(f.Date), away)
		}
		return fmt.Sprintf("Your race on %s is %s. With a race coming up it is hard to be objective; a second opinion helps.", t.Date(f.Date), away)
	case finding.PTUnsure:
		return "You are not sure what to make of it. That is a good reason to ask " + Professional + "."
	case finding.PTUnexplained:
		text := fmt.Sprintf("%s of your last %d runs were this far off, and we do not know why yet.", Capital(number(f.Count)), f.Of)
		if f.Count == f.Of {
			text = fmt.Sprintf("All of your last %d runs were this far off, and we do not know why yet.", f.Of)
		}
		if !t.shift {
			text = t.shifted(f.Shift) + " " + text
		}
		return text
	default:
		return ""
	}
}

func (t *teller) returns(f *finding.Fact) string {
	switch f.How {
	case finding.HowAgain:
		return fmt.Sprintf("%s has started to hurt for the %s time in %d days.", t.who(f), ordinal(f.Count), f.Days)
	case finding.HowStep:
		return t.who(f) + " has twice not taken the same step of the way back."
	default:
		return fmt.Sprintf("%s hurt in %d of your last %d runs, although you have trained less since %s.", t.who(f), f.Count, f.Of, t.Date(f.Date))
	}
}

// reach says how a pain reaches beyond running.
func reach(what []finding.What) []string {
	var how []string
	for _, w := range what {
		switch w {
		case finding.LifeDaily:
			how = append(how, "getting in the way of daily life")
		case finding.LifeMood:
			how = append(how, "weighing on your mood or confidence")
		default:
			how = append(how, "disturbing your sleep")
		}
	}
	return how
}
