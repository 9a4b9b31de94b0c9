package words

import (
	"fmt"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// keep says the rules that let the runner run on.
func (t *teller) keep(f *finding.Fact) string {
	switch f.Rule {
	case finding.KeepWarmsUp:
		text := t.who(f) + " eased as you ran" + t.fromTo(f) + ". A pain that is predictable and gets better with warming up is the acceptable kind."
		if !f.Morning.Known() {
			text += " If tomorrow morning is calm too, carry on."
		}
		return text
	case finding.KeepLow:
		if f.How == finding.HowFirst {
			return t.who(f) + " " + t.hurt(f) + ": mild, steady, the same as ever. That is the kind you can run with."
		}
		return t.who(f) + " " + t.hurt(f) + ", the same as ever."
	case finding.KeepSore:
		return t.sore(f)
	case finding.KeepAnswered:
		return t.answered(f)
	case finding.KeepClear:
		if f.How == finding.HowRest {
			return "You said that nothing hurts."
		}
		return "You said nothing hurt, and your data look normal."
	case finding.KeepQuiet:
		if f.Note != "" {
			return Capital(f.Note)
		}
		switch f.How {
		case finding.HowFirst:
			return "No runs yet, and nothing was reported."
		case finding.HowStill:
			return "Nothing is open, and nothing new was reported."
		case finding.HowLate:
			return "Nothing is open. What you said about " + t.Date(f.Date) + " is noted; it is too long ago to change anything now."
		case finding.HowBlind:
			return "Nothing was reported, and this run has no ground contact balance to look at."
		default:
			return "Your data look normal, and nothing was reported."
		}
	case finding.Learning:
		return fmt.Sprintf("Still learning what is normal for you: %d of %d runs so far.", f.Count, f.Of)
	case finding.Ill:
		return "You were ill, so this run does not count towards your normal. Come back when you are well."
	case finding.Watch:
		return t.watch(f)
	default:
		return ""
	}
}

func (t *teller) sore(f *finding.Fact) string {
	after := map[finding.How]string{finding.HowRace: "the race", finding.HowLong: "the long run", finding.HowFast: "the fast run"}[f.How]
	if after == "" {
		return t.who(f) + " are sore. After strength work or a hard day that is normal: take easy days until it is gone."
	}
	return fmt.Sprintf("%s are sore after %s on %s. That is normal: take easy days until it is gone.", t.who(f), after, t.Date(f.Date))
}

func (t *teller) answered(f *finding.Fact) string {
	why := map[finding.How]string{
		finding.How(gait.AnswerNewStrap): "it was a new strap", finding.How(gait.AnswerNewShoes): "it was new shoes",
		finding.How(gait.AnswerOnPurpose): "it was on purpose", finding.How(gait.AnswerNotALimp): "it was your own stride",
	}[f.How]
	switch {
	case !f.Date.IsZero() && why == "":
		return fmt.Sprintf("Your data differ as on %s, when you said that nothing hurt. That answer still counts; tell me if something hurts.", t.Date(f.Date))
	case !f.Date.IsZero():
		return fmt.Sprintf("Your data differ as on %s, when you said that %s. That answer still counts; tell me if something hurts.", t.Date(f.Date), why)
	case why == "":
		return "Your data looked different, and you said that nothing hurt."
	default:
		return "Your data looked different, and you said that " + why + ". This is your new normal."
	}
}

func (t *teller) watch(f *finding.Fact) string {
	switch {
	case f.Kind == gait.Stitch:
		return "A side stitch is harmless: slow down and breathe out, and it goes."
	case f.Kind == gait.Skin:
		return t.who(f) + ": if the skin makes you change your stride, stop there."
	case f.Kind == gait.Cramp:
		return t.who(f) + " cramped. Keep an eye on it: if it makes you change your stride, stop there."
	case f.How == finding.HowNumb:
		return t.who(f) + " went numb. Loosen your laces or try other shoes; if it comes again, have it looked at."
	default:
		return "Keep an eye on " + Your(f.Spot) + ": changes come slowly."
	}
}
