package alert

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Morning decides on the morning's schedule whether to ask how a sore spot
// feels: once a day, where the fold has one that is worth asking about.
func Morning(s Situation) []Decision {
	pain := s.Standing.Morning
	k := Key(MessageMorning, s.Now.In(s.Location()).Format(time.DateOnly))
	if pain == nil || s.Paused() || s.Recorded(k) {
		return nil
	}
	return []Decision{{Why: WhySoreSpot, Entry: pain.ID, Notice: Notice{
		Kind: MessageMorning, Key: k, Run: pain.Run, Level: gait.LevelAsk, Verdict: s.Standing.Verdict, At: s.Now,
	}}}
}

// Recorded reports whether a decision was taken before.
func (s Situation) Recorded(key string) bool {
	return slices.ContainsFunc(s.Notices, func(n Notice) bool { return n.Key == key })
}

// Digest decides on the digest's schedule whether there is a week to tell of. Runs
// alone, and "nothing hurt", are none.
func Digest(s Situation) []Decision {
	now := s.Now.In(s.Location())
	w := week{s, now.AddDate(0, 0, -7)}
	k := Key(MessageDigest, now.Format(time.DateOnly))
	if s.Paused() || s.Recorded(k) || !s.Settings.DigestAlways && !w.said() && !w.measured() && !w.planned() && !w.missed() {
		return nil
	}
	return []Decision{{Why: WhyWeek, From: w.from, Notice: Notice{
		Kind: MessageDigest, Key: k, Level: gait.LevelNone, Verdict: s.Standing.Verdict, At: s.Now,
	}}}
}

// week is what a digest looks at: the seven days before now.
type week struct {
	Situation
	from time.Time
}

func (w week) holds(t time.Time) bool { return t.After(w.from) && !t.After(w.Now) }

// said reports whether the runner spoke of a pain, or answered more than "no
// pain".
func (w week) said() bool {
	return slices.ContainsFunc(w.Pain, func(p gait.Pain) bool { return (w.holds(p.At) || w.holds(p.Recorded)) && !p.NoPain() }) ||
		slices.ContainsFunc(w.Answers, func(a gait.Answer) bool { return w.holds(a.Recorded) && a.Kind != gait.AnswerNoPain })
}

// measured reports whether a run of the week stood out.
func (w week) measured() bool {
	return slices.ContainsFunc(w.Assessments, func(a finding.Assessment) bool {
		return w.holds(w.RunEnds[a.Run]) && (a.Evidence.Level.Above(gait.LevelNone) || a.Evidence.Form.Level.Above(gait.LevelNone))
	})
}

// planned reports whether something is agreed for the coming week: no running,
// as long as that is no old news, or a step of the way back.
func (w week) planned() bool {
	stopped := w.Standing.Verdict == finding.VerdictStop && (w.Standing.Since.IsZero() || w.Now.Sub(w.Standing.Since) <= oldStop)
	return stopped || w.Standing.Plan != nil
}

// oldStop is how long a digest names a stop of which nobody says a word; then the
// page keeps it.
const oldStop = 28 * 24 * time.Hour

// missed reports whether the runner was told or asked something in the week.
func (w week) missed() bool {
	return slices.ContainsFunc(w.Notices, func(n Notice) bool {
		return w.holds(n.At) && n.Kind != MessageDigest && n.Kind != MessageTest && n.Kind != MessageHealth
	})
}
