package notify

import (
	"slices"
	"time"

	"gaitkeeper/gait"
)

// silences is the number of morning questions without a word after which no
// more are asked.
const silences = 3

// Morning decides on the morning's schedule whether to ask how a sore spot
// feels. It asks once a day, not about an old pain, and three silences end it.
func Morning(s Situation) []Decision {
	pain := s.Standing.Morning
	if pain == nil || s.paused() || s.Now.Sub(pain.At) > s.Settings.MaxAge {
		return nil
	}
	k := key(gait.MessageMorning, s.Now.In(s.zone()).Format(time.DateOnly))
	said := s.lastWord()
	asked := 0
	for _, n := range s.Notices {
		if n.Key == k {
			return nil
		}
		if n.Kind == gait.MessageMorning && n.At.After(said) {
			asked++
		}
	}
	if asked >= silences {
		return nil
	}
	return []Decision{{
		Kind: gait.MessageMorning, Why: WhySoreSpot, Key: k, Run: pain.Run, Entry: pain.ID,
		Level: gait.LevelAsk, Verdict: s.Standing.Verdict, At: s.Now,
	}}
}

// lastWord returns when the runner last said anything.
func (s Situation) lastWord() time.Time {
	var last time.Time
	for _, p := range s.Pain {
		last = later(last, p.Recorded)
	}
	for _, a := range s.Answers {
		last = later(last, a.Recorded)
	}
	return last
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Digest decides on the digest's schedule whether there is a week to tell of:
// one with a run, a pain or an open trouble in it.
func Digest(s Situation) []Decision {
	now := s.Now.In(s.zone())
	from := now.AddDate(0, 0, -7)
	k := key(gait.MessageDigest, now.Format(time.DateOnly))
	within := func(t time.Time) bool { return t.After(from) && !t.After(now) }
	eventful := s.Standing.Episode != nil ||
		slices.ContainsFunc(s.Pain, func(p gait.Pain) bool { return within(p.At) })
	for _, end := range s.RunEnds {
		eventful = eventful || within(end)
	}
	told := slices.ContainsFunc(s.Notices, func(n gait.Notice) bool { return n.Key == k })
	if s.paused() || told || !eventful {
		return nil
	}
	return []Decision{{
		Kind: gait.MessageDigest, Why: WhyWeek, Key: k, Level: gait.LevelNone, Verdict: s.Standing.Verdict,
		From: from, To: now, At: s.Now,
	}}
}
