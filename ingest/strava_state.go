package ingest

import "time"

// StravaLogin is what the runner granted gaitkeeper at Strava, and the tokens
// that prove it. The tokens are secrets.
type StravaLogin struct {
	// Athlete is the number of the account, Name the athlete's own.
	Athlete int64
	Name    string
	// ClientID is the API application that the tokens belong to.
	ClientID string
	// Scope is what the runner agreed to, as Strava writes it: "read,activity:read_all".
	Scope string
	// Access is good until Expires. Refresh gets the next pair, once.
	Access, Refresh string
	Expires         time.Time
	// Since is when the runner logged in.
	Since time.Time
	// Lost is when Strava first refused to renew the tokens; zero while it does.
	Lost time.Time
}

// StravaState is how far the reading of one Strava account has come.
type StravaState struct {
	// HistoryBefore is the moment before which the whole history is listed; zero
	// until a first sync began. HistoryPage is the last page of it that was listed,
	// HistoryDone means that there are no more.
	HistoryBefore time.Time
	HistoryPage   int
	HistoryDone   bool
	// Listed is when the newest activities were last listed to the end.
	Listed time.Time
	// WaitUntil is when Strava may be asked again after a rate limit. Refusals
	// counts the limits hit in a row.
	WaitUntil time.Time
	Refusals  int
}

// StravaActivity is one activity that a list of Strava's named, and what was
// made of it.
type StravaActivity struct {
	ID int64
	// Start is when it began, as listed; Sport what it is, as Strava calls it.
	Start time.Time
	Sport string
	// Listed stands for everything the list told of it, Detailed for what its
	// own page told when it was last taken: they change when it is edited.
	Listed, Detailed string
	// Taken is when it was last saved, with its seconds; zero while it waits.
	// Checked is when its own page was last read.
	Taken, Checked time.Time
	// Tries counts the failures in a row, NextTry is when it is worth another
	// one, and Reason says what went wrong the last time.
	Tries   int
	NextTry time.Time
	Reason  string
}
