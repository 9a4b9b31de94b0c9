package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/chromedp"

	"gaitkeeper/config"
	"gaitkeeper/daemon"
	"gaitkeeper/gait"
	"gaitkeeper/internal/intervalsfake"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/stravafake"
)

// takeSources takes the pictures of docs/sources.md: the page about sources
// before the login at Strava and after a sync, and where a login ends. The
// servers are played on this machine.
func takeSources(ctx context.Context, dir, out string) error {
	strava, intervals := stravafake.New(stravafake.Options{}), intervalsfake.New()
	for i, r := range simulate.LimpSeason(3, time.Now().UTC().AddDate(0, 0, -40).Truncate(time.Second), 16, -1, 0, gait.Left) {
		var fit bytes.Buffer
		if err := simulate.WriteFIT(&fit, r); err != nil {
			return err
		}
		strava.Add(stravafake.FromRun(r))
		intervals.Add(intervalsfake.Activity{
			Start: r.Start, Type: "Run", Name: fmt.Sprintf("Run %d", i+1), Source: "GARMIN_CONNECT",
			Metres: float64(r.Distance), Moving: r.Duration, Elapsed: r.Elapsed, File: fit.Bytes(),
		})
	}
	atStrava, atIntervals := httptest.NewServer(strava), httptest.NewServer(intervals)
	defer atStrava.Close()
	defer atIntervals.Close()
	cfg, err := sourcesConfig(dir, atStrava.URL, atIntervals.URL)
	if err != nil {
		return err
	}
	page := shot{"sources-before", "http://" + cfg.Web.Listen + "/sources", 390, 700}
	if err := serving(ctx, cfg, nil, func() error { return page.take(ctx, filepath.Join(out, page.name+".png")) }); err != nil {
		return err
	}
	login := func(app *daemon.App) error { return takeLogin(ctx, app, filepath.Join(out, "strava-login.png")) }
	page.name = "sources"
	return serving(ctx, cfg, login, func() error { return page.take(ctx, filepath.Join(out, page.name+".png")) })
}

// sourcesConfig writes a config as a runner would, and reads it.
func sourcesConfig(dir, strava, intervals string) (config.Config, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // closed at once: only its number is wanted
	if err != nil {
		return config.Config{}, err
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		return config.Config{}, err
	}
	secret, key, file := filepath.Join(dir, "secret"), filepath.Join(dir, "key"), filepath.Join(dir, "config.toml")
	text := fmt.Sprintf("[storage]\npath = %q\n[sources.strava]\nenabled = true\nclient_id = %q\nclient_secret_file = %q\nbase_url = %q\n"+
		"[sources.intervals]\nenabled = true\napi_key_file = %q\nbase_url = %q\n[web]\nlisten = %q\n",
		filepath.Join(dir, "sources.db"), stravafake.ClientID, secret, strava, key, intervals, address)
	err = errors.Join(os.WriteFile(secret, []byte(stravafake.ClientSecret), 0o600),
		os.WriteFile(key, []byte(intervalsfake.Key), 0o600), os.WriteFile(file, []byte(text), 0o600))
	if err != nil {
		return config.Config{}, err
	}
	return config.Load(file, func(string) string { return "" })
}

// serving opens a gaitkeeper, calls first, syncs, and calls look while the page
// is served.
func serving(ctx context.Context, cfg config.Config, first func(*daemon.App) error, look func() error) (err error) {
	app, err := daemon.Open(ctx, cfg, daemon.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, app.Close()) }()
	if first != nil {
		if err := first(app); err != nil {
			return err
		}
	}
	_, _ = app.Sync(ctx, nil) // before the login it tells what is missing, and so does the page
	ctx, stop := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- app.Serve(ctx) }()
	err = errors.Join(reached(ctx, cfg.Web.Listen), look())
	stop()
	return errors.Join(err, <-served)
}

// reached waits until somebody listens on the address.
func reached(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return err
		}
	}
}

// takeLogin logs in at Strava with Chromium as a runner would, and takes a
// picture of the page the login ends at.
func takeLogin(ctx context.Context, app *daemon.App, file string) error {
	taken := make(chan error, 1)
	_, _, err := app.StravaLogin(ctx, daemon.StravaLoginPrompt{
		Say: func(error) {},
		Show: func(address string) {
			go func() {
				err := chromedp.Do(ctx, chromedp.EmulateViewport(390, 300), chromedp.Navigate(address),
					chromedp.Click(`button[value="authorize"]`), chromedp.WaitVisible(`body:not(:has(form)) h1`))
				var picture []byte
				if err == nil {
					picture, err = chromedp.Run(ctx, chromedp.CaptureScreenshot())
				}
				if err == nil {
					err = os.WriteFile(file, picture, 0o644) //nolint:gosec // a picture for everybody
				}
				taken <- err
			}()
		},
	})
	return errors.Join(err, <-taken)
}
