package daemon

import (
	"slices"
	"sync"
	"time"
)

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
