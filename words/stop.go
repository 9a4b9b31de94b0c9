package words

import (
	"fmt"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func (t *teller) stop(f *finding.Fact) string {
	switch f.Rule {
	case finding.RedFlag:
		return t.redFlag(f)
	case finding.StopBone:
		text := fmt.Sprintf("%s %s one tender spot", t.who(f), are(f.Spot, "has", "have"))
		if f.How == finding.HowUrgent {
			return text + ", and the pain did not ease while you ran. A doctor should look at it today."
		}
		return text + ". That can be the bone, and bone gives little warning: have it looked at before you run again."
	case finding.StopLimp:
		return t.limp(f)
	case finding.StopNight:
		return t.who(f) + " disturbed your sleep. Pain at night needs a break from running."
	case finding.StopSharp:
		if f.How == finding.HowAgain {
			return t.who(f) + " twinged again."
		}
		return t.who(f) + " " + t.hurt(f) + ", and the pain was sharp."
	case finding.StopMedication:
		return t.who(f) + " needed painkillers for a run. They hide what the number should tell you."
	case finding.StopWorse:
		if f.How == finding.HowRest {
			return t.who(f) + " hurt more from day to day without running" + t.course(f) + "."
		}
		return t.gotWorse(f)
	case finding.StopHigh:
		if f.How == finding.HowBone {
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

func (t *teller) limp(f *finding.Fact) string {
	hurt := Your(f.Spot) + " " + t.hurt(f)
	switch {
	case f.How == finding.HowSaid && f.Site == gait.NoSite:
		return "You limped, or changed your stride."
	case f.How == finding.HowSaid:
		return "You limped, or changed your stride, because of " + Your(f.Spot) + "."
	case f.How == finding.HowStill:
		return fmt.Sprintf("You still spend less time on your %s foot than before you said that nothing hurts, and now %s.", f.Shift.Short, hurt)
	case !f.Found.IsZero():
		return fmt.Sprintf("On %s %s, and you spent less time than usual on %s.", t.Date(f.Found), hurt, leg(f, "that leg"))
	}
	if !t.shift {
		return Capital(hurt) + ". " + t.shifted(f.Shift)
	}
	if short := leg(f, ""); short != "" {
		return fmt.Sprintf("%s, and you spent less time on %s.", Capital(hurt), short)
	}
	return Capital(hurt) + ", and that is the leg you spent less time on."
}

// leg names the spared leg where the runner did not say which side hurts; else it is
// the one just spoken of.
func leg(f *finding.Fact, spoken string) string {
	if f.Side == gait.Left || f.Side == gait.Right || f.Shift.Short == gait.NoSide {
		return spoken
	}
	return fmt.Sprintf("your %s leg", f.Shift.Short)
}

// redFlag says the signs for which a doctor is due.
func (t *teller) redFlag(f *finding.Fact) string {
	var signs []string
	for _, what := range f.What {
		if what == finding.SignChest {
			return "Chest pain or pressure needs a doctor today. If it is there now, at rest, call the emergency number."
		}
		signs = append(signs, sign(what))
	}
	text := Capital(List(signs))
	if f.Site != gait.NoSite {
		text += " (" + Place(f.Side, f.Site) + ")"
	}
	return text + ": see a doctor today."
}

func sign(what finding.What) string {
	switch what {
	case finding.SignWeight:
		return "you cannot put weight on it"
	case finding.SignPop:
		return "you felt a pop or snap"
	case finding.SignTwisted:
		return "twisted, and swollen"
	case finding.SignCalf:
		return "swollen and warm"
	case finding.SignNumb:
		return "numb"
	case finding.SignBladder:
		return "trouble with bladder or bowel"
	case finding.SignFever:
		return "pain with a fever"
	case finding.SignSwelling:
		return "swollen"
	case finding.SignUnstable:
		return "giving way or locking"
	default:
		return string(what)
	}
}

// course says how a number came about: ": 2, 3, then 4 of 10".
func (t *teller) course(f *finding.Fact) string {
	if !f.Before.Known() {
		return ""
	}
	t.numbers[f.Spot] = true
	if f.How == finding.HowTwice {
		return fmt.Sprintf(": %v, %v, then %v of 10", f.Earlier, f.Before, f.Worst)
	}
	return fmt.Sprintf(": %v, then %v of 10", f.Before, f.Worst)
}
