// Command trystrava walks through everything gaitkeeper does with Strava on
// this machine alone: it plays Strava, logs in, syncs up to a limit and on,
// reads a pain out of a description, and logs out. `make try-strava` runs it.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gaitkeeper/config"
	"gaitkeeper/daemon"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/stravafake"
)

func main() {
	if err := walk(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "trystrava:", err)
		os.Exit(1)
	}
}

// tour is a walk through everything, under way.
type tour struct {
	ctx  context.Context // as long as the program
	out  io.Writer
	now  time.Time
	fake *stravafake.Server
	app  *daemon.App
	last int64 // the number of the newest activity
}

const seasonRuns = 62

// walk plays Strava below a temporary folder, which it removes.
func walk(ctx context.Context, out io.Writer) error {
	home, err := os.MkdirTemp("", "try-strava-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home) //nolint:errcheck // it lies in the folder for such things
	t := &tour{ctx: ctx, out: out, now: time.Now().UTC().Truncate(15 * time.Minute).Add(time.Minute)}
	t.fake = stravafake.New(stravafake.Options{Now: t.clock})
	server := httptest.NewServer(t.fake)
	defer server.Close()
	t.run()
	cfg, err := t.config(home, server.URL)
	if err != nil {
		return err
	}
	t.app, err = daemon.Open(ctx, cfg, daemon.Options{Log: slog.New(slog.DiscardHandler), Now: t.clock})
	if err != nil {
		return err
	}
	defer t.app.Close() //nolint:errcheck // the folder goes anyway
	for _, step := range []func() error{t.login, t.history, t.pain, t.logout} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (t *tour) clock() time.Time { return t.now }

func (t *tour) say(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

// run uploads a season whose last run began two hours ago.
func (t *tour) run() {
	for i, r := range simulate.LimpSeasonUntil(3, t.now.Add(-2*time.Hour), seasonRuns, -1, 0, gait.Left) {
		a := stravafake.FromRun(r)
		a.Name = fmt.Sprintf("Run %d", i+1)
		t.last = t.fake.Add(a)
	}
	t.fake.Limit(100, 1000, false)
}

// config writes a config as a runner would, and reads it.
func (t *tour) config(home, address string) (config.Config, error) {
	secret, file := filepath.Join(home, "secret"), filepath.Join(home, "config.toml")
	text := fmt.Sprintf("[storage]\npath = %q\n\n[sources.strava]\nenabled = true\nclient_id = %q\nclient_secret_file = %q\nbase_url = %q\n",
		filepath.Join(home, "gaitkeeper.db"), stravafake.ClientID, secret, address)
	if err := os.WriteFile(secret, []byte(stravafake.ClientSecret+"\n"), 0o600); err != nil {
		return config.Config{}, err
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return config.Config{}, err
	}
	t.say("A server on this machine plays Strava: an athlete with %d runs, 100 requests in 15 minutes.\nThe config:\n\n%s", seasonRuns, indent(text))
	return config.Load(file, func(string) string { return "" })
}

func indent(s string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n  ") + "\n"
}

// login agrees as a browser would that follows every step by itself.
func (t *tour) login() error {
	t.say("$ gaitkeeper strava login")
	failed := make(chan error, 1)
	name, remark, err := t.app.StravaLogin(t.ctx, daemon.StravaLoginPrompt{
		Say: func(problem error) { t.say("%v", problem) },
		Show: func(address string) {
			short, _, _ := strings.Cut(address, "?")
			t.say("Open this address in a browser and agree: %s?...\n(A browser would show boxes to tick. This one leaves them ticked, agrees, and is led back.)", short)
			go func() {
				back, err := stravafake.Consent{}.Answer(t.ctx, address)
				if err == nil {
					err = stravafake.Visit(t.ctx, back)
				}
				failed <- err
			}()
		},
	})
	if err != nil {
		return err
	}
	t.say("logged in to Strava as %s %s\n", name, remark)
	return <-failed
}

// history syncs until everything is here.
func (t *tour) history() error {
	for {
		wait, err := t.sync()
		if err != nil || wait.Until.IsZero() {
			return err
		}
		s, err := t.app.StravaStatus(t.ctx)
		if err != nil {
			return err
		}
		t.say("$ gaitkeeper strava status\nlogged in as %s; taken: %d, still to fetch: %d; waiting until %s UTC, which is normal\n",
			s.Login.Name, s.Taken, s.Left, s.WaitUntil.Format("15:04"))
		t.say("(Here the clock is put forward to %s.)\n", wait.Until.Format("15:04"))
		t.now = wait.Until
	}
}

func (t *tour) sync() (ingest.Wait, error) {
	t.fake.Requests()
	t.say("$ gaitkeeper sync")
	r, err := t.app.Sync(t.ctx, nil)
	if err != nil {
		return ingest.Wait{}, err
	}
	report := r.Sources[0]
	t.say("new runs: %d, seen again: %d (%d requests)", report.New, report.Same+report.Better, len(t.fake.Requests()))
	if report.Wait.Why != "" {
		t.say("waits until %s UTC: %s", report.Wait.Until.Format("15:04"), report.Wait.Why)
	}
	t.say("")
	return report.Wait, t.verdict()
}

func (t *tour) verdict() error {
	s, err := t.app.Status(t.ctx)
	if err != nil {
		return err
	}
	t.say("Verdict: %s", strings.ToUpper(string(s.Standing.Verdict)))
	for _, r := range s.Standing.Reasons {
		t.say("  %s: %s", r.Rule, r.Text)
	}
	t.say("")
	return nil
}

// pain edits the description of the newest run.
func (t *tour) pain() error {
	const words = "Nice weather. #pain 4 left achilles"
	t.say("The athlete writes under the newest run: %q\n", words)
	t.fake.Edit(t.last, func(a *stravafake.Activity) { a.Description = words })
	t.now = t.now.Add(30 * time.Minute)
	_, err := t.sync()
	return err
}

func (t *tour) logout() error {
	t.say("$ gaitkeeper strava logout")
	n, err := t.app.StravaLogout(t.ctx)
	if err != nil {
		return err
	}
	left, err := t.app.Runs(t.ctx, time.Time{}, 0)
	t.say("logged out of Strava; deleted runs that only Strava had: %d; kept, because the diary speaks of it: %d", n, len(left))
	return err
}
