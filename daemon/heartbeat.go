package daemon

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/internal/plainfile"
	"gaitkeeper/notify"
	"gaitkeeper/store"
)

const (
	// stillAfter is how long a goroutine of the daemon may do nothing before it
	// is taken to hang. Each moves at least once a minute, and within a long
	// sync after every file.
	stillAfter = 5 * time.Minute
	// sleptAfter is the gap between two looks from which the machine, and not
	// gaitkeeper, has slept.
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
	// sinceBoot is how long the machine had been on at the last look.
	sinceBoot time.Duration
}

func (p *heartbeats) beat(who string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last == nil {
		p.last = map[string]time.Time{}
	}
	p.last[who] = now
}

// forget drops the goroutines of another config: they do not hang.
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

// look says that the daemon looks at its own health now, so long after the machine
// was started. After a gap, as when the machine slept, it starts again. It returns
// by how much the clock was set forward since the last look.
func (p *heartbeats) look(now time.Time, sinceBoot time.Duration) (set time.Duration) {
	now = now.Round(0) // the clock on the wall: the other one stops while a machine sleeps
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen.IsZero() || now.Sub(p.seen).Abs() > sleptAfter {
		p.awake = now
	}
	if !p.seen.IsZero() {
		set = now.Sub(p.seen) - (sinceBoot - p.sinceBoot)
	}
	p.seen, p.sinceBoot = now, sinceBoot
	return set
}

// clockWasBehind is from which setting of the clock on it was wrong before, and not
// only a little slow.
const clockWasBehind = time.Hour

// look looks at the clocks, as [heartbeats.look]. A machine without a clock of its own
// begins where it was switched off, maybe weeks ago: what it took in before its clock
// was set seemed to lie far ahead, and does not.
func (a *App) look(ctx context.Context, sinceBoot time.Duration) error {
	now := a.now()
	set := a.heartbeats.look(now, sinceBoot)
	if set < clockWasBehind {
		return nil
	}
	a.log.WarnContext(ctx, "the machine's clock was behind; runs since then are believed", "by", set)
	return a.store.BelieveClocks(ctx, now.Add(-set), now)
}

// sinceBoot is how long ago the machine was started, its sleep included.
func sinceBoot() time.Duration {
	var t unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_BOOTTIME, &t) // never fails for this clock
	return time.Duration(t.Nano())
}

// awakeSince returns since when the daemon has been watching; zero where none
// runs in this process.
func (p *heartbeats) awakeSince() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.awake
}

func (a *App) beat(who string) { a.heartbeats.beat(who, a.now()) }

// moves notes that a sync makes progress: here, and in the modification time of
// its lock file for a daemon that waits for it.
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

// Pulse reports whether gaitkeeper is alive, and what is failing.
func (a *App) Pulse(ctx context.Context) (api.Health, error) {
	err := a.alive(ctx)
	a.note(ctx, "health check", err)
	if err != nil {
		return api.Health{}, err
	}
	p, err := a.present(ctx)
	if err != nil {
		return api.Health{}, err
	}
	notes, err := a.notes(ctx, p)
	return api.NewHealth(notes, p.Now), err
}

// notes returns what is to be known of gaitkeeper itself.
func (a *App) notes(ctx context.Context, p present) ([]alert.Note, error) {
	input, err := a.healthInput(ctx, p.season)
	return notify.Notes(p.Situation, input), err
}

// watchHealth looks every minute whether gaitkeeper itself is well, beside the
// work, so that it also sees work that hangs.
func (a *App) watchHealth(ctx context.Context) error {
	tick := time.NewTicker(healthEvery)
	defer tick.Stop()
	for {
		err := errors.Join(a.look(ctx, sinceBoot()), a.enqueueHealth(ctx))
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

// failureLog keeps what fails at present, so that the log mentions a failure when it
// begins and when it ends, not at each attempt. A nil one logs nothing: a command
// reports its failures itself.
type failureLog struct {
	mu sync.Mutex
	of map[string]*failure // by what fails
}

// failure is one row of failures.
type failure struct {
	since  time.Time
	logged map[string]bool // reasons, without their numbers
}

// numbers differ from one attempt to the next where nothing else does: ports,
// times, sizes.
var numbers = regexp.MustCompile(`\d+`)

// note takes what came of an attempt at something.
func (t *failureLog) note(ctx context.Context, log *slog.Logger, now time.Time, what string, err error) {
	if t == nil || ctx.Err() != nil {
		return // stopped, not failed
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	known := t.of[what]
	switch {
	case err == nil && known != nil:
		delete(t.of, what)
		log.InfoContext(ctx, "works again", "what", what, "failed_since", known.since)
	case err != nil:
		if known == nil {
			known = &failure{now, map[string]bool{}}
			t.of[what] = known
		}
		reason := numbers.ReplaceAllString(err.Error(), "")
		if !known.logged[reason] {
			known.logged[reason] = true
			log.ErrorContext(ctx, "failed; it is tried again in its turn, and told when it works", "what", what, "error", err)
		}
	}
}

func newFailureLog() *failureLog { return &failureLog{of: map[string]*failure{}} }

// note takes what came of an attempt of the daemon's.
func (a *App) note(ctx context.Context, what string, err error) {
	a.failures.note(ctx, a.log, a.now(), what, err)
}

// healthWithin is how long the daemon may take to say how it is.
const healthWithin = 5 * time.Second

// AskHealth asks the daemon of the config's database whether it is alive and well.
// It opens nothing: the daemon has written its page's address into its lock's file.
// The error says why nobody answered.
func AskHealth(ctx context.Context, cfg config.Config) (api.Health, error) {
	var h api.Health
	database, err := store.Locate(cfg.Storage.Path)
	if err != nil {
		return h, err
	}
	text, err := plainfile.ReadFile(database + serveLock)
	address := strings.TrimSpace(string(text))
	switch {
	case errors.Is(err, os.ErrNotExist), err == nil && address == "":
		return h, fmt.Errorf("the daemon is not running for %s: start it with gaitkeeper serve, or systemctl start gaitkeeper", database)
	case err != nil:
		return h, err
	}
	ctx, cancel := context.WithTimeout(ctx, healthWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/healthz", nil)
	if err != nil {
		return h, fmt.Errorf("%s holds no address: %w", database+serveLock, err)
	}
	answer, err := (&http.Client{Transport: &http.Transport{}}).Do(request) // no proxy: it is this machine
	if err != nil {
		return h, fmt.Errorf("no gaitkeeper serve answers for %s: %w", database, err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&h); err != nil {
		return h, fmt.Errorf("what answers at %s is not gaitkeeper: %w", address, err)
	}
	return h, nil
}

// leaveAddress writes where the page is into the lock's file, for [AskHealth].
func (a *App) leaveAddress(at net.Addr) error {
	address := at.String()
	if ap, err := netip.ParseAddrPort(address); err == nil && ap.Addr().IsUnspecified() {
		address = net.JoinHostPort("localhost", fmt.Sprint(ap.Port()))
	}
	if err := os.WriteFile(a.store.Path()+serveLock, []byte(address+"\n"), 0o600); err != nil {
		return fmt.Errorf("note the page's address: %w", err)
	}
	return nil
}
