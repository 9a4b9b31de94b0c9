package daemon

import (
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"

	"gaitkeeper/gait"
	"gaitkeeper/internal/smtptest"
)

// plainText returns the text of a mail as a mail program shows it.
func plainText(t *testing.T, m smtptest.Mail) string {
	t.Helper()
	_, body, _ := strings.Cut(m.Raw, "\r\n\r\n")
	return partText(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), strings.NewReader(body))
}

func partText(t *testing.T, kind, encoding string, body io.Reader) string {
	t.Helper()
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(media, "multipart/") {
		if media != "text/plain" {
			return ""
		}
		if encoding == "quoted-printable" {
			body = quotedprintable.NewReader(body)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	var all string
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all += partText(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p)
	}
}

// linksIn returns the addresses in a mail by the words before them.
func linksIn(t *testing.T, m smtptest.Mail) map[string]string {
	t.Helper()
	links := map[string]string{}
	for _, found := range regexp.MustCompile(`(?m)^(.+): (https://\S+)`).FindAllStringSubmatch(plainText(t, m), -1) {
		links[found[1]] = found[2]
	}
	return links
}

// openLink requests a link of a mail as a phone far away does.
func openLink(t *testing.T, page http.Handler, method, link string, form url.Values) (int, string) {
	t.Helper()
	r := httptest.NewRequest(method, link, strings.NewReader(form.Encode()))
	r.RemoteAddr = "203.0.113.9:4711"
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	page.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// verdictOf returns what stands, by its name and rules.
func verdictOf(t *testing.T, a *App) (finding.Verdict, []finding.Rule) {
	t.Helper()
	s, err := page{a}.Standing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var rules []finding.Rule
	for _, r := range s.Reasons {
		rules = append(rules, r.Rule)
	}
	return s.Verdict, rules
}

// A limp is measured, a mail asks. Its link is fetched by a scanner, opened by
// the runner, answered; what is asked then is answered, too; and the morning
// after, the mail's link says how it is.
func TestAnswersByTheLinksOfMails(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{}
	h.cfg.Web.PublicURL = "https://gait.example/gk"
	app := h.open(c.now)
	defer app.Close()
	season := limpSeason(time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 40, 30, 40)
	var run gait.Run
	for i := range season {
		run = season[i]
		h.drop(run)
		if i < 29 {
			continue
		}
		c.at = run.End().Add(time.Hour)
		if _, err := app.Sync(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if len(h.mail.Mails()) > 0 {
			break
		}
	}
	server, err := app.newPage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	links := linksIn(t, h.mail.Mails()[0])
	before, _ := verdictOf(t, app)
	for _, label := range []string{"No pain", "A little", "It hurts", "It was the strap or shoes"} {
		if code, body := openLink(t, server, http.MethodGet, links[label], nil); code != http.StatusOK {
			t.Fatalf("%s: %s answers %d:\n%s", label, links[label], code, body)
		}
	}
	if after, _ := verdictOf(t, app); after != before || after == finding.VerdictStop {
		t.Fatalf("opening the links has changed %s into %s", before, after)
	}

	code, body := openLink(t, server, http.MethodPost, links["It hurts"], nil)
	if code != http.StatusOK || !strings.Contains(body, "Where, and how bad?") {
		t.Fatalf("status %d:\n%s", code, body)
	}
	if after, rules := verdictOf(t, app); !after.MoreSevere(finding.VerdictAsk) || !slices.Contains(rules, finding.ModMeasured) && !slices.Contains(rules, finding.StopLimp) {
		t.Errorf("it hurts, and the verdict is %s %v", after, rules)
	}
	details := url.Values{"details": {"yes"}, "worst": {"5"}, "site": {"shin left"}, "worsening": {"no"}}
	for range 2 {
		openLink(t, server, http.MethodPost, links["It hurts"], details)
		openLink(t, server, http.MethodPost, links["It hurts"], nil)
	}
	answers, err := app.store.Answers(t.Context())
	if err != nil || len(answers) != 1 || answers[0].Kind != gait.AnswerHurts || answers[0].Run != run.ID {
		t.Errorf("answers: %+v, %v", answers, err)
	}
	diary, err := app.ListPain(t.Context())
	if err != nil || len(diary) != 1 || diary[0].Site != gait.Shin || diary[0].Worsening != gait.No || !diary[0].At.Equal(run.End()) {
		t.Fatalf("diary: %+v, %v", diary, err)
	}

	c.at = time.Date(run.Start.Year(), run.Start.Month(), run.Start.Day()+1, 7, 30, 0, 0, time.UTC)
	if err := app.enqueueAlerts(t.Context(), alert.Morning); err != nil {
		t.Fatal(err)
	}
	if _, err := app.deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	mails := h.mail.Mails()
	morning := mails[len(mails)-1]
	if morning.Kind() != string(alert.MessageMorning) {
		t.Fatalf("the last mail is %s", morning.Kind())
	}
	for range 2 {
		if code, body := openLink(t, server, http.MethodPost, linksIn(t, morning)["3 or more"], nil); code != http.StatusOK {
			t.Fatalf("status %d:\n%s", code, body)
		}
	}
	if diary, err = app.ListPain(t.Context()); err != nil || len(diary) != 2 || diary[1].Morning.Low() != 3 || diary[1].Site != gait.Shin {
		t.Errorf("diary: %+v, %v", diary, err)
	}
	if _, rules := verdictOf(t, app); !slices.Contains(rules, finding.ModMorning) {
		t.Errorf("the morning counts for nothing: %v", rules)
	}
}

// The key outlives the program, and an older link outlives the restart; another
// database's links are nobody's.
func TestLinksOutliveARestartAndTheirTimeEnds(t *testing.T) {
	h, c := newHome(t), &clock{at: time.Date(2026, 5, 4, 18, 0, 0, 0, time.UTC)}
	h.cfg.Web.PublicURL = "https://gait.example"
	h.cfg.Notify.Email = newHome(t).cfg.Notify.Email
	run := limpSeason(c.at.Add(-3*time.Hour), 1, 0, 0)[0]
	h.drop(run)
	app := h.open(c.now)
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	sign, err := app.signer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	answer, morning := sign(finding.Reply{Run: run.ID, Kind: finding.ReplyNoPain}), sign(finding.Reply{Run: run.ID, Kind: finding.ReplyMorningTwo, Site: gait.Shin})
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	app = h.open(c.now)
	defer app.Close()
	server, err := app.newPage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	other := newHome(t).open(c.now)
	defer other.Close()
	stranger, err := other.newPage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	begin := c.at
	for _, tt := range []struct {
		what  string
		page  http.Handler
		link  string
		after time.Duration
		want  int
	}{
		{"an answer after 13 days", server, answer, 13 * 24 * time.Hour, http.StatusOK},
		{"an answer after 14 days", server, answer, 14 * 24 * time.Hour, http.StatusGone},
		{"a morning after a day", server, morning, 24 * time.Hour, http.StatusOK},
		{"a morning after two days", server, morning, 48 * time.Hour, http.StatusGone},
		{"at another runner's", stranger, answer, 0, http.StatusForbidden},
	} {
		c.at = begin.Add(tt.after)
		if code, _ := openLink(t, tt.page, http.MethodGet, tt.link, nil); code != tt.want {
			t.Errorf("%s: status %d, want %d", tt.what, code, tt.want)
		}
	}
}

func TestNoLinksWithoutAnAddress(t *testing.T) {
	h := newHome(t)
	app := h.open(time.Now)
	defer app.Close()
	if sign, err := app.signer(t.Context()); err != nil || sign != nil {
		t.Errorf("messages would hold links to nowhere (%v)", err)
	}
}

// The link that says "walking is fine" works once a day: two taps on two days are
// enough, and two on one day are one.
func TestTheLinkThatWalkingIsFineCountsOnceADay(t *testing.T) {
	h, c := newHome(t), &clock{at: time.Date(2026, 5, 4, 18, 0, 0, 0, time.UTC)}
	h.cfg.Web.PublicURL = "https://gait.example"
	run := limpSeason(c.at.Add(-3*time.Hour), 1, 0, 0)[0]
	h.drop(run)
	app := h.open(c.now)
	defer app.Close()
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	entry := gait.Pain{Site: gait.Knee, Side: gait.Left, Limping: gait.Yes}
	if _, standing, err := app.AddPain(t.Context(), Latest, entry); err != nil || standing.Verdict != finding.VerdictStop {
		t.Fatalf("%s, %v", standing.Verdict, err)
	}
	sign, err := app.signer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server, err := app.newPage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	link := sign(finding.Reply{Run: gait.NewRunID(run.Start), Kind: finding.ReplyKind(gait.AnswerWalkingFine)})
	begin := c.at
	for _, tt := range []struct {
		after time.Duration
		want  string
	}{
		{0, "today does not count yet"},
		{15 * time.Hour, "that is one of two calm days"},
		{20 * time.Hour, "noted already"},
		{40 * time.Hour, "That lifts the stop"},
	} {
		c.at = begin.Add(tt.after)
		if code, body := openLink(t, server, http.MethodPost, link, nil); code != http.StatusOK || !strings.Contains(body, tt.want) {
			t.Fatalf("after %v: status %d, want %q:\n%s", tt.after, code, tt.want, body)
		}
	}
}
