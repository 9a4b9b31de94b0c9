package gait

import "time"

// OddityKind names one thing that can be odd about a recording.
type OddityKind string

// The oddities, with the fields of [Oddity] that go with each.
const (
	// OddityInWords is said in Text: what was stored as a sentence, and a wrong clock.
	OddityInWords     OddityKind = "in_words"
	OddityClockJumped OddityKind = "clock_jumped" // and the jump was taken out
	// OddityTooLate: so much of what is Recorded lies too far behind the start to be used.
	OddityTooLate        OddityKind = "too_late"
	OddityCadenceHalved  OddityKind = "cadence_halved"
	OddityCadenceDoubled OddityKind = "cadence_doubled"
	OddityConverted      OddityKind = "converted" // Signals stood in another unit than FIT's
	OddityNoSeconds      OddityKind = "no_seconds"
	// OddityBreaksOff: only the beginning is Recorded, of so much as was Counted; 0 is unknown.
	OddityBreaksOff OddityKind = "breaks_off"
	OddityGaps      OddityKind = "gaps" // more was Counted than Recorded
)

// Oddity is one thing that is odd about a recording, and what was made of it.
type Oddity struct {
	Kind OddityKind `json:"kind"`
	// Recorded is how much there is of a recording, and Counted how much there was
	// by the recorder's own count.
	Recorded time.Duration `json:"recorded,omitempty"`
	Counted  time.Duration `json:"counted,omitempty"`
	Signals  Signals       `json:"signals,omitempty"`
	Text     string        `json:"text,omitempty"`
}
