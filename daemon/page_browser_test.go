//go:build !race

package daemon

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// TestPageInABrowser tries the page as runners see it: in a real browser, with a
// real gaitkeeper behind it.
func TestPageInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	for name, test := range map[string]func(context.Context, *testing.T){
		"every page is sound": everyPageIsSound, "pain in two touches": painInTwoTouches, "no pain in one touch": noPainInOneTouch,
		"the next morning":               nextMorning,
		"an answer on the page of a run": answerOnTheRun, "log in and out": logInAndOut,
	} {
		t.Run(name, func(t *testing.T) { test(ctx, t) })
	}
}

// everyPageIsSound follows every link from the first page, on a phone and
// on a desk: no page complains on the console, none needs JavaScript to be
// read, none scrolls sideways, and axe-core finds nothing serious.
func everyPageIsSound(ctx context.Context, t *testing.T) {
	s := newSite(t, "")
	axe := axeCore(t)
	for name, width := range map[string]int64{"phone": phone, "desk": desk} {
		t.Run(name, func(t *testing.T) {
			b := newTab(ctx, t, s.url, width)
			b.dark(width == desk)
			seen := b.walk(func(path string) {
				if said := b.complaints(); len(said) > 0 {
					t.Errorf("%s: the console says %v", path, said)
				}
				if wide := evaluate[int64](b, "document.documentElement.scrollWidth"); wide > width {
					t.Errorf("%s is %d pixels wide on a screen of %d", path, wide, width)
				}
				if axe != "" {
					for _, fault := range b.faults(axe) {
						t.Errorf("%s: %s", path, fault)
					}
				}
			})
			for _, want := range []string{"/", "/runs", "/runs/*", "/fit", "/settings"} {
				if !slices.Contains(seen, want) {
					t.Errorf("no link led to %s, only to %v", want, seen)
				}
			}
			bare := newTab(ctx, t, s.url, width)
			bare.scripts(false)
			for _, path := range seen {
				bare.open(strings.ReplaceAll(path, "*", string(s.runs[0].ID)))
				if text := bare.text(); !strings.Contains(text, "not a medical device") || len(bare.complaints()) > 0 {
					t.Errorf("%s without JavaScript says %v and shows\n%s", path, bare.complaints(), text)
				}
			}
		})
	}
}

// painInTwoTouches: on a phone, from the first page, where a limp was
// measured: how much, then where; and the verdict is another one.
func painInTwoTouches(ctx context.Context, t *testing.T) {
	for _, scripts := range []bool{true, false} {
		s := newSite(t, "")
		b := newTab(ctx, t, s.url, phone)
		b.scripts(scripts)
		b.open("/")
		before := b.verdict()
		b.tap(`.numbers a[href$="worst=4"]`)
		b.tap(`button[value="calf left"]`)
		b.open("/")
		if after := b.verdict(); after != finding.VerdictStop || before == after {
			t.Errorf("the verdict was %s and is %s", before, after)
		}
		diary, err := s.app.ListPain(t.Context())
		if err != nil || len(diary) != 1 || diary[0].Site != gait.Calf || diary[0].Side != gait.Left || !diary[0].Worst.AtLeast(4) {
			t.Errorf("the diary holds %+v (%v)", diary, err)
		}
	}
}

// noPainInOneTouch: the button on the first page.
func noPainInOneTouch(ctx context.Context, t *testing.T) {
	s := newSite(t, "")
	b := newTab(ctx, t, s.url, phone)
	b.open("/")
	b.tap(`form[action="/pain"] button`)
	diary, err := s.app.ListPain(t.Context())
	if err != nil || len(diary) != 1 || !diary[0].NoPain() {
		t.Errorf("the diary holds %+v (%v)", diary, err)
	}
}

// nextMorning: a sore spot is asked about, and one touch answers.
func nextMorning(ctx context.Context, t *testing.T) {
	s := newSite(t, "")
	three, err := gait.Exactly(3)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.app.AddPain(t.Context(), "latest", gait.Pain{Site: gait.Calf, Side: gait.Left, Worst: three}); err != nil {
		t.Fatal(err)
	}
	b := newTab(ctx, t, s.url, phone)
	b.open("/")
	if strings.Contains(b.text(), "this morning") {
		t.Error("the morning is asked about on the day itself")
	}
	s.later(20 * time.Hour)
	b.open("/")
	b.tap(`button[name="morning"][value="2"]`)
	diary, err := s.app.ListPain(t.Context())
	if err != nil || len(diary) != 2 || !diary[1].Morning.AtLeast(2) || diary[1].Site != gait.Calf || diary[1].Side != gait.Left || diary[1].Run == "" {
		t.Errorf("the diary holds %+v (%v)", diary, err)
	}
	b.open("/")
	if strings.Contains(b.text(), "this morning?") {
		t.Error("the morning is asked about again")
	}
}

// answerOnTheRun: new shoes explain the limp.
func answerOnTheRun(ctx context.Context, t *testing.T) {
	s := newSite(t, "")
	b := newTab(ctx, t, s.url, phone)
	id := string(s.runs[len(s.runs)-1].ID)
	b.open("/runs/" + id)
	before := b.verdict()
	b.tap(`button[value="new-shoes"]`)
	if after := b.verdict(); after != finding.VerdictKeep || before == after {
		t.Errorf("the verdict was %s and is %s", before, after)
	}
	if got := b.path(); got != "/runs/"+id+"?done=noted" {
		t.Errorf("led to %s", got)
	}
}

// logInAndOut with the right password; after five wrong ones the right one
// has to wait as well.
func logInAndOut(ctx context.Context, t *testing.T) {
	const password = "four quiet words here"
	s := newSite(t, password)
	b := newTab(ctx, t, s.url, phone)
	enter := func(text string) {
		b.do(chromedp.SendKeys("#password", text))
		b.tap(`form[action="/login"] button`)
	}
	b.open("/runs?pain=1")
	if axe := axeCore(t); axe != "" {
		if faults := b.faults(axe); len(faults) > 0 {
			t.Errorf("the login: %v", faults)
		}
	}
	for range 5 {
		enter("wrong")
		if text := b.text(); !strings.Contains(text, "not the password") {
			t.Fatalf("a wrong password shows\n%s", text)
		}
	}
	enter(password)
	if text := b.text(); !strings.Contains(text, "Too many wrong passwords from here. Wait 60 seconds") {
		t.Fatalf("after five wrong ones\n%s", text)
	}
	s.later(time.Minute)
	enter(password)
	if got := b.path(); got != "/runs?pain=1" {
		t.Errorf("the password led to %s and not to what was asked for", got)
	}
	b.tap(`form[action="/logout"] button`)
	b.open("/")
	if got := b.path(); !strings.HasPrefix(got, "/login") {
		t.Errorf("logged out, and still on %s", got)
	}
}

// walk opens every kind of page that links lead to from the first one, and
// calls look on each. It returns their paths, with * for what names a run.
func (b *tab) walk(look func(path string)) []string {
	b.t.Helper()
	name := regexp.MustCompile(`[0-9a-f]{16}`)
	var seen []string
	for next := []string{"/"}; len(next) > 0; next = next[1:] {
		kind := name.ReplaceAllString(next[0], "*")
		if kind, _, _ = strings.Cut(kind, "?"); slices.Contains(seen, kind) {
			continue
		}
		seen = append(seen, kind)
		b.open(next[0])
		look(next[0])
		for _, link := range evaluate[[]string](b, "[...document.querySelectorAll('a[href]')].map(a => a.href)") {
			if u, err := url.Parse(link); err == nil && strings.HasPrefix(link, b.url+"/") {
				next = append(next, u.RequestURI())
			}
		}
	}
	return seen
}

func evaluate[T any](b *tab, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("evaluate %.80s: %v", script, err)
	}
	return v
}

// axeCore returns axe-core's script; empty where it was not fetched.
func axeCore(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("../bin/axe.min.js")
	if errors.Is(err, fs.ErrNotExist) {
		t.Log("not looked at with axe-core: tools/axe.sh fetches it")
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// faults returns what axe-core calls serious or critical on the open page.
func (b *tab) faults(axe string) []string {
	b.t.Helper()
	evaluate[bool](b, axe+"\n;true")
	found := evaluate[string](b, `axe.run().then(r => JSON.stringify(r.violations.filter(v => ["serious", "critical"].includes(v.impact))
		.map(v => v.id + ": " + v.help + ": " + v.nodes.map(n => n.html).join(" | "))))`)
	var faults []string
	if err := json.Unmarshal([]byte(found), &faults); err != nil {
		b.t.Fatal(err)
	}
	return faults
}
