package words

import (
	"strings"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// VerdictName says a verdict in a word or two.
func VerdictName(v finding.Verdict) string {
	switch v {
	case finding.VerdictStop:
		return "stop"
	case finding.VerdictModify:
		return "change something"
	case finding.VerdictAsk:
		return "a question"
	case finding.VerdictLearning:
		return "still learning"
	default:
		return "keep running"
	}
}

// Headline says a verdict at the head of the page.
func Headline(v finding.Verdict) string {
	switch v {
	case finding.VerdictStop:
		return SubjectStop
	case finding.VerdictModify:
		return SubjectChange
	case finding.VerdictAsk:
		return "A question for you"
	case finding.VerdictLearning:
		return "Still learning what is normal for you"
	default:
		return "Keep running"
	}
}

// ChartName says what a chart looks at.
func ChartName(c gait.Chart) string {
	switch c {
	case gait.ChartSudden:
		return "this run alone against your normal"
	case gait.ChartConfirmed:
		return "this run and those just before it"
	case gait.ChartCreep:
		return "a slow change over the last runs"
	case gait.ChartWithinRun:
		return "a change in the middle of the run"
	default:
		return string(c)
	}
}

// FeatureName names a feature of the running form as a runner does, to stand behind "your".
func FeatureName(f gait.Feature) string {
	switch f {
	case gait.FeatureCadence:
		return "cadence"
	case gait.FeatureStanceTime:
		return "time on the ground with each step"
	case gait.FeatureVerticalOscillation:
		return "bounce with each step"
	case gait.FeaturePace:
		return "pace"
	case gait.FeatureWalkBreaks:
		return "walking in between"
	case gait.FeaturePaceFade:
		return "loss of pace towards the end"
	default:
		return string(f)
	}
}

// KindName says the kind of a pain so that it can be told from its neighbours. It is empty
// for [gait.NoKind].
func KindName(k gait.PainKind) string {
	switch k {
	case gait.Ache:
		return "dull ache"
	case gait.Bone:
		return "deep in the bone"
	case gait.Sore:
		return "sore muscle"
	case gait.Stitch:
		return "side stitch"
	case gait.Skin:
		return "skin, a blister"
	default:
		return string(k)
	}
}

// Place names a site with its side as a runner says it: "left Achilles tendon",
// "both knees", "shin". Without a site it is the side alone, without both empty.
func Place(side gait.Side, site gait.Site) string {
	return strings.TrimSpace(string(side) + " " + siteName(site, side == gait.Both))
}

// siteName names a site as a runner says it, one or both of them: "Achilles
// tendon", "calves". It is empty for [gait.NoSite].
func siteName(s gait.Site, both bool) string {
	one, two := string(s), string(s)+"s"
	switch s {
	case gait.NoSite:
		return ""
	case gait.Foot:
		two = "feet"
	case gait.Toes:
		two = "toes"
	case gait.Achilles:
		one, two = "Achilles tendon", "Achilles tendons"
	case gait.Calf:
		two = "calves"
	case gait.Groin:
		two = "sides of the groin"
	case gait.Sacrum:
		two = "sides of the sacrum"
	case gait.Back:
		two = "sides of the back"
	case gait.OtherSite:
		one, two = "sore spot", "sore spots"
	}
	if both {
		return two
	}
	return one
}

// Meaning says what an answer means, in the runner's words.
func Meaning(k gait.AnswerKind) string {
	switch k {
	case gait.AnswerNoPain:
		return "nothing hurt"
	case gait.AnswerALittle:
		return "a little, 2 of 10 at most"
	case gait.AnswerHurts:
		return "it hurt, 3 of 10 or more"
	case gait.AnswerLimp:
		return "I limped"
	case gait.AnswerNotALimp:
		return "I was not limping"
	case gait.AnswerNewStrap:
		return "the strap or pod is new, or sat differently"
	case gait.AnswerNewShoes:
		return "the shoes or insoles are new"
	case gait.AnswerOnPurpose:
		return "I ran differently on purpose"
	case gait.AnswerUnsure:
		return "I am not sure how to go on"
	case gait.AnswerIll:
		return "I was ill"
	case gait.AnswerCleared:
		return "a professional has looked at it and cleared me to run"
	case gait.AnswerSeenProfessional:
		return "I have seen a professional"
	case gait.AnswerWalkingFine:
		return "walking is fine, 0 or 1 of 10, and I slept well"
	case gait.AnswerStillHurts:
		return "it still hurts"
	case gait.AnswerOwnPlan:
		return "I follow my own plan"
	case gait.AnswerCutBack:
		return "I ran less because of the pain"
	case gait.AnswerOtherReason:
		return "I ran less for another reason"
	default:
		return string(k)
	}
}

// FlagName says a flag that is answered with yes, or with no: "limped", "did not limp".
func FlagName(name string, answer gait.YesNo) string {
	words := map[string][2]string{
		"focal":              {"one tender spot", "not one tender spot"},
		"front_of_hip":       {"at the front of the hip", "not at the front of the hip"},
		"worsening":          {"got worse while running", "did not get worse"},
		"limping":            {"limped", "did not limp"},
		"night":              {"disturbed sleep", "slept well"},
		"medication":         {"painkillers", "no painkillers"},
		"daily_life":         {"in the way of daily life", "not in the way of daily life"},
		"mood":               {"weighs on mood or confidence", "does not weigh on mood or confidence"},
		"cannot_bear_weight": {"cannot put weight on it", "can put weight on it"},
		"pop":                {"a pop or snap", "no pop"},
		"swelling":           {"swollen", "not swollen"},
		"hot":                {"warm or hot to the touch", "not hot"},
		"numb":               {"numb or tingling", "not numb"},
		"twisted":            {"twisted it or fell", "no twist or fall"},
		"chest":              {"chest pain or pressure", "no chest pain"},
	}[name]
	if answer == gait.No {
		return words[1]
	}
	return words[0]
}

// Complaints are the flags of an entry that are answered with yes.
func Complaints(p gait.Pain) []string {
	var complaints []string
	for _, f := range p.Flags() {
		if *f.Answer == gait.Yes {
			complaints = append(complaints, FlagName(f.Name, gait.Yes))
		}
	}
	return complaints
}

// SignalNames names the signals of a run in a runner's words.
func SignalNames(signals string) string {
	names := strings.Fields(signals)
	for i, name := range names {
		switch name {
		case "speed":
			names[i] = "pace"
		case "altitude":
			names[i] = "height"
		case "stance_time":
			names[i] = "ground contact time"
		case "stance_time_balance":
			names[i] = "ground contact balance (left/right)"
		case "vertical_oscillation":
			names[i] = FeatureName(gait.FeatureVerticalOscillation)
		default:
			names[i] = strings.ReplaceAll(name, "_", " ")
		}
	}
	return strings.Join(names, ", ")
}

// SourceName names a source as its owner does.
func SourceName(name gait.SourceName) string {
	switch name {
	case gait.SourceFIT:
		return "FIT files"
	case gait.SourceIntervals:
		return "intervals.icu"
	case gait.SourceStrava:
		return "Strava"
	case gait.SourceAppleHealth:
		return "Apple Health"
	default:
		return string(name)
	}
}

// SourceNames names the sources of a run.
func SourceNames(names []gait.SourceName) string {
	var said []string
	for _, n := range names {
		said = append(said, SourceName(n))
	}
	return List(said)
}

// LevelName names a level.
func LevelName(l gait.Level) string {
	switch l {
	case gait.LevelWarn:
		return "a warning"
	case gait.LevelAsk:
		return "a question"
	default:
		return "as usual"
	}
}

// QualityName says how far the balance of a run can be trusted.
func QualityName(q gait.BalanceQuality) string {
	switch q {
	case gait.BalanceOK:
		return "good"
	case gait.BalanceNone:
		return "no left/right signal"
	case gait.BalanceTooShort:
		return "too short to judge"
	case gait.BalanceSuspectSensor:
		return "check your strap"
	default:
		return string(q)
	}
}
