package words

import (
	"fmt"
	"slices"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Button is what stands on the button of a reply.
func Button(k finding.ReplyKind) string {
	switch k {
	case finding.ReplyNoPain:
		return "No pain"
	case finding.ReplyALittle:
		return "A little"
	case finding.ReplyHurts:
		return "It hurts"
	case finding.ReplyNewGear:
		return "It was the strap or shoes"
	case finding.ReplyMorningCalm:
		return "0 or 1 of 10"
	case finding.ReplyMorningTwo:
		return "2 of 10"
	case finding.ReplyMorningBad:
		return "3 or more"
	case finding.ReplyOneSpot:
		return "Yes, one tender spot"
	case finding.ReplyNoSpot:
		return "No"
	case finding.ReplyNotFelt:
		return "I did not feel for it"
	case finding.ReplyFront:
		return "Yes, at the front"
	case finding.ReplyNotFront:
		return "No, elsewhere"
	case finding.ReplyWorse:
		return "Yes, it kept getting worse"
	case finding.ReplyNotWorse:
		return "No, it did not"
	case finding.ReplyNotSo:
		return "It is not so"
	}
	kind, _ := k.Answer()
	return answerButton(kind)
}

// answerButton is what stands on the button of an answer: what it means, except for
// those that are said shorter.
func answerButton(k gait.AnswerKind) string {
	switch k {
	case gait.AnswerUnsure:
		return "I don't know how to go on"
	case gait.AnswerNewStrap:
		return "New strap, or it sat badly"
	case gait.AnswerNewShoes:
		return "New shoes"
	case gait.AnswerCleared:
		return "A professional has cleared me"
	case gait.AnswerWalkingFine:
		return "Walking is fine and I slept well"
	case gait.AnswerCutBack:
		return "Yes, because of the pain"
	case gait.AnswerOtherReason:
		return "No, for another reason"
	default:
		return Capital(Meaning(k))
	}
}

// Replied says a reply as a sentence without its full stop: "Your left shin this
// morning: 2 of 10".
func Replied(r finding.Reply) string {
	said := map[finding.ReplyKind]string{
		finding.ReplyNewGear: "new strap or shoes", finding.ReplyMorningCalm: "this morning: 0 or 1 of 10", finding.ReplyMorningTwo: "this morning: 2 of 10",
		finding.ReplyMorningBad: "this morning: 3 of 10 or more", finding.ReplyOneSpot: "one tender spot", finding.ReplyNoSpot: "not one tender spot",
		finding.ReplyNotFelt: "is it one tender spot", finding.ReplyFront: "at the front of the hip", finding.ReplyNotFront: "not at the front of the hip",
		finding.ReplyWorse: "it kept getting worse", finding.ReplyNotWorse: "it did not keep getting worse", finding.ReplyNotSo: "not what was read in my words",
	}[r.Kind]
	switch {
	case said != "" && r.Site == gait.NoSite:
		return Capital(said)
	case said != "" && r.Kind.Morning().Known():
		return Capital(Your(gait.Spot{Site: r.Site, Side: r.Side})) + " " + said
	case said != "":
		return Capital(Your(gait.Spot{Site: r.Site, Side: r.Side})) + ": " + said
	}
	kind, _ := r.Kind.Answer()
	return Capital(Meaning(kind))
}

// Feel says how to find out whether it is one tender spot.
const Feel = "Press along the bone with a fingertip. Is there one spot, no larger than a coin, that hurts much more than the rest?"

// Did says what a reply has changed, from where the runner stood before to where
// now.
func (w Words) Did(k finding.ReplyKind, before, now finding.Standing) string {
	stopped, stops := before.Verdict == finding.VerdictStop, now.Verdict == finding.VerdictStop
	switch {
	case stopped && !stops && now.Plan != nil:
		return "That lifts the stop. Your way back begins: " + w.Do(*now.Plan) + "."
	case stopped && !stops && !now.Verdict.MoreSevere(finding.VerdictAsk):
		return "That ends the stop. Run again, and begin gently."
	case stopped && !stops:
		return "That lifts the stop. You can run again, with a few changes for now."
	case stops && !stopped:
		return "Because of that, do not run for now."
	case stops:
		return w.stopped(k, now)
	case before.Plan != nil && now.Plan == nil:
		return "The steps of the way back are gone. I still listen: tell me how it goes."
	case now.Verdict.MoreSevere(before.Verdict):
		return "That changes my advice."
	case before.Verdict.MoreSevere(now.Verdict) && !now.Verdict.MoreSevere(finding.VerdictKeep):
		return "That settles it: carry on. I go on watching."
	case before.Verdict.MoreSevere(now.Verdict):
		return "That makes it less serious."
	}
	switch kind, _ := k.Answer(); kind {
	case gait.AnswerNoPain:
		return "Good. I go on watching."
	case gait.AnswerCutBack:
		return "So less running alone has not settled it. Let " + Professional + " have a look."
	case gait.AnswerOtherReason:
		return "Good to know: then nobody can say yet what less running does for it."
	case gait.AnswerSeenProfessional:
		return "Good. I will not send you there again for a while."
	case gait.AnswerUnsure:
		return "That is a good reason to ask " + Professional + "."
	default:
		return "My advice stays the same."
	}
}

// stopped says what a reply has done to a stop that still stands.
func (w Words) stopped(k finding.ReplyKind, now finding.Standing) string {
	i := slices.IndexFunc(now.Advice, func(f finding.Fact) bool { return f.Rule == finding.Return })
	switch kind, _ := k.Answer(); {
	case i < 0 || now.Advice[i].How == finding.HowCleared:
		return "The stop stays: it ends when a professional has looked at it and cleared you."
	case kind == gait.AnswerWalkingFine && now.Advice[i].Count == 0:
		return "The stop stays: today does not count yet. Tell me again tomorrow."
	case now.Advice[i].Count > 0:
		f := now.Advice[i]
		return fmt.Sprintf("The stop stays: that is %s of %s. Tell me again on another day.", number(f.Count), Count(f.Days, "calm day"))
	case kind == gait.AnswerStillHurts:
		return "The stop stays, and so does the question. Tell me when walking is fine."
	case kind == gait.AnswerUnsure:
		return "The stop stays. Ask " + Professional + " how to go on; nobody has to work it out alone."
	default:
		return "The stop stays."
	}
}
