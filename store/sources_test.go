package store

import (
	"testing"
	"time"

	"gaitkeeper/gait"
)

func TestSourceState(t *testing.T) {
	s, ctx := open(t), t.Context()
	state := func(want SourceState) {
		t.Helper()
		got, err := s.Sources(ctx)
		check(t, err)
		same(t, "state", got, []SourceState{want})
	}
	fit := gait.SourceFIT
	check(t, s.SyncStarted(ctx, fit, day(0)))
	want := SourceState{Name: fit, Started: day(0)}
	state(want)

	end := func(at time.Time, fault string) SyncResult {
		return SyncResult{
			At: at, Found: 9, New: 4, Waiting: 2, Error: fault, NextDue: at.Add(time.Hour),
			WaitingUntil: at.Add(15 * time.Minute), Note: "the limit is used up",
		}
	}
	check(t, s.SyncEnded(ctx, fit, end(day(1), "")))
	want = SourceState{
		Name: fit, Started: day(0), Ended: day(1), Succeeded: day(1), Found: 9, New: 4, Waiting: 2, NextDue: day(1).Add(time.Hour),
		WaitingUntil: day(1).Add(15 * time.Minute), Note: "the limit is used up",
	}
	state(want)

	check(t, s.SyncEnded(ctx, fit, end(day(2), "the folder is gone")))
	check(t, s.SyncEnded(ctx, fit, end(day(3), "the folder is still gone")))
	want.Ended, want.NextDue, want.WaitingUntil = day(3), day(3).Add(time.Hour), day(3).Add(15*time.Minute)
	want.FailingSince, want.Error = day(2), "the folder is still gone"
	state(want)
	complete(t, want)

	check(t, s.SyncStarted(ctx, fit, day(4)))
	check(t, s.SyncEnded(ctx, fit, end(day(5), "")))
	want.Started, want.Ended, want.Succeeded, want.NextDue = day(4), day(5), day(5), day(5).Add(time.Hour)
	want.FailingSince, want.Error, want.WaitingUntil = time.Time{}, "", day(5).Add(15*time.Minute)
	state(want)

	check(t, s.SyncEnded(ctx, fit, SyncResult{At: day(6)})) // a sync without a wait ends the wait
	want.Ended, want.Succeeded, want.NextDue, want.WaitingUntil, want.Note = day(6), day(6), time.Time{}, time.Time{}, ""
	want.Found, want.New, want.Waiting = 0, 0, 0
	state(want)

	check(t, s.SyncEnded(ctx, gait.SourceStrava, end(day(6), "refused"))) // its first word is a failure
	got, err := s.Sources(ctx)
	check(t, err)
	if len(got) != 2 || got[1].FailingSince != day(6) || !got[1].Succeeded.IsZero() {
		t.Errorf("sources are %+v", got)
	}
}

func TestSettings(t *testing.T) {
	s, ctx := open(t), t.Context()
	expect := func(want string) {
		t.Helper()
		got, err := s.Setting(ctx, "paused_until")
		check(t, err)
		if got != want {
			t.Errorf("setting is %q, want %q", got, want)
		}
	}
	expect("")
	for _, value := range []string{"2026-05-04", "2026-06-01", "", ""} {
		check(t, s.SetSetting(ctx, "paused_until", value))
		expect(value)
	}
	if n := count(t, s, "settings"); n != 0 {
		t.Errorf("%d settings are left", n)
	}
}
