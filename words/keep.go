package words

import (
	"fmt"

	"gaitkeeper/gait"
)

// keep says the rules that let the runner run on.
func (t *teller) keep(f gait.Fact) string {
	switch f.Rule {
	case gait.KeepWarmsUp:
		text := t.who(f) + " eased as you ran" + t.fromTo(f) + ". A pain that is predictable and gets better with warming up is the acceptable kind."
		if !f.Morning.Known() {
			text += " If tomorrow morning is calm too, carry on."
		}
		return text
	case gait.KeepLow:
		if f.How == gait.HowFirst {
			return t.who(f) + " " + t.hurt(f) + ": mild, steady, the same as ever. That is the kind you can run with."
		}
		return t.who(f) + " " + t.hurt(f) + ", the same as ever."
	case gait.KeepSore:
		return t.sore(f)
	case gait.KeepAnswered:
		return t.answered(f)
	case gait.KeepClear:
		if f.How == gait.HowRest {
			return "You said that nothing hurts."
		}
		return "You said nothing hurt, and your data look normal."
	case gait.KeepQuiet:
		if f.Note != "" {
			return capital(f.Note)
		}
		switch f.How {
		case gait.HowFirst:
			return "No runs yet, and nothing was reported."
		case gait.HowStill:
			return "Nothing is open, and nothing new was reported."
		case gait.HowBlind:
			return "Nothing was reported, and this run has no ground contact balance to look at."
		default:
			return "Your data look normal, and nothing was reported."
		}
	case gait.Learning:
		return fmt.Sprintf("Still learning what is normal for you: %d of %d runs so far.", f.Count, f.Of)
	case gait.Ill:
		return "You were ill, so this run does not count towards your normal. Come back when you are well."
	case gait.Watch:
		return t.watch(f)
	default:
		return ""
	}
}

func (t *teller) sore(f gait.Fact) string {
	after := map[gait.How]string{gait.HowRace: "the race", gait.HowLong: "the long run", gait.HowFast: "the fast run"}[f.How]
	if after == "" {
		return t.who(f) + " are sore. After strength work or a hard day that is normal: take easy days until it is gone."
	}
	return fmt.Sprintf("%s are sore after %s on %s. That is normal: take easy days until it is gone.", t.who(f), after, t.Date(f.Date))
}

func (t *teller) answered(f gait.Fact) string {
	why := map[gait.How]string{
		gait.How(gait.AnswerNewStrap): "it was a new strap", gait.How(gait.AnswerNewShoes): "it was new shoes",
		gait.How(gait.AnswerOnPurpose): "it was on purpose", gait.How(gait.AnswerNotALimp): "it was your own stride",
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

func (t *teller) watch(f gait.Fact) string {
	switch {
	case f.Kind == gait.Stitch:
		return "A side stitch is harmless: slow down and breathe out, and it goes."
	case f.Kind == gait.Skin:
		return t.who(f) + ": if the skin makes you change your stride, stop there."
	case f.Kind == gait.Cramp:
		return t.who(f) + " cramped. Keep an eye on it: if it makes you change your stride, stop there."
	case f.How == gait.HowNumb:
		return t.who(f) + " went numb. Loosen your laces or try other shoes; if it comes again, have it looked at."
	default:
		return "Keep an eye on " + Your(f.Spot) + ": changes come slowly."
	}
}
