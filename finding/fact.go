package finding

import (
	"time"

	"gaitkeeper/gait"
)

// Fact is what a rule found, or what it advises, in figures. Package words makes
// the sentence. Which fields are set depends on the rule.
type Fact struct {
	Rule Rule
	// How is which case of the rule it is, where it has more than one.
	How How
	gait.Spot
	// Worst, Start, End and Morning are the pain's numbers; Before and Earlier
	// those it is compared with, the newer first.
	Worst, Start, End, Morning, Before, Earlier gait.Score
	// Kind is how the pain feels, where the words depend on it.
	Kind gait.PainKind
	// Count of Of, within Days.
	Count, Of, Days int
	// Limit is the number of the rule that decided.
	Limit int
	// Distance and Usual are lengths, Speed and UsualSpeed paces that are compared
	// with each other; Climb is in metres a kilometre.
	Distance, Usual   gait.Metres
	Speed, UsualSpeed gait.MetresPerSecond
	Climb             float64
	// Found is when an earlier moment found what stands still; zero for what
	// this moment found.
	Found time.Time
	// Date is the day that the rule is about: a race, an answer, an end.
	Date time.Time
	// Shift is what was measured of left and right.
	Shift Shift
	// Readings are the sizes of the features that What lists, where known.
	Readings []gait.FormReading
	// Walking is what the runner's walks say.
	Walking gait.Walking
	// Note is what the recording itself says, where that is the reason.
	Note string
	// What lists features, signs or changes, each with words of its own.
	What []What
}

// Same reports whether both are of one rule at one spot.
func (f Fact) Same(o Fact) bool { return f.Rule == o.Rule && f.Spot == o.Spot }

// How tells the cases of a rule apart.
type How string

// What is one of several things that a fact lists.
type What string

// Shift is how the balance of a run stands beside the runner's normal.
type Shift struct {
	// Short is the foot that spent less time on the ground; none where that is
	// not known.
	Short gait.Side
	// Spreads is the size in the runner's own usual variation from run to run
	// (one standard deviation); 0 where unknown.
	Spreads float64
	// Shorter is the same as time on the ground, 0 where unknown.
	Shorter gait.Milliseconds
	// Onset is when it began inside the run; 0 where it was there throughout, or where
	// Felt says.
	Onset time.Duration
	Felt  gait.Felt
}

// ShiftOf takes the shift from a run's evidence.
func ShiftOf(e *gait.Evidence) Shift {
	s := Shift{Short: e.ShortSide}
	if e.Chart == gait.ChartWithinRun {
		s.Onset, s.Felt = e.Onset, e.Felt
	}
	// what shows in a part of the run says little of its mean
	if s.Felt == "" && gait.Known(e.Shift) && gait.Known(e.Band) && e.Band > 0 {
		s.Spreads = max(float64(e.Shift), -float64(e.Shift)) / (float64(e.Band) / 2)
	}
	if gait.Known(e.StanceDifference) {
		s.Shorter = max(e.StanceDifference, -e.StanceDifference)
	}
	return s
}

// Question is what the runner should be asked, and about which spot.
type Question struct {
	Ask Ask
	gait.Spot
}

// Ask is what a question wants to know.
type Ask string

// The questions.
const (
	AskHurt       Ask = "hurt"       // did anything hurt?
	AskHowBad     Ask = "how_bad"    // the number and the place
	AskFavouring  Ask = "favouring"  // were you sparing it?
	AskDeepSpot   Ask = "deep_spot"  // is it one tender spot?
	AskFrontOfHip Ask = "front_hip"  // is it at the front of the hip?
	AskWalking    Ask = "walking"    // how is walking?
	AskGrowing    Ask = "growing"    // did it keep growing?
	AskGone       Ask = "gone"       // is it gone by the morning?
	AskMorning    Ask = "morning"    // how is it this morning?
	AskOnPurpose  Ask = "on_purpose" // did you change your form on purpose?
	AskCutBack    Ask = "cut_back"   // did you run less because of the pain?
	AskRedFlag    Ask = "red_flag"   // is it one of the signs for a doctor?
	AskHowNow     Ask = "how_now"    // how is it, after a silence?
)

// Wide reports whether the question covers every spot at once.
func (a Ask) Wide() bool {
	return a == AskHurt || a == AskHowBad || a == AskWalking || a == AskOnPurpose || a == AskCutBack
}

// Plan is the way back after a stop or a pause with pain before it, as it stands.
type Plan struct {
	gait.Spot
	// Step is the next to do, from 1 to Of.
	Step, Of int
	// Limit is the distance of the step; 0 where it is walking. Limits are those of
	// all steps.
	Limit  gait.Metres
	Limits []gait.Metres
	// Repeats is how often in a row the pain has said no to the step.
	Repeats int
}

// Feedback is what an earlier answer has done to a run's evidence.
type Feedback struct {
	// Answer is what taught it: [AnswerNotALimp] said Count times in a row,
	// [AnswerLimp] on a day; empty where the stop of a limp keeps the run out of
	// the normal.
	Answer gait.AnswerKind
	Count  int
	Side   gait.Side
	Date   time.Time
	// Odds is by how much the odds of a shift are multiplied.
	Odds float64
}

// The cases of the rules.
const (
	HowAgain    How = "again"     // it came back
	HowBeside   How = "beside"    // a shift beside a pain
	HowBeyond   How = "beyond"    // far more than planned
	HowBlind    How = "blind"     // no left and right in the run
	HowBone     How = "bone"      // the bone may be what hurts
	HowCleared  How = "cleared"   // ends with a professional's word
	HowCut      How = "cut"       // the runner has cut back already
	HowFast     How = "fast"      // a fast run, a fast start
	HowFirst    How = "first"     // said for the first time
	HowForm     How = "form"      // the form, not the balance
	HowFront    How = "front"     // at the front of the hip
	HowGrew     How = "grew"      // it grew while running
	HowHeel     How = "heel"      // the usual plantar heel
	HowLate     How = "late"      // said long after
	HowLong     How = "long"      // a long run
	HowMeasured How = "measured"  // the figures, not the runner's word
	HowMorning  How = "morning"   // the next morning was worse
	HowNumb     How = "numb"      // a numbness without pain
	HowOffScale How = "off_scale" // a cramp, a stitch, the skin
	HowRace     How = "race"      // a race
	HowRest     How = "rest"      // outside of running
	HowSaid     How = "said"      // the runner's word
	HowSkin     How = "skin"      // a limp because of the skin
	HowSteady   How = "steady"    // it does not fade
	HowStep     How = "step"      // a step of the way back
	HowStill    How = "still"     // it was there before
	HowStrength How = "strength"  // maybe from strength work
	HowTwice    How = "twice"     // twice in a row
	HowUrgent   How = "urgent"    // today
)

// The signs of danger, ways a pain reaches beyond running, and changes of a run
// that a fact may list. Features of the running form are listed by their names.
const (
	SignChest    What = "chest"
	SignWeight   What = "cannot_bear_weight"
	SignPop      What = "pop"
	SignTwisted  What = "twisted"
	SignCalf     What = "calf"
	SignNumb     What = "numb"
	SignBladder  What = "bladder"
	SignFever    What = "fever"
	SignSwelling What = "swelling"
	SignUnstable What = "unstable"

	LifeDaily What = "daily_life"
	LifeMood  What = "mood"
	LifeSleep What = "sleep"

	ChangeShort What = "short"
)
