package api

import (
	"time"

	"gaitkeeper/gait"
)

// Walking is what `status --json` says of the runner's walks.
type Walking struct {
	Level gait.Level `json:"level"`
	// Share is the share of uneven walks in the last seven days, Usual that of the
	// weeks before: null where those are too few.
	Share float64  `json:"share"`
	Usual *float64 `json:"usual"`
	// Days is on how many of these seven days there were walks, Walks how many.
	Days  int `json:"days"`
	Walks int `json:"walks"`
	// Since is the day from which on they have been uneven.
	Since *time.Time `json:"since,omitempty"`
	// Last is when the newest walk came in.
	Last *time.Time `json:"last"`
}

// NewWalking gives w its stable form; last is when the newest walk was.
func NewWalking(w gait.Walking, last time.Time) *Walking {
	j := &Walking{
		Level: w.Level, Share: finite(w.Share), Days: w.Days, Walks: w.Walks,
		Since: Moment(w.Since), Last: Moment(last),
	}
	if w.Judged {
		j.Usual = rounded(w.Usual, 3)
	}
	return j
}
