package daemon

import (
	"context"
	"errors"
	"time"

	sd "github.com/coreos/go-systemd/v22/daemon"

	"gaitkeeper/store"
)

// tellSystemd reports a state (READY=1, STOPPING=1) where systemd started us.
func (a *App) tellSystemd(ctx context.Context, state string) {
	if _, err := sd.SdNotify(false, state); err != nil {
		a.log.WarnContext(ctx, "systemd not told", "state", state, "error", err)
	}
}

// keepAlive tells systemd's watchdog that we live as long as the database
// answers and the work moves, twice as often as it wants to hear it. It returns when ctx ends, or
// at once where no watchdog listens.
func (a *App) keepAlive(ctx context.Context) error {
	interval, err := sd.SdWatchdogEnabled(false)
	if err != nil || interval == 0 {
		return err
	}
	tick := time.NewTicker(interval / 2)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			err := a.alive(ctx)
			a.note(ctx, "watchdog", err)
			if err != nil && !errors.Is(err, store.ErrGone) { // a new start would not bring it back
				continue
			}
			a.tellSystemd(ctx, sd.SdNotifyWatchdog)
		}
	}
}
