package notify

import (
	"time"

	"gaitkeeper/gait"
)

// Situation is everything a decision looks at: the fold as of now, and what was
// told before.
type Situation struct {
	Now time.Time
	// Zone is the runner's time zone; nil is UTC.
	Zone        *time.Location
	Episodes    []gait.Episode
	Assessments []gait.Assessment
	Standing    gait.Standing
	// Notices are all that were ever recorded, in any order.
	Notices []gait.Notice
	// RunEnds is when each run ended. It tells how old a run is.
	RunEnds map[gait.RunID]time.Time
	// Pain and Answers are what the runner said: an answer ends a reminder.
	Pain    []gait.Pain
	Answers []gait.Answer
	// PausedUntil is the end of a pause; zero where there is none.
	PausedUntil time.Time
	Settings    Settings
	// Vitals are what is known of gaitkeeper itself.
	Vitals Vitals
}

// Settings are the numbers of the config's [alerts] section that decide.
type Settings struct {
	// MaxAge is how old a run may be to alert at all.
	MaxAge time.Duration
	// RemindAfter is the time from a measured warning to its only reminder.
	RemindAfter time.Duration
	// RepeatProfessional is the time after which "see a professional" may be
	// said again within one episode.
	RepeatProfessional time.Duration
	// Quiet are the hours without messages. They never change a decision, only
	// its delivery; [Suppressed] names them.
	Quiet gait.QuietHours
}

// DefaultSettings returns what stands where the config is silent.
func DefaultSettings() Settings {
	return Settings{
		MaxAge:             72 * time.Hour,
		RemindAfter:        72 * time.Hour,
		RepeatProfessional: 28 * 24 * time.Hour,
		Quiet:              gait.QuietHours{From: 22 * time.Hour, To: 7 * time.Hour},
	}
}

func (s Situation) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

func (s Situation) paused() bool { return s.Now.Before(s.PausedUntil) }

// tooOld tells whether the step's run lies too far back to alert. A step that
// the runner's own entry made is as old as the entry.
func (s Situation) tooOld(step gait.Step) bool {
	at := step.At
	if end, ok := s.RunEnds[step.Run]; ok && step.Entry == 0 {
		at = end
	}
	return s.Now.Sub(at) > s.Settings.MaxAge
}
