package finding

import (
	"slices"
	"time"

	"gaitkeeper/gait"
)

// Assessment is what the fold says of one run, seeing only what was known
// before it and what the runner said of it.
type Assessment struct {
	Run     gait.RunID
	Verdict Verdict
	// SeeProfessional: it is time for a physical therapist.
	SeeProfessional bool
	// Urgent: today rather than next week.
	Urgent   bool
	Evidence gait.Evidence
	Pain     PainSummary
	// Reasons are all rules that matched, most serious first.
	Reasons []Fact
	// Advice is what to do about it, with the runner's own figures.
	Advice []Fact
	// Questions are what the runner should be asked.
	Questions []Question
	// Feedback are what the runner's earlier answers have done to this run's
	// evidence.
	Feedback []Feedback
	Alert    Alert
	// UnevenWalks means that the walks of everyday life were uneven by then.
	UnevenWalks bool
}

// PainSummary is the worst of what the runner said of one run.
type PainSummary struct {
	Answered bool       `json:"answered"`
	Worst    gait.Score `json:"worst"`
	Side     gait.Side  `json:"side"`
	Site     gait.Site  `json:"site"`
	Entries  int        `json:"entries"`
	// RedFlags are the names of the flags that call for a doctor and were
	// answered with yes.
	RedFlags []string `json:"red_flags"`
}

// Suppression is why an alert is not sent. Empty: it is.
type Suppression string

// The reasons for silence.
const (
	NotSuppressed            Suppression = ""
	SuppressedRefractory     Suppression = "refractory"
	SuppressedTooOld         Suppression = "too_old"
	SuppressedAnswered       Suppression = "acknowledged"
	SuppressedMinor          Suppression = "minor"
	SuppressedAlertedOnEntry Suppression = "told_on_entry"
	SuppressedPaused         Suppression = "paused"
	SuppressedQuietHours     Suppression = "quiet_hours"
	SuppressedExcluded       Suppression = "excluded"
)

// Alert is what a run would send by itself, and why it would not be sent.
type Alert struct {
	Level      gait.Level  `json:"level"`
	Suppressed Suppression `json:"suppressed"`
}

// Sends reports whether the run would send a message.
func (a Alert) Sends() bool { return a.Level.Above(gait.LevelNone) && a.Suppressed == NotSuppressed }

// Standing is the verdict as of a moment, rest days and timed rules included.
type Standing struct {
	AsOf            time.Time
	Since           time.Time
	Verdict         Verdict
	SeeProfessional bool
	Urgent          bool
	Reasons         []Fact
	Advice          []Fact
	Questions       []Question
	// Plan is the way back, or nil.
	Plan *Plan
	// Walking is what the runner's walks say.
	Walking gait.Walking
	// Run is the last run that counted, or empty.
	Run gait.RunID
	// Episode is the open one, or nil.
	Episode *Episode
	// Morning is the pain that should be asked about the next morning, or nil.
	Morning *gait.Pain
}

// Episode is one trouble, from the first sign of it until it is over.
type Episode struct {
	// Key names the episode: the run or the diary entry that opened it.
	Key    string
	Opened time.Time
	// Stop means that the episode has reached the verdict stop.
	Stop bool
	// StopSince is when it last did.
	StopSince time.Time
	// Measured means that the balance or the form opened the episode.
	Measured bool
	// Signs are all that happened while it was open, in the order in which it
	// became known.
	Signs []Sign
	// Closed is when it ended; zero while it is open.
	Closed   time.Time
	ClosedBy Closing
}

// About returns the run the episode is about at present: the last one that
// showed it, or that the runner spoke of. Empty where there is none.
func (e Episode) About() gait.RunID {
	for _, s := range slices.Backward(e.Signs) {
		if s.Run != "" && (s.Measured || s.Entry != 0) {
			return s.Run
		}
	}
	return ""
}

// Sign is what one run, entry or answer showed of an episode. Whether it is
// worth a message is decided elsewhere.
type Sign struct {
	// At is when it became known: the end of the run, or when it was said.
	At time.Time
	// Run is the run that showed it, or the last one before a rest-day entry;
	// Index its number in the history, from 0.
	Run   gait.RunID
	Index int
	// Entry is the diary entry or answer that made it, or 0 where the run's own
	// figures did.
	Entry           int64
	Level           gait.Level
	Verdict         Verdict
	SeeProfessional bool
	Urgent          bool
	// Ignored: it was a run against a stop, and made the pain worse.
	Ignored bool
	// Minor: worth a line on the page only.
	Minor bool
	// Measured means that the run's own figures stand out, Side which foot they
	// spare, if any, and Explained that the runner has given a reason.
	Measured  bool
	Side      gait.Side
	Explained bool
}

// Closing is how an episode ended.
type Closing string

// The ways an episode ends.
const (
	ClosedNot      Closing = ""
	ClosedNormal   Closing = "normal_runs" // the figures are back to normal
	ClosedAnswered Closing = "answered"    // the runner explained it
	ClosedSettled  Closing = "settled"     // the pain has settled: the runner said so
	ClosedSilent   Closing = "silent"      // nothing was heard of it any more
)

// LookBack is what a whole history looks like.
type LookBack struct {
	// From and To are the starts of the first and the last run.
	From, To time.Time
	Runs     int
	// Sided is the number of runs that tell left from right, SidedFrom the
	// start of the first.
	Sided     int
	SidedFrom time.Time
	// Changes are the times the gait changed, oldest first.
	Changes []Change
	// Odd is how often something was worth a question and no more.
	Odd int
}

// Change is one time the gait changed.
type Change struct {
	// Run shows it best of those with the highest level, Start is when the first
	// one began.
	Run   gait.RunID
	Start time.Time
	// Runs is how many it lasted; Open means that it is not over.
	Runs int
	Open bool
	// Side is the foot that spent the shorter time on the ground, by Shift of the
	// balance and by Shorter; no side where there is no left and right.
	Side    gait.Side
	Shift   gait.Points
	Shorter gait.Milliseconds
	// What differed from the habit beside the balance.
	What []gait.Feature
}
