package alert

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// staleResolve is the time after which it is no news that a trouble is over.
const staleResolve = 14 * 24 * time.Hour

// resolve says that a trouble is over, where more than a question was said of it
// and the runner does not know it from his own answer.
func (s Situation) resolve(e finding.Episode, l log) Decision {
	alerts := l.alerts()
	question := !alerts.verdict(e).MoreSevere(finding.VerdictAsk) && !alerts.level().Above(gait.LevelAsk)
	stale := s.Now.Sub(e.Closed) > max(s.Settings.MaxAge, staleResolve)
	said := l.of(MessageResolved)
	done := len(said) > 0 && !said.last().Before(alerts.last())
	if question || stale || e.ClosedBy == finding.ClosedAnswered || e.ClosedBy == finding.ClosedSilent || done {
		return Decision{}
	}
	d := Decision{
		Kind: MessageResolved, Why: WhySettled, Run: alerts[len(alerts)-1].Run,
		Level: gait.LevelNone, Verdict: finding.VerdictKeep,
		Key: Key(MessageResolved, e.Key, alerts[0].Run),
	}
	if len(said) > 0 { // a late entry has opened the trouble again
		d.Key = Key(MessageResolved, e.Key, alerts[0].Run, len(said)+1)
	}
	if e.ClosedBy == finding.ClosedNormal {
		d.Why = WhyNormalAgain
	}
	for _, sign := range e.Signs {
		if sign.Entry != 0 && sign.Verdict.MoreSevere(finding.VerdictKeep) {
			d.Entry = sign.Entry // it names the place
		}
	}
	return d
}

// remind says once more that a measured warning stands, where the runner has
// said nothing since. A stop is not reminded of: it has its own days.
func (s Situation) remind(e finding.Episode, l log) Decision {
	alerts := l.alerts()
	if !s.reminderDue(e, l) {
		return Decision{}
	}
	last := alerts[len(alerts)-1]
	return Decision{
		Kind: MessageReminder, Why: WhyUnanswered, Run: e.About(), Level: gait.LevelWarn, Verdict: last.Verdict,
		Key: Key(MessageReminder, e.Key, last.Run, gait.LevelWarn),
	}
}

// reminderDue tells whether a warning was sent that nobody has answered for a
// while. Where a second warning has followed the first, it was the reminder.
func (s Situation) reminderDue(e finding.Episode, l log) bool {
	alerts := l.alerts()
	measured := slices.ContainsFunc(e.Signs, func(sign finding.Sign) bool {
		return sign.Measured && sign.Entry == 0 && sign.Level == gait.LevelWarn
	})
	warned := slices.DeleteFunc(l.alerts(), func(n Notice) bool { return n.Level != gait.LevelWarn })
	if !measured || len(warned) != 1 || e.Stop || len(l.of(MessageReminder)) > 0 {
		return false
	}
	wait := s.Settings.RemindAfter
	return wait > 0 && s.Now.Sub(alerts.last()) >= wait && !s.spoken(l, alerts.last())
}

// spoken tells whether the runner said anything since a moment, or about the
// runs that messages were about at any time.
func (s Situation) spoken(l log, since time.Time) bool {
	said := func(run gait.RunID, recorded time.Time) bool {
		about := run != "" && slices.ContainsFunc(l, func(n Notice) bool { return n.Run == run })
		return !recorded.After(s.Now) && (about || !recorded.Before(since))
	}
	return slices.ContainsFunc(s.Answers, func(a gait.Answer) bool { return said(a.Run, a.Recorded) }) ||
		slices.ContainsFunc(s.Pain, func(p gait.Pain) bool { return said(p.Run, p.Recorded) })
}
