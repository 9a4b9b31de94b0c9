package notify_test

import (
	"strings"
	"testing"

	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// TestBothSidesAreSpokenOfAsTwo asks about a morning, with one sore shin and
// with two.
func TestBothSidesAreSpokenOfAsTwo(t *testing.T) {
	for side, want := range map[gait.Side]string{
		gait.Left: "How is your left shin this Tuesday morning?",
		gait.Both: "How are both shins this Tuesday morning?",
	} {
		c := morning(t)
		c.Standing.Morning.Site, c.Standing.Morning.Side = gait.Shin, side
		m, err := notify.Compose(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		if m.Title != want {
			t.Errorf("%s: %q, want %q", side, m.Title, want)
		}
		if feel := map[gait.Side]string{gait.Left: "How does your left shin feel", gait.Both: "How do both shins feel"}[side]; !strings.Contains(m.Text, feel) {
			t.Errorf("%s: the text lacks %q:\n%s", side, feel, m.Text)
		}
	}
}
