package alert

import (
	"slices"
	"strings"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

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
	return []Decision{{
		Kind: MessageAlert, Why: WhyWalking, Key: Key(MessageAlert, "walking", w.Asked.Format(time.DateOnly)),
		Level: gait.LevelAsk, Verdict: finding.VerdictAsk, At: s.Now,
	}}
}
