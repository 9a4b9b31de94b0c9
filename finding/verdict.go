package finding

// Verdict is what the runner should do about running on.
type Verdict string

// The verdicts. Learning stands while the baseline is too young and nothing
// else decides.
const (
	VerdictLearning Verdict = "learning"
	VerdictKeep     Verdict = "keep"
	VerdictAsk      Verdict = "ask"
	VerdictModify   Verdict = "modify"
	VerdictStop     Verdict = "stop"
)

// MoreSevere reports whether v asks for more caution than o. Learning and an
// empty verdict are as light as keep.
func (v Verdict) MoreSevere(o Verdict) bool { return v.rank() > o.rank() }

func (v Verdict) rank() int {
	switch v {
	case VerdictStop:
		return 3
	case VerdictModify:
		return 2
	case VerdictAsk:
		return 1
	default:
		return 0
	}
}

// Rule is the name of a clinical rule.
type Rule string

// The rules, as docs/rules.md describes them one by one.
const (
	// RedFlag is a sign for which a doctor is due today; ModFlag one that
	// somebody should have a look at.
	RedFlag Rule = "RED-FLAG"
	ModFlag Rule = "MOD-FLAG"

	StopBone       Rule = "STOP-BONE"
	StopLimp       Rule = "STOP-LIMP"
	StopNight      Rule = "STOP-NIGHT"
	StopSharp      Rule = "STOP-SHARP"
	StopMedication Rule = "STOP-MEDICATION"
	StopWorse      Rule = "STOP-WORSE"
	StopHigh       Rule = "STOP-HIGH"

	ModBone     Rule = "MOD-BONE"
	ModTrend    Rule = "MOD-TREND"
	ModMorning  Rule = "MOD-MORNING"
	ModWorsens  Rule = "MOD-WORSENS"
	ModAfter    Rule = "MOD-AFTER"
	ModRest     Rule = "MOD-REST"
	ModChanged  Rule = "MOD-CHANGED"
	ModStable   Rule = "MOD-STABLE"
	ModNew      Rule = "MOD-NEW"
	ModMeasured Rule = "MOD-MEASURED"
	// ModGrew asks of a pain that began at nothing whether it kept growing.
	ModGrew Rule = "MOD-GREW"
	// ModStanding stands while a stop has been lowered to modify.
	ModStanding Rule = "MOD-STANDING"

	KeepWarmsUp  Rule = "KEEP-WARMS-UP"
	KeepLow      Rule = "KEEP-LOW"
	KeepSore     Rule = "KEEP-SORE"
	KeepAnswered Rule = "KEEP-ANSWERED"
	KeepClear    Rule = "KEEP-CLEAR"
	KeepQuiet    Rule = "KEEP-QUIET"
	Learning     Rule = "LEARNING"
	Watch        Rule = "WATCH"
	// Ill says that the run of an ill runner stays outside the baseline.
	Ill Rule = "ILL"

	AskMeasured Rule = "ASK-MEASURED"
	// AskWalk asks about everyday walks that have become uneven, WalkFine says that
	// they are as before while a stop or a way back stands.
	AskWalk  Rule = "ASK-WALK"
	WalkFine Rule = "WALK-FINE"
	// AskSilent asks about a trouble that nobody has spoken of for a while.
	AskSilent Rule = "ASK-SILENT"

	PTIgnored     Rule = "PT-IGNORED"
	PTStrain      Rule = "PT-STRAIN"
	PTReturns     Rule = "PT-RETURNS"
	PTPersists    Rule = "PT-PERSISTS"
	PTLife        Rule = "PT-LIFE"
	PTMorning     Rule = "PT-MORNING"
	PTGoal        Rule = "PT-GOAL"
	PTUnsure      Rule = "PT-UNSURE"
	PTUnexplained Rule = "PT-UNEXPLAINED"

	CutShort   Rule = "CUT-SHORT"
	Return     Rule = "RETURN"
	LessVolume Rule = "LESS-VOLUME"
	Flatter    Rule = "FLATTER"
	Slower     Rule = "SLOWER"
	WalkBreaks Rule = "WALK-BREAKS"
	WarmUp     Rule = "WARM-UP"
	FormReview Rule = "FORM"
	KeepBusy   Rule = "KEEP-BUSY"
	LongView   Rule = "LONG-VIEW"
	NotAlone   Rule = "NOT-ALONE"
	OtherSide  Rule = "OTHER-SIDE"
)

// Reason is a [Fact] in words: a sentence with the runner's own numbers.
type Reason struct {
	Rule Rule   `json:"rule"`
	Text string `json:"text"`
}
