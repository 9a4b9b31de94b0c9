// Command pictures runs the demo and takes the pictures of its warning mail and
// of its page with Chromium, and those of the page about sources: `make pictures`. An
// argument names another folder for them.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chromedp/chromedp"

	"gaitkeeper/daemon"
)

func main() {
	out := "docs/pictures"
	if len(os.Args) > 1 {
		out = os.Args[1]
	}
	if err := run(context.Background(), out); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// shot is one picture of a page.
type shot struct {
	name, path    string
	width, height int64
}

func run(ctx context.Context, out string) (err error) {
	dir, err := os.MkdirTemp("", "pictures-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// The demo prints the page's address last: then its mail is there.
	served, ended := make(chan string, 1), make(chan error, 1)
	tell := writer(func(p []byte) {
		if _, address, found := bytes.Cut(bytes.TrimSpace(p), []byte("http://")); found {
			served <- "http://" + string(address)
		}
	})
	go func() { ended <- daemon.Demo(ctx, dir, tell, func(daemon.Progress) {}) }()
	select {
	case err := <-ended:
		return errors.Join(errors.New("the demo ended early"), err)
	case address := <-served:
		err = take(ctx, address, dir, out)
		cancel()
		return errors.Join(err, <-ended)
	}
}

// take takes the pictures of the demo's mail and of its page, as on a phone.
func take(ctx context.Context, address, dir, out string) error {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox)
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx)
	defer stop()
	mails, err := filepath.Glob(filepath.Join(dir, "mail", "*.eml"))
	mails = slices.DeleteFunc(mails, func(name string) bool { return strings.HasSuffix(name, "-reminder.eml") })
	if err != nil || len(mails) == 0 {
		return errors.Join(errors.New("the demo wrote no mail"), err)
	}
	mail := strings.TrimSuffix(filepath.Base(mails[len(mails)-1]), ".eml")
	icon, err := iconPage(dir)
	if err != nil {
		return err
	}
	run, err := newest(ctx, address)
	if err != nil {
		return err
	}
	for _, s := range []shot{
		{"mail", address + "/mails/" + mail, 390, 1240},
		{"today", address + "/", 390, 844},
		{"today-desk", address + "/", 1280, 800},
		{"runs-desk", address + "/runs", 1280, 800},
		{"run", address + "/runs/" + run + "#measured", 390, 844},
		{"form", address + "/pain/new?run=" + run, 390, 844},
		{"icon-180", "file://" + icon, 180, 180},
	} {
		file := filepath.Join(out, s.name+".png")
		if s.name == "icon-180" { // for iPhones, which take no SVG
			file = filepath.Join("web", "static", s.name+".png")
		}
		if err := s.take(ctx, file); err != nil {
			return fmt.Errorf("take a picture of %s: %w", s.path, err)
		}
	}
	if err := takeMoving(ctx, address, filepath.Join(out, "answer.gif")); err != nil {
		return fmt.Errorf("take the moving picture: %w", err)
	}
	return takeSources(ctx, dir, out)
}

// iconPage writes a page that holds the page's icon and nothing else. A phone
// rounds the corners itself.
func iconPage(dir string) (string, error) {
	svg, err := filepath.Abs("web/static/icon.svg")
	if err != nil {
		return "", err
	}
	page := filepath.Join(dir, "icon.html")
	text := `<body style="margin:0;background:#0b4f7a"><img style="display:block;width:100vw" src="file://` + svg + `">`
	return page, os.WriteFile(page, []byte(text), 0o600)
}

// newest asks the page for the ID of the newest run.
func newest(ctx context.Context, address string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/api/v1/runs?limit=1", nil)
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var run struct{ ID string }
	return run.ID, json.NewDecoder(answer.Body).Decode(&run)
}

// take shows the page to Chromium and writes what fits on the screen.
func (s shot) take(ctx context.Context, file string) error {
	err := chromedp.Do(ctx, chromedp.EmulateViewport(s.width, s.height), chromedp.Navigate("about:blank"), chromedp.Navigate(s.path))
	if err != nil {
		return err
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	return os.WriteFile(file, picture, 0o600) //nolint:gosec // who takes the pictures names their folder
}

// writer calls a function with everything written to it.
type writer func([]byte)

func (w writer) Write(p []byte) (int, error) { w(p); return len(p), nil }
