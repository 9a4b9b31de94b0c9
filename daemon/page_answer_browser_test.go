//go:build !race

package daemon

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// TestLinksAndReportInABrowser opens what messages lead to on a phone, and
// prints the page for the physical therapist.
func TestLinksAndReportInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	for name, test := range map[string]func(context.Context, *testing.T){
		"it hurts": linkThatHurts, "what is new": linkOfNewGear, "the report is one sheet": reportIsOneSheet,
	} {
		t.Run(name, func(t *testing.T) { test(ctx, t) })
	}
}

// reply returns the address of a reply on the site, as a message would hold it.
func (s *site) reply(r finding.Reply) string {
	s.t.Helper()
	links, err := s.app.links(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return "/answer/" + links.Sign(r, s.clock().Add(time.Hour))
}

// linkThatHurts: one touch notes it, then a number and a place are two more.
func linkThatHurts(ctx context.Context, t *testing.T) {
	for _, scripts := range []bool{true, false} {
		axe := ""
		if scripts { // axe-core needs them, too
			axe = axeCore(t)
		}
		s := newSite(t, "a password that nobody asks for here")
		b := newTab(ctx, t, s.url, phone)
		b.scripts(scripts)
		b.open(s.reply(finding.Reply{Run: s.runs[23].ID, Kind: finding.ReplyHurts}))
		b.sound(axe)
		b.tap(`main form button`)
		if b.verdict() != finding.VerdictStop {
			t.Errorf("it hurts, and the page says %s", b.verdict())
		}
		b.sound(axe)
		b.do(chromedp.Click(`label[for="worst-5"]`), chromedp.Click(`label[for="worsening-no"]`))
		b.tap(`button[value="shin left"]`)
		b.sound(axe)
		diary, err := s.app.ListPain(t.Context())
		if err != nil || len(diary) != 1 || diary[0].Site != gait.Shin || !diary[0].Worst.AtLeast(5) || diary[0].Worsening != gait.No {
			t.Errorf("the diary holds %+v (%v)", diary, err)
		}
		if said := b.complaints(); len(said) > 0 {
			t.Errorf("the console says %v", said)
		}
	}
}

func linkOfNewGear(ctx context.Context, t *testing.T) {
	s := newSite(t, "")
	b := newTab(ctx, t, s.url, phone)
	b.open(s.reply(finding.Reply{Run: s.runs[23].ID, Kind: finding.ReplyNewGear}))
	b.sound(axeCore(t))
	b.tap(`button[value="new-strap"]`)
	if text := b.text(); !strings.Contains(text, "Noted") {
		t.Errorf("the page says %s", text)
	}
	answers, err := s.app.store.Answers(t.Context())
	if err != nil || len(answers) != 1 || answers[0].Kind != gait.AnswerNewStrap {
		t.Errorf("answers: %+v, %v", answers, err)
	}
}

// reportIsOneSheet: eight full weeks, with pain in most of their runs, fit on
// one sheet of A4, from the page and from the file.
func reportIsOneSheet(ctx context.Context, t *testing.T) {
	s := newSite(t, "")
	for i, run := range s.runs[8:] {
		entry := gait.Pain{Site: gait.Achilles, Side: gait.Left, Kind: gait.Ache, Note: "stiff at first, better later"}
		for to, n := range map[*gait.Score]int{&entry.Start: 2, &entry.Worst: 3 + i%4, &entry.End: 1 + i%3, &entry.Morning: i % 3} {
			*to, _ = gait.Exactly(n)
		}
		if _, _, err := s.app.AddPain(t.Context(), string(run.ID), entry); err != nil {
			t.Fatal(err)
		}
	}
	b := newTab(ctx, t, s.url, phone)
	b.open("/report?weeks=8")
	b.sound(axeCore(t))
	if said := b.complaints(); len(said) > 0 {
		t.Errorf("the console says %v", said)
	}
	if n := b.sheets(); n != 1 {
		t.Errorf("the page is printed on %d sheets", n)
	}
	var file bytes.Buffer
	if err := s.app.WriteReport(t.Context(), &file, 8); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate("about:blank"))
	b.show(file.String())
	if text := b.text(); !strings.Contains(text, "Load by week") {
		t.Errorf("the file shows %s", text)
	}
	if n := b.sheets(); n != 1 {
		t.Errorf("the file is printed on %d sheets", n)
	}
}

// show shows a document instead of the open page.
func (b *tab) show(html string) {
	b.t.Helper()
	tree, err := chromedp.Call(b.ctx, cdp.GetFrameTree, struct{}{})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, cdp.SetDocumentContent, cdp.SetDocumentContentParams{FrameID: tree.FrameTree.Frame.ID, HTML: html}); err != nil {
		b.t.Fatal(err)
	}
}

// sheets prints the open page and counts its sheets.
func (b *tab) sheets() int {
	b.t.Helper()
	printed, err := chromedp.Call(b.ctx, cdp.PrintToPDF, cdp.PrintToPDFParams{PreferCSSPageSize: new(true)})
	if err != nil {
		b.t.Fatal(err)
	}
	return len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(printed.Data, -1))
}
