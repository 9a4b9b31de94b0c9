//go:build !race

package daemon

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// TestDiaryInABrowser fills in what the runner fills in, on a phone.
func TestDiaryInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	for name, test := range map[string]func(context.Context, *testing.T){
		"the whole form": wholeForm, "a faulty form": faultyForm, "sent twice": sentTwice, "sliders": sliders,
	} {
		t.Run(name, func(t *testing.T) { test(ctx, t) })
	}
}

// sound asks axe-core about the page that is open.
func (b *tab) sound(axe string) {
	b.t.Helper()
	if axe != "" {
		for _, fault := range b.faults(axe) {
			b.t.Errorf("%s: %s", b.path(), fault)
		}
	}
	if wide := evaluate[int64](b, "document.documentElement.scrollWidth"); wide > phone {
		b.t.Errorf("%s is %d pixels wide on a screen of %d", b.path(), wide, phone)
	}
}

// until waits for a condition of the page, also while it changes for another.
func (b *tab) until(condition string) {
	b.t.Helper()
	for {
		if held, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](condition)); err == nil && held {
			return
		}
		if b.ctx.Err() != nil {
			b.t.Fatalf("%s never held", condition)
		}
	}
}

// wholeForm: a place of the picture, numbers and an answer by touch, then what
// follows on the spot; corrected afterwards, and removed.
func wholeForm(ctx context.Context, t *testing.T) {
	for _, scripts := range []bool{true, false} {
		axe := ""
		if scripts { // axe-core needs them, too
			axe = axeCore(t)
		}
		s := newSite(t, "")
		b := newTab(ctx, t, s.url, phone)
		b.scripts(scripts)
		b.open("/pain/new?run=latest")
		b.do(chromedp.Click(`#site-shin-left + label .zone path`),
			chromedp.Click(`input[name="worst"][value="3"] + label`),
			chromedp.Click(`.more summary`), chromedp.Click(`input[name="focal"][value="yes"] + label`))
		if !evaluate[bool](b, `document.getElementById("site-shin-left").checked`) {
			t.Fatal("touching the left shin in the picture chose nothing")
		}
		b.tap(`form.pain button`)
		if text := b.text(); b.verdict() != finding.VerdictStop || !strings.Contains(text, "ends when a professional has looked") {
			t.Errorf("verdict %s, and the page says\n%s", b.verdict(), text)
		}
		b.sound(axe)
		b.tap(`a[href*="entry="]`)
		b.sound(axe)
		b.do(chromedp.Click(`input[name="focal"][value="no"] + label`), chromedp.Click(`input[name="kind"][value="ache"] + label`))
		b.tap(`form.pain button`)
		diary, err := s.app.ListPain(t.Context())
		if err != nil || len(diary) != 1 || diary[0].Focal != gait.No || diary[0].Kind != gait.Ache || diary[0].Site != gait.Shin || diary[0].Start.Known() {
			t.Errorf("the diary holds %+v (%v)", diary, err)
		}
		b.open("/pain")
		b.sound(axe)
		b.tap(`.actions a[href$="/remove"]`)
		b.sound(axe)
		b.tap(`form[action$="/remove"] button`)
		if diary, err := s.app.ListPain(t.Context()); err != nil || len(diary) != 0 {
			t.Errorf("the diary holds %+v (%v)", diary, err)
		}
		if said := b.complaints(); len(said) > 0 {
			t.Errorf("the console says %v", said)
		}
	}
}

// faultyForm: the fault stands beside its field, what was chosen stays chosen,
// and nothing is stored.
func faultyForm(ctx context.Context, t *testing.T) {
	s := newSite(t, "")
	b := newTab(ctx, t, s.url, phone)
	b.open("/pain/new?run=latest")
	b.do(chromedp.Click(`#site-knee-both + label`), chromedp.Click(`input[name="worst"][value="2"] + label`),
		chromedp.Click(`.more summary`), chromedp.Click(`input[name="end"][value="7"] + label`))
	b.tap(`form.pain button`)
	if text := b.text(); strings.Count(text, "end 7 is more than worst 2") != 2 {
		t.Errorf("the page says\n%s", text)
	}
	b.sound(axeCore(t))
	for _, kept := range []string{`#site-knee-both`, `input[name="worst"][value="2"]`, `input[name="end"][value="7"]`, `input[name="start"][value=""]`} {
		if !evaluate[bool](b, "document.querySelector('"+kept+"').checked") {
			t.Errorf("%s is no longer chosen", kept)
		}
	}
	if diary, err := s.app.ListPain(t.Context()); err != nil || len(diary) != 0 {
		t.Errorf("the diary holds %+v (%v)", diary, err)
	}
}

// sentTwice: back from the answer and sent once more is one entry.
func sentTwice(ctx context.Context, t *testing.T) {
	s := newSite(t, "")
	b := newTab(ctx, t, s.url, phone)
	b.open("/pain/new?run=latest&worst=2")
	for range 2 { // by the browser's own hands: it takes the page from its memory
		evaluate[bool](b, `document.querySelector('button[value="knee left"]').click(); true`)
		b.until(`document.readyState === "complete" && document.body.innerText.includes("left knee, 2 of 10")`)
		evaluate[bool](b, "history.back(); true")
		b.until(`document.readyState === "complete" && document.querySelector("button[name=site]") !== null`)
	}
	if diary, err := s.app.ListPain(t.Context()); err != nil || len(diary) != 1 {
		t.Errorf("the diary holds %+v (%v)", diary, err)
	}
}

// sliders: the list of runs follows them at once, and without JavaScript by the
// button.
func sliders(ctx context.Context, t *testing.T) {
	s := newSite(t, "")
	axe := axeCore(t)
	given := func(b *tab) string { return evaluate[string](b, `document.getElementById("given").textContent`) }
	move := `{ const s = document.getElementById("analysis.ask"); s.value = %; s.dispatchEvent(new Event("input", { bubbles: true })); true }`

	b := newTab(ctx, t, s.url, phone)
	b.open("/thresholds")
	if text := b.text(); strings.Contains(text, "To keep these settings") || strings.Count(text, "Last year:") != 3 {
		t.Errorf("nothing was moved, and the page says\n%s", text)
	}
	b.tap(`#thresholds button`)
	if text := b.text(); strings.Contains(text, "To keep these settings") {
		t.Errorf("nothing was moved, and the page proposes\n%s", text)
	}
	before := given(b)
	b.do(chromedp.Click(`#thresholds details summary`))
	evaluate[bool](b, strings.ReplaceAll(move, "%", "-4"))
	b.until(`document.getElementById("given").textContent !== "` + before + `"`)
	b.sound(axe)
	evaluate[bool](b, strings.NewReplacer("analysis.ask", "pain.high", "%", "7").Replace(move))
	if text := b.text(); !strings.Contains(text, "ask = -4") || !strings.Contains(text, "a message with these, none now") ||
		!strings.Contains(text, "A question from a chance of 2 %") || !strings.Contains(text, "Stop from a pain of 7 of 10") {
		t.Errorf("the page says\n%s", text)
	}
	if said := b.complaints(); len(said) > 0 {
		t.Errorf("the console says %v", said)
	}

	bare := newTab(ctx, t, s.url, phone)
	bare.scripts(false)
	bare.open("/thresholds")
	evaluate[bool](bare, strings.ReplaceAll(move, "%", "-4"))
	bare.tap(`#thresholds button`)
	if after := given(bare); after == before || after != given(b) {
		t.Errorf("without JavaScript %s, before %s, with it %s", after, before, given(b))
	}
}
