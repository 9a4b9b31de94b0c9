package words

import (
	"fmt"
	"slices"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// modify says the rules that ask for a change, and those that ask.
func (t *teller) modify(f *finding.Fact) string {
	switch f.Rule {
	case finding.ModFlag:
		return t.flag(f)
	case finding.ModBone:
		return t.bone(f)
	case finding.ModTrend:
		if f.How == finding.HowTwice {
			return t.who(f) + " has gone up twice in a row" + t.course(f) + "."
		}
		return t.who(f) + " has gone up" + t.course(f) + "."
	case finding.ModMorning:
		return fmt.Sprintf("%s still hurt the next morning, %v of 10: more than usual there. That run was a bit much for now.", t.who(f), f.Morning)
	case finding.ModWorsens:
		return t.who(f) + " hurts more on days without a run" + t.course(f) + "."
	case finding.ModAfter:
		return t.who(f) + " " + t.hurt(f) + " after the run, not during it."
	case finding.ModRest:
		return t.who(f) + " " + t.hurt(f) + " without running."
	case finding.ModChanged:
		return t.who(f) + " " + t.hurt(f) + ", and that run was not like your others: " + List(t.changes(f)) + "."
	case finding.ModGrew:
		return t.gotWorse(f)
	case finding.ModStable:
		if t.numbers[f.Spot] {
			return thePain(f.Spot) + " is moderate."
		}
		return t.who(f) + " " + t.hurt(f) + ", a moderate pain."
	case finding.ModNew:
		return t.fresh(f)
	case finding.ModMeasured:
		return t.shifted(f.Shift)
	case finding.ModStanding:
		return fmt.Sprintf("The stop of %s for %s has eased: you are on the way back. It is over after %s in a row at %d or less with a calm next morning.",
			t.Date(f.Found), Your(f.Spot), Count(f.Count, "run"), f.Limit)
	case finding.AskMeasured:
		if f.How == finding.HowForm {
			return t.form(f)
		}
		return t.shifted(f.Shift)
	case finding.AskSilent:
		return fmt.Sprintf("I have not heard about %s since %s.", Your(f.Spot), t.Date(f.Date))
	default:
		return ""
	}
}

// form says in what the running form has changed.
func (t *teller) form(f *finding.Fact) string {
	features := make([]gait.Feature, len(f.What))
	for i, what := range f.What {
		features[i] = gait.Feature(what)
	}
	return Form(gait.Form{What: features, Readings: f.Readings})
}

// Form says in what the running form has changed.
func Form(f gait.Form) string {
	ways := formWays(f)
	if len(ways) == 1 {
		return "Your running form was unusual: " + ways[0] + "."
	}
	return fmt.Sprintf("Your running form was unusual in %s ways: %s.", number(len(ways)), List(ways))
}

func (t *teller) flag(f *finding.Fact) string {
	var signs []string
	for _, what := range f.What {
		if signs = append(signs, sign(what)); what == finding.SignNumb {
			signs[len(signs)-1] = "numb again"
		}
	}
	return fmt.Sprintf("%s %s %s. Have somebody look at it in the next days.", t.who(f), are(f.Spot, "is", "are"), List(signs))
}

// bone says why a pain may come from the bone.
func (t *teller) bone(f *finding.Fact) string {
	if slices.Contains(t.bones, f.Spot) && f.How != finding.HowHeel && f.How != finding.HowFront {
		return "We do not know yet whether it is one tender spot on the bone."
	}
	const worth = " Pain that does not ease here can come from the bone, so it is worth checking."
	switch f.How {
	case finding.HowHeel:
		return t.who(f) + " has a tender spot that eases as you run. That is common under the heel; stop if it no longer eases, or hurts at rest or at night."
	case finding.HowFront:
		return t.who(f) + " " + t.hurt(f) + ", at the front of the hip. A finger cannot reach the bone there, so let somebody look at it who can."
	case finding.HowGrew:
		return t.who(f) + " " + t.hurt(f) + " and got worse while you ran." + worth
	case finding.HowMorning:
		return t.who(f) + " " + t.hurt(f) + " and had not settled by the next morning." + worth
	case finding.HowAgain:
		return t.who(f) + " " + t.hurt(f) + ", and not for the first time. Here even a pain that eases as you run can come from the bone."
	default:
		return t.who(f) + " " + t.hurt(f) + " and did not ease while you ran." + worth
	}
}

// fresh says that a pain is new.
func (t *teller) fresh(f *finding.Fact) string {
	switch {
	case f.How == finding.HowStill:
		return fmt.Sprintf("%s is new, since %s: take it easier until %s in a row feel like %d or less.",
			thePain(f.Spot), t.Date(f.Date), Count(f.Count, "run"), f.Limit)
	case f.Kind == gait.Cramp:
		return t.who(f) + " was still sore the morning after the cramp."
	case f.Kind == gait.Twinge:
		return t.who(f) + " twinged once."
	default:
		return t.who(f) + " " + t.hurt(f) + " for the first time in a while."
	}
}

// thePain begins a sentence about a pain: "The pain in your left knee".
func thePain(p gait.Spot) string {
	if p.Site == gait.NoSite {
		return "This pain"
	}
	return "The pain in " + Your(p)
}

// changes says in what a run was not like the others.
func (t *teller) changes(f *finding.Fact) []string {
	var how []string
	for _, what := range f.What {
		switch feature := gait.Feature(what); {
		case what == finding.ChangeShort:
			how = append(how, "it ended after "+t.Distance(f.Distance)+" instead of the usual "+t.Distance(f.Usual))
		case feature == gait.FeatureWalkBreaks:
			how = append(how, "you walked more")
		case feature == gait.FeaturePaceFade:
			how = append(how, "the pace fell towards the end")
		default:
			how = append(how, "your "+FeatureName(feature)+" was different")
		}
	}
	return how
}
