package daemon

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gofrs/flock"
)

// The locks are files beside the database. The kernel lets go of them when
// their process ends, however it ends, so none is ever left behind.
const (
	serveLock = ".serve.lock" // one daemon a database
	syncLock  = ".sync.lock"  // one sync or import at a time
)

// lockRetry is how often a taken lock is tried again.
const lockRetry = 100 * time.Millisecond

// lock waits for the named lock and returns the function that lets go of it.
func (a *App) lock(ctx context.Context, name string) (unlock func(), err error) {
	l := flock.New(a.store.Path() + name)
	retry := time.NewTicker(lockRetry)
	defer retry.Stop()
	for {
		taken, err := l.TryLock()
		if err != nil {
			return nil, fmt.Errorf("wait for %s: %w", l.Path(), err)
		}
		if taken {
			return func() { _ = l.Unlock() }, nil // the kernel lets go of it anyway
		}
		a.beat(pulseWork) // a long import of another process holds it up
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for %s: %w", l.Path(), ctx.Err())
		case <-retry.C:
		}
	}
}

// lockServe takes the lock of the daemon, or says that another one has it.
func (a *App) lockServe() (unlock func(), err error) {
	l := flock.New(a.store.Path() + serveLock)
	taken, err := l.TryLock()
	switch {
	case err != nil:
		return nil, fmt.Errorf("lock %s: %w", l.Path(), err)
	case !taken:
		return nil, errors.New("another gaitkeeper serve runs on " + a.store.Path() +
			": stop it first, or give this one a database of its own ([storage] path)")
	}
	return func() { _ = l.Unlock() }, nil
}
