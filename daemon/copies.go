package daemon

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
	"gaitkeeper/store"
)

// copyEvery is how often the daemon looks whether the day has its copy.
const copyEvery = time.Hour

// The settings that hold since when no daily copy could be made, and why.
const (
	copyFailing = "copy_failing_since"
	copyFault   = "copy_fault"
)

// keepCopy makes the day's copy of the database, and notes a failure for status.
func (a *App) keepCopy(ctx context.Context) error {
	made, err := a.store.KeepCopy(ctx, a.now().In(a.Zone()))
	if ctx.Err() != nil {
		return nil // stopped, not failed: the next start makes it
	}
	if made {
		a.log.InfoContext(ctx, "database copied", "folder", a.store.CopyFolder())
	}
	if noted := a.noteCopy(ctx, err); err == nil {
		err = noted
	}
	return err
}

// noteCopy keeps since when copies have failed, and why; a nil failure ends it.
func (a *App) noteCopy(ctx context.Context, failed error) error {
	v, err := a.copyHealth(ctx)
	if err != nil {
		return err
	}
	since, why := time.Time{}, ""
	if failed != nil {
		since, why = v.FailingSince, failed.Error()
		if since.IsZero() {
			since = a.now()
		}
	}
	if why == v.Error {
		return nil
	}
	if err := a.setMoment(ctx, copyFailing, since); err != nil {
		return err
	}
	return a.store.SetSetting(ctx, copyFault, why)
}

func (a *App) copyHealth(ctx context.Context) (v notify.CopyHealth, err error) {
	if v.FailingSince, err = a.moment(ctx, copyFailing); err != nil {
		return v, err
	}
	v.Error, err = a.store.Setting(ctx, copyFault)
	return v, err
}

func (a *App) copyStatus() api.CopyStatus {
	copies, _ := a.store.Copies() // a folder that cannot be read is a note of its own once no copy can be made
	st := api.CopyStatus{Folder: a.store.CopyFolder(), Count: len(copies)}
	for _, c := range copies {
		st.Bytes += c.Size
	}
	if len(copies) > 0 {
		st.Oldest, st.Newest = copies[0].Day.Format(time.DateOnly), copies[len(copies)-1].Day.Format(time.DateOnly)
	}
	return st
}

// Restored is what a restore did.
type Restored struct {
	Database string
	// Kept is where the database that was replaced is now; empty where there was
	// none.
	Kept string
	Runs int
	// Newest is when the last run in it that counts began; zero where it has none.
	Newest time.Time
}

// Restore puts a copy that `backup` made in place of the config's database, once
// it has proved whole. It refuses while the daemon runs on it, or a sync.
func Restore(ctx context.Context, cfg config.Config, file string, now time.Time) (r Restored, err error) {
	if err := cfg.CheckStorage(); err != nil {
		return r, err
	}
	if r.Database, err = store.Locate(cfg.Storage.Path); err != nil {
		return r, err
	}
	if err := os.MkdirAll(filepath.Dir(r.Database), 0o700); err != nil { // the locks are there
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
	return r, r.count(ctx, now)
}

// count opens the restored database, which brings it to the present schema, and
// counts.
func (r *Restored) count(ctx context.Context, now time.Time) error {
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
