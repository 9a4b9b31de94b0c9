package web

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/words"
)

// insider returns a browser on the machine itself, and the page without a
// password.
func insider(t *testing.T, app App, o Options) *guest {
	t.Helper()
	g := comes(t, app, o)
	g.from, g.host = here, "127.0.0.1:8787"
	return g
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestBehindAReverseProxyUnderAPath(t *testing.T) {
	g := insider(t, fakeApp{runs: someRuns(3)}, Options{PublicURL: "https://home.example/gait/"})
	for _, path := range []string{"/gait/", "/"} { // whether the proxy takes its path off or not
		page := body(t, g.ask(path, nil))
		addresses := regexp.MustCompile(`(?:href|src|action|srcset)="([^"]*)"`).FindAllStringSubmatch(page, -1)
		if len(addresses) < 10 {
			t.Fatalf("only %d addresses on %s", len(addresses), path)
		}
		for _, a := range addresses {
			if !strings.HasPrefix(a[1], "/gait/") && !strings.HasPrefix(a[1], "#") {
				t.Errorf("%s holds the address %q", path, a[1])
			}
		}
	}
	g.wants("without its slash", g.ask("/gait", nil), http.StatusPermanentRedirect, "/gait/")
	g.wants("a page below", g.ask("/gait/runs", nil), http.StatusOK, "")
	g.wants("a name that only begins like it", g.ask("/gaiter", nil), http.StatusNotFound, "")
}

func TestNothingInlineIsAllowed(t *testing.T) {
	answer := insider(t, fakeApp{}, Options{}).ask("/", nil)
	policy := answer.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %s", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") || answer.Header.Get("Referrer-Policy") != "same-origin" || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers: %v", answer.Header)
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		headers map[string]string
		want    int
	}{
		"said by the browser":          {map[string]string{"Sec-Fetch-Site": "cross-site"}, http.StatusForbidden},
		"another site in the same net": {map[string]string{"Sec-Fetch-Site": "same-site"}, http.StatusForbidden},
		"an old browser":               {map[string]string{"Origin": "https://evil.example"}, http.StatusForbidden},
		"no origin told":               {map[string]string{"Origin": "null"}, http.StatusForbidden},
		"the page itself":              {map[string]string{"Sec-Fetch-Site": "same-origin"}, http.StatusSeeOther},
		"the page, old browser":        {map[string]string{"Origin": "http://127.0.0.1:8787"}, http.StatusSeeOther},
		"through a proxy that names itself": {
			map[string]string{"Origin": "https://home.example"}, http.StatusSeeOther,
		},
	} {
		app := &answerApp{}
		g := insider(t, app, Options{PublicURL: "https://Home.example:443/"}) // as people write it, not as browsers do
		g.headers = c.headers
		answer := g.ask("/runs/ab/answer", url.Values{"kind": {"new-shoes"}})
		if refused := c.want == http.StatusForbidden; answer.StatusCode != c.want || refused == (len(app.said) > 0) {
			t.Errorf("%s: status %d, answers %v", name, answer.StatusCode, app.said)
		}
	}
}

func TestWhatNoRouteDoes(t *testing.T) {
	g := insider(t, fakeApp{}, Options{})
	for path, want := range map[string]int{"/nowhere": http.StatusNotFound, "/runs/ab/nowhere": http.StatusNotFound, "/login": http.StatusNotFound} {
		g.wants(path, g.ask(path, nil), want, "")
	}
	answer := g.ask("/runs", url.Values{})
	g.wants("a form where none is taken", answer, http.StatusMethodNotAllowed, "")
	if got := answer.Header.Get("Allow"); got != "GET, HEAD" {
		t.Errorf("allowed: %q", got)
	}
	if page := body(t, answer); !strings.Contains(page, "<nav") {
		t.Errorf("no page, but %q", page)
	}
	g.wants("too much", g.ask("/runs/ab/answer", url.Values{"kind": {strings.Repeat("x", maxForm)}}), http.StatusBadRequest, "")
}

func TestStaticFilesAreKeptUntilTheyChange(t *testing.T) {
	g := insider(t, fakeApp{}, Options{})
	page := body(t, g.ask("/", nil))
	address := regexp.MustCompile(`/static/style\.css\?v=[0-9a-f]+`).FindString(page)
	if got := g.ask(address, nil).Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("%s: %q", address, got)
	}
	for _, other := range []string{"/static/style.css", "/static/style.css?v=0"} {
		if got := g.ask(other, nil).Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: %q", other, got)
		}
	}
	g.wants("no such file", g.ask("/static/nothing.css", nil), http.StatusNotFound, "")
	g.wants("a way out", g.ask("/static/..%2Ftemplates%2Flayout.html", nil), http.StatusNotFound, "")
}

func TestTheManifestNamesWhatIsThere(t *testing.T) {
	g := insider(t, fakeApp{}, Options{PublicURL: "https://home.example/gait"})
	var manifest struct {
		StartURL string `json:"start_url"`
		Scope    string `json:"scope"`
		Icons    []struct {
			Src, Type string
		}
	}
	if err := json.Unmarshal([]byte(body(t, g.ask("/manifest.webmanifest", nil))), &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.StartURL != "/gait/" || manifest.Scope != "/gait/" || len(manifest.Icons) == 0 {
		t.Errorf("%+v", manifest)
	}
	for _, icon := range manifest.Icons {
		if answer := g.ask(icon.Src, nil); answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != icon.Type {
			t.Errorf("%s: status %d, type %s", icon.Src, answer.StatusCode, answer.Header.Get("Content-Type"))
		}
	}
}

func TestAnAPIForPrograms(t *testing.T) {
	since := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	g := insider(t, fakeApp{standing: finding.Standing{Verdict: finding.VerdictModify, Since: since}, runs: someRuns(3)}, Options{})
	answer := g.ask("/api/v1/standing", nil)
	if text := body(t, answer); answer.Header.Get("Content-Type") != "application/json" ||
		text != `{"verdict":"modify","see_professional":false,"urgent":false,"reasons":[],"advice":[],"questions":[],"since":"2026-05-01T08:00:00Z"}`+"\n" {
		t.Errorf("standing: %s", text)
	}
	answer = g.ask("/api/v1/runs?since=2026-05-01&limit=3", nil)
	if text := body(t, answer); answer.Header.Get("Content-Type") != "application/x-ndjson" || strings.Count(text, "\n") != 3 || !strings.HasPrefix(text, `{"id":"`) {
		t.Errorf("runs: %s", text)
	}
}

// A program that is refused reads JSON, whatever was wrong.
func TestAProgramIsRefusedInJSON(t *testing.T) {
	open := insider(t, fakeApp{runs: someRuns(3)}, Options{})
	foreign := insider(t, fakeApp{}, Options{})
	foreign.headers = map[string]string{"Origin": "https://elsewhere.example"}
	far := insider(t, fakeApp{}, Options{})
	far.from = "192.0.2.1:99"
	locked := insider(t, fakeApp{}, Options{Verify: func(string) bool { return false }})
	broken := insider(t, fakeApp{err: errors.New("a secret")}, Options{})
	for _, c := range []struct {
		g      *guest
		path   string
		form   url.Values
		status int
		says   string
	}{
		{open, "/api/v1/runs?since=yesterday", nil, http.StatusBadRequest, `since: \"yesterday\" is not a date`},
		{open, "/api/v1/runs?limit=-1", nil, http.StatusBadRequest, "limit:"},
		{open, "/api/v1/runs?limit=many", nil, http.StatusBadRequest, "limit:"},
		{open, "/api/v1/nothing", nil, http.StatusNotFound, string(words.NoSuchPage)},
		{open, "/api/", nil, http.StatusNotFound, string(words.NoSuchPage)},
		{open, "/api/v1/runs", url.Values{}, http.StatusMethodNotAllowed, string(words.NotTaken)},
		{foreign, "/api/v1/runs", url.Values{}, http.StatusForbidden, string(words.OtherSite)},
		{far, "/api/v1/runs", nil, http.StatusForbidden, string(words.OnMachineOnly)},
		{locked, "/api/v1/runs", nil, http.StatusUnauthorized, words.SendPassword},
		{broken, "/api/v1/standing", nil, http.StatusInternalServerError, string(words.Failed)},
	} {
		answer := c.g.ask(c.path, c.form)
		text := body(t, answer)
		if answer.StatusCode != c.status || answer.Header.Get("Content-Type") != "application/json" ||
			!strings.HasPrefix(text, `{"status":"error","error":"`+c.says) {
			t.Errorf("%s: %d, %s: %s", c.path, answer.StatusCode, answer.Header.Get("Content-Type"), text)
		}
	}
}
