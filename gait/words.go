package gait

// Words says the verdict in a word or two.
func (v Verdict) Words() string {
	switch v {
	case VerdictStop:
		return "stop"
	case VerdictModify:
		return "change something"
	case VerdictAsk:
		return "a question"
	case VerdictLearning:
		return "still learning"
	default:
		return "keep running"
	}
}

// Words says what the chart looks at.
func (c Chart) Words() string {
	switch c {
	case ChartSudden:
		return "this run alone against your normal"
	case ChartConfirmed:
		return "this run and those just before it"
	case ChartCreep:
		return "a slow change over the last runs"
	case ChartWithinRun:
		return "a change in the middle of the run"
	default:
		return string(c)
	}
}

// Words names the trait as a runner does, to stand behind "your".
func (f Feature) Words() string {
	switch f {
	case FeatureCadence:
		return "cadence"
	case FeatureStanceTime:
		return "time on the ground with each step"
	case FeatureWalkBreaks:
		return "walking in between"
	case FeaturePaceFade:
		return "loss of pace towards the end"
	default:
		return string(f)
	}
}

// Words says the kind so that it can be told from its neighbours. It is empty
// for [NoKind].
func (k PainKind) Words() string {
	switch k {
	case Ache:
		return "dull ache"
	case Bone:
		return "deep in the bone"
	case Sore:
		return "sore muscle"
	case Skin:
		return "skin, a blister"
	default:
		return string(k)
	}
}

// Flags says what the entry answers with yes or no, in words: "limped", "slept
// well". What was not answered is left out.
func (p Pain) Flags() []string {
	var words []string
	for _, f := range p.flags() {
		switch f.said {
		case Yes:
			words = append(words, f.yes)
		case No:
			words = append(words, f.no)
		case Unsaid:
		}
	}
	return words
}

// Complaints are the [Pain.Flags] that are answered with yes.
func (p Pain) Complaints() []string {
	var words []string
	for _, f := range p.flags() {
		if f.said == Yes {
			words = append(words, f.yes)
		}
	}
	return words
}

// flag is a question that an entry may answer with yes or no, and what that is
// in words.
type flag struct {
	said    YesNo
	yes, no string
}

func (p Pain) flags() []flag {
	return []flag{
		{p.Focal, "one deep spot", "not one deep spot"},
		{p.Worsening, "grew while running", "did not grow"},
		{p.Limping, "limped", "did not limp"},
		{p.Night, "disturbed sleep", "slept well"},
		{p.Medication, "pain relievers", "no pain relievers"},
		{p.DailyLife, "in the way of daily life", "not in the way of daily life"},
		{p.Mood, "weighs on mood or confidence", "does not weigh on mood or confidence"},
	}
}
