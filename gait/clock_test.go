package gait

import (
	"testing"
	"time"
)

func TestTheClockOfARunAsSeenFromNow(t *testing.T) {
	now := time.Date(2026, 11, 28, 18, 0, 0, 0, time.UTC)
	run := func(start time.Time) Run { return Run{Start: start, Elapsed: time.Hour, Signals: SignalCadence} }
	for name, tt := range map[string]struct {
		run         Run
		seen, taken Clock
		soon        bool
	}{
		"this morning":         {run(now.Add(-10 * time.Hour)), ClockOK, ClockOK, false},
		"ended just now":       {run(now.Add(-time.Hour)), ClockOK, ClockOK, false},
		"not ended yet":        {run(now.Add(-time.Minute)), ClockFuture, ClockOK, true},
		"local time as UTC":    {run(now.Add(5 * time.Hour)), ClockFuture, ClockOK, true},
		"the next day":         {run(now.AddDate(0, 0, 1)), ClockFuture, ClockOK, true},
		"the next year":        {run(now.AddDate(1, 0, 0)), ClockFuture, ClockFuture, false},
		"known to be ahead":    {Run{Start: now.AddDate(-1, 0, 0), Clock: ClockFuture}, ClockFuture, ClockFuture, false},
		"the begin of FIT":     {run(time.Date(1989, 12, 31, 0, 5, 0, 0, time.UTC)), ClockUnset, ClockUnset, false},
		"the begin of Unix":    {run(time.Unix(300, 0)), ClockUnset, ClockUnset, false},
		"typed in, of 1995":    {Run{Start: time.Date(1995, 5, 4, 8, 0, 0, 0, time.UTC), Duration: time.Hour}, ClockOK, ClockOK, false},
		"jumped, last week":    {Run{Start: now.AddDate(0, 0, -7), Clock: ClockJumped}, ClockJumped, ClockJumped, false},
		"jumped, a year hence": {Run{Start: now.AddDate(1, 0, 0), Clock: ClockJumped}, ClockFuture, ClockFuture, false},
	} {
		t.Run(name, func(t *testing.T) {
			if seen, taken := tt.run.ClockAt(now), tt.run.ClockTaken(now); seen != tt.seen || taken != tt.taken {
				t.Errorf("seen as %v, taken as %v; want %v, %v", seen, taken, tt.seen, tt.taken)
			}
			if believed := tt.seen == ClockOK || tt.seen == ClockJumped; tt.seen.Believed() != believed {
				t.Errorf("%v: believed %v", tt.seen, tt.seen.Believed())
			}
			if got := tt.run.NotOverYet(now); got != tt.soon {
				t.Errorf("not over yet: %v, want %v", got, tt.soon)
			}
		})
	}
}

func TestAServerBeforeItsTimeStampsNoClock(t *testing.T) {
	r := Run{Start: time.Date(2026, 5, 1, 6, 0, 0, 0, time.UTC), Elapsed: time.Hour}
	if got := r.ClockTaken(time.Unix(0, 0)); got != ClockOK {
		t.Errorf("a run of 2026, seen from 1970, is kept as %v", got)
	}
}
