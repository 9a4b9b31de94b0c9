package gait

import (
	"strings"
	"testing"
)

func TestEdits(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"host", "host", 0}, {"hots", "host", 1}, {"prt", "port", 1}, {"", "abc", 3}, {"kitten", "sitting", 3}} {
		if got := edits(tc.a, tc.b); got != tc.want {
			t.Errorf("%s, %s: got %d, want %d", tc.a, tc.b, got, tc.want)
		}
	}
}

// A place that has no name here is met with the nearest one, and always with "other".
func TestAPlaceWithoutANameIsToldTheNearest(t *testing.T) {
	for said, want := range map[string]string{
		"achiles": "did you mean achilles?", "Kneee": "did you mean knee?", "kneecup": "did you mean knee?", "left knee": "did you mean knee?",
		"quadricep": "did you mean thigh?", "elbow": "or take the nearest of foot, ", "nose of my neighbour": "or take the nearest of foot, ",
		"arm": "or take the nearest of foot, ", "rib": "or take the nearest of foot, ", "head": "or take the nearest of foot, ",
		strings.Repeat("knee", 100): "or take the nearest of foot, ",
	} {
		var p Pain
		err := p.SetSite(said)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "say other, and name the place in the note") {
			t.Errorf("%s: %v", said, err)
		}
	}
}
