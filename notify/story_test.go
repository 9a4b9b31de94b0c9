package notify_test

import (
	"fmt"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// story is a season in which a test tells what happens day by day; told is
// asked every time it should be decided what to say.
type story struct {
	t *testing.T
	s notify.Situation
}

// monday is noon of the story's first day.
func monday() time.Time { return time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC) }

func day(n float64) time.Time { return monday().Add(time.Duration(n * 24 * float64(time.Hour))) }

func newStory(t *testing.T) *story {
	t.Helper()
	return &story{t, notify.Situation{
		Now: monday(), Zone: time.UTC, RunEnds: map[gait.RunID]time.Time{},
		Standing: gait.Standing{Verdict: gait.VerdictKeep}, Settings: notify.DefaultSettings(),
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

// shows lets the fold say of a run what it shows, and that this is no news.
func (st *story) shows(id gait.RunID, measured gait.Level, verdict gait.Verdict) *story {
	a := gait.Assessment{Run: id, Verdict: verdict, Alert: gait.Alert{Level: measured, Suppressed: gait.SuppressedRefractory}}
	a.Evidence.Level, a.Evidence.Quality.Balance = measured, gait.BalanceOK
	if verdict == gait.VerdictStop {
		a.Alert.Level = gait.LevelWarn
	}
	st.s.Assessments = append(st.s.Assessments, a)
	return st
}

// episode adds an open episode or replaces the one with the same key; the
// standing follows its last step.
func (st *story) episode(key string, steps ...gait.Step) *story {
	e := gait.Episode{Key: key, Opened: steps[0].At, Steps: steps, Measured: steps[0].Entry == 0}
	for _, p := range steps {
		if p.Verdict == gait.VerdictStop && !e.Stop {
			e.Stop, e.StopSince = true, p.At
		}
	}
	last := steps[len(steps)-1]
	st.s.Standing = gait.Standing{
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

func (st *story) closed(key string, d float64, by gait.Closing) *story {
	for i := range st.s.Episodes {
		if e := &st.s.Episodes[i]; e.Key == key {
			e.Closed, e.ClosedBy = day(d), by
		}
	}
	st.s.Standing = gait.Standing{Verdict: gait.VerdictKeep}
	return st
}

func (st *story) drop(key string) *story {
	var kept []gait.Episode
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
	for _, d := range notify.Decide(st.s) {
		got = append(got, fmt.Sprintf("%s %s %s/%s", d.Kind, d.Run, d.Level, d.Verdict))
		st.record(d)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		st.t.Errorf("%s: said %q, want %q", st.s.Now.Format("Mon 2 Jan 15:04"), got, want)
	}
	if again := notify.Decide(st.s); len(again) > 0 {
		st.t.Errorf("%s: said %q a second time", st.s.Now.Format("Mon 2 Jan 15:04"), again[0].Key)
	}
	return st
}

// record does what the store does: a key that is there already is skipped.
func (st *story) record(d notify.Decision) {
	for _, n := range st.s.Notices {
		if n.Key == d.Key {
			return
		}
	}
	st.s.Notices = append(st.s.Notices, d.Notice())
}

// silent expects nothing to be said now.
func (st *story) silent() *story {
	st.t.Helper()
	return st.says()
}

// suppressed expects why the run's own alert is silent now.
func (st *story) suppressed(run gait.RunID, want gait.Suppression) *story {
	st.t.Helper()
	st.s.Assessments = []gait.Assessment{{Run: run, Alert: gait.Alert{Level: gait.LevelAsk}}}
	if got := notify.Suppress(st.s)[0].Alert.Suppressed; got != want {
		st.t.Errorf("suppressed = %q, want %q", got, want)
	}
	return st
}

func step(run gait.RunID, d float64, level gait.Level, verdict gait.Verdict) gait.Step {
	return gait.Step{At: day(d), Run: run, Level: level, Verdict: verdict}
}

func asks(run gait.RunID, d float64) gait.Step {
	return step(run, d, gait.LevelAsk, gait.VerdictAsk)
}

func warns(run gait.RunID, d float64) gait.Step {
	return step(run, d, gait.LevelWarn, gait.VerdictModify)
}

// enters is a step that the runner's own entry made.
func enters(entry int64, run gait.RunID, d float64, verdict gait.Verdict) gait.Step {
	s := step(run, d, gait.LevelAsk, verdict)
	s.Entry = entry
	if verdict == gait.VerdictStop {
		s.Level = gait.LevelWarn
	}
	return s
}

func seePro(s gait.Step) gait.Step {
	s.SeeProfessional = true
	return s
}

func minor(s gait.Step, why gait.Suppression) gait.Step {
	s.Suppressed = why
	return s
}
