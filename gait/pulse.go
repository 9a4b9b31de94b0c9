package gait

// Pulse is what /healthz prints. Everybody who can reach the machine may read
// it: it holds no word about the runner, and no address.
type Pulse struct {
	// Alive tells that the database answers and the daemon moves.
	Alive bool `json:"alive"`
	// Well tells that nothing is unwell. Who is alive may be unwell.
	Well   bool      `json:"well"`
	Unwell []Trouble `json:"unwell"`
}

// Trouble names what is unwell.
type Trouble struct {
	What NoteKind `json:"what"`
	// Name is the source or the channel, or empty.
	Name string `json:"name"`
}

// NewPulse returns the pulse of a living gaitkeeper with the given notes. The
// name of a folder stays out of it.
func NewPulse(notes []Note) Pulse {
	p := Pulse{Alive: true, Well: true, Unwell: []Trouble{}}
	for _, n := range notes {
		if !n.Unwell {
			continue
		}
		p.Well = false
		t := Trouble{What: n.Kind}
		if n.Kind != NoteFolderEmpty {
			t.Name = n.Subject
		}
		p.Unwell = append(p.Unwell, t)
	}
	return p
}
