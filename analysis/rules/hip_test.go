package rules

import (
	"testing"

	"gaitkeeper/finding"
)

// At the front of the hip no finger reaches the bone: there "not one tender spot"
// says little, and who says that it hurts there is sent to a professional.
func TestTheFrontOfTheHip(t *testing.T) {
	const steady = "left hip 3, start 3, end 3"
	for _, try := range []struct {
		entry        string
		bone         bool
		professional bool
		asks         []finding.Ask
	}{
		{steady, true, false, []finding.Ask{finding.AskDeepSpot, finding.AskFrontOfHip}},
		{steady + ", no focal", true, false, []finding.Ask{finding.AskFrontOfHip}},
		{steady + ", no front-of-hip", true, false, []finding.Ask{finding.AskDeepSpot}},
		{steady + ", no focal, no front-of-hip", false, false, nil},
		{steady + ", front-of-hip", true, true, nil},
		{steady + ", no focal, front-of-hip", true, true, nil},
		{"left shin 3, start 3, end 3, no focal", false, false, nil},
	} {
		w := newWorld(t)
		o := w.run(0, w.pain(try.entry))
		if o.has(finding.ModBone) != try.bone || o.Professional != try.professional || !o.asks(try.asks...) {
			t.Errorf("%s: %v, professional %v, asks %v", try.entry, o.names(), o.Professional, o.Questions)
		}
		for _, ask := range []finding.Ask{finding.AskDeepSpot, finding.AskFrontOfHip} {
			if want := len(try.asks) > 0 && (try.asks[0] == ask || try.asks[len(try.asks)-1] == ask); o.asks(ask) != want {
				t.Errorf("%s: asks %v", try.entry, o.Questions)
			}
		}
	}
	w := newWorld(t)
	w.run(0, w.pain(steady+", no front-of-hip"))
	if o := w.run(2, w.pain(steady)); !o.has(finding.ModBone) || o.asks(finding.AskFrontOfHip) {
		t.Errorf("a place does not change from run to run: %v asks %v", o.names(), o.Questions)
	}
}
