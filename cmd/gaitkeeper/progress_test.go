package main

import (
	"testing"
	"time"

	"gaitkeeper/daemon"
)

// TestTheEstimate: it speaks from the third second on, follows the speed of the
// last half minute, and is not fooled by what is skipped.
func TestTheEstimate(t *testing.T) {
	begin := time.Date(2026, 5, 1, 6, 0, 0, 0, time.UTC)
	const mib = 1 << 20
	var e estimate
	var left, read int64 = 700 * mib, 0
	said := func(second int, skipped, worked int64) string {
		left -= skipped + worked
		read += worked
		return e.words(begin.Add(time.Duration(second)*time.Second), daemon.Progress{Done: second, Total: 1000, Read: read, Left: left})
	}
	if got := said(0, 100*mib, 0); got != "" { // read before
		t.Errorf("at once: %q", got)
	}
	if got := said(1, 0, 2*mib); got != "" {
		t.Errorf("after a second: %q", got)
	}
	if got := said(2, 0, 2*mib); got != ", about 5 minutes left" { // 596 MiB at 2 a second
		t.Errorf("after two seconds: %q", got)
	}
	for second := 3; second < 40; second++ {
		said(second, 0, 8*mib)
	}
	if got := said(40, 0, 8*mib); got != ", about 40 seconds left" { // 292 MiB at 8 a second
		t.Errorf("faster: %q", got)
	}
	for second := 41; left > 8*mib; second++ {
		said(second, 0, 8*mib)
	}
	if got := e.words(begin.Add(time.Hour), daemon.Progress{Done: 999, Total: 1000, Read: read + left, Left: 0}); got != ", a few seconds left" {
		t.Errorf("at the end: %q", got)
	}
}

// TestTheBarNeverGoesBack, however many files turn out to be in the archives.
func TestTheBarNeverGoesBack(t *testing.T) {
	var e estimate
	last := 0.0
	for i, p := range []daemon.Progress{
		{Done: 1, Total: 4, Left: 900},
		{Done: 2, Total: 4, Read: 50, Left: 850},
		{Done: 4, Total: 4, Read: 400, Left: 500},
		{Done: 5, Total: 800, Read: 410, Left: 490},
		{Done: 800, Total: 800, Read: 900, Left: 0},
	} {
		done, all := e.share(p)
		if share := float64(done) / float64(all); share < last || share > 1 {
			t.Errorf("step %d: %.2f after %.2f", i, share, last)
		} else {
			last = share
		}
	}
	if last != 1 {
		t.Errorf("it ends at %.2f", last)
	}
	if done, all := new(estimate).share(daemon.Progress{Done: 3, Total: 12}); done != 3 || all != 12 {
		t.Errorf("without weights: %d of %d", done, all)
	}
}

func TestTheEstimateOfWhatCannotBeWeighed(t *testing.T) {
	begin := time.Date(2026, 5, 1, 6, 0, 0, 0, time.UTC)
	var e estimate
	var got string
	for second := range 5 {
		got = e.words(begin.Add(time.Duration(second)*time.Second), daemon.Progress{Done: second, Total: 124})
	}
	if got != ", about 2 minutes left" {
		t.Errorf("120 at one a second: %q", got)
	}
	if got := roughly(3 * time.Hour); got != "about 3.0 hours left" {
		t.Error(got)
	}
}
