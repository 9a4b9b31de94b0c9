package gait

// Flag is a question that an entry may answer with yes or no.
type Flag struct {
	// Name is the flag's name in JSON, in the form and, with hyphens, in `pain add`.
	Name string
	// Answer is the answer: a field of the entry.
	Answer *YesNo
	// Red: yes means that a doctor should have a look today.
	Red bool
}

// Flags returns every flag of the entry. The answers point into p.
func (p *Pain) Flags() []Flag {
	return []Flag{
		{"focal", &p.Focal, false},
		{"front_of_hip", &p.FrontOfHip, false},
		{"worsening", &p.Worsening, false},
		{"limping", &p.Limping, false},
		{"night", &p.Night, false},
		{"medication", &p.Medication, false},
		{"daily_life", &p.DailyLife, false},
		{"mood", &p.Mood, false},
		{"cannot_bear_weight", &p.CannotBearWeight, true},
		{"pop", &p.Pop, true},
		{"swelling", &p.Swelling, true},
		{"hot", &p.Hot, true},
		{"numb", &p.Numb, true},
		{"twisted", &p.Twisted, true},
		{"chest", &p.Chest, true},
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
