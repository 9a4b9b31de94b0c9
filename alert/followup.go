package alert

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// FollowUpDays are the days after which a stop that still stands is asked
// about; then the messages fall silent.
func FollowUpDays() []int { return []int{3, 7, 14} }

// followUp asks about a stop that still stands, on its days after it was told.
func (s Situation) followUp(e finding.Episode, l log) Decision {
	base, stop := s.stopTold(e, l)
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
		return Decision{
			Kind: MessageFollowUp, Why: WhyStopStands, Day: max(day, s.daysSince(base)), Run: stop.Run, Entry: stop.Entry,
			Level: gait.LevelWarn, Verdict: finding.VerdictStop,
			Key: Key(MessageFollowUp, e.Key, base.Format(time.DateOnly), day),
		}
	}
	return Decision{}
}

// askedToday tells whether a morning's question or a digest, which asks about a
// stop, went out within the last day.
func (s Situation) askedToday() bool {
	return slices.ContainsFunc(s.Notices, func(n Notice) bool {
		return (n.Kind == MessageMorning || n.Kind == MessageDigest) && s.Now.Before(n.At.AddDate(0, 0, 1))
	})
}

// stopTold returns when the episode's stop was told, and the step that made it;
// where no message told of it, as in a pause, when the runner was shown it as he
// entered it. The zero time: neither.
func (s Situation) stopTold(e finding.Episode, l log) (at time.Time, stop finding.Sign) {
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

// shownOnEntry tells whether the runner's own entry or answer made the step, and
// no text that was read from elsewhere.
func (s Situation) shownOnEntry(st finding.Sign) bool {
	return slices.ContainsFunc(s.Pain, func(p gait.Pain) bool {
		return p.ID == st.Entry && p.FromText == gait.TextSource{} && p.Recorded.Equal(st.At)
	}) ||
		slices.ContainsFunc(s.Answers, func(a gait.Answer) bool { return a.ID == st.Entry && a.Recorded.Equal(st.At) })
}

// stands tells whether the episode's stop is the runner's verdict as of now.
func (s Situation) stands(e finding.Episode) bool {
	own := s.Standing.Episode == nil || s.Standing.Episode.Key == e.Key
	return e.Stop && own && s.Standing.Verdict == finding.VerdictStop
}
