package store

import (
	"testing"
	"time"

	"gaitkeeper/gait"
)

func walkAt(second int, length int, share float64) gait.Walk {
	return gait.Walk{Start: day(0).Add(time.Duration(second) * time.Second), Length: time.Duration(length) * time.Second, Share: share, Phone: "iPhone16,1"}
}

func TestWalksComeBackOnce(t *testing.T) {
	s, ctx := open(t), t.Context()
	walks := []gait.Walk{walkAt(0, 51, 0.07), walkAt(300, 20, 0), walkAt(310, 30, 0.5)}
	complete(t, walks[0])
	for round, want := range []int{3, 0} {
		added, err := s.SaveWalks(ctx, walks)
		check(t, err)
		if added != want {
			t.Errorf("round %d: %d walks are new, want %d", round, added, want)
		}
	}
	h, err := s.History(ctx)
	check(t, err)
	same(t, "walks", h.Walks, walks)
}

// A sender that cuts time into minutes does not count a walk twice, whichever of
// the two comes first.
func TestAMinuteGivesWayToTheWalkInIt(t *testing.T) {
	minute, whole := walkAt(60, 0, 0.1), walkAt(76, 40, 0.1)
	for name, order := range map[string][]gait.Walk{
		"the walk first": {whole, minute}, "the minute first": {minute, whole},
	} {
		s, ctx := open(t), t.Context()
		for _, w := range order {
			_, err := s.SaveWalks(ctx, []gait.Walk{w})
			check(t, err)
		}
		h, err := s.History(ctx)
		check(t, err)
		if len(h.Walks) != 1 || h.Walks[0] != whole {
			t.Errorf("%s: %v", name, h.Walks)
		}
	}
}
