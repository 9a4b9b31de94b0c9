package alert

import (
	"slices"
	"time"

	"gaitkeeper/gait"
)

// staleResolve is the time after which it is no news that a trouble is over.
const staleResolve = 14 * 24 * time.Hour

// resolve says that a trouble is over, where more than a question was said of it
// and the runner does not know it from his own answer.
func (s Situation) resolve(e gait.Episode, l log) Decision {
	alerts := l.alerts()
	question := !alerts.verdict(e).Graver(gait.VerdictAsk) && !alerts.level().Louder(gait.LevelAsk)
	stale := s.Now.Sub(e.Closed) > max(s.Settings.MaxAge, staleResolve)
	said := l.of(gait.MessageResolved)
	done := len(said) > 0 && !said.last().Before(alerts.last())
	if question || stale || e.ClosedBy == gait.ClosedAnswered || e.ClosedBy == gait.ClosedSilent || done {
		return Decision{}
	}
	d := Decision{
		Kind: gait.MessageResolved, Why: WhySettled, Run: alerts[len(alerts)-1].Run,
		Level: gait.LevelNone, Verdict: gait.VerdictKeep,
		Key: Key(gait.MessageResolved, e.Key, alerts[0].Run),
	}
	if len(said) > 0 { // a late entry has opened the trouble again
		d.Key = Key(gait.MessageResolved, e.Key, alerts[0].Run, len(said)+1)
	}
	if e.ClosedBy == gait.ClosedNormal {
		d.Why = WhyNormalAgain
	}
	for _, sign := range e.Signs {
		if sign.Entry != 0 && sign.Verdict.Graver(gait.VerdictKeep) {
			d.Entry = sign.Entry // it names the place
		}
	}
	return d
}

// remind says once more that a measured warning stands, where the runner has
// said nothing since. A stop is not reminded of: it has its own days.
func (s Situation) remind(e gait.Episode, l log) Decision {
	alerts := l.alerts()
	if !s.reminderComes(e, l) || s.Now.Sub(alerts.last()) < s.Settings.RemindAfter {
		return Decision{}
	}
	last := alerts[len(alerts)-1]
	return Decision{
		Kind: gait.MessageReminder, Why: WhyUnanswered, Run: last.Run, Level: gait.LevelWarn, Verdict: last.Verdict,
		SeeProfessional: s.owesProfessional(e, l),
		Key:             Key(gait.MessageReminder, e.Key, last.Run, gait.LevelWarn),
	}
}

// reminderComes tells whether a warning that was sent will be reminded of, now
// or later, unless the runner says something before.
func (s Situation) reminderComes(e gait.Episode, l log) bool {
	alerts := l.alerts()
	measured := slices.ContainsFunc(e.Signs, func(sign gait.Sign) bool {
		return sign.Measured && sign.Entry == 0 && sign.Level == gait.LevelWarn
	})
	if !measured || alerts.level() != gait.LevelWarn || e.Stop || s.Settings.RemindAfter <= 0 || len(l.of(gait.MessageReminder)) > 0 {
		return false
	}
	return !s.spoken(l, alerts.last())
}

// spoken tells whether the runner said anything since a moment, or about the
// runs that messages were about at any time.
func (s Situation) spoken(l log, since time.Time) bool {
	said := func(run gait.RunID, recorded time.Time) bool {
		about := run != "" && slices.ContainsFunc(l, func(n gait.Notice) bool { return n.Run == run })
		return !recorded.After(s.Now) && (about || !recorded.Before(since))
	}
	return slices.ContainsFunc(s.Answers, func(a gait.Answer) bool { return said(a.Run, a.Recorded) }) ||
		slices.ContainsFunc(s.Pain, func(p gait.Pain) bool { return said(p.Run, p.Recorded) })
}
