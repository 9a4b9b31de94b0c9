package words

import "gaitkeeper/finding"

// The links of a message that lead to a form.
const (
	SayWhere   = "Say where and how bad"
	CheckRead  = "Check what I read, and correct it"
	EnterToday = "Enter how it feels today"
	SaySigns   = "Swollen, numb, a pop? Say so"
)

// What a command line says that stands in a message in the place of a link.
const (
	CommandGear    = "the strap or pod is new, or sat differently; or new-shoes"
	CommandWhere   = "where, and how bad at its worst, 0 to 10"
	CommandRead    = "shows the entry; remove it where it is not so"
	CommandSigns   = "swollen; or --hot --numb --pop --twisted --cannot-bear-weight --chest"
	CommandWalking = "the worst in walking today, 0 to 10; leave out what is not true"
)

// CommandFlags are the flags of `pain add` that say as much as a reply, and what they
// mean; empty where the reply is an answer.
func CommandFlags(k finding.ReplyKind) (flags, meaning string) {
	switch k {
	case finding.ReplyMorningCalm, finding.ReplyMorningTwo, finding.ReplyMorningBad:
		return "--morning NUMBER", "the pain this morning, 0 to 10"
	case finding.ReplyOneSpot, finding.ReplyNoSpot:
		return "--focal", "one tender spot; --no-focal where it is not"
	case finding.ReplyFront, finding.ReplyNotFront:
		return "--front-of-hip", "at the front of the hip; --no-front-of-hip where it is not"
	case finding.ReplyNotSo:
		return "--no-chest --no-pop --no-swelling --no-hot --no-numb --no-twisted --no-cannot-bear-weight --no-limping", "it is not so"
	case finding.ReplyWorse, finding.ReplyNotWorse:
		return "--worsening", "it kept getting worse; --no-worsening where it did not"
	default:
		return "", ""
	}
}
