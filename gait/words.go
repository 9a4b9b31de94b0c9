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
	case FeatureVerticalOscillation:
		return "bounce with each step"
	case FeaturePace:
		return "pace"
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
	case Stitch:
		return "side stitch"
	case Skin:
		return "skin, a blister"
	default:
		return string(k)
	}
}

// Flag is a question that an entry may answer with yes or no.
type Flag struct {
	// Name is the flag's name in JSON, in the form and, with hyphens, in `pain add`.
	Name string
	// Answer is the answer: a field of the entry.
	Answer *YesNo
	// Yes and No are the answers in words: "limped", "did not limp".
	Yes, No string
	// Red: yes means that a doctor should have a look today.
	Red bool
}

// Flags returns every flag of the entry. The answers point into p.
func (p *Pain) Flags() []Flag {
	return []Flag{
		{"focal", &p.Focal, "one tender spot", "not one tender spot", false},
		{"worsening", &p.Worsening, "got worse while running", "did not get worse", false},
		{"limping", &p.Limping, "limped", "did not limp", false},
		{"night", &p.Night, "disturbed sleep", "slept well", false},
		{"medication", &p.Medication, "painkillers", "no painkillers", false},
		{"daily_life", &p.DailyLife, "in the way of daily life", "not in the way of daily life", false},
		{"mood", &p.Mood, "weighs on mood or confidence", "does not weigh on mood or confidence", false},
		{"cannot_bear_weight", &p.CannotBearWeight, "cannot put weight on it", "can put weight on it", true},
		{"pop", &p.Pop, "a pop or snap", "no pop", true},
		{"swelling", &p.Swelling, "swollen", "not swollen", true},
		{"hot", &p.Hot, "warm or hot to the touch", "not hot", true},
		{"numb", &p.Numb, "numb or tingling", "not numb", true},
		{"twisted", &p.Twisted, "twisted it or fell", "no twist or fall", true},
		{"chest", &p.Chest, "chest pain or pressure", "no chest pain", true},
	}
}

// FlagNames returns the name of every flag, in the order of [Pain.Flags].
func FlagNames() []string {
	var names []string
	for _, f := range new(Pain).Flags() {
		names = append(names, f.Name)
	}
	return names
}

// Complaints are the flags that are answered with yes, in words.
func (p Pain) Complaints() []string {
	var words []string
	for _, f := range p.Flags() {
		if *f.Answer == Yes {
			words = append(words, f.Yes)
		}
	}
	return words
}
