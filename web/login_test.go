package web

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"gaitkeeper/finding"
)

const secret = "four quiet words here"

// guest is a browser or a program that visits a page.
type guest struct {
	t       *testing.T
	page    *Server
	from    string // its address
	host    string
	headers map[string]string
	cookies map[string]string
	// protocol is HTTP/1.1 where it is empty.
	protocol string
}

// visitPage returns a browser in the home network, and the page with a password.
func visitPage(t *testing.T, app App, o Options) *guest {
	t.Helper()
	if o.Verify == nil {
		o.Verify = func(password string) bool { return password == secret }
	}
	return comes(t, app, o)
}

func comes(t *testing.T, app App, o Options) *guest {
	t.Helper()
	o.Zone = time.UTC
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s, err := New(app, o)
	if err != nil {
		t.Fatal(err)
	}
	return &guest{t: t, page: s, from: "192.0.2.7:4711", host: "server.example:8787", headers: map[string]string{}, cookies: map[string]string{}}
}

// ask sends a request; a form makes it a POST.
func (g *guest) ask(path string, form url.Values) *http.Response {
	g.t.Helper()
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RemoteAddr, r.Host = g.from, g.host
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for k, v := range g.headers {
		r.Header.Set(k, v)
	}
	for k, v := range g.cookies {
		r.AddCookie(&http.Cookie{Name: k, Value: v})
	}
	if g.protocol != "" {
		r.Proto, r.ProtoMajor, r.ProtoMinor = g.protocol, 1, 0
	}
	w := httptest.NewRecorder()
	g.page.ServeHTTP(w, r)
	answer := w.Result()
	for _, c := range answer.Cookies() {
		if g.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(g.cookies, c.Name)
		}
	}
	return answer
}

func (g *guest) logIn(password string) *http.Response {
	g.t.Helper()
	return g.ask("/login", url.Values{"password": {password}, "next": {"/runs?pain=1"}})
}

func (g *guest) wants(what string, answer *http.Response, status int, location string) {
	g.t.Helper()
	if answer.StatusCode != status || answer.Header.Get("Location") != location {
		g.t.Errorf("%s: status %d to %q, want %d to %q", what, answer.StatusCode, answer.Header.Get("Location"), status, location)
	}
}

func TestThePasswordOpensThePage(t *testing.T) {
	g := visitPage(t, fakeApp{}, Options{})
	g.wants("a stranger", g.ask("/runs?pain=1", nil), http.StatusSeeOther, "/login?next=%2Fruns%3Fpain%3D1")
	g.wants("a stranger's form", g.ask("/runs/ab/answer", url.Values{"kind": {"limp"}}), http.StatusUnauthorized, "")
	g.wants("a wrong password", g.logIn("five loud words there"), http.StatusUnauthorized, "")
	g.wants("still a stranger", g.ask("/", nil), http.StatusSeeOther, "/login?next=%2F")
	answer := g.logIn(secret)
	g.wants("the password", answer, http.StatusSeeOther, "/runs?pain=1")
	c := answer.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure || c.Path != "/" || c.MaxAge <= 0 || len(c.Value) < 32 {
		t.Errorf("the cookie: %+v", c)
	}
	g.wants("the runner", g.ask("/", nil), http.StatusOK, "")
	held := g.cookies["gaitkeeper_8787"]
	g.wants("log out", g.ask("/logout", url.Values{}), http.StatusSeeOther, "/login")
	g.wants("logged out", g.ask("/", nil), http.StatusSeeOther, "/login?next=%2F")
	g.cookies["gaitkeeper_8787"] = held
	g.wants("with the cookie of before", g.ask("/", nil), http.StatusSeeOther, "/login?next=%2F")
}

func TestASessionEnds(t *testing.T) {
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	g := visitPage(t, fakeApp{}, Options{Now: func() time.Time { return now }})
	g.logIn(secret)
	now = now.Add(sessionAge - time.Second)
	g.wants("the last second", g.ask("/", nil), http.StatusOK, "")
	now = now.Add(time.Second)
	g.wants("over", g.ask("/", nil), http.StatusSeeOther, "/login?next=%2F")
}

func TestFiveWrongPasswordsHaveToWait(t *testing.T) {
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	tried := 0
	g := visitPage(t, fakeApp{}, Options{
		Now: func() time.Time { return now }, Verify: func(p string) bool { tried++; return p == secret },
	})
	for range 5 {
		g.wants("wrong", g.logIn("wrong"), http.StatusUnauthorized, "")
	}
	answer := g.logIn(secret)
	g.wants("the sixth, right", answer, http.StatusTooManyRequests, "")
	if answer.Header.Get("Retry-After") != "60" || tried != 5 {
		t.Errorf("wait for %q s; %d passwords were looked at", answer.Header.Get("Retry-After"), tried)
	}
	g.from = "192.0.2.8:4711"
	g.wants("somebody else", g.logIn(secret), http.StatusSeeOther, "/runs?pain=1")
	g.from = "192.0.2.7:9999"
	g.wants("another port is nobody else", g.logIn(secret), http.StatusTooManyRequests, "")
	now = now.Add(wrongAgain)
	g.wants("a minute later", g.logIn("wrong"), http.StatusUnauthorized, "")
	g.wants("one try a minute", g.logIn("wrong"), http.StatusTooManyRequests, "")
}

func TestWhoTries(t *testing.T) {
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.7:4711", "", "192.0.2.7"},
		{"192.0.2.7:4711", "198.51.100.1", "192.0.2.7"}, // anybody can claim to be a proxy
		{"127.0.0.1:4711", "198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:4711", "203.0.113.9, 198.51.100.1", "198.51.100.1"}, // the last one the proxy saw itself
		{"[::1]:4711", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		{"[2001:db8:1:2:aaaa::1]:4711", "", "2001:db8:1:2::/64"},
		{"[::ffff:192.0.2.7]:4711", "", "192.0.2.7"},
		{"127.0.0.1:4711", "nonsense", "unknown"},
		{"127.0.0.1:4711", "", "127.0.0.1"},
		{"172.18.0.5:4711", "198.51.100.1", "198.51.100.1"}, // a proxy in another container
		{"[::ffff:172.18.0.5]:4711", "198.51.100.1", "198.51.100.1"},
		{"172.18.0.5:4711", "203.0.113.9, 198.51.100.1", "198.51.100.1"}, // what the visitor claims is not believed
		{"172.18.0.5:4711", "198.51.100.1, 172.18.0.6", "198.51.100.1"},  // one proxy behind another
		{"172.18.0.5:4711", "", "172.18.0.5"},
		{"172.18.0.5:4711", "198.51.100.1:51234", "198.51.100.1"}, // with its port, as some proxies write it
		{"172.18.0.5:4711", "[2001:db8:1:2::9]:51234, 172.18.0.6:80", "2001:db8:1:2::/64"},
		{"172.18.0.5:4711", "[2001:db8:1:2::9]", "2001:db8:1:2::/64"},
		{"172.19.0.5:4711", "198.51.100.1", "172.19.0.5"},
		{"172.18.0.5:4711", "172.18.0.7", "172.18.0.7"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		s := &Server{proxies: []netip.Prefix{netip.MustParsePrefix("172.18.0.0/16")}}
		if got := s.visitor(r); got != c.want {
			t.Errorf("%s for %q: %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func TestTheDoorForgetsStrangers(t *testing.T) {
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	d := newLoginThrottle(func(string) bool { return false }, func() time.Time { return now })
	for i := range 10 * maxVisitors {
		d.try(fmt.Sprint(i), "wrong")
		now = now.Add(wrongAgain)
	}
	if len(d.tries) > maxVisitors {
		t.Errorf("%d strangers are remembered", len(d.tries))
	}
}

func TestProgramsSendThePassword(t *testing.T) {
	metrics := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("up 1\n")) })
	tried := 0
	g := visitPage(t, fakeApp{}, Options{Metrics: metrics, Verify: func(p string) bool { tried++; return p == secret }})
	for _, path := range []string{"/metrics", "/api/v1/standing", "/api/v1/runs"} {
		g.headers = map[string]string{}
		answer := g.ask(path, nil)
		g.wants(path+" without", answer, http.StatusUnauthorized, "")
		if !strings.HasPrefix(answer.Header.Get("WWW-Authenticate"), "Basic ") {
			t.Errorf("%s asks for %q", path, answer.Header.Get("WWW-Authenticate"))
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.SetBasicAuth("anybody", secret)
		g.headers["Authorization"] = r.Header.Get("Authorization")
		g.wants(path+" with the password", g.ask(path, nil), http.StatusOK, "")
	}
	if tried != 1 {
		t.Errorf("the same password was hashed %d times", tried)
	}
	g.wants("a page", g.ask("/runs", nil), http.StatusSeeOther, "/login?next=%2Fruns")
}

// A program that goes on asking with an old password is refused for itself; a browser
// from the same address gets in.
func TestAProgramLocksOutNoBrowser(t *testing.T) {
	g := visitPage(t, fakeApp{}, Options{})
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.SetBasicAuth("anybody", "the old one")
	g.headers = map[string]string{"Authorization": r.Header.Get("Authorization")}
	for range wrongAtOnce {
		g.wants("an old password", g.ask("/api/v1/standing", nil), http.StatusUnauthorized, "")
	}
	g.wants("and again", g.ask("/api/v1/standing", nil), http.StatusTooManyRequests, "")
	g.headers = nil
	if got := g.logIn(secret).StatusCode; got != http.StatusSeeOther {
		t.Errorf("the runner is answered %d", got)
	}
}

func TestTheLogHoldsNoPassword(t *testing.T) {
	var log bytes.Buffer
	g := visitPage(t, fakeApp{}, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	for range 7 {
		g.logIn("almost-" + secret)
	}
	if text := log.String(); !strings.Contains(text, "wrong password") || !strings.Contains(text, "too many") || strings.Contains(text, "quiet words") {
		t.Errorf("the log:\n%s", text)
	}
}

func TestTheLoginLeadsNowhereElse(t *testing.T) {
	for next, want := range map[string]string{
		"/runs": "/runs", "/runs?pain=1": "/runs?pain=1", "": "/", "https://evil.example/": "/", "//evil.example": "/",
		"/\\evil.example": "/", "javascript:alert(1)": "/", "/\nX: y": "/",
	} {
		if got := ownPath(next); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
}

func TestTheCookieIsSecureBehindHTTPS(t *testing.T) {
	for name, c := range map[string]struct {
		o       Options
		host    string
		headers map[string]string
		secure  bool
		path    string
	}{
		"http in the home network":  {Options{}, "server:8787", nil, false, "/"},
		"a proxy that says so":      {Options{}, "gait.example", map[string]string{"X-Forwarded-Proto": "https"}, true, "/"},
		"two proxies that say so":   {Options{}, "gait.example", map[string]string{"X-Forwarded-Proto": "HTTPS, http"}, true, "/"},
		"http before https":         {Options{}, "gait.example", map[string]string{"X-Forwarded-Proto": "http, https"}, false, "/"},
		"the public address, typed": {Options{PublicURL: "https://GAIT.example:443/her"}, "gait.example", nil, true, "/her/"},
		"the public address":        {Options{PublicURL: "https://gait.example/her"}, "gait.example", nil, true, "/her/"},
		"beside the public address": {Options{PublicURL: "https://gait.example/her"}, "server:8787", nil, false, "/her/"},
	} {
		g := visitPage(t, fakeApp{}, c.o)
		g.host, g.headers = c.host, c.headers
		if got := g.logIn(secret).Cookies()[0]; got.Secure != c.secure || got.Path != c.path {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestWithAPasswordOthersMaySee(t *testing.T) {
	g := visitPage(t, fakeApp{standing: finding.Standing{Verdict: finding.VerdictKeep}}, Options{})
	g.logIn(secret)
	g.wants("from the home network", g.ask("/", nil), http.StatusOK, "")
	g.from, g.host = "127.0.0.1:5000", "127.0.0.1:8787"
	g.cookies = map[string]string{}
	g.wants("from the machine itself, without it", g.ask("/", nil), http.StatusSeeOther, "/login?next=%2F")
	for _, open := range []string{"/healthz", "/login", "/manifest.webmanifest", "/static/style.css"} {
		g.wants(open, g.ask(open, nil), http.StatusOK, "")
	}
}

func TestWithoutAPasswordNoProxyPublishesThePage(t *testing.T) {
	g := comes(t, fakeApp{}, Options{})
	g.from, g.host = here, "127.0.0.1:8787"
	g.wants("a browser here", g.ask("/", nil), http.StatusOK, "")
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		g.headers = map[string]string{header: "192.0.2.7"}
		g.wants(header, g.ask("/", nil), http.StatusForbidden, "")
	}
	g.headers, g.protocol = nil, "HTTP/1.0"
	g.wants("a proxy that adds nothing", g.ask("/", nil), http.StatusForbidden, "")
}
