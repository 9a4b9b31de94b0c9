package words

import (
	"fmt"

	"gaitkeeper/gait"
)

// stop says the rules that stop.
func (t *teller) stop(f gait.Fact) string {
	switch f.Rule {
	case gait.RedFlag:
		return t.redFlag(f)
	case gait.StopBone:
		text := fmt.Sprintf("%s %s one tender spot", t.who(f), are(f.Spot, "has", "have"))
		if f.How == gait.HowUrgent {
			return text + ", and the pain did not ease while you ran. A doctor should look at it today."
		}
		return text + ". That can be the bone, and bone gives little warning: have it looked at before you run again."
	case gait.StopLimp:
		return t.limp(f)
	case gait.StopNight:
		return t.who(f) + " disturbed your sleep. Pain at night needs a break from running."
	case gait.StopSharp:
		if f.How == gait.HowAgain {
			return t.who(f) + " twinged again."
		}
		return t.who(f) + " " + t.hurt(f) + ", and the pain was sharp."
	case gait.StopMedication:
		return t.who(f) + " needed painkillers for a run. They hide what the number should tell you."
	case gait.StopWorse:
		if f.How == gait.HowRest {
			return t.who(f) + " hurt more from day to day without running" + t.course(f) + "."
		}
		return t.gotWorse(f)
	case gait.StopHigh:
		if f.How == gait.HowBone {
			t.bones = append(t.bones, f.Spot)
			return t.who(f) + " " + t.hurt(f) + " and did not ease while you ran. Here that can come from the bone."
		}
		if t.numbers[f.Spot] {
			return fmt.Sprintf("At %d or more, a break does %s more good than another run.", f.Limit, Your(f.Spot))
		}
		return fmt.Sprintf("%s %s. At %d or more, a break does you more good than another run.", t.who(f), t.hurt(f), f.Limit)
	default:
		return ""
	}
}

func (t *teller) limp(f gait.Fact) string {
	hurt := Your(f.Spot) + " " + t.hurt(f)
	switch {
	case f.How == gait.HowSaid && f.Site == gait.NoSite:
		return "You limped, or changed your stride."
	case f.How == gait.HowSaid:
		return "You limped, or changed your stride, because of " + Your(f.Spot) + "."
	case f.How == gait.HowStill:
		return fmt.Sprintf("You still spend less time on your %s foot than before you said that nothing hurts, and now %s.", f.Shift.Short, hurt)
	case !f.Found.IsZero():
		return fmt.Sprintf("On %s %s, and you spent less time than usual on %s.", t.Date(f.Found), hurt, leg(f, "that leg"))
	}
	if !t.shift {
		return capital(hurt) + ". " + t.shifted(f.Shift)
	}
	if short := leg(f, ""); short != "" {
		return fmt.Sprintf("%s, and you spent less time on %s.", capital(hurt), short)
	}
	return capital(hurt) + ", and that is the leg you spent less time on."
}

// leg names the spared leg where the runner did not say which side hurts; else it is
// the one just spoken of.
func leg(f gait.Fact, spoken string) string {
	if f.Side == gait.Left || f.Side == gait.Right || f.Shift.Short == gait.NoSide {
		return spoken
	}
	return fmt.Sprintf("your %s leg", f.Shift.Short)
}

// redFlag says the signs for which a doctor is due.
func (t *teller) redFlag(f gait.Fact) string {
	var signs []string
	for _, what := range f.What {
		if what == gait.SignChest {
			return "Chest pain or pressure needs a doctor today. If it is there now, at rest, call the emergency number."
		}
		signs = append(signs, sign(what))
	}
	text := capital(List(signs))
	if f.Site != gait.NoSite {
		text += " (" + Place(f.Side, f.Site) + ")"
	}
	return text + ": see a doctor today."
}

// sign says one sign of danger.
func sign(what gait.What) string {
	switch what {
	case gait.SignWeight:
		return "you cannot put weight on it"
	case gait.SignPop:
		return "you felt a pop or snap"
	case gait.SignTwisted:
		return "twisted, and swollen"
	case gait.SignCalf:
		return "swollen and warm"
	case gait.SignNumb:
		return "numb"
	case gait.SignBladder:
		return "trouble with bladder or bowel"
	case gait.SignFever:
		return "pain with a fever"
	case gait.SignSwelling:
		return "swollen"
	default:
		return string(what)
	}
}

// course says how a number came about: ": 2, 3, then 4 of 10".
func (t *teller) course(f gait.Fact) string {
	if !f.Before.Known() {
		return ""
	}
	t.numbers[f.Spot] = true
	if f.How == gait.HowTwice {
		return fmt.Sprintf(": %v, %v, then %v of 10", f.Earlier, f.Before, f.Worst)
	}
	return fmt.Sprintf(": %v, then %v of 10", f.Before, f.Worst)
}
