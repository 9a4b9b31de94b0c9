// Command serve plays Strava on this machine until Ctrl-C, so that
// `gaitkeeper strava login` and `sync` can be tried without an account:
//
//	go run ./internal/stravafake/serve
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/stravafake"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8790", "where to listen")
	runs := flag.Int("runs", 60, "how many runs the athlete has, the last one yesterday")
	reads := flag.Int("reads", 100, "requests allowed in 15 minutes, ten times as many in a day; 0 is no limit")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, *listen, *runs, *reads); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1) // nothing is left to stop
	}
}

func serve(ctx context.Context, listen string, runs, reads int) error {
	fake := stravafake.New(stravafake.Options{})
	yesterday := time.Now().UTC().Truncate(24 * time.Hour).Add(-17 * time.Hour)
	for _, r := range simulate.LimpSeasonUntil(3, yesterday, runs, -1, 0, gait.Left) {
		fake.Add(stravafake.FromRun(r))
	}
	fake.Limit(reads, 10*reads, false)
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return err
	}
	secret := filepath.Join(os.TempDir(), "fake-strava-secret")
	if err := os.WriteFile(secret, []byte(stravafake.ClientSecret), 0o600); err != nil {
		return errors.Join(err, l.Close())
	}
	fmt.Printf("Playing Strava until Ctrl-C. The config to try it with:\n\n[storage]\npath = %q\n\n"+
		"[sources.strava]\nenabled = true\nclient_id = %q\nclient_secret_file = %q\nbase_url = \"http://%s\"\n\n",
		filepath.Join(os.TempDir(), "try-strava.db"), stravafake.ClientID, secret, l.Addr())
	s := &http.Server{Handler: told(fake), ReadHeaderTimeout: 10 * time.Second}
	defer context.AfterFunc(ctx, func() { _ = s.Close() })() // nobody minds
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return os.Remove(secret)
}

// told prints every request.
func told(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(time.Now().Format("15:04:05"), r.Method, r.URL.Path)
		h.ServeHTTP(w, r)
	})
}
