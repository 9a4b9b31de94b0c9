// Package alert decides what to tell the runner, and when.
//
// There is one log: the notices of what was said. [Next] compares an episode
// with it and returns a message, or the reason for silence. The daemon gives it
// the notices in the database; [Simulate] plays the same function over the history
// and writes its own log as it goes, which is what backtest and the thresholds
// page show. So a run's alert means the same everywhere.
//
// The package is pure: it reads no clock, and the same situation gives the same
// decisions. Once a decision is recorded it is not taken again.
package alert

import (
	"cmp"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Situation is everything a decision looks at: the fold as of now, and what was
// told before.
type Situation struct {
	Now time.Time
	// Zone is the runner's time zone; nil is UTC.
	Zone        *time.Location
	Episodes    []finding.Episode
	Assessments []finding.Assessment
	Standing    finding.Standing
	// Notices are all that were ever recorded, in any order.
	Notices []Notice
	// RunEnds is when each run ended. It tells how old a run is.
	RunEnds map[gait.RunID]time.Time
	// Pain and Answers are what the runner said: an answer ends a reminder.
	Pain    []gait.Pain
	Answers []gait.Answer
	// PausedUntil is the end of a pause; zero where there is none.
	PausedUntil time.Time
	Settings    Settings
}

// Settings are the numbers of the config's [alerts] section that decide.
type Settings struct {
	// MaxAge is how old a run may be to alert at all.
	MaxAge time.Duration
	// RemindAfter is the time from a measured warning to its only reminder.
	RemindAfter time.Duration
	// Refractory is the number of runs before the same question is asked again.
	Refractory int
	// RepeatProfessional is the time after which "see a professional" may be
	// said again within one episode.
	RepeatProfessional time.Duration
	// DigestAlways sends a digest of a week of which there is nothing to tell, too.
	DigestAlways bool
	// Quiet are the hours without messages. They never change a decision, only
	// its delivery; [Suppressed] names them.
	Quiet QuietHours
}

// DefaultSettings returns what stands where the config is silent.
func DefaultSettings() Settings {
	return Settings{
		MaxAge:             72 * time.Hour,
		RemindAfter:        72 * time.Hour,
		Refractory:         8,
		RepeatProfessional: 28 * 24 * time.Hour,
		Quiet:              QuietHours{From: 22 * time.Hour, To: 7 * time.Hour},
	}
}

// Location is the runner's time zone, never nil.
func (s Situation) Location() *time.Location { return cmp.Or(s.Zone, time.UTC) }

// Paused reports whether the runner wants no messages now.
func (s Situation) Paused() bool { return s.Now.Before(s.PausedUntil) }

// tooOld reports whether the sign lies too far back to alert. A sign that the
// runner's own entry made is as old as the entry, one of a run as old as the run.
func (s Situation) tooOld(sign finding.Sign) bool {
	at := sign.At
	if end, ok := s.RunEnds[sign.Run]; ok && sign.Entry == 0 {
		at = end
	}
	return s.Now.Sub(at) > s.Settings.MaxAge
}

// QuietHours is the part of the day in which no message is delivered, as
// durations since midnight on the runner's clock; From after To spans midnight.
// It follows the clock on the wall: on the nights on which that clock changes,
// the quiet begins and ends at the same figures as always. The zero value is
// never quiet.
type QuietHours struct {
	From, To time.Duration
}

// Contains reports whether now is a quiet moment in the given zone. The end is
// not quiet any more.
func (q QuietHours) Contains(now time.Time, zone *time.Location) bool {
	hour, minute, second := now.In(zone).Clock()
	clock := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	if q.From <= q.To {
		return q.From <= clock && clock < q.To
	}
	return clock >= q.From || clock < q.To
}
