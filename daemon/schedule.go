package daemon

import (
	"fmt"
	"time"

	"github.com/robfig/cron/v3"

	"gaitkeeper/config"
)

// newSchedule returns the schedule of the config, not yet started: it calls do
// with the name of what is due, in the runner's time zone.
func newSchedule(s config.Schedule, zone *time.Location, do func(task)) (*cron.Cron, error) {
	c := cron.New(cron.WithLocation(zone))
	for _, job := range []struct {
		when string
		task task
	}{{s.Sync, taskSync}, {s.Morning, taskMorning}, {s.Digest, taskDigest}} {
		if job.when == "" {
			continue
		}
		when, err := config.Cron(job.when, zone)
		if err != nil {
			return nil, fmt.Errorf("schedule %s %q: %w", job.task, job.when, err)
		}
		c.Schedule(when, cron.FuncJob(func() { do(job.task) }))
	}
	return c, nil
}

// task is one thing the daemon does, one at a time.
type task string

const (
	taskSync    task = "sync"    // pull every source, assess, tell
	taskAssess  task = "assess"  // tell what the clock or another process changed
	taskMorning task = "morning" // ask how the sore spot feels
	taskDigest  task = "digest"  // tell of the week
	taskCopy    task = "copy"    // copy the database, once a day
)

// nextRun returns when the cron expression is next due; zero where it is empty.
func nextRun(when string, zone *time.Location, now time.Time) time.Time {
	s, err := config.Cron(when, zone)
	if err != nil {
		return time.Time{}
	}
	return s.Next(now)
}
