package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/stravafake"
)

// browser is a standard error that opens the address printed on it and agrees.
type browser struct {
	mu   sync.Mutex
	text bytes.Buffer
	once sync.Once
}

func (b *browser) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.text.Write(p)
	if address := regexp.MustCompile(`http://\S+/oauth/authorize\S+`).FindString(b.text.String()); address != "" {
		b.once.Do(func() {
			go func() {
				if back, err := (stravafake.Consent{}).Answer(context.Background(), address); err == nil {
					_ = stravafake.Visit(context.Background(), back)
				}
			}()
		})
	}
	return len(p), nil
}

func TestStravaCommands(t *testing.T) {
	if now := time.Now().UTC(); now.Add(patience).Day() != now.Day() {
		t.Skip("not run: Strava's day ends in a moment, and its limit with it")
	}
	fake := stravafake.New(stravafake.Options{})
	server := httptest.NewServer(fake)
	defer server.Close()
	for _, r := range simulate.LimpSeason(1, time.Now().Add(-10*24*time.Hour), 3, -1, 0, gait.Left) {
		fake.Add(stravafake.FromRun(r))
	}
	home := t.TempDir()
	secret, file := filepath.Join(home, "secret"), filepath.Join(home, "config.toml")
	text := fmt.Sprintf("[storage]\npath = %q\n[runner]\ntimezone = \"UTC\"\n[sources.strava]\nenabled = true\nclient_id = %q\nclient_secret_file = %q\nbase_url = %q\n",
		filepath.Join(home, "g.db"), stravafake.ClientID, secret, server.URL)
	for name, content := range map[string]string{secret: stravafake.ClientSecret, file: text} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	say := func(stderr io.Writer, code int, args ...string) string {
		t.Helper()
		var stdout bytes.Buffer
		if got := run(t.Context(), append([]string{"--config", file}, args...), func(string) string { return "" }, &stdout, stderr); got != code {
			t.Fatalf("%v: exit %d, %s%v", args, got, &stdout, stderr)
		}
		return stdout.String()
	}
	holds := func(what, text string, parts ...string) {
		t.Helper()
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q:\n%s", what, part, text)
			}
		}
	}
	var stderr bytes.Buffer
	holds("status before", say(&stderr, exitDone, "strava", "status"), "not logged in: gaitkeeper strava login")
	say(&stderr, exitFailed, "sync")
	holds("sync before", stderr.String(), "you are not logged in to Strava: run `gaitkeeper strava login`")

	b := &browser{}
	holds("login", say(b, exitDone, "strava", "login", "--port", "0"), "logged in to Strava as Robin Runner")
	holds("login", b.text.String(), "copy the address of that page, paste it here")
	holds("status", say(&stderr, exitDone, "strava", "status"), "allowed: read,activity:read_all", "then renewed by itself", "older activities are still being listed")
	fake.Limit(1000, 6, false) // of the day: a quarter of an hour may end between two commands
	holds("sync", say(&stderr, exitDone, "sync"), "new runs: 2", "waits until", "1 activity is left to fetch")
	holds("status", say(&stderr, exitDone, "strava", "status"), "activities fetched: 2, still to fetch: 1\n", "which is normal")
	holds("status --json", say(&stderr, exitDone, "status", "--json"), `"login":"good"`, `"waiting_until":"2`, `"backlog":1`, `"error":""`)
	for _, token := range []string{say(&stderr, exitDone, "strava", "status"), say(&stderr, exitDone, "status", "--json")} {
		if strings.Contains(token, stravafake.ClientSecret) {
			t.Error("the secret is shown")
		}
	}
	holds("logout", say(&stderr, exitDone, "strava", "logout"), "deleted runs that only Strava had: 2")
	if fake.LoggedIn() {
		t.Error("Strava was not told")
	}
}
