package daemon

import (
	"context"
	"errors"
	"time"

	"gaitkeeper/config"
)

// missedFor is how long ago what the schedule missed may have been due: a digest is
// worth reading until the next one.
const missedFor = 7 * 24 * time.Hour

// planned are the tasks of the schedule that nothing else brings, with when they are
// due.
func planned(s config.Schedule) map[task]string {
	return map[task]string{taskMorning: s.Morning, taskDigest: s.Digest}
}

// doneKey is the setting that holds when a task was last done, in RFC 3339. Under
// another plan it has missed nothing.
func doneKey(t task, when string) string { return "done " + string(t) + " " + when }

// catchUp brings, once, what was due while no daemon ran: many servers sleep at
// night. How a spot feels in the morning is asked on that day alone.
func (a *App) catchUp(ctx context.Context) error {
	var errs []error
	for t, when := range planned(a.cfg.Schedule) {
		if when == "" {
			continue
		}
		done, err := a.moment(ctx, doneKey(t, when))
		if err == nil && done.IsZero() {
			err = a.noteDone(ctx, t)
		}
		if errs = append(errs, err); err != nil || done.IsZero() {
			continue
		}
		due, now := a.lastDue(when, done), a.now().In(a.Zone())
		if !due.IsZero() && (t != taskMorning || due.Format(time.DateOnly) == now.Format(time.DateOnly)) {
			a.tasks.add(t)
		}
	}
	return errors.Join(errs...)
}

// lastDue returns when the cron expression was last due after a moment, up to now;
// zero where it was not.
func (a *App) lastDue(when string, after time.Time) (due time.Time) {
	now := a.now()
	if oldest := now.Add(-missedFor); after.Before(oldest) {
		after = oldest
	}
	for {
		next := nextRun(when, a.Zone(), after)
		if next.IsZero() || next.After(now) {
			return due
		}
		due, after = next, next
	}
}

// noteDone keeps that a task of the schedule was done now.
func (a *App) noteDone(ctx context.Context, t task) error {
	return a.setMoment(ctx, doneKey(t, planned(a.cfg.Schedule)[t]), a.now())
}
