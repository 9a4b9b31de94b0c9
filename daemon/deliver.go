package daemon

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"gaitkeeper/notify"
)

// newWorker returns the worker of the outbox.
func (a *App) newWorker() *notify.Worker {
	return &notify.Worker{
		Outbox: a.store, Channels: a.channels, Quiet: a.cfg.Alerts.QuietHours, Zone: a.Zone(),
		LockDir: filepath.Dir(a.store.Path()), Now: a.now, Log: a.log,
	}
}

// deliver tries the whole outbox once, without waiting for anything but quiet
// hours, and returns how many messages went out.
func (a *App) deliver(ctx context.Context) (sent int, err error) {
	outcomes, err := a.newWorker().Deliver(ctx, true)
	for _, o := range outcomes {
		if o.Err == nil {
			sent++
			continue
		}
		err = errors.Join(err, fmt.Errorf("%q is kept and tried again: %w", o.Delivery.Message.Title, o.Err))
	}
	return sent, err
}
