package alert

import (
	"slices"
	"strings"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// FollowUpDays are the days after which a stop that still stands is asked
// about; then the messages fall silent.
func FollowUpDays() []int { return []int{3, 7, 14} }

// followUp asks about a stop that still stands, on its days after it was told.
func (s Situation) followUp(e finding.Episode, l log) Decision {
	base, stop := s.stopAlerted(e, l)
	if base.IsZero() || !s.stands(e) {
		return Decision{}
	}
	base = base.In(s.Location())
	for _, day := range slices.Backward(FollowUpDays()) {
		due := base.AddDate(0, 0, day)
		if s.Now.Before(due) {
			continue
		}
		asked := slices.ContainsFunc(l.of(MessageFollowUp), func(n Notice) bool { return !n.At.Before(due) })
		if asked || len(l) > 0 && s.Now.Before(l.last().AddDate(0, 0, 1)) || s.askedToday() {
			return Decision{} // after another message about it, a day later
		}
		return Decision{Why: WhyStopStands, Day: max(day, s.daysSince(base)), Entry: stop.Entry, Notice: Notice{
			Kind: MessageFollowUp, Key: Key(MessageFollowUp, e.Key, base.Format(time.DateOnly), day),
			Run: stop.Run, Level: gait.LevelWarn, Verdict: finding.VerdictStop,
		}}
	}
	return Decision{}
}

// askedToday reports whether a morning's question or a digest, which asks about
// a stop, went out within the last day.
func (s Situation) askedToday() bool {
	return slices.ContainsFunc(s.Notices, func(n Notice) bool {
		return (n.Kind == MessageMorning || n.Kind == MessageDigest) && s.Now.Before(n.At.AddDate(0, 0, 1))
	})
}

// stopAlerted returns when the episode's stop was told, and the step that made it;
// where no message told of it, as in a pause, when the runner was shown it as he
// entered it. The zero time: neither.
func (s Situation) stopAlerted(e finding.Episode, l log) (at time.Time, stop finding.Sign) {
	i := slices.IndexFunc(e.Signs, func(st finding.Sign) bool { return st.Verdict == finding.VerdictStop && !st.At.Before(e.StopSince) })
	if i >= 0 {
		stop = e.Signs[i]
	}
	stops := slices.DeleteFunc(l.alerts(), func(n Notice) bool { return n.Verdict != finding.VerdictStop })
	switch {
	case len(stops) > 0:
		at, stop.Run = e.StopSince, stops[len(stops)-1].Run
		if i := slices.IndexFunc(stops, func(n Notice) bool { return !n.At.Before(e.StopSince) }); i >= 0 {
			at = stops[i].At
		}
		return at, stop
	case i >= 0 && s.shownOnEntry(stop):
		return stop.At, stop
	default:
		return time.Time{}, stop
	}
}

// shownOnEntry reports whether the runner's own entry or answer made the step,
// and no text that was read from elsewhere.
func (s Situation) shownOnEntry(st finding.Sign) bool {
	return slices.ContainsFunc(s.Pain, func(p gait.Pain) bool {
		return p.ID == st.Entry && p.FromText == gait.TextSource{} && p.Recorded.Equal(st.At)
	}) ||
		slices.ContainsFunc(s.Answers, func(a gait.Answer) bool { return a.ID == st.Entry && a.Recorded.Equal(st.At) })
}

// stands reports whether the episode's stop is the runner's verdict as of now.
func (s Situation) stands(e finding.Episode) bool {
	own := s.Standing.Episode == nil || s.Standing.Episode.Key == e.Key
	return e.Stop && own && s.Standing.Verdict == finding.VerdictStop
}

// staleResolve is the time after which it is no news that a trouble is over.
const staleResolve = 14 * 24 * time.Hour

// resolve says that a trouble is over, where more than a question was said of it
// and the runner does not know it from his own answer.
func (s Situation) resolve(e finding.Episode, l log) Decision {
	alerts := l.alerts()
	known := s.known(e, 0, l)
	question := !known.verdict.MoreSevere(finding.VerdictAsk) && !known.level.Above(gait.LevelAsk)
	stale := s.Now.Sub(e.Closed) > max(s.Settings.MaxAge, staleResolve)
	said := l.of(MessageResolved)
	done := len(said) > 0 && !said.last().Before(alerts.last())
	if question || stale || e.ClosedBy == finding.ClosedAnswered || e.ClosedBy == finding.ClosedSilent || done {
		return Decision{}
	}
	d := Decision{Why: WhySettled, Notice: Notice{
		Kind: MessageResolved, Key: Key(MessageResolved, e.Key, alerts[0].Run),
		Run: alerts[len(alerts)-1].Run, Level: gait.LevelNone, Verdict: finding.VerdictKeep,
	}}
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
	if !s.reminderDue(e, l) {
		return Decision{}
	}
	alerts := l.alerts()
	last := alerts[len(alerts)-1]
	return Decision{Why: WhyUnanswered, Notice: Notice{
		Kind: MessageReminder, Key: Key(MessageReminder, e.Key, last.Run, gait.LevelWarn),
		Run: e.About(), Level: gait.LevelWarn, Verdict: last.Verdict,
	}}
}

// reminderDue reports whether a warning was sent that nobody has answered for a
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

// spoken reports whether the runner said anything since a moment, or about the
// runs that messages were about at any time.
func (s Situation) spoken(l log, since time.Time) bool {
	said := func(run gait.RunID, recorded time.Time) bool {
		about := run != "" && slices.ContainsFunc(l, func(n Notice) bool { return n.Run == run })
		return !recorded.After(s.Now) && (about || !recorded.Before(since))
	}
	return slices.ContainsFunc(s.Answers, func(a gait.Answer) bool { return said(a.Run, a.Recorded) }) ||
		slices.ContainsFunc(s.Pain, func(p gait.Pain) bool { return said(p.Run, p.Recorded) })
}

// walkingAgain is the time before uneven walks are asked about again: within it
// it is the same trouble, though walks that arrived late moved its beginning.
const walkingAgain = 56 * 24 * time.Hour

// walking asks about everyday walks that have become uneven: once, not about old
// ones, and not where the runner is told of something more serious already.
func (s Situation) walking() []Decision {
	w := s.Standing.Walking
	asked := Key(MessageAlert, "walking")
	if w.Level != gait.LevelAsk || s.Standing.Verdict != finding.VerdictAsk || s.Now.Sub(w.Asked) > s.Settings.MaxAge+24*time.Hour ||
		slices.ContainsFunc(s.Notices, func(n Notice) bool {
			return strings.HasPrefix(n.Key, asked) && s.Now.Sub(n.At) < walkingAgain
		}) {
		return nil
	}
	return []Decision{{Why: WhyWalking, Notice: Notice{
		Kind: MessageAlert, Key: Key(MessageAlert, "walking", w.Asked.Format(time.DateOnly)),
		Level: gait.LevelAsk, Verdict: finding.VerdictAsk, At: s.Now,
	}}}
}
