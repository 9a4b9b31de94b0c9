package daemon

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"gaitkeeper/alert"
	"gaitkeeper/notify"
)

// newWorker returns the worker of the outbox for the channels that can be used
// here.
func (a *App) newWorker() *notify.Worker {
	open, _ := a.openChannels()
	return &notify.Worker{
		Outbox: restingOutbox{a.store, a}, Channels: open, Quiet: a.cfg.Alerts.QuietHours, Zone: a.Zone(),
		LockDir: filepath.Dir(a.store.Path()), Now: a.now, Log: a.log,
		Moves: func(channel string) { a.beat(pulseDelivery + " " + channel) }, Tried: a.deliveries.count,
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

// barred says why messages that wait cannot be delivered from here.
func (a *App) barred(waiting []alert.Delivery) error {
	var faults []error
	_, shut := a.openChannels()
	for _, d := range waiting {
		if err := shut[d.Channel]; err != nil {
			faults = append(faults, fmt.Errorf("%q is kept for the daemon: %w", d.Message.Title, err))
		}
	}
	return errors.Join(faults...)
}
