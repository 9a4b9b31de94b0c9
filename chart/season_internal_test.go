package chart

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/gait"
)

// TestStretches: the line of the normal breaks where nothing joins its ends.
func TestStretches(t *testing.T) {
	start := time.Date(2026, 3, 2, 6, 30, 0, 0, time.UTC)
	var s Season
	for _, day := range []int{0, 2, 4, 6, 8, 40, 42, 44, 46} {
		s.Points = append(s.Points, Point{Time: start.AddDate(0, 0, day), Baseline: 50, Band: 1})
	}
	s.Points[2].Baseline = gait.Unknown[gait.Percent]()
	s.Changes = []Change{{Time: s.Points[7].Time}}
	var lengths []int
	for _, stretch := range s.stretches() {
		lengths = append(lengths, len(stretch))
	}
	if diff := cmp.Diff([]int{2, 2, 2, 2}, lengths); diff != "" {
		t.Errorf("parted at the unknown normal, the long gap and the new strap:\n%s", diff)
	}
}

// TestBalanceRange: neither the wide normal of the first runs nor a reading of
// a broken sensor makes the picture flat.
func TestBalanceRange(t *testing.T) {
	var s Season
	for range 9 {
		s.Points = append(s.Points, Point{Balance: 50.2, Baseline: 50, Band: 1})
	}
	s.Points[0].Band = 4
	s.Points[5].Balance = 20
	s.Points[8].Balance = 48
	if low, high := s.balances(); low < 47 || low > 48 || high < 51 || high > 52 {
		t.Errorf("from %.1f to %.1f", low, high)
	}
	if low, high := (Season{}).balances(); low >= 50 || high <= 50 {
		t.Errorf("no runs: from %.1f to %.1f", low, high)
	}
}
