package daemon

import (
	"context"
	"net/http/httptest"
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
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/web"
)

// The screens a page is looked at on.
const (
	phone = 390
	desk  = 1280
)

// site is the page of a gaitkeeper with a made-up season behind it, the last
// four runs of which spare the left foot.
type site struct {
	t    *testing.T
	app  *App
	url  string
	home *home
	runs []gait.Run

	mu  sync.Mutex
	now time.Time
}

// played is the season and its database, made once for all tests.
var played struct {
	once     sync.Once
	runs     []gait.Run
	database []byte
}

// playedSeason is a season of 24 runs, the last four of which spare the left foot.
func playedSeason() []gait.Run {
	return simulate.LimpSeason(7, time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC), 24, 20, 2, gait.Left)
}

// play puts the season through the real pipeline.
func play(t *testing.T) {
	t.Helper()
	runs := playedSeason()
	h := newHome(t)
	takeIn(t, h, runs)
	database, err := os.ReadFile(h.cfg.Storage.Path)
	if err != nil {
		t.Fatal(err)
	}
	played.runs, played.database = runs, database
}

// takeIn imports runs into a home, an hour after the last one.
func takeIn(t *testing.T, h *home, runs []gait.Run) {
	t.Helper()
	for _, run := range runs {
		h.drop(run)
	}
	app := h.open(func() time.Time { return afterLast(runs) })
	if _, err := app.Import(t.Context(), []string{h.watched()}, nil); err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
}

func afterLast(runs []gait.Run) time.Time { return runs[len(runs)-1].End().Add(time.Hour) }

// newSite opens the page an hour after the season's last run; it asks for a
// password where one is given.
func newSite(t *testing.T, password string) *site {
	t.Helper()
	played.once.Do(func() { play(t) })
	s := &site{t: t, home: newHome(t), runs: played.runs, now: afterLast(played.runs)}
	if err := os.WriteFile(s.home.cfg.Storage.Path, played.database, 0o600); err != nil {
		t.Fatal(err)
	}
	if password != "" {
		s.home.cfg.Web.PasswordFile = passwordFile(t, password)
	}
	s.open()
	return s
}

// newSiteOf opens the page an hour after the first n runs of the season.
func newSiteOf(t *testing.T, n int) *site {
	t.Helper()
	runs := playedSeason()
	s := &site{t: t, home: newHome(t), runs: runs[:n], now: runs[0].Start}
	if n > 0 {
		s.now = afterLast(s.runs)
		takeIn(t, s.home, s.runs)
	}
	s.open()
	return s
}

// open serves the page of the site's home.
func (s *site) open() {
	t := s.t
	t.Helper()
	s.app = s.home.open(s.clock)
	t.Cleanup(func() { _ = s.app.Close() })
	served, err := s.app.newPage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(served)
	t.Cleanup(server.Close)
	s.url = server.URL
}

func (s *site) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// later moves the clock on.
func (s *site) later(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

func passwordFile(t *testing.T, password string) string {
	t.Helper()
	hash, err := web.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/password"
	if err := os.WriteFile(path, []byte(hash+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// browser starts Chromium; the test is skipped where there is none that starts. The
// race detector makes minutes of such a test and watches the same handlers in others:
// the Makefile runs the tests in a browser without it, by their name.
func browser(t *testing.T) context.Context {
	t.Helper()
	if !strings.Contains(t.Name(), "InABrowser") {
		t.Fatal("a test with a browser has InABrowser in its name: the Makefile runs it by that")
	}
	if raced {
		t.Skip("skipped: a test in a browser is run without the race detector")
	}
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
