//go:build !race

package daemon

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gaitkeeper/finding"
)

// The screens a page is looked at on.
const (
	phone = 390
	desk  = 1280
)

// browser starts Chromium; the test is skipped where there is none that starts. The
// race detector makes minutes of such a test and watches the same handlers in others.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("skipped: no chromium here, so no page was looked at in a browser (Debian: apt install chromium)")
	}
	scratch, err := os.MkdirTemp("", "gaitkeeper-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(scratch) }) // what Chromium leaves behind
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.ExecPath(path), chromedp.Env("TMPDIR="+scratch))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	started := make(chan error, 1)
	go func() { started <- chromedp.Do(ctx) }()
	select {
	case err = <-started:
	case <-time.After(patience):
		stop()
		err = <-started
	}
	if err != nil {
		t.Skipf("skipped: chromium does not start here, so no page was looked at in a browser: %v", err)
	}
	return ctx
}

// tab is one tab of the browser with cookies of its own.
type tab struct {
	t   *testing.T
	ctx context.Context
	url string
	// said are the console's errors and warnings so far.
	mu   sync.Mutex
	said []string
}

func newTab(browser context.Context, t *testing.T, url string, width int64) *tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 2*patience)
	t.Cleanup(stop)
	b := &tab{t: t, ctx: ctx, url: url}
	console := chromedp.Console(ctx)
	listening := make(chan struct{})
	go func() {
		defer close(listening)
		for m, err := range console {
			if err != nil {
				return
			}
			if m.IsException() || m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleWarning {
				b.mu.Lock()
				b.said = append(b.said, m.String()+" "+m.URL)
				b.mu.Unlock()
			}
		}
	}()
	t.Cleanup(func() { stop(); <-listening })
	b.do(chromedp.EmulateViewport(width, 844))
	return b
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// open opens a path of the page.
func (b *tab) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url + path))
}

// tap touches what the selector finds and waits for the page it leads to.
func (b *tab) tap(selector string) {
	b.t.Helper()
	loaded := chromedp.WaitEvent(cdp.LoadEventFired, nil, chromedp.Click(selector))
	if _, err := chromedp.Run(b.ctx, loaded); err != nil {
		b.t.Fatalf("tap %s: %v", selector, err)
	}
}

// text returns what a reader sees of the page.
func (b *tab) text() string {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Text("body"))
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}

// verdict returns the verdict that the page shows.
func (b *tab) verdict() finding.Verdict {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.AttributeValue("#verdict", "data-verdict"))
	if err != nil {
		b.t.Fatal(err)
	}
	return finding.Verdict(v.Value)
}

// path returns where the tab is.
func (b *tab) path() string {
	b.t.Helper()
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		b.t.Fatal(err)
	}
	return strings.TrimPrefix(at, b.url)
}

// scripts switches the page's JavaScript on or off.
func (b *tab) scripts(on bool) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}); err != nil {
		b.t.Fatal(err)
	}
}

// dark switches the tab to dark or light.
func (b *tab) dark(on bool) {
	b.t.Helper()
	scheme := map[bool]string{true: "dark", false: "light"}[on]
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// complaints returns what the console said since the last call.
func (b *tab) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	said := b.said
	b.said = nil
	return said
}
