package web

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// fakeReplies notes what links say, as the daemon does.
type fakeReplies struct {
	fakeApp
	run  gait.Run
	used map[string]time.Time
	said []string
	// diary holds the entries that were there before.
	diary []gait.Pain
	err   error
}

func (f *fakeReplies) ListPain(context.Context) ([]gait.Pain, error) { return f.diary, nil }

func (f *fakeReplies) Replied(_ context.Context, t Ticket) (Replied, error) {
	if t.Run != f.run.ID {
		return Replied{}, gait.ErrNotFound
	}
	return Replied{About: f.run, Used: f.used[t.ID], Detailed: f.used[t.ID+"+"]}, f.err
}

func (f *fakeReplies) once(id, said string) (Recorded, error) {
	r := Recorded{Fresh: f.used[id].IsZero(), Standing: finding.Standing{Verdict: finding.VerdictModify}}
	if r.Fresh {
		f.used[id] = answerNow
		f.said = append(f.said, said)
	}
	return r, f.err
}

func (f *fakeReplies) Reply(_ context.Context, t Ticket, kind gait.AnswerKind) (Recorded, error) {
	return f.once(t.ID, string(kind))
}

func (f *fakeReplies) ReplyPain(_ context.Context, t Ticket, e gait.Pain) (Recorded, error) {
	return f.pain(t.ID, e)
}

func (f *fakeReplies) ReplyDetails(_ context.Context, t Ticket, e gait.Pain) (Recorded, error) {
	return f.pain(t.ID+"+", e)
}

func (f *fakeReplies) pain(id string, e gait.Pain) (Recorded, error) {
	front := ""
	if e.FrontOfHip != gait.Unsaid {
		front = fmt.Sprintf(" front %d", e.FrontOfHip)
	}
	return f.once(id, fmt.Sprintf("%s %s %s worst %v morning %v limping %d grew %d focal %d%s",
		e.Run, e.Side, e.Site, e.Worst, e.Morning, e.Limping, e.Worsening, e.Focal, front))
}

var answerNow = time.Date(2026, 5, 4, 18, 0, 0, 0, time.UTC)

const answerRun = "0123abcd00000000"

// answers is a page with links, and what was said through them.
type answers struct {
	t     *testing.T
	app   *fakeReplies
	links Links
	page  *Server
	log   bytes.Buffer
}

func newAnswers(t *testing.T, o Options) *answers {
	t.Helper()
	a := &answers{t: t, app: &fakeReplies{
		run:  gait.Run{ID: answerRun, Start: answerNow.Add(-2 * time.Hour), Distance: 8120},
		used: map[string]time.Time{},
	}}
	var err error
	if a.links, err = NewLinks(bytes.Repeat([]byte("k"), LinkKeySize)); err != nil {
		t.Fatal(err)
	}
	o.Zone, o.Links = time.UTC, a.links
	o.Now, o.Log = func() time.Time { return answerNow }, slog.New(slog.NewTextHandler(&a.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if a.page, err = New(a.app, o); err != nil {
		t.Fatal(err)
	}
	return a
}

func (a *answers) link(kind finding.ReplyKind) string {
	return "/answer/" + a.links.Sign(finding.Reply{Run: answerRun, Kind: kind}, answerNow.Add(time.Hour))
}

// do makes a request as a phone makes it that is anywhere in the world.
func (a *answers) do(method, path string, form url.Values) *httptest.ResponseRecorder {
	a.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.RemoteAddr, r.Host = "203.0.113.9:4711", "gait.example"
	if method == http.MethodPost && form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	a.page.ServeHTTP(w, r)
	return w
}

// says wants a status and a text in the page.
func (a *answers) says(w *httptest.ResponseRecorder, status int, texts ...string) {
	a.t.Helper()
	if w.Code != status {
		a.t.Errorf("status %d, want %d:\n%s\n%s", w.Code, status, w.Body, a.log.String())
	}
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			a.t.Errorf("the page does not say %q:\n%s", text, w.Body)
		}
	}
}

// recorded wants exactly this to have been said through the links.
func (a *answers) recorded(want ...string) {
	a.t.Helper()
	if d := cmp.Diff(want, a.app.said); d != "" {
		a.t.Errorf("recorded, -want +got:\n%s", d)
	}
}

func TestALinkAsksAndAPostRecordsOnce(t *testing.T) {
	t.Parallel()
	a := newAnswers(t, Options{})
	link := a.link(finding.ReplyNoPain)
	for range 3 { // a mail scanner, a preview, the runner
		a.says(a.do(http.MethodGet, link, nil), http.StatusOK, "Note “Nothing hurt”?", "8.1 km", "Mon 4 May 2026, 16:00", "Yes, note it")
		a.says(a.do(http.MethodHead, link, nil), http.StatusOK)
	}
	a.recorded()
	a.says(a.do(http.MethodPost, link, nil), http.StatusOK, "Noted. That changes my advice.", "Nothing hurt: noted", "For your run of", `data-verdict="modify"`)
	for range 2 {
		a.says(a.do(http.MethodPost, link, nil), http.StatusOK, "noted already", "Nothing was changed")
	}
	a.says(a.do(http.MethodGet, link, nil), http.StatusOK, "noted already")
	a.recorded("no-pain")
}

func TestALinkThatSaysNoPainTellsOfThePainNotedBefore(t *testing.T) {
	t.Parallel()
	a := newAnswers(t, Options{})
	a.app.diary = []gait.Pain{{ID: 7, Run: answerRun, Site: gait.Shin, Side: gait.Left, Worst: exactly(4)}}
	a.says(a.do(http.MethodPost, a.link(finding.ReplyNoPain), nil), http.StatusOK, "You noted left shin, 4 of 10, of the same run.", "/pain/7/remove")
	a.recorded("no-pain")
}

// An app posts from anywhere, with no cookie and under any name; nothing but the
// token counts.
func TestAPostFromAnotherSiteThatHasTheTokenIsTheRunners(t *testing.T) {
	t.Parallel()
	a := newAnswers(t, Options{PublicURL: "https://gait.example/gk", Verify: func(string) bool { return false }})
	for _, path := range []string{a.link(finding.ReplyALittle), "/gk" + a.link(finding.ReplyNoPain)} {
		r := httptest.NewRequest(http.MethodPost, path, nil)
		r.RemoteAddr, r.Host = "203.0.113.9:4711", "gait.example"
		r.Header.Set("Origin", "https://ntfy.example")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		w := httptest.NewRecorder()
		a.page.ServeHTTP(w, r)
		a.says(w, http.StatusOK, "Noted")
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != "*" || w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("an app in a browser would not see that it worked: %q", got)
		}
	}
	a.recorded("a-little", "no-pain")
}

func TestForgedAndExpiredLinksChangeNothing(t *testing.T) {
	t.Parallel()
	a := newAnswers(t, Options{})
	sound := a.link(finding.ReplyHurts)
	expired := "/answer/" + a.links.Sign(finding.Reply{Run: answerRun, Kind: finding.ReplyHurts}, answerNow)
	gone := "/answer/" + a.links.Sign(finding.Reply{Run: "ffff000000000000", Kind: finding.ReplyHurts}, answerNow.Add(time.Hour))
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		a.says(a.do(method, sound[:len(sound)-3], nil), http.StatusForbidden, "does not work; nothing was changed", "You can answer on the page")
		a.says(a.do(method, "/answer/x", nil), http.StatusForbidden, "nothing was changed")
		a.says(a.do(method, expired, nil), http.StatusGone, "has expired; nothing was changed", "still answer on the page")
		a.says(a.do(method, gone, nil), http.StatusNotFound, "nothing was changed")
	}
	a.says(a.do(http.MethodPut, sound, nil), http.StatusMethodNotAllowed)
	a.says(a.do(http.MethodGet, "/answer/", nil), http.StatusNotFound)
	a.recorded()
}

// "It hurts" is recorded first; what is asked then may be left out.
func TestItHurtsThenAsks(t *testing.T) {
	t.Parallel()
	a := newAnswers(t, Options{})
	link := a.link(finding.ReplyHurts)
	a.says(a.do(http.MethodPost, link, nil), http.StatusOK, "Noted", "Where, and how bad?", "Did you limp", "keep getting worse", "one tender spot", `value="10"`, `value="shin left"`)
	a.recorded("hurts")
	a.says(a.do(http.MethodGet, link, nil), http.StatusOK, "Where, and how bad?")
	details := url.Values{"details": {"yes"}, "worst": {"5"}, "limping": {"yes"}, "focal": {"no"}}
	a.says(a.do(http.MethodPost, link, details), http.StatusBadRequest, "class=\"fault\"", "checked")
	details.Set("site", "elbow")
	a.says(a.do(http.MethodPost, link, details), http.StatusBadRequest, "elbow")
	a.recorded("hurts")
	details.Set("site", "shin left")
	details.Set("note", "passed over")
	a.says(a.do(http.MethodPost, link, details), http.StatusOK, "Noted", `data-verdict="modify"`)
	a.says(a.do(http.MethodPost, link, details), http.StatusOK, "noted already")
	a.says(a.do(http.MethodPost, link, nil), http.StatusOK, "noted already")
	a.recorded("hurts", answerRun+" left shin worst 5 morning unknown limping 2 grew 0 focal 1")
}

// Two touches are enough after the link: the number may stay unknown.
func TestDetailsWithoutTheAnswerRecordIt(t *testing.T) {
	t.Parallel()
	a := newAnswers(t, Options{})
	a.says(a.do(http.MethodPost, a.link(finding.ReplyHurts), url.Values{"details": {"yes"}, "site": {"knee right"}}), http.StatusOK, "Noted")
	a.recorded("hurts", answerRun+" right knee worst 3 or more morning unknown limping 0 grew 0 focal 0")
}

// Only a link that leaves something open takes details.
func TestDetailsBelongToAnOpenAnswer(t *testing.T) {
	t.Parallel()
	a := newAnswers(t, Options{})
	a.do(http.MethodPost, a.link(finding.ReplyNoPain), url.Values{"details": {"yes"}, "worst": {"9"}, "site": {"knee right"}})
	a.recorded("no-pain")
}

func TestWhichGearIsNew(t *testing.T) {
	t.Parallel()
	a := newAnswers(t, Options{})
	link := a.link(finding.ReplyNewGear)
	a.says(a.do(http.MethodGet, link, nil), http.StatusOK, "What is new?", "New strap, or it sat badly", "New shoes")
	a.says(a.do(http.MethodPost, link, nil), http.StatusBadRequest, "Which of the two")
	a.says(a.do(http.MethodPost, link, url.Values{"kind": {"cleared"}}), http.StatusBadRequest, "Which of the two")
	a.recorded()
	a.says(a.do(http.MethodPost, link, url.Values{"kind": {"new-shoes"}}), http.StatusOK, "Noted")
	a.says(a.do(http.MethodPost, link, url.Values{"kind": {"new-strap"}}), http.StatusOK, "noted already")
	a.recorded("new-shoes")
}

// Whoever has not felt for a tender spot is told how, and asked again; the answer
// is an entry about the spot.
func TestOneTenderSpot(t *testing.T) {
	t.Parallel()
	for kind, want := range map[finding.ReplyKind]string{finding.ReplyOneSpot: "2", finding.ReplyNoSpot: "1"} {
		a := newAnswers(t, Options{})
		link := func(kind finding.ReplyKind) string {
			return "/answer/" + a.links.Sign(finding.Reply{Run: answerRun, Kind: kind, Site: gait.Shin, Side: gait.Left}, answerNow.Add(time.Hour))
		}
		said := answerRun + " left shin worst unknown morning unknown limping 0 grew 0 focal " + want
		a.says(a.do(http.MethodPost, link(kind), nil), http.StatusOK, "Your left shin: ", "one tender spot: noted")
		a.recorded(said)
		how := link(finding.ReplyNotFelt)
		a.says(a.do(http.MethodGet, how, nil), http.StatusOK, "Your left shin: is it one tender spot?", "Press along the bone", "Yes, one tender spot")
		a.says(a.do(http.MethodPost, how, nil), http.StatusBadRequest, "Nothing was noted yet")
		a.recorded(said)
		a.says(a.do(http.MethodPost, how, url.Values{"kind": {string(kind)}}), http.StatusOK, "Noted")
		a.says(a.do(http.MethodPost, how, nil), http.StatusOK, "noted already")
		a.recorded(said, said)
	}
}

// A link says whether it is at the front of the hip, or why the runner ran less.
func TestOneTapSaysWhereItIsAndWhyARunWasLess(t *testing.T) {
	t.Parallel()
	for kind, want := range map[finding.ReplyKind]string{finding.ReplyFront: "front 2", finding.ReplyNotFront: "front 1"} {
		a := newAnswers(t, Options{})
		link := "/answer/" + a.links.Sign(finding.Reply{Run: answerRun, Kind: kind, Site: gait.Hip, Side: gait.Left}, answerNow.Add(time.Hour))
		a.says(a.do(http.MethodGet, link, nil), http.StatusOK, "Your left hip: ", "at the front of the hip")
		a.recorded()
		a.says(a.do(http.MethodPost, link, nil), http.StatusOK, "Noted")
		if len(a.app.said) != 1 || !strings.HasSuffix(a.app.said[0], want) || !strings.HasPrefix(a.app.said[0], answerRun+" left hip worst unknown") {
			t.Errorf("%s: %q", kind, a.app.said)
		}
	}
	a := newAnswers(t, Options{})
	link := a.link(finding.ReplyKind(gait.AnswerOtherReason))
	a.says(a.do(http.MethodGet, link, nil), http.StatusOK, "I ran less for another reason")
	a.says(a.do(http.MethodPost, link, nil), http.StatusOK, "Noted")
	a.recorded("other-reason")
}

func TestAMorning(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind finding.ReplyKind
		side gait.Side
		asks string
		want string
	}{
		{finding.ReplyMorningCalm, gait.Left, "Your left shin this morning: 0 or 1 of 10?", "1"},
		{finding.ReplyMorningTwo, gait.Both, "Both shins this morning: 2 of 10?", "2"},
		{finding.ReplyMorningBad, gait.Left, "Your left shin this morning: 3 of 10 or more?", "3 or more"},
	} {
		a := newAnswers(t, Options{})
		reply := finding.Reply{Run: answerRun, Kind: tt.kind, Site: gait.Shin, Side: tt.side}
		link := "/answer/" + a.links.Sign(reply, answerNow.Add(time.Hour))
		a.says(a.do(http.MethodPost, link, nil), http.StatusBadRequest, "That morning has not come yet")
		a.app.run.Start = answerNow.AddDate(0, 0, -1)
		a.says(a.do(http.MethodGet, link, nil), http.StatusOK, tt.asks)
		a.recorded()
		w := a.do(http.MethodPost, link, nil)
		a.says(w, http.StatusOK, "Noted")
		want := []string{answerRun + " " + string(tt.side) + " shin worst unknown morning " + tt.want + " limping 0 grew 0 focal 0"}
		a.recorded(want...)
		if asks := strings.Contains(w.Body.String(), "How much is it, exactly?"); asks != (tt.kind == finding.ReplyMorningBad) {
			t.Errorf("%s: asks for the number: %v", tt.kind, asks)
		}
		a.do(http.MethodPost, link, url.Values{"details": {"yes"}, "morning": {"6"}})
		if tt.kind == finding.ReplyMorningBad {
			want = append(want, answerRun+" left shin worst unknown morning 6 limping 0 grew 0 focal 0")
		}
		a.recorded(want...)
	}
}

func TestAMorningWithoutAPlaceAsksForIt(t *testing.T) {
	t.Parallel()
	a := newAnswers(t, Options{})
	a.app.run.Start = answerNow.AddDate(0, 0, -1)
	link := a.link(finding.ReplyMorningTwo)
	a.says(a.do(http.MethodGet, link, nil), http.StatusOK, "Where?", `value="shin left"`)
	a.says(a.do(http.MethodPost, link, nil), http.StatusBadRequest, `class="fault"`)
	a.recorded()
	a.says(a.do(http.MethodPost, link, url.Values{"site": {"shin left"}}), http.StatusOK, "Noted")
	a.recorded(answerRun + " left shin worst unknown morning 2 limping 0 grew 0 focal 0")
}

// Whoever reads the log cannot answer in the runner's name.
func TestNoTokenIsLogged(t *testing.T) {
	t.Parallel()
	a := newAnswers(t, Options{})
	link := a.link(finding.ReplyHurts)
	a.app.err = fmt.Errorf("disk I/O error")
	a.says(a.do(http.MethodGet, link, nil), http.StatusInternalServerError)
	a.says(a.do(http.MethodPost, link, nil), http.StatusInternalServerError)
	if !strings.Contains(a.log.String(), "disk I/O error") || strings.Contains(a.log.String(), link[len("/answer/"):]) {
		t.Errorf("the log says:\n%s", a.log.String())
	}
	if got := a.do(http.MethodGet, link, nil).Header().Get("Referrer-Policy"); got != "no-referrer" {
		t.Errorf("the browser may pass the token on: %q", got)
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add("details=yes&worst=4&site=shin+left&limping=yes")
	f.Add("kind=new-shoes")
	f.Add("site=&site=&%zz")
	f.Fuzz(func(t *testing.T, body string) {
		a := newAnswers(t, Options{})
		for _, kind := range finding.ReplyKinds() {
			r := httptest.NewRequest(http.MethodPost, a.link(kind), strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			a.page.ServeHTTP(w, r)
			if w.Code >= http.StatusInternalServerError {
				t.Errorf("%s: status %d", kind, w.Code)
			}
		}
		if n := len(a.app.said); n > len(finding.ReplyKinds())+2 {
			t.Errorf("%d words were recorded", n)
		}
	})
}
