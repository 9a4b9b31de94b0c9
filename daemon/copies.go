package daemon

import (
	"context"
	"strings"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/notify"
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
	v, err := a.copyVitals(ctx)
	if err != nil {
		return err
	}
	since, why := "", ""
	if failed != nil {
		why, since = strings.TrimPrefix(failed.Error(), "copy the database: "), v.FailingSince.Format(time.RFC3339)
		if v.FailingSince.IsZero() {
			since = a.now().UTC().Format(time.RFC3339)
		}
	}
	if why == v.Error {
		return nil
	}
	if err := a.store.SetSetting(ctx, copyFailing, since); err != nil {
		return err
	}
	return a.store.SetSetting(ctx, copyFault, why)
}

// copyVitals tells how the daily copies go.
func (a *App) copyVitals(ctx context.Context) (v notify.CopyHealth, err error) {
	if v.FailingSince, err = a.moment(ctx, copyFailing); err != nil {
		return v, err
	}
	v.Error, err = a.store.Setting(ctx, copyFault)
	return v, err
}

// copyStatus tells which copies there are.
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
