package rules

import (
	"slices"
	"strings"
	"testing"

	"gaitkeeper/gait"
)

// advises checks one piece of advice: the words it must hold, or that it is not
// given (no words).
func advises(t *testing.T, name string, o Outcome, rule gait.Rule, words ...string) {
	t.Helper()
	given := slices.ContainsFunc(o.Advice, func(r gait.Reason) bool { return r.Rule == rule })
	if given != (len(words) > 0) {
		t.Errorf("%s: %s given %v (%s)", name, rule, given, o.Verdict)
	}
	for _, w := range words {
		if !strings.Contains(o.text(rule), w) {
			t.Errorf("%s: %s says %q without %q", name, rule, o.text(rule), w)
		}
	}
}

// after is the outcome of one run with one entry.
func after(t *testing.T, entry string, change ...func(*world)) Outcome {
	w := newWorld(t)
	for _, c := range change {
		c(w)
	}
	return w.run(0, w.pain(entry))
}

func TestCutShort(t *testing.T) {
	advises(t, "a stop", after(t, "left knee 7"), gait.CutShort, "walk home")
	advises(t, "a modify", after(t, "left knee 4"), gait.CutShort)
}

func TestReturn(t *testing.T) {
	advises(t, "a stop", after(t, "left knee 7"), gait.Return, "2 days", "flat", "4 km instead of the usual 8 km", "walking")
	advises(t, "a stop, how to end it", after(t, "left knee 7"), gait.Return, "gaitkeeper pain add --at today --worst 0")
	advises(t, "a bone", after(t, "left knee 2, focal"), gait.Return, "cleared", "gaitkeeper answer latest cleared")
	advises(t, "a modify", after(t, "left knee 4"), gait.Return)
}

func TestLessVolume(t *testing.T) {
	// 14 runs of 8 km in the four weeks, a quarter less of 28 km a week.
	advises(t, "a modify", after(t, "left knee 4"), gait.LessVolume, "21 km a week instead of 28 km")
	advises(t, "in miles", after(t, "left knee 4", func(w *world) { w.c.Miles = true }), gait.LessVolume, "13 miles a week instead of 17 miles")
	advises(t, "a stop", after(t, "left knee 7"), gait.LessVolume)
	advises(t, "a keep", after(t, "0"), gait.LessVolume)
}

func TestFlatter(t *testing.T) {
	hilly := func(w *world) {
		for i := range w.c.Outings {
			w.c.Outings[i].Ascent = 160
		}
		w.outing.Ascent = 160
	}
	advises(t, "Achilles", after(t, "left achilles 3", hilly), gait.Flatter, "20 metres a kilometre")
	advises(t, "calf", after(t, "left calf 3", hilly), gait.Flatter, "20 metres a kilometre")
	advises(t, "knee", after(t, "left knee 3", hilly), gait.Flatter)
	advises(t, "flat", after(t, "left achilles 3"), gait.Flatter)
}

func TestSlower(t *testing.T) {
	fast := func(w *world) {
		for i := range w.outing.Blocks {
			w.outing.Blocks[i].Speed = 3.2
		}
	}
	advises(t, "a fast run", after(t, "left knee 3", fast), gait.Slower, "5:13 /km", "5:57 /km")
	advises(t, "a usual run", after(t, "left knee 3"), gait.Slower)
	advises(t, "a fast run without pain", after(t, "0", fast), gait.Slower)
}

func TestWalkBreaks(t *testing.T) {
	advises(t, "stable", after(t, "left knee 3"), gait.WalkBreaks, "walking breaks")
	advises(t, "it grew", after(t, "left knee 3, start 0, end 3"), gait.WalkBreaks)
	advises(t, "a stop", after(t, "left knee 7"), gait.WalkBreaks)
}

func TestWarmUp(t *testing.T) {
	cold := func(w *world) { w.outing.WarmUp.Speed = 2.8 }
	advises(t, "a fast start", after(t, "left calf 3", cold), gait.WarmUp, "5:57 /km", "5 to 10 minutes", "?")
	advises(t, "a slow start", after(t, "left calf 3"), gait.WarmUp)
	advises(t, "a bone", after(t, "left shin 3", cold), gait.WarmUp)
	advises(t, "a stop", after(t, "left calf 7", cold), gait.WarmUp)
}

func TestForm(t *testing.T) {
	advises(t, "a professional", after(t, "left knee 3, mood"), gait.FormReview, "running form")
	advises(t, "none", after(t, "left knee 3"), gait.FormReview)
	advises(t, "urgent", after(t, "left groin 3, start 3, end 3, focal"), gait.FormReview)
}

func TestKeepBusy(t *testing.T) {
	advises(t, "a stop", after(t, "left knee 7"), gait.KeepBusy, "does you good")
	advises(t, "a modify", after(t, "left knee 4"), gait.KeepBusy)
}

func TestLongView(t *testing.T) {
	advises(t, "a modify", after(t, "left knee 4"), gait.LongView, "cost months")
	advises(t, "only measured", newWorld(t).shifted(gait.LevelWarn, gait.Left).run(0), gait.LongView, "consistent")
	if text := newWorld(t).shifted(gait.LevelWarn, gait.Left).run(0).text(gait.LongView); strings.Contains(text, "load was") {
		t.Errorf("nobody spoke of pain, and it says %q", text)
	}
	blister := after(t, "left heel 3, skin, limping")
	advises(t, "a blister", blister, gait.LongView, "cost months")
	if text := blister.text(gait.LongView); strings.Contains(text, "load was") {
		t.Errorf("a blister comes of no load: %q", text)
	}
	w := newWorld(t)
	advises(t, "a blister beside a pain", w.run(0, w.pain("left heel 3, skin, limping"), w.pain("left knee 4")), gait.LongView, "load was")
	advises(t, "said before", after(t, "left knee 4", func(w *world) { w.c.LongViewSaid = true }), gait.LongView)
	advises(t, "minor", after(t, "left knee 2"), gait.LongView)
	advises(t, "a keep", after(t, "0"), gait.LongView)
}
