package api

import (
	"time"

	"gaitkeeper/alert"
)

// Health is what /healthz prints. Everybody who can reach the machine may read
// it: it holds no word about the runner, and no address.
type Health struct {
	// Alive tells that the database answers and the daemon moves.
	Alive bool `json:"alive"`
	// Well tells that nothing is unwell just now. Who is alive may be unwell.
	Well   bool            `json:"well"`
	Unwell []HealthProblem `json:"unwell"`
}

// HealthProblem names what is unwell.
type HealthProblem struct {
	What alert.NoteKind `json:"what"`
	// Name is the source or the channel, or empty.
	Name string `json:"name"`
	// Lasting tells that it has been so for a day.
	Lasting bool `json:"lasting"`
}

// NewHealth returns the pulse of a living gaitkeeper with the given notes, as of
// now. The name of a folder stays out of it.
func NewHealth(notes []alert.Note, now time.Time) Health {
	p := Health{Alive: true, Well: true, Unwell: []HealthProblem{}}
	for _, n := range notes {
		if !n.Unwell {
			continue
		}
		p.Well = false
		t := HealthProblem{What: n.Kind, Lasting: n.Lasting(now)}
		if n.Kind != alert.NoteFolderEmpty {
			t.Name = n.Subject
		}
		p.Unwell = append(p.Unwell, t)
	}
	return p
}
