package notify

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// HealthInput are what is known of gaitkeeper itself.
type HealthInput struct {
	// Awake is since when this process has been watching without a break, as of
	// a machine that sleeps; zero for a command that only looks in.
	Awake time.Time
	// FirstSync is when the first sync of all ended; zero where there was none.
	FirstSync time.Time
	Sources   []SourceHealth
	Folders   []FolderHealth
	Channels  []ChannelHealth
	Copies    CopyHealth
	// Gone says what to do about each key of the config that no longer exists.
	Gone []string
	// Runs are all but the excluded ones, oldest first.
	Runs []RunHealth
	// Misdated are the runs that are not counted because their clock is wrong,
	// except for the excluded ones. What is wrong with it is their last oddity.
	Misdated []gait.Run
}

// SourceHealth is how the syncs of a source go. Times that never were are zero.
type SourceHealth struct {
	Name gait.SourceName
	// FailingSince is since when it has failed; Error is the last one's, in plain
	// words.
	FailingSince time.Time
	Error        string
	// WaitingUntil is the end of a wait, as for a rate limit; Note says why.
	WaitingUntil time.Time
	Note         string
	// NextDue is when the next sync should have begun, or will.
	NextDue time.Time
}

// FolderHealth is a watched folder that is there and holds no FIT file.
type FolderHealth struct {
	Dir   string
	Since time.Time
	// Held means that it did hold some once.
	Held bool
}

// ChannelHealth is how a channel delivers.
type ChannelHealth struct {
	Name string
	// FailingSince is when the oldest message was written that was tried and
	// not delivered; zero where there is none.
	FailingSince time.Time
	Error        string
	// Owed is how many messages wait for it.
	Owed int
	// Refused are the receivers who did not get the last message and will not.
	Refused []alert.Receipt
}

// CopyHealth is how the daily copies of the database go.
type CopyHealth struct {
	// FailingSince is since when it has failed, zero where there is none; Error is
	// the last one's, in plain words.
	FailingSince time.Time
	Error        string
}

// RunHealth is what a run tells of the way it came here.
type RunHealth struct {
	End time.Time
	// Sided means that left and right were measured.
	Sided bool
	// Summary means that it came from where left and right never come from.
	Summary bool
}

// healthCheck is gaitkeeper itself, as a decision looks at it.
type healthCheck struct {
	alert.Situation
	Input HealthInput
}

// Health decides what to say of gaitkeeper itself: once when something has
// failed for a day, and once when it works again. Some of what is only worth a
// line is said once. During a pause nothing is said.
func Health(situation alert.Situation, v HealthInput) []alert.Decision {
	s := healthCheck{situation, v}
	if s.Paused() {
		return nil
	}
	var decisions []alert.Decision
	notes := Notes(situation, v)
	for _, n := range notes {
		if k := stretch(n); s.due(n) && !s.Recorded(k) {
			decisions = append(decisions, s.health(k, alert.Why(n.Kind), n))
		}
	}
	for _, notice := range s.Notices {
		n, ok := noteOf(notice)
		if ok && !slices.ContainsFunc(notes, same(n)) && !s.Recorded(notice.Key+recoveredSuffix) {
			d := s.health(notice.Key+recoveredSuffix, alert.WhyWellAgain, n)
			d.Thread = notice.Key
			decisions = append(decisions, d)
		}
	}
	return decisions
}

func (s healthCheck) health(key string, why alert.Why, n alert.Note) alert.Decision {
	d := alert.Decision{Why: why, Note: n, Notice: alert.Notice{Kind: alert.MessageHealth, Key: key, Level: gait.LevelNone, At: s.Now}}
	if n.Kind == alert.NoteChannelFailing && why != alert.WhyWellAgain {
		for _, c := range s.Input.Channels {
			if !c.FailingSince.IsZero() {
				d.Without = append(d.Without, c.Name) // it would only wait there
			}
		}
	}
	return d
}

// recoveredSuffix ends the key of the notice that a stretch is over.
const recoveredSuffix = ":well"

// stretch is the key of a stretch of something: the same from its first day to
// its last, over restarts.
func stretch(n alert.Note) string {
	return alert.Key(alert.MessageHealth, n.Kind, url.QueryEscape(n.Subject), n.Since.UTC().Format("20060102T150405Z"))
}

// noteOf returns the failure that an earlier notice reported; false where the
// notice is of another kind.
func noteOf(notice alert.Notice) (alert.Note, bool) {
	parts := strings.Split(notice.Key, ":")
	if notice.Kind != alert.MessageHealth || len(parts) != 4 {
		return alert.Note{}, false
	}
	subject, err := url.QueryUnescape(parts[2])
	since, invalid := time.Parse("20060102T150405Z", parts[3])
	n := alert.Note{Kind: alert.NoteKind(parts[1]), Subject: subject, Since: since, Unwell: true}
	once := n.Kind == alert.NoteNoStrap || n.Kind == alert.NoteNoRuns // worth a message, and no illness
	return n, err == nil && invalid == nil && !once
}

// same reports whether another note is about the same. A stretch that was
// followed by another of the same is not over: its end was only too short to see.
func same(n alert.Note) func(alert.Note) bool {
	return func(o alert.Note) bool { return o.Kind == n.Kind && o.Subject == n.Subject }
}

// due reports whether a note has stood long enough for a message. That the
// runner does not run is said once at the most, and never where he is known to
// rest.
func (s healthCheck) due(n alert.Note) bool {
	stood := s.Now.Sub(n.Since)
	switch {
	case n.Unwell && s.alerted(n):
		return false
	case n.Unwell:
		return n.Lasting(s.Now)
	case n.Kind == alert.NoteNoStrap:
		return s.fresh()
	case n.Kind == alert.NoteNoRuns:
		return stood >= missedAfter && s.fresh() && s.ranRegularly() && !s.resting(n.Since)
	default:
		return false
	}
}

// fresh reports whether the last run was run since gaitkeeper has been watching:
// what an old season looks like is no news.
func (s healthCheck) fresh() bool {
	runs := s.Input.Runs
	return !s.Input.FirstSync.IsZero() && len(runs) > 0 && runs[len(runs)-1].End.After(s.Input.FirstSync)
}

// alerted reports whether an earlier stretch of the same was told and its end
// was not: the runner knows.
func (s healthCheck) alerted(n alert.Note) bool {
	return slices.ContainsFunc(s.Notices, func(notice alert.Notice) bool {
		o, ok := noteOf(notice)
		return ok && same(n)(o) && !s.Recorded(notice.Key+recoveredSuffix)
	})
}

// healthBody tells how gaitkeeper itself is doing: what is so, what to do next, and
// that no second message follows; or in a line that it works again.
func healthBody(c Content) mailBody {
	n := c.Decision.Note
	if c.Decision.Why == alert.WhyWellAgain {
		line := c.words().Recovered(n)
		return mailBody{Title: words.RecoveredTitle(n), Short: line, Lead: []string{line}}
	}
	l := mailBody{Title: words.UnwellTitle(n), Short: strings.Join(lines(n.Text, n.Next), " ")}
	l.add(section{Heading: words.HeadingWhatHappened, Lines: []string{n.Text}})
	l.add(section{Heading: words.HeadingWhatToDo, Lines: []string{n.Next}})
	l.add(section{Lines: []string{words.Once(n.Unwell)}})
	return l
}
