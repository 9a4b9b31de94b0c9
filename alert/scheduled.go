package alert

import (
	"slices"
	"time"

	"gaitkeeper/gait"
)

// Morning decides on the morning's schedule whether to ask how a sore spot
// feels: once a day, where the fold has one that is worth asking about.
func Morning(s Situation) []Decision {
	pain := s.Standing.Morning
	k := Key(gait.MessageMorning, s.Now.In(s.Location()).Format(time.DateOnly))
	if pain == nil || s.Paused() || s.Recorded(k) {
		return nil
	}
	return []Decision{{
		Kind: gait.MessageMorning, Why: WhySoreSpot, Key: k, Run: pain.Run, Entry: pain.ID,
		Level: gait.LevelAsk, Verdict: s.Standing.Verdict, At: s.Now,
	}}
}

// Recorded tells whether a decision was taken before.
func (s Situation) Recorded(key string) bool {
	return slices.ContainsFunc(s.Notices, func(n gait.Notice) bool { return n.Key == key })
}

// Digest decides on the digest's schedule whether there is a week to tell of:
// one with a run, a pain or an open trouble in it.
func Digest(s Situation) []Decision {
	now := s.Now.In(s.Location())
	from := now.AddDate(0, 0, -7)
	k := Key(gait.MessageDigest, now.Format(time.DateOnly))
	within := func(t time.Time) bool { return t.After(from) && !t.After(now) }
	eventful := s.Standing.Episode != nil ||
		slices.ContainsFunc(s.Pain, func(p gait.Pain) bool { return within(p.At) })
	for _, end := range s.RunEnds {
		eventful = eventful || within(end)
	}
	if s.Paused() || s.Recorded(k) || !eventful {
		return nil
	}
	return []Decision{{
		Kind: gait.MessageDigest, Why: WhyWeek, Key: k, Level: gait.LevelNone, Verdict: s.Standing.Verdict,
		From: from, To: now, At: s.Now,
	}}
}
