package daemon

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/notify"
	"gaitkeeper/store"
)

const (
	// stillAfter is how long a goroutine of the daemon may do nothing before it
	// is taken to hang. Each moves at least once a minute, and within a long
	// sync after every file.
	stillAfter = 5 * time.Minute
	// sleptAfter is the gap between two looks from which on the machine, and
	// not gaitkeeper, has slept.
	sleptAfter = 10 * time.Minute
)

// The goroutines that must move.
const (
	pulseWork     = "work"
	pulseSchedule = "schedule"
	pulseDelivery = "delivery"
)

// heartbeats keeps when each goroutine of the daemon last moved, and since when it
// has been watching without a break.
type heartbeats struct {
	mu    sync.Mutex
	last  map[string]time.Time
	awake time.Time
	seen  time.Time // the last look
}

// beat says that a goroutine moves.
func (p *heartbeats) beat(who string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last == nil {
		p.last = map[string]time.Time{}
	}
	p.last[who] = now
}

// forget takes no goroutine to hang that another config had.
func (p *heartbeats) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.last)
}

// still returns the goroutines that have not moved for too long. The clock of
// a sleeping machine does not count.
func (p *heartbeats) still(now time.Time) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var still []string
	for who, at := range p.last {
		if now.Sub(at) > stillAfter {
			still = append(still, who)
		}
	}
	slices.Sort(still)
	return still
}

// look says that the daemon looks at its own health now. After a gap, as when
// the machine slept, it begins anew.
func (p *heartbeats) look(now time.Time) {
	now = now.Round(0) // the clock on the wall: the other one stops while a machine sleeps
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen.IsZero() || now.Sub(p.seen).Abs() > sleptAfter {
		p.awake = now
	}
	p.seen = now
}

// awakeSince returns since when the daemon has been watching; zero where none
// runs in this process.
func (p *heartbeats) awakeSince() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.awake
}

// beat says that a goroutine of the daemon moves.
func (a *App) beat(who string) { a.heartbeats.beat(who, a.now()) }

// moves says that the work of a sync goes on: here, and by the time of its lock's
// file to a daemon that waits for it.
func (a *App) moves() {
	a.beat(pulseWork)
	_ = os.Chtimes(a.store.Path()+syncLock, a.now(), a.now()) // where it cannot be, only the waiting are less sure
}

// alive says what of the daemon hangs: the database, or a goroutine that has
// stopped moving.
func (a *App) alive(ctx context.Context) error {
	if err := a.store.Ping(ctx); err != nil {
		return fmt.Errorf("the database does not answer: %w", err)
	}
	if still := a.heartbeats.still(a.now()); len(still) > 0 {
		return fmt.Errorf("nothing has moved for %v in: %s; restart gaitkeeper", stillAfter, strings.Join(still, ", "))
	}
	return nil
}

// Pulse tells whether gaitkeeper is alive, and what of it is unwell.
func (a *App) Pulse(ctx context.Context) (api.Health, error) {
	err := a.alive(ctx)
	a.note(ctx, "health check", err)
	if err != nil {
		return api.Health{}, err
	}
	notes, err := a.notes(ctx)
	return api.NewHealth(notes, a.now()), err
}

// notes returns what is to be known of gaitkeeper itself, as of now.
func (a *App) notes(ctx context.Context) ([]alert.Note, error) {
	s, situation, err := a.present(ctx)
	if err != nil {
		return nil, err
	}
	input, err := a.healthInput(ctx, s)
	return notify.Notes(situation, input), err
}

// watchHealth looks every minute whether gaitkeeper itself is well, beside the
// work, so that it also sees work that hangs.
func (a *App) watchHealth(ctx context.Context) error {
	tick := time.NewTicker(healthEvery)
	defer tick.Stop()
	for {
		a.heartbeats.look(a.now())
		err := a.enqueueHealth(ctx)
		a.note(ctx, "own health", err)
		if errors.Is(err, store.ErrGone) {
			a.guardPlace()
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
