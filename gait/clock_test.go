package gait

import (
	"strings"
	"testing"
	"time"
)

func TestTheClockOfARunAsSeenFromNow(t *testing.T) {
	now := time.Date(2026, 11, 28, 18, 0, 0, 0, time.UTC)
	run := func(start time.Time) Run { return Run{Start: start, Elapsed: time.Hour, Signals: SignalCadence} }
	for name, tt := range map[string]struct {
		run         Run
		seen, taken Clock
		says        string
	}{
		"this morning":         {run(now.Add(-10 * time.Hour)), ClockOK, ClockOK, ""},
		"ended just now":       {run(now.Add(-time.Hour)), ClockOK, ClockOK, ""},
		"not ended yet":        {run(now.Add(-time.Minute)), ClockFuture, ClockOK, "dated 28 November 2026, 17:59 to 18:59, which is not over yet."},
		"local time as UTC":    {run(now.Add(5 * time.Hour)), ClockFuture, ClockOK, "dated 28 November 2026, 23:00 to 00:00, which is not over yet."},
		"the next day":         {run(now.AddDate(0, 0, 1)), ClockFuture, ClockOK, "dated 29 November 2026, 18:00 to 19:00, which is not over yet."},
		"the next year":        {run(now.AddDate(1, 0, 0)), ClockFuture, ClockFuture, "dated 28 November 2027. The run is kept but not counted."},
		"known to be ahead":    {Run{Start: now.AddDate(-1, 0, 0), Clock: ClockFuture}, ClockFuture, ClockFuture, "dated 28 November 2025. The run is kept but not counted."},
		"the begin of FIT":     {run(time.Date(1989, 12, 31, 0, 5, 0, 0, time.UTC)), ClockUnset, ClockUnset, "dated 31 December 1989, before it was ever set."},
		"the begin of Unix":    {run(time.Unix(300, 0)), ClockUnset, ClockUnset, "dated 1 January 1970, before it was ever set."},
		"typed in, of 1995":    {Run{Start: time.Date(1995, 5, 4, 8, 0, 0, 0, time.UTC), Duration: time.Hour}, ClockOK, ClockOK, ""},
		"jumped, last week":    {Run{Start: now.AddDate(0, 0, -7), Clock: ClockJumped}, ClockJumped, ClockJumped, ""},
		"jumped, a year hence": {Run{Start: now.AddDate(1, 0, 0), Clock: ClockJumped}, ClockFuture, ClockFuture, "dated 28 November 2027."},
	} {
		t.Run(name, func(t *testing.T) {
			if seen, taken := tt.run.ClockAt(now), tt.run.ClockTaken(now); seen != tt.seen || taken != tt.taken {
				t.Errorf("seen as %v, taken as %v; want %v, %v", seen, taken, tt.seen, tt.taken)
			}
			if tt.seen.Believed() != (tt.says == "") {
				t.Errorf("%v: believed %v", tt.seen, tt.seen.Believed())
			}
			if says := tt.run.ClockFault(now, time.UTC); !strings.HasPrefix(says, "its clock is wrong: "+tt.says) && tt.says != "" {
				t.Errorf("it says %q, want %q", says, tt.says)
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
