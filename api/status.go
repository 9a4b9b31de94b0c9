package api

import (
	"math"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Status is what `status --json` prints: how gaitkeeper itself is doing, and
// the newest verdict.
type Status struct {
	Database    string              `json:"database"`
	Runs        int                 `json:"runs"`
	Sources     []SourceStatus      `json:"sources"`
	Undelivered []UndeliveredStatus `json:"undelivered"`
	PausedUntil *time.Time          `json:"paused_until"`
	// UnreadTags are the tags about pain in descriptions that could not be
	// understood.
	UnreadTags []gait.UnreadTag `json:"unread_tags"`
	// FailedFiles are the newest files of which something could not be read.
	FailedFiles []FailedFile `json:"failed_files"`
	Newest      *Run         `json:"newest"`
	Standing    Standing     `json:"standing"`
	Week        Week         `json:"week"`
	Copies      CopyStatus   `json:"copies"`
	// Walking is there where a phone has measured walks.
	Walking *Walking `json:"walking,omitempty"`
	// Well means that none of Notes is a failure.
	Well  bool         `json:"well"`
	Notes []alert.Note `json:"notes"`
}

// FailedFile is a file of which something could not be read; what was good in it is
// taken.
type FailedFile struct {
	Path     string    `json:"path"`
	Modified time.Time `json:"modified"`
	Reason   string    `json:"reason"`
}

// SourceStatus is one source's last and next sync.
type SourceStatus struct {
	Name     gait.SourceName `json:"name"`
	LastSync *time.Time      `json:"last_sync"`
	LastGood *time.Time      `json:"last_good"`
	NextSync *time.Time      `json:"next_sync"`
	// Backlog is the number of files or activities seen and not yet taken.
	Backlog      int        `json:"backlog"`
	Error        string     `json:"error"`
	FailingSince *time.Time `json:"failing_since"`
	// WaitingUntil is when the source may be asked again after a limit of
	// requests: a wait, no failure.
	WaitingUntil *time.Time `json:"waiting_until"`
	// Note is a sentence for the runner, as why the source waits; may be empty.
	Note string `json:"note"`
	// Login is how the tokens are, for a source that one logs in to.
	Login LoginHealth `json:"login,omitempty"`
}

// LoginHealth is how the login at a source is.
type LoginHealth string

// The states of a login.
const (
	LoginGood LoginHealth = "good"
	LoginPart LoginHealth = "part" // it shows a part of the activities only
	LoginNone LoginHealth = "none"
	LoginLost LoginHealth = "lost" // the source no longer accepts it
)

// UndeliveredStatus is one message that has not gone out yet.
type UndeliveredStatus struct {
	Channel  string     `json:"channel"`
	Title    string     `json:"title"`
	Created  time.Time  `json:"created"`
	Attempts int        `json:"attempts"`
	NextTry  *time.Time `json:"next_try"`
	Error    string     `json:"error"`
}

// Finding is what a check or a test found of one part.
type Finding struct {
	What string // "config", "source fit /watch", "channel email"
	Text string // what is well with it
	Err  error  // what is not, with the remedy
}

// Words say what was found, without the name of the channel: the line begins
// with it.
func (f Finding) Words() string {
	if f.Err == nil {
		return f.Text
	}
	return strings.TrimPrefix(f.Err.Error(), strings.TrimPrefix(f.What, "channel ")+": ")
}

// CopyStatus are the daily copies beside the database.
type CopyStatus struct {
	Folder string `json:"folder"`
	Count  int    `json:"count"`
	Bytes  int64  `json:"bytes"`
	// Oldest and Newest are days, "2026-05-04"; empty where there is no copy.
	Oldest string `json:"oldest"`
	Newest string `json:"newest"`
}

// Standing is the verdict as of now, in words.
type Standing struct {
	Verdict         finding.Verdict  `json:"verdict"`
	SeeProfessional bool             `json:"see_professional"`
	Urgent          bool             `json:"urgent"`
	Reasons         []finding.Reason `json:"reasons"`
	Advice          []finding.Reason `json:"advice"`
	Questions       []string         `json:"questions"`
	Since           *time.Time       `json:"since"`
	Plan            *Plan            `json:"plan,omitempty"`
}

// Plan is the way back after a stop or a pause.
type Plan struct {
	Step int `json:"step"`
	Of   int `json:"of"`
	// Do says what the step is.
	Do string `json:"do"`
	// LimitM is the distance of the step in metres; 0 where it is walking.
	LimitM float64 `json:"limit_m"`
	// Steps are all steps, the first one first.
	Steps []Step `json:"steps"`
}

// Step is one step of the way back.
type Step struct {
	Do     string  `json:"do"`
	LimitM float64 `json:"limit_m"`
	State  string  `json:"state"` // "done", "now" or "next"
}

// Week is the running of the week since Monday.
type Week struct {
	DistanceM float64 `json:"distance_m"`
	// AdvisedM is how much the advice allows for the week: 0 in a stop, null where
	// nothing is advised.
	AdvisedM *float64 `json:"advised_m"`
	// UsualM is the mean of the four weeks before.
	UsualM float64 `json:"usual_m"`
}

// Limit is what the week is compared with: what is advised, else what is usual.
func (w Week) Limit() float64 {
	if w.AdvisedM != nil {
		return *w.AdvisedM
	}
	return w.UsualM
}

// NewStanding gives s its stable form, with its facts in words; do is the
// plan's.
func NewStanding(s finding.Standing, reasons, advice []finding.Reason, questions []string, do string) Standing {
	j := Standing{
		Verdict: s.Verdict, SeeProfessional: s.SeeProfessional, Urgent: s.Urgent,
		Reasons: listed(reasons), Advice: listed(advice), Questions: listed(questions), Since: Moment(s.Since),
	}
	if p := s.Plan; p != nil {
		j.Plan = &Plan{Step: p.Step, Of: p.Of, Do: do, LimitM: math.Round(float64(p.Limit))}
	}
	return j
}

// Moment returns t for a JSON form: null where it never was.
func Moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

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
	// Since is the day from which they have been uneven.
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

// Health is what /healthz prints. Everybody who can reach the machine may read
// it: it holds no word about the runner, and no address.
type Health struct {
	// Alive means that the database answers and the daemon moves.
	Alive bool `json:"alive"`
	// Well means that nothing is failing just now. A daemon that is alive may still
	// have failures.
	Well   bool            `json:"well"`
	Unwell []HealthProblem `json:"unwell"`
}

// HealthProblem names what is failing.
type HealthProblem struct {
	What alert.NoteKind `json:"what"`
	// Name is the source or the channel, or empty.
	Name string `json:"name"`
	// Lasting means that it has been so for a day.
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
