package daemon

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/store"
)

// Restored is what a restore did.
type Restored struct {
	Database string
	// Kept is where the database that was replaced lies now; empty where there
	// was none.
	Kept string
	Runs int
	// Newest is when the last run in it that counts began; zero where it has none.
	Newest time.Time
}

// Restore puts a copy that `backup` made in the place of the config's database,
// once it has proved whole. It refuses while the daemon runs on it, or a sync.
func Restore(ctx context.Context, cfg config.Config, file string, now time.Time) (r Restored, err error) {
	if err := cfg.CheckStorage(); err != nil {
		return r, err
	}
	if r.Database, err = store.Locate(cfg.Storage.Path); err != nil {
		return r, err
	}
	if err := os.MkdirAll(filepath.Dir(r.Database), 0o700); err != nil { // the locks lie there
		return r, err
	}
	for _, lock := range []struct{ name, who string }{
		{serveLock, "gaitkeeper serve runs on"}, {syncLock, "a sync or an import is at work in"},
	} {
		unlock, err := tryLock(r.Database, lock.name)
		if err != nil {
			return r, err
		}
		if unlock == nil {
			return r, errors.New(lock.who + " " + r.Database + ": stop it first, then restore, then start it again")
		}
		defer unlock()
	}
	if r.Kept, err = store.Restore(ctx, file, r.Database, now); err != nil {
		return r, err
	}
	return r, r.look(ctx, now)
}

// look opens the restored database, which brings it to the present schema, and
// counts.
func (r *Restored) look(ctx context.Context, now time.Time) error {
	s, err := store.Open(ctx, r.Database)
	if err != nil {
		return err
	}
	runs, err := s.Runs(ctx)
	r.Runs = len(runs)
	if counted := newPast(gait.History{}, runs, now, time.UTC).runs; len(counted) > 0 {
		r.Newest = counted[len(counted)-1].Start
	}
	return errors.Join(err, s.Close())
}
