package alert

import "time"

// NoteKind is what a [Note] is about.
type NoteKind string

// The notes on gaitkeeper itself. The first five are illness, the others only
// worth a line.
const (
	NoteSourceFailing   NoteKind = "source_failing"   // a source cannot be read
	NoteFolderEmpty     NoteKind = "folder_empty"     // a watched folder never held a FIT file
	NoteChannelFailing  NoteKind = "channel_failing"  // messages do not get through
	NoteNoSync          NoteKind = "no_sync"          // the daemon does not get to syncing
	NoteNoCopy          NoteKind = "no_copy"          // the database cannot be copied
	NoteReceiverRefused NoteKind = "receiver_refused" // one receiver of several gets no mail
	NoteSourceWaiting   NoteKind = "source_waiting"   // a rate limit
	NoteFolderEmptied   NoteKind = "folder_emptied"   // a watched folder held FIT files once
	NoteNoStrap         NoteKind = "no_strap"         // runs come without left and right
	NoteNoRuns          NoteKind = "no_runs"          // all is well, and nothing is new
	NoteWrongClock      NoteKind = "wrong_clock"      // runs that have no place in time
	NoteConfigGone      NoteKind = "config_gone"      // the config names keys that do nothing any more
)

// Note is one line on how gaitkeeper itself is doing.
type Note struct {
	Kind NoteKind `json:"what"`
	// Subject is the source, the folder or the channel; empty where there is
	// only one.
	Subject string `json:"subject"`
	// Since is when it began: with Kind and Subject it names one stretch of it.
	// A wait has no beginning here, only an end in its text.
	Since time.Time `json:"since,omitzero"`
	// Unwell tells illness from what is only worth knowing.
	Unwell bool `json:"unwell"`
	// Text is what is so, Next what to do about it; Next may be empty.
	Text string `json:"text"`
	Next string `json:"next"`
}

// LastsAfter is how long something must have been unwell to count as lasting:
// most troubles of a network or a server pass by themselves. †
const LastsAfter = 24 * time.Hour

// Lasting tells whether something has been unwell for so long that it will not pass
// by itself: then a message tells of it, and so do the dead-man's switch and the
// health check.
func (n Note) Lasting(now time.Time) bool { return n.Unwell && now.Sub(n.Since) >= LastsAfter }
