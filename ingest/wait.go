package ingest

import "time"

// Wait is the error of a source that asks to be left alone for a while, as at a
// rate limit. It is no failure: what was read before it counts, and the source
// goes on where it stopped.
type Wait struct {
	// Until is when the source may be asked again.
	Until time.Time
	// Why is one sentence for the runner: "Strava's limit of requests for today
	// is used up".
	Why string
}

// Error returns the sentence.
func (w Wait) Error() string { return w.Why }
