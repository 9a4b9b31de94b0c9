package words

import (
	"fmt"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// What the messages say beside the facts.
const (
	NotUntilThen = "Do not run until then."
	MoreSerious  = "This is more serious than my last message."
	OnlyReminder = "One word is enough, and “nothing hurt” is as good an answer as any. This is the only reminder."
	AdviceStands = "The advice not to run still stands."
	LastFollowUp = "I will not ask again. The advice stays on the page until an answer of yours lifts it."
	NormalAgain  = "Your last runs were back within what is usual for you. Carry on."
	ChannelWorks = "This channel works: gaitkeeper's messages will arrive like this one."
	NothingToDo  = "You need not do anything."
	TapOne       = "Tap one. The page asks you to confirm."
	WhenToAsk    = "If it gets worse, is still there next morning, affects your sleep or daily life, or you're not sure: ask " + Professional + "."

	// Questions of messages.
	Bothering       = "Has something been bothering you?"
	WereYouLimping  = "Were you limping? If you were, tell me from tomorrow on how walking feels."
	WalkingTomorrow = "From tomorrow on, tell me how walking feels."
	HowByNow        = "How does it feel by now?"
	AnotherReason   = "Was there another reason?"
	AnythingToAdd   = "Anything to add?"
)

// Subjects of messages; a place or a foot may follow.
const (
	SubjectDoctor          = "See a doctor today"
	SubjectStopDoctor      = "Stop running and see a doctor today"
	SubjectIgnored         = "It got worse. Stop, and see a physical therapist"
	SubjectStopTherapist   = "Stop running, and see a physical therapist"
	SubjectStop            = "Stop running for now"
	SubjectTherapistChange = "See a physical therapist, and change something"
	SubjectTherapist       = "See a physical therapist"
	SubjectChange          = "Run, but change something"
	SubjectSettled         = "Settled, carry on"
	SubjectTest            = "Test message from gaitkeeper"
	SubjectStillOpen       = "Still open: "
	SubjectForm            = "Your running form was unusual"
	SubjectWeek            = "Your week: "
)

// Headings of a message's parts.
const (
	HeadingWhatToDo        = "What to do"
	HeadingWhy             = "Why"
	HeadingHowItEnds       = "How it ends"
	HeadingTheWayBack      = "The way back"
	HeadingAlsoSaid        = "You also said"
	HeadingWhatWasMeasured = "What was measured"
	HeadingWhatHappened    = "What happened"
	HeadingWhenToAsk       = "When to ask somebody"
	HeadingRuns            = "Runs"
	HeadingYourNormal      = "Your normal"
	HeadingAsOfNow         = "As of now"
	HeadingAboutGaitkeeper = "About gaitkeeper itself"
	HeadingWhatYouSaid     = "What you said"
)

// LessTime ends a subject with the foot that was spared.
func LessTime(side gait.Side) string { return ": less time on your " + string(side) + " foot" }

// DidAnythingHurt is the question as a subject ends with it; day is empty or " on
// Tuesday".
func DidAnythingHurt(day string) string { return "did anything hurt" + day + "?" }

// Settled says that a trouble is over.
func Settled(p gait.Spot) string {
	return fmt.Sprintf("%s %s settled. Carry on.", Capital(it(p)), are(p, "has", "have"))
}

// HowOnDay asks, as a subject, about a trouble that was stopped some days ago.
func HowOnDay(day int, weekday string, p gait.Spot) string {
	return fmt.Sprintf("Day %d (%s): how %s %s?", day, weekday, are(p, "is", "are"), it(p))
}

// HowInTheMorning asks, as a subject, about the morning after a run.
func HowInTheMorning(weekday string, p gait.Spot) string {
	return fmt.Sprintf("How %s %s this %s morning?", are(p, "is", "are"), it(p), weekday)
}

// MorningNumber asks for the pain of that morning.
func MorningNumber(weekday string, p gait.Spot) string {
	return fmt.Sprintf("How %s %s feel this %s morning, from 0 (nothing) to 10?", are(p, "does", "do"), it(p), weekday)
}

// HowIsWalking asks about a stop that stands.
func HowIsWalking(p gait.Spot) string {
	return fmt.Sprintf("How %s %s when you walk, and did you sleep well?", are(p, "is", "are"), it(p))
}

// NoRunningNow says that a stop stands, for which spot and since which day; both
// may be empty.
func NoRunningNow(p gait.Spot, since string) string {
	line := "No running for now"
	if p.Site != gait.NoSite {
		line += " because of " + Your(p)
	}
	if since != "" {
		line += " (since " + since + ")"
	}
	return line + "."
}

// Normal says where the runner's normal balance is, and whether it has moved over a
// week.
func Normal(from, to gait.Percent) string {
	now := "Your normal ground contact balance is " + Balance(to)
	if before := Balance(from); before != Balance(to) {
		return now + ", at the start of the week it was " + before + "."
	}
	return now + ", as at the start of the week."
}

// it is [Your], or "it" where the runner has not said where.
func it(p gait.Spot) string {
	if p.Site == gait.NoSite {
		return "it"
	}
	return Your(p)
}

// Asked says in a list what a message asked or said.
func Asked(kind alert.MessageKind, v finding.Verdict) string {
	switch {
	case kind == alert.MessageMorning:
		return HowThisMorning
	case kind == alert.MessageFollowUp:
		return "How is it? (the stop stands)"
	case kind == alert.MessageReminder:
		return "Reminder: did anything hurt?"
	case kind == alert.MessageResolved:
		return SubjectSettled
	case v == finding.VerdictStop:
		return SubjectStop
	case v == finding.VerdictModify:
		return "Change something; did anything hurt?"
	default:
		return Question(finding.Question{})
	}
}
