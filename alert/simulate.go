package alert

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Simulate plays the past of the situation's episodes, as if every run, entry and
// answer had been known as it happened. It returns what would have been said,
// and why each run that speaks would have been silent: empty where it would have
// sent a message. Pauses and quiet hours have no part in it.
func Simulate(s Situation) (said []Notice, silent map[gait.RunID]finding.Suppression) {
	s.Notices, s.PausedUntil = nil, time.Time{}
	silent = map[gait.RunID]finding.Suppression{}
	logs := map[string]log{}
	say := func(d Decision, e finding.Episode, at time.Time) {
		d.Episode, d.At = e.Key, at
		s.Notices = append(s.Notices, d.Notice)
		logs[e.Key] = append(logs[e.Key], d.Notice)
	}
	for _, m := range moments(s.Episodes) {
		s.Now = m.at
		if d, due := s.dueReminder(m.episode, logs[m.episode.Key]); d.Kind != "" {
			say(d, m.episode, due)
		}
		e := asOf(m.episode, m.at)
		s.Standing = finding.Standing{Verdict: e.Signs[len(e.Signs)-1].Verdict, Episode: &e}
		d, why := s.alert(e, logs)
		run := m.sign.Run
		if d.Kind != "" {
			say(d, e, s.Now)
			run, why = d.Run, finding.NotSuppressed
		}
		if before, decided := silent[run]; !decided || before != finding.NotSuppressed {
			silent[run] = why
		}
	}
	return s.Notices, silent
}

// dueReminder returns the reminder that was due before now, and when; without a
// kind there was none.
func (s Situation) dueReminder(e finding.Episode, l log) (d Decision, due time.Time) {
	due = l.alerts().last().Add(s.Settings.RemindAfter)
	if len(l.alerts()) == 0 || due.After(s.Now) {
		return Decision{}, due
	}
	s.Now = due
	return s.remind(asOf(e, due), l), due
}

// moment is one sign at the time it became known.
type moment struct {
	at      time.Time
	episode finding.Episode
	sign    finding.Sign
}

func moments(episodes []finding.Episode) []moment {
	var all []moment
	for _, e := range episodes {
		for _, sign := range e.Signs {
			all = append(all, moment{sign.At, e, sign})
		}
	}
	slices.SortStableFunc(all, func(a, b moment) int { return a.at.Compare(b.at) })
	return all
}

// asOf returns an episode as it was at a moment: open, and with the signs known
// until then.
func asOf(e finding.Episode, at time.Time) finding.Episode {
	e.Signs = slices.DeleteFunc(slices.Clone(e.Signs), func(s finding.Sign) bool { return s.At.After(at) })
	e.Closed, e.ClosedBy = time.Time{}, finding.ClosedNot
	if e.StopSince.After(at) {
		e.Stop, e.StopSince = false, time.Time{}
	}
	return e
}

// Present returns why each run that speaks is silent by the log as it is: empty
// where it has sent a message, or is about to.
func Present(s Situation) map[gait.RunID]finding.Suppression {
	logs, out := s.logs(), map[gait.RunID]finding.Suppression{}
	for _, e := range s.Episodes {
		for i, sign := range e.Signs {
			_, silent := s.news(e, i, logs)
			switch {
			case silent == finding.NotSuppressed:
				silent = s.held(e, sign)
			case silent == finding.SuppressedRefractory && s.cameOld(e, i, logs[e.Key]):
				silent = finding.SuppressedTooOld
			}
			out[sign.Run] = silent
		}
	}
	for _, n := range s.Notices {
		if n.Kind == MessageAlert || n.Kind == MessageEscalate {
			out[n.Run] = finding.NotSuppressed
		}
	}
	return out
}

// cameOld reports whether a sign was too old already when the runner first learned
// of its episode: what was said since is not why its run is silent.
func (s Situation) cameOld(e finding.Episode, i int, l log) bool {
	entered := slices.ContainsFunc(e.Signs[:i], func(sign finding.Sign) bool { return sign.Entry != 0 })
	if entered || s.askedLately(e, e.Signs[i]) {
		return false
	}
	if alerts := l.alerts(); len(alerts) > 0 {
		s.Now = alerts[0].At
	}
	return s.tooOld(e.Signs[i])
}

// held tells why a sign that is news was not sent, or not yet.
func (s Situation) held(e finding.Episode, sign finding.Sign) finding.Suppression {
	switch {
	case e.ClosedBy == finding.ClosedAnswered:
		return finding.SuppressedAnswered
	case s.tooOld(sign):
		return finding.SuppressedTooOld
	case s.Paused():
		return finding.SuppressedPaused
	case s.Settings.Quiet.Contains(s.Now, s.Location()):
		return finding.SuppressedQuietHours
	default:
		return finding.NotSuppressed
	}
}

// SetSuppressions fills in why each run's alert is silent.
func SetSuppressions(assessments []finding.Assessment, silent map[gait.RunID]finding.Suppression) []finding.Assessment {
	marked := slices.Clone(assessments)
	for i := range marked {
		marked[i] = SetSuppression(marked[i], silent)
	}
	return marked
}

// SetSuppression fills in why the alert of one run is silent. A run that speaks
// without an episode was met with an answer.
func SetSuppression(a finding.Assessment, silent map[gait.RunID]finding.Suppression) finding.Assessment {
	if !a.Alert.Level.Above(gait.LevelNone) || a.Alert.Suppressed == finding.SuppressedExcluded {
		return a
	}
	a.Alert.Suppressed = finding.SuppressedAnswered
	if why, spoke := silent[a.Run]; spoke {
		a.Alert.Suppressed = why
	}
	return a
}
