package rules

import (
	"testing"

	"gaitkeeper/finding"
)

// A pain that came after the run asks how the morning is; the morning answers it,
// whether the entry is about the run or about the day.
func TestTheMorningAnswersAPainAfterTheRun(t *testing.T) {
	for morning, want := range map[string]struct{ after, asks bool }{
		"": {true, true}, ", morning 1": {false, false}, ", morning 3": {true, false},
	} {
		w := newWorld(t)
		if o := w.run(0, w.pain("left knee 2, start 0, end 0"+morning)); o.has(finding.ModAfter) != want.after || o.asks(finding.AskGone) != want.asks {
			t.Errorf("of the run%s: %v, asks %v", morning, o.names(), o.Questions)
		}
		w = newWorld(t)
		if morning == "" {
			w.run(0)
		} else {
			w.run(0, w.pain("left knee"+morning[1:]))
		}
		if o := w.rest(0, w.pain("left knee 2")); o.has(finding.ModAfter) != want.after || o.asks(finding.AskGone) != want.asks {
			t.Errorf("of the day%s: %v, asks %v", morning, o.names(), o.Questions)
		}
	}
}
