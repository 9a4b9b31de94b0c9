package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/gait"
	"gaitkeeper/internal/powercut"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/smtptest"
	"gaitkeeper/store"
)

// A season of a round: its last runs, and they alone, limp.
const (
	seasonRuns = 33
	limpFrom   = 30
)

// latest is the last moment at which a process is killed.
const latest = 500 * time.Millisecond

// tries is how many undisturbed commands may be needed to deliver everything.
const tries = 60

// round is one runner.
type round struct {
	counts
	program, home string
	random        *rand.Rand
	server        *smtptest.Server
	runs          []gait.Run
	there         int            // files in the watched folder
	line          *powercut.Line // nil where the power is not cut
}

// begin makes a home with a config for the runner with a number, and starts the
// mail server. Nothing is sent for the time of day alone.
func begin(home, program string, runner uint64, random *rand.Rand) (*round, error) {
	r := &round{program: program, home: home, random: random}
	if err := os.MkdirAll(r.watched(), 0o700); err != nil {
		return nil, err
	}
	var err error
	if r.server, err = smtptest.New(); err != nil {
		return nil, err
	}
	troubles := rand.New(rand.NewPCG(random.Uint64(), 2)) //nolint:gosec // nothing secret
	r.server.Trouble = func() smtptest.Trouble {
		return smtptest.Trouble(max(0, troubles.IntN(6)-2)) // none in half of the cases
	}
	last := time.Now().Add(-2 * time.Hour).Truncate(time.Second)
	r.runs = simulate.LimpSeasonUntil(runner, last, seasonRuns, limpFrom, 2, gait.Left)
	host, port, err := net.SplitHostPort(r.server.Addr)
	if err != nil {
		return nil, err
	}
	config := fmt.Sprintf("[sources.fit]\ndirs = [%q]\nsettle = \"0s\"\n[schedule]\nmorning = \"\"\ndigest = \"\"\n[alerts]\nmax_age = \"720h\"\nquiet_hours = \"\"\n[web]\nlisten = \"127.0.0.1:0\"\n"+
		"[notify.email]\nhost = %q\nport = %s\ntls = \"none\"\nfrom = \"gk@example.org\"\nto = [\"me@example.org\"]\n", r.watched(), host, port)
	return r, os.WriteFile(r.config(), []byte(config), 0o600)
}

// hangOnLine makes each kill a power cut from now on.
func (r *round) hangOnLine() error {
	shelf := filepath.Join(r.home, "power")
	for _, dir := range []string{shelf, filepath.Dir(r.database())} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	line, err := powercut.New(shelf, filepath.Dir(r.database()))
	r.line = &line
	return err
}

func (r *round) database() string {
	return filepath.Join(r.home, "state", "gaitkeeper", "gaitkeeper.db")
}

func (r *round) watched() string { return filepath.Join(r.home, "watch") }
func (r *round) config() string  { return filepath.Join(r.home, "config.toml") }

// play kills so many processes, lets the rest of the season come, and looks.
func (r *round) play(ctx context.Context, kills int) error {
	for r.killed < kills {
		if err := r.arrive(r.random.IntN(2 * seasonRuns / kills)); err != nil {
			return err
		}
		if err := r.killOne(ctx); err != nil {
			return err
		}
	}
	if err := r.arrive(seasonRuns); err != nil {
		return err
	}
	if err := r.recover(ctx); err != nil {
		return err
	}
	return r.look(ctx)
}

// arrive lets up to n more files come into the watched folder.
func (r *round) arrive(n int) error {
	for ; n > 0 && r.there < len(r.runs); n-- {
		var data bytes.Buffer
		if err := simulate.WriteFIT(&data, r.runs[r.there]); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(r.watched(), fmt.Sprintf("%03d.fit", r.there)), data.Bytes(), 0o600); err != nil {
			return err
		}
		r.there++
	}
	return nil
}

func (r *round) command(ctx context.Context, args ...string) *exec.Cmd {
	args = append([]string{"--config", r.config()}, args...)
	c := exec.CommandContext(ctx, r.program, args...) //nolint:gosec // our own
	if r.line != nil {
		c = r.line.Command(ctx, r.program, args...)
	}
	c.Env = append(c.Env, "HOME="+r.home, "XDG_STATE_HOME="+filepath.Join(r.home, "state"))
	return c
}

// killOne starts a command and kills it at a random moment.
func (r *round) killOne(ctx context.Context) error {
	commands := [][]string{{"serve"}, {"sync"}, {"import", r.watched()}}
	c := r.command(ctx, commands[r.random.IntN(len(commands))]...)
	if err := c.Start(); err != nil {
		return err
	}
	moment := time.NewTimer(time.Duration(r.random.Int64N(int64(latest))))
	defer moment.Stop()
	ended := make(chan struct{})
	go func() {
		_ = c.Wait() // it failed for the mail server's sake, or was killed
		close(ended)
	}()
	select {
	case <-ended:
		r.asleep++
		return nil
	case <-moment.C:
	}
	err := c.Process.Kill()
	<-ended
	if errors.Is(err, os.ErrProcessDone) {
		r.asleep++
		return nil
	}
	r.killed++
	if err == nil && r.line != nil {
		err = r.line.Cut(r.random, filepath.Base(r.database()))
	}
	return err
}

// recover syncs, undisturbed, until nothing is owed. The mail server goes on
// failing, so a sync may fail.
func (r *round) recover(ctx context.Context) error {
	for range tries {
		synced := r.command(ctx, "sync").Run()
		out, err := r.command(ctx, "status", "--json").Output()
		if err != nil {
			return fmt.Errorf("status: %w", err)
		}
		var status api.Status
		if err := json.Unmarshal(out, &status); err != nil {
			return fmt.Errorf("status: %w", err)
		}
		if synced == nil && len(status.Undelivered) == 0 {
			return nil
		}
	}
	return fmt.Errorf("after %d syncs there are still messages that were not delivered", tries)
}

// look counts what is there against what there should be.
func (r *round) look(ctx context.Context) error {
	copied, restored := filepath.Join(r.home, "copy.db"), filepath.Join(r.home, "restored.db")
	if out, err := r.command(ctx, "backup", copied).CombinedOutput(); err != nil {
		return fmt.Errorf("backup: %w\n%s", err, out)
	}
	// To restore is to check first: integrity_check, foreign keys, version.
	if _, err := store.Restore(ctx, copied, restored, time.Now()); err != nil {
		return err
	}
	db, err := store.Open(ctx, restored)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // it was only read
	return errors.Join(r.lookAtRuns(ctx, db), r.lookAtMails(ctx, db))
}

func (r *round) lookAtRuns(ctx context.Context, db *store.Store) error {
	there, err := db.Runs(ctx)
	if err != nil {
		return err
	}
	r.counts.runs = len(there)
	seen := map[gait.RunID]bool{}
	for _, run := range there {
		seen[run.ID] = true
	}
	for _, run := range r.runs {
		if !seen[run.ID] {
			return fmt.Errorf("the run of %s is lost", run.Start)
		}
	}
	if len(there) != len(r.runs) {
		return fmt.Errorf("%d runs were made, %d are in", len(r.runs), len(there))
	}
	return nil
}

// lookAtMails wants one Message-ID for each notice, and of the notice's kind.
func (r *round) lookAtMails(ctx context.Context, db *store.Store) error {
	notices, err := db.Notices(ctx)
	if err != nil {
		return err
	}
	owed := map[string]int{}
	for _, n := range notices {
		owed[string(n.Kind)]++
	}
	came := map[string]int{}
	ids := map[string]bool{}
	for _, m := range r.server.Mails() {
		if ids[m.MessageID()] {
			r.repeated++
			continue
		}
		ids[m.MessageID()] = true
		came[m.Kind()]++
	}
	r.mails = len(r.server.Mails())
	if len(ids) == 0 {
		return errors.New("the limp was never told of")
	}
	if fmt.Sprint(owed) != fmt.Sprint(came) {
		return fmt.Errorf("decided: %v, arrived under different Message-IDs: %v", owed, came)
	}
	return nil
}
