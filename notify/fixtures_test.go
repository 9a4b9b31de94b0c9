package notify_test

import (
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// story is a season in which a test tells what happens day by day.
type story struct {
	t *testing.T
	s alert.Situation
	v notify.HealthInput
}

// monday is noon of the story's first day.
func monday() time.Time { return time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC) }

func day(n float64) time.Time { return monday().Add(time.Duration(n * 24 * float64(time.Hour))) }

func newStory(t *testing.T) *story {
	t.Helper()
	return &story{t: t, s: alert.Situation{
		Now: monday(), Zone: time.UTC, RunEnds: map[gait.RunID]time.Time{},
		Standing: finding.Standing{Verdict: finding.VerdictKeep}, Settings: alert.DefaultSettings(),
	}}
}

// at moves the clock to a day of the story.
func (st *story) at(d float64) *story {
	st.s.Now = day(d)
	return st
}

func (st *story) pausedUntil(d float64) *story {
	st.s.PausedUntil = day(d)
	return st
}

// record does what the store does: a key that is there already is skipped.
func (st *story) record(d alert.Decision) {
	if !st.s.Recorded(d.Key) {
		st.s.Notices = append(st.s.Notices, d.Notice)
	}
}

func score(t *testing.T, n int) gait.Score {
	t.Helper()
	s, err := gait.Exactly(n)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
