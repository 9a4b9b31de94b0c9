package daemon

import (
	"fmt"
	"slices"
	"sync"
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

// taskQueue holds what is to be done, each task at most once: a folder that
// changes a hundred times in a second asks for one sync.
type taskQueue struct {
	mu      sync.Mutex
	waiting []task
	later   *time.Timer
	// ready is readable while tasks wait.
	ready chan struct{}
}

func newTaskQueue() *taskQueue { return &taskQueue{ready: make(chan struct{}, 1)} }

// add puts t at the end of the queue unless it is in it.
func (q *taskQueue) add(t task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !slices.Contains(q.waiting, t) {
		q.waiting = append(q.waiting, t)
	}
	q.signal()
}

// addAfter adds t after d. A later call takes the place of an earlier one.
func (q *taskQueue) addAfter(t task, d time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.later != nil {
		q.later.Stop()
	}
	q.later = time.AfterFunc(d, func() { q.add(t) })
}

// next takes the first task; empty where there is none.
func (q *taskQueue) next() task {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return ""
	}
	t := q.waiting[0]
	q.waiting = q.waiting[1:]
	if len(q.waiting) > 0 {
		q.signal()
	}
	return t
}

func (q *taskQueue) signal() {
	select {
	case q.ready <- struct{}{}:
	default: // it is readable already
	}
}
