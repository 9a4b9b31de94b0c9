package daemon

import (
	"context"
	"log/slog"
	"regexp"
	"sync"
	"time"
)

// failureLog keeps what fails at present, so that the log tells of a failure when it
// begins and when it is over, and not at each attempt between. A nil one tells
// nothing: a command reports its failures itself.
type failureLog struct {
	mu sync.Mutex
	of map[string]*failure // by what fails
}

// failure is one row of failures.
type failure struct {
	since  time.Time
	logged map[string]bool // reasons, without their numbers
}

// numbers differ from one attempt to the next where nothing else does: ports,
// times, sizes.
var numbers = regexp.MustCompile(`\d+`)

// note takes what came of an attempt at something.
func (t *failureLog) note(ctx context.Context, log *slog.Logger, now time.Time, what string, err error) {
	if t == nil || ctx.Err() != nil {
		return // stopped, not failed
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	known := t.of[what]
	switch {
	case err == nil && known != nil:
		delete(t.of, what)
		log.InfoContext(ctx, "works again", "what", what, "failed_since", known.since)
	case err != nil:
		if known == nil {
			known = &failure{now, map[string]bool{}}
			t.of[what] = known
		}
		reason := numbers.ReplaceAllString(err.Error(), "")
		if !known.logged[reason] {
			known.logged[reason] = true
			log.ErrorContext(ctx, "failed; it is tried again in its turn, and told when it works", "what", what, "error", err)
		}
	}
}

func newFailureLog() *failureLog { return &failureLog{of: map[string]*failure{}} }

// note takes what came of an attempt of the daemon's.
func (a *App) note(ctx context.Context, what string, err error) {
	a.failures.note(ctx, a.log, a.now(), what, err)
}
