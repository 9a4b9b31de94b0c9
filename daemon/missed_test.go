package daemon

import (
	"slices"
	"testing"
	"time"
)

// What was due while the machine was off is done once it is on again: the digest of
// the week, and the question of this morning; never that of another morning.
func TestWhatWasDueWhileTheMachineWasOff(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	h, c := newHome(t), &clock{}
	h.cfg.Runner.Zone, h.cfg.Schedule.Morning, h.cfg.Schedule.Digest = berlin, "30 7 * * *", "0 18 * * SUN"
	app := h.open(c.now)
	t.Cleanup(func() { _ = app.Close() })
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, berlin) }
	for _, start := range []struct {
		at   time.Time
		want []task
		why  string
	}{
		{at(27, 12, 0), nil, "the first start of all has missed nothing"},
		{at(28, 7, 0), nil, "up before the time: the schedule itself does it"},
		{at(28, 8, 0), []task{taskMorning}, "off at night"},
		{at(28, 9, 0), nil, "it was asked"},
		{at(30, 6, 0), []task{taskDigest}, "off over Sunday, on which the clocks changed; this morning is not yet due"},
		{at(30, 7, 31), []task{taskMorning}, "started a minute late"},
		{at(29, 7, 31), nil, "a clock that was set back"},
		{at(30, 18, 0), nil, "and forth"},
	} {
		c.at = start.at
		if err := app.catchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		var got []task
		for next := app.tasks.next(); next != ""; next = app.tasks.next() {
			got = append(got, next)
			if err := app.do(t.Context(), next, nil); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, start.want) {
			t.Errorf("%v, %s: %v, want %v", start.at, start.why, got, start.want)
		}
	}
	// Another plan has missed nothing, whatever the old one had.
	c.at = at(31, 9, 0)
	app.cfg.Schedule.Morning = "0 8 * * *"
	if err := app.catchUp(t.Context()); err != nil || app.tasks.next() != "" {
		t.Errorf("a new plan was caught up with, %v", err)
	}
}

// The machine slept until noon: the run of yesterday evening comes in before the
// morning's question and the digest.
func TestWhatTheScheduleBringsComesAfterASync(t *testing.T) {
	h := newHome(t)
	app := h.open(nil)
	t.Cleanup(func() { _ = app.Close() })
	for _, tasks := range [][]task{{taskMorning, taskSync, taskDigest}, {taskDigest, taskMorning, taskSync}, {taskSync, taskMorning, taskDigest}} {
		for _, t := range tasks {
			app.due(t)
		}
		var got []task
		for next := app.tasks.next(); next != ""; next = app.tasks.next() {
			got = append(got, next)
		}
		if len(got) != 3 || got[0] != taskSync {
			t.Errorf("%v become due: %v are done", tasks, got)
		}
	}
}
