package alert_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// story is a season in which a test tells what happens day by day; told is
// asked every time it should be decided what to say.
type story struct {
	t *testing.T
	s alert.Situation
}

// monday is noon of the story's first day.
func monday() time.Time { return time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC) }

func day(n float64) time.Time { return monday().Add(time.Duration(n * 24 * float64(time.Hour))) }

func newStory(t *testing.T) *story {
	t.Helper()
	return &story{t, alert.Situation{
		Now: monday(), Zone: time.UTC, RunEnds: map[gait.RunID]time.Time{},
		Standing: finding.Standing{Verdict: finding.VerdictKeep}, Settings: alert.DefaultSettings(),
	}}
}

// at moves the clock to a day of the story.
func (st *story) at(d float64) *story {
	st.s.Now = day(d)
	return st
}

// run lets a run end on a day.
func (st *story) run(id gait.RunID, d float64) *story {
	st.s.RunEnds[id] = day(d)
	return st
}

// shows adds to the last episode what a run shows while it is open.
func (st *story) shows(id gait.RunID, measured gait.Level, verdict finding.Verdict) *story {
	e := &st.s.Episodes[len(st.s.Episodes)-1]
	shown := finding.Sign{At: st.s.RunEnds[id], Run: id, Level: measured, Verdict: verdict, Measured: measured != gait.LevelNone, Side: gait.Left}
	if verdict == finding.VerdictStop {
		shown.Level = gait.LevelWarn
	}
	e.Signs = append(e.Signs, shown)
	st.s.Standing.Episode = e
	return st
}

// episode adds an open episode or replaces the one with the same key; the
// standing follows its last step.
func (st *story) episode(key string, signs ...finding.Sign) *story {
	e := finding.Episode{Key: key, Opened: signs[0].At, Signs: signs, Measured: signs[0].Entry == 0}
	for _, p := range signs {
		own := slices.ContainsFunc(st.s.Pain, func(e gait.Pain) bool { return e.ID == p.Entry })
		if p.Entry != 0 && !own { // shown on the spot, as what the runner enters is
			st.s.Pain = append(st.s.Pain, gait.Pain{ID: p.Entry, Run: p.Run, Recorded: p.At})
		}
		if p.Verdict == finding.VerdictStop && !e.Stop {
			e.Stop, e.StopSince = true, p.At
		}
	}
	last := signs[len(signs)-1]
	st.s.Standing = finding.Standing{
		Verdict: last.Verdict, SeeProfessional: last.SeeProfessional, Run: last.Run, Episode: &e,
	}
	for i := range st.s.Episodes {
		if st.s.Episodes[i].Key == key {
			st.s.Episodes[i] = e
			return st
		}
	}
	st.s.Episodes = append(st.s.Episodes, e)
	return st
}

func (st *story) closed(key string, d float64, by finding.Closing) *story {
	for i := range st.s.Episodes {
		if e := &st.s.Episodes[i]; e.Key == key {
			e.Closed, e.ClosedBy = day(d), by
		}
	}
	st.s.Standing = finding.Standing{Verdict: finding.VerdictKeep}
	return st
}

func (st *story) drop(key string) *story {
	var kept []finding.Episode
	for _, e := range st.s.Episodes {
		if e.Key != key {
			kept = append(kept, e)
		}
	}
	st.s.Episodes = kept
	return st
}

func (st *story) pain(p gait.Pain, recorded float64) *story {
	p.Recorded = day(recorded)
	st.s.Pain = append(st.s.Pain, p)
	return st
}

func (st *story) pausedUntil(d float64) *story {
	st.s.PausedUntil = day(d)
	return st
}

// says asks for the decisions now, records them as the store would, and
// compares them with what should be said: "kind run level/verdict".
func (st *story) says(want ...string) *story {
	st.t.Helper()
	var got []string
	for _, d := range alert.Decide(st.s) {
		got = append(got, fmt.Sprintf("%s %s %s/%s", d.Kind, d.Run, d.Level, d.Verdict))
		st.record(d)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		st.t.Errorf("%s: said %q, want %q", st.s.Now.Format("Mon 2 Jan 15:04"), got, want)
	}
	if again := alert.Decide(st.s); len(again) > 0 {
		st.t.Errorf("%s: said %q a second time", st.s.Now.Format("Mon 2 Jan 15:04"), again[0].Key)
	}
	return st
}

// record does what the store does: a key that is there already is skipped.
func (st *story) record(d alert.Decision) {
	for _, n := range st.s.Notices {
		if n.Key == d.Key {
			return
		}
	}
	st.s.Notices = append(st.s.Notices, d.Notice)
}

// silent expects nothing to be said now.
func (st *story) silent() *story {
	st.t.Helper()
	return st.says()
}

// suppressed expects why the run's own alert is silent now.
func (st *story) suppressed(run gait.RunID, want finding.Suppression) *story {
	st.t.Helper()
	runs := []finding.Assessment{{Run: run, Alert: finding.Alert{Level: gait.LevelAsk}}}
	if got := alert.SetSuppressions(runs, alert.Present(st.s))[0].Alert.Suppressed; got != want {
		st.t.Errorf("suppressed = %q, want %q", got, want)
	}
	return st
}

func sign(run gait.RunID, d float64, level gait.Level, verdict finding.Verdict) finding.Sign {
	return finding.Sign{At: day(d), Run: run, Index: int(d), Level: level, Verdict: verdict, Measured: true, Side: gait.Left}
}

func asks(run gait.RunID, d float64) finding.Sign {
	return sign(run, d, gait.LevelAsk, finding.VerdictAsk)
}

func warns(run gait.RunID, d float64) finding.Sign {
	return sign(run, d, gait.LevelWarn, finding.VerdictModify)
}

// enters is a step that the runner's own entry made.
func enters(entry int64, run gait.RunID, d float64, verdict finding.Verdict) finding.Sign {
	s := sign(run, d, gait.LevelAsk, verdict)
	s.Entry, s.Measured = entry, false
	if verdict == finding.VerdictStop {
		s.Level = gait.LevelWarn
	}
	return s
}

func seePro(s finding.Sign) finding.Sign {
	s.SeeProfessional = true
	return s
}

func otherSide(s finding.Sign) finding.Sign {
	s.Side = s.Side.Opposite()
	return s
}

func minor(s finding.Sign) finding.Sign {
	s.Minor = true
	return s
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}
