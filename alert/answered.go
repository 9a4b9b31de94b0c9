package alert

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Answered reports whether a message that still waits asks what the runner has
// said since it was written, and was shown what follows: to send it would be to
// ask twice. A message to stop, or to see a professional, is always sent.
func Answered(s Situation, m Message) bool {
	switch m.Kind {
	case MessageAlert, MessageEscalate, MessageReminder:
		professional := slices.ContainsFunc(s.Notices, func(n Notice) bool { return n.Key == m.Key && n.SeeProfessional })
		answered := slices.ContainsFunc(s.Answers, func(a gait.Answer) bool { return a.Run == m.Run && a.Recorded.After(m.Created) })
		return m.Run != "" && m.Verdict != finding.VerdictStop && !professional &&
			(answered || s.entered(m, func(p gait.Pain) bool { return p.Run == m.Run }))
	case MessageMorning:
		return s.entered(m, func(p gait.Pain) bool { return p.Morning.Known() })
	case MessageFollowUp:
		return s.entered(m, func(p gait.Pain) bool { return p.RestDay() && s.samePlace(m, p) })
	default:
		return false
	}
}

// Outlived reports whether a message that still waits asks what has become
// pointless: about a morning that has given way to the next one or that nobody
// remembers, or about a stop that is over or was asked about again.
func Outlived(s Situation, m Message) bool {
	switch m.Kind {
	case MessageMorning:
		passed := s.daysSince(m.Created)
		return passed > 1 || passed == 1 && s.askedSince(m, "")
	case MessageFollowUp:
		e, ok := s.episodeOf(m)
		return !ok || !s.stands(e) || s.askedSince(m, e.Key)
	default:
		return false
	}
}

// daysSince counts the midnights since a moment.
func (s Situation) daysSince(t time.Time) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(s.Location()).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(s.Now).Sub(day(t)).Hours() / 24)
}

// askedSince reports whether a later message asks the same, about the same
// episode.
func (s Situation) askedSince(m Message, episode string) bool {
	return slices.ContainsFunc(s.Notices, func(n Notice) bool {
		return n.Kind == m.Kind && n.Episode == episode && n.At.After(m.Created)
	})
}

func (s Situation) episodeOf(m Message) (finding.Episode, bool) {
	logs := s.logs()
	i := slices.IndexFunc(s.Episodes, func(e finding.Episode) bool {
		return slices.ContainsFunc(logs[e.Key], func(n Notice) bool { return n.Key == m.Key })
	})
	if i < 0 {
		return finding.Episode{}, false
	}
	return s.Episodes[i], true
}

// samePlace reports whether an entry may be about the place that a follow-up
// asks about. An entry that names no place is, and so is any entry if the
// follow-up names none.
func (s Situation) samePlace(m Message, p gait.Pain) bool {
	e, ok := s.episodeOf(m)
	if !ok || p.Site == gait.NoSite {
		return true
	}
	_, stop := s.stopAlerted(e, s.logs()[e.Key])
	named := false
	entries, _ := s.Entries(stop.Run, stop.Entry)
	for _, said := range entries {
		if said.Site == gait.NoSite {
			continue
		}
		named = true
		sides := said.Side == p.Side || said.Side == gait.NoSide || p.Side == gait.NoSide || said.Side == gait.Both || p.Side == gait.Both
		if said.Site == p.Site && sides {
			return true
		}
	}
	return !named
}

// Entries returns the diary entries that a decision about a run is about, where an
// entry or answer led to it: that entry of a rest day, in which the run has no part,
// or those of the run.
func (s Situation) Entries(run gait.RunID, led int64) (entries []gait.Pain, restDay bool) {
	for _, p := range s.Pain {
		if p.ID == led && led != 0 && p.RestDay() {
			answered := slices.ContainsFunc(s.Answers, func(a gait.Answer) bool {
				return a.ID == led && a.Run == run && a.Recorded.After(p.Recorded)
			})
			if !answered {
				return []gait.Pain{p}, true
			}
		}
		if run != "" && p.Run == run {
			entries = append(entries, p)
		}
	}
	return entries, false
}

// entered reports whether the runner has made such an entry since the message
// was written. One read from a text elsewhere was shown nothing.
func (s Situation) entered(m Message, is func(gait.Pain) bool) bool {
	return slices.ContainsFunc(s.Pain, func(p gait.Pain) bool {
		return p.FromText == gait.TextSource{} && p.Recorded.After(m.Created) && is(p)
	})
}
