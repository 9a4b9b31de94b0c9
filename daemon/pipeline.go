package daemon

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gaitkeeper/alert"

	"gaitkeeper/ingest"
	"gaitkeeper/ingest/applehealth"
	"gaitkeeper/ingest/fitfile"
)

// ImportReport is what an import did.
type ImportReport = ingest.Report

// Progress is how far an import or a sync has come.
type Progress = ingest.Progress

// SyncReport is what one cycle did.
type SyncReport struct {
	Sources []ImportReport
	// Sent and Waiting are the messages that went out, and those still there.
	Sent, Waiting int
}

// Sync does one cycle now: pulls every source, assesses, and tries the whole
// outbox at once. progress, if set, is called after each file.
// A source that fails stops neither the others nor the messages.
func (a *App) Sync(ctx context.Context, progress func(Progress)) (SyncReport, error) {
	var r SyncReport
	var err error
	var failed error
	r.Sources, failed, err = a.pull(ctx, progress)
	err = errors.Join(failed, err, a.enqueueAlerts(ctx, alert.Decide), a.enqueueHealth(ctx), a.noteRuns(ctx))
	err = errors.Join(err, a.readdress(ctx))
	sent, deliverErr := a.deliver(ctx)
	r.Sent = sent
	waiting, waitErr := a.store.Undelivered(ctx)
	r.Waiting = len(waiting)
	return r, errors.Join(err, deliverErr, waitErr, a.barred(waiting))
}

// Import takes in the named files and folders, whatever was made of them
// before, and assesses. Messages are left to the daemon or the next sync.
func (a *App) Import(ctx context.Context, paths []string, progress func(Progress)) (ImportReport, error) {
	unlock, err := a.lock(ctx, syncLock)
	if err != nil {
		return ImportReport{}, err
	}
	defer unlock()
	defer relaxGC()()
	exports, files := applehealth.Among(paths)
	var sources []ingest.Source
	if len(exports) > 0 {
		sources = append(sources, applehealth.NewImport(exports...))
	}
	if len(files) > 0 || len(exports) == 0 {
		sources = append(sources, fitfile.NewImport(fitfile.DefaultLimits(), files...).WithFields(a.fields()))
	}
	var r ImportReport
	for _, source := range sources {
		syncer := a.syncer(progress)
		syncer.Key = "import"
		var one ImportReport
		one, err = syncer.Sync(ctx, source)
		if r.Add(one); err != nil {
			break
		}
	}
	return r, errors.Join(err, a.enqueueAlerts(ctx, alert.Decide))
}

func (a *App) syncer(progress func(Progress)) *ingest.Syncer {
	s := &ingest.Syncer{Store: a.store, Measure: a.measure, Now: a.now}
	var moved time.Time
	s.Progress = func(p ingest.Progress) {
		if now := a.now(); now.Sub(moved).Abs() > time.Second { // it may pass thousands of known files in one
			moved = now
			a.moves()
		}
		if progress != nil {
			progress(p)
		}
	}
	return s
}

// pull takes in what the sources have, one after the other. The first error is of
// the sources that failed, the second one our own.
func (a *App) pull(ctx context.Context, progress func(Progress)) (reports []ImportReport, failed, err error) {
	unlock, err := a.lock(ctx, syncLock)
	if err != nil {
		return nil, nil, err
	}
	defer unlock()
	var errs []error
	for _, src := range a.sources {
		name := src.Name()
		if err := a.store.SyncStarted(ctx, name, a.now()); err != nil {
			return reports, failed, err
		}
		report, err := a.syncer(progress).Sync(ctx, src)
		if errors.As(err, &report.Wait) {
			if a.waits[name] != report.Wait.Until {
				a.log.InfoContext(ctx, "source waits", "source", name, "until", report.Wait.Until, "why", report.Wait.Why)
			}
			err = nil // a rate limit is no failure
		}
		reports = append(reports, report)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("sync %s: %w", name, err))
		}
		if ctx.Err() != nil {
			break // stopped, not failed: the next cycle goes on here
		}
		lost := lostFolders(a.cfg.Sources.FIT.Dirs, report)
		a.waits[name] = report.Wait.Until
		a.note(ctx, "source "+string(name), errors.Join(err, lost))
		errs = append(errs, a.recordSync(ctx, name, report, errors.Join(err, lost)))
	}
	return reports, failed, errors.Join(append(errs, a.forgetStrava(ctx))...)
}

// afterWait is added to the end of a source's wait: its clock is not ours.
const afterWait = 2 * time.Second

// comeBack returns how long it is until a source may be looked at again sooner
// than the schedule would: files that are still being copied, a limit of
// requests that ends. False: there is no such source.
func (a *App) comeBack(reports []ImportReport) (in time.Duration, ok bool) {
	for _, r := range reports {
		if r.Waiting > 0 && (!ok || r.QuietIn < in) {
			in, ok = r.QuietIn, true
		}
		if wait := r.Wait.Until.Sub(a.now()) + afterWait; !r.Wait.Until.IsZero() && (!ok || wait < in) {
			in, ok = wait, true
		}
	}
	return in, ok
}
