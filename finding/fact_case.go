package finding

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

	LifeDaily What = "daily_life"
	LifeMood  What = "mood"
	LifeSleep What = "sleep"

	ChangeShort What = "short"
)
