package daemon

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"gaitkeeper/store"
)

// The locks are files beside the database. The kernel lets go of them when
// their process ends, however it ends, so none is ever left behind.
const (
	serveLock = ".serve.lock" // one daemon a database
	syncLock  = ".sync.lock"  // one sync or import at a time
	// stravaLock is held by the one process that renews Strava's tokens.
	stravaLock = ".strava.lock"
)

// lockRetry is how often a taken lock is tried again.
const lockRetry = 100 * time.Millisecond

// tryLock takes the named lock of a database; nil where another process has it.
func tryLock(database, name string) (unlock func(), err error) {
	// Not even a pipe that took its name holds it up.
	l := flock.New(database+name, flock.SetFlag(os.O_CREATE|syscall.O_NONBLOCK))
	taken, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", l.Path(), err)
	}
	if !taken {
		return nil, nil
	}
	return func() { _ = l.Unlock() }, nil // the kernel lets go of it anyway
}

// lock waits for the named lock and returns the function that lets go of it.
func (a *App) lock(ctx context.Context, name string) (unlock func(), err error) {
	retry := time.NewTicker(lockRetry)
	defer retry.Stop()
	for {
		unlock, err := tryLock(a.store.Path(), name)
		if err != nil {
			return nil, err
		}
		if unlock != nil {
			a.moves()
			return unlock, nil
		}
		if a.holderMoves(name) {
			a.beat(pulseWork) // a long import of another process holds it up
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for %s: %w", a.store.Path()+name, ctx.Err())
		case <-retry.C:
		}
	}
}

// holderMoves reports whether the holder of a lock still makes progress.
func (a *App) holderMoves(name string) bool {
	info, err := os.Stat(a.store.Path() + name)
	return err == nil && a.now().Sub(info.ModTime()) <= stillAfter
}

// lockServe takes the lock of the daemon, or says that another one has it.
func (a *App) lockServe() (unlock func(), err error) {
	unlock, err = tryLock(a.store.Path(), serveLock)
	if err == nil && unlock == nil {
		err = errors.New("another gaitkeeper serve runs on " + a.store.Path() +
			": stop it first, or give this one a database of its own ([storage] path)")
	}
	return unlock, err
}

// checkNotMissing returns an error if the database is missing while a daemon has it
// open: what a new one in its place took would be lost.
func checkNotMissing(database string) error {
	database, err := store.Locate(database)
	if err != nil {
		return err
	}
	if _, err := os.Stat(database); err == nil {
		return nil
	}
	if _, err := os.Stat(database + serveLock); err != nil {
		return nil // no daemon ever ran on it
	}
	unlock, err := tryLock(database, serveLock)
	if err != nil {
		return err
	}
	if unlock == nil {
		return fmt.Errorf("the database %s is missing while gaitkeeper serve runs on it: put it back, or stop the daemon and restore a copy", database)
	}
	unlock()
	return nil
}

// guardPlace takes the daemon's lock where the database is missing, as when
// its disk went away, so that no other process makes a new one there.
func (a *App) guardPlace() {
	a.guarding.Lock()
	defer a.guarding.Unlock()
	if _, err := os.Stat(a.store.Path()); err == nil || a.guard != nil {
		return // another one is there
	}
	a.guard, _ = tryLock(a.store.Path(), serveLock) // where there is no folder, or we have it, nothing is to do
}
