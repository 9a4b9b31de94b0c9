package notify

import (
	"math/rand/v2"
	"time"
)

// The course of the attempts.
const (
	firstWait = 15 * time.Second
	maxWait   = time.Hour
	jitter    = 0.1
)

// Backoff returns how long to wait after the given number of failed attempts:
// 15 seconds, doubled with each further one, and spread by a tenth either way so
// that what failed together does not come back together; never more than an
// hour, so that a server that is back is not waited for long. The number is kept
// in the outbox, so a restart changes nothing.
func Backoff(attempts int) time.Duration {
	wait := maxWait
	if doublings := max(attempts, 1) - 1; doublings < 8 {
		wait = min(firstWait<<doublings, maxWait)
	}
	spread := time.Duration(float64(wait) * (1 + jitter*(2*rand.Float64()-1))) //nolint:gosec // spread, no secret
	return min(spread, maxWait)
}
