package notify_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gaitkeeper/notify"
)

// A log-in page with a status of success has taken no message.
func TestALogInPageIsNoNtfy(t *testing.T) {
	for name, tt := range map[string]struct {
		kind, body, want string
	}{
		"a log-in page":       {"text/html; charset=utf-8", "\n<!doctype html><title>Log in</title>", "answered with a web page, so nothing was sent"},
		"ntfy":                {"application/json", `{"id":"a","event":"message"}`, ""},
		"nothing":             {"", "", ""},
		"a word, as some say": {"text/html", "ok", ""},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", tt.kind)
				_, _ = io.WriteString(w, tt.body)
			}))
			t.Cleanup(server.Close)
			n := newNtfy(t, server.URL)
			says(t, n.Send(t.Context(), sample()), tt.want)
			_, err := n.Check(t.Context())
			says(t, err, tt.want)
		})
	}
}

// A server that sends elsewhere is told with where to, as far as that is no secret.
func TestAMoveNamesWhereTo(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		server := serveWeb(t, status)
		says(t, newNtfy(t, server.URL).Send(t.Context(), sample()), "which begins with https://elsewhere.example")
		if n := len(server.requests); n != 1 {
			t.Errorf("%d: %d requests", status, n)
		}
	}
}

// A receiver that has run may leave what it says elsewhere, as Google Apps Script does.
// A log-in, a receiver that has moved and one of which nothing is heard have taken nothing.
func TestAReceiverThatAnswersElsewhere(t *testing.T) {
	for name, tt := range map[string]struct {
		status         int
		to             string // where the answer lies
		answer         int
		kind, body     string
		want           string
		askedForItself int
	}{
		"Apps Script":    {302, "/macros/echo?key=a", 200, "application/json", "{}", "", 1},
		"see other":      {303, "/results/7", 204, "", "", "", 1},
		"a log-in":       {302, "/login?next=/exec", 200, "text/html", "<!doctype html><title>Log in</title>", "has moved, or a log-in stands before it", 1},
		"nothing there":  {302, "/gone", 404, "text/plain", "gone", "has moved, or a log-in stands before it", 1},
		"the same path":  {302, "/exec/", 200, "application/json", "{}", "has moved, or a log-in stands before it", 0},
		"moved for good": {301, "/other", 200, "application/json", "{}", "has moved, or a log-in stands before it", 0},
		"post it there":  {307, "/other", 200, "application/json", "{}", "has moved, or a log-in stands before it", 0},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					w.Header().Set("Location", tt.to)
					w.WriteHeader(tt.status)
					return
				}
				if asked++; r.Header.Get("X-Gaitkeeper-Signature")+r.Header.Get("Authorization") != "" {
					t.Error("who asks for the answer shows what is meant for the receiver")
				}
				w.Header().Set("Content-Type", tt.kind)
				w.WriteHeader(tt.answer)
				_, _ = io.WriteString(w, tt.body)
			}))
			t.Cleanup(server.Close)
			says(t, newWebhook(t, server.URL+"/exec").Send(t.Context(), sample()), tt.want)
			if asked != tt.askedForItself {
				t.Errorf("the answer was asked for %d times", asked)
			}
		})
	}
}

// A page that asks for a password comes from a log-in before the receiver, whatever its
// status; a page without one may be what a receiver says.
func TestALogInPageIsNoWebhook(t *testing.T) {
	for page, want := range map[string]string{
		`<!doctype html><form><input name=user><input class="a" TYPE='password' name=p></form>`: "a page to log in, so nothing was sent",
		`<html><p>Thank you`: "",
		`{"ok":true}`:        "",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, page)
		}))
		says(t, newWebhook(t, server.URL).Send(t.Context(), sample()), want)
		server.Close()
	}
}

// No service gets more than it takes: what is refused for its length never arrives.
func TestALongWordIsCut(t *testing.T) {
	server := serveWeb(t)
	m := sample()
	m.Short = strings.Repeat("é", 5000)
	says(t, newNtfy(t, server.URL).Send(t.Context(), m), "")
	if n := len(server.requests[0].body); n > 4096 {
		t.Errorf("%d bytes", n)
	}
}

// A proxy that is not there is blamed, not the server behind it.
func TestADeadProxyIsBlamed(t *testing.T) {
	proxy := &url.URL{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", deadPort(t)), User: url.UserPassword("ada", "url-secret")}
	for _, server := range []string{"http://ntfy.example", "https://ntfy.example"} {
		n := newNtfy(t, server)
		n.ProxyThrough(proxy)
		says(t, n.Send(t.Context(), sample()), "the proxy that HTTPS_PROXY or HTTP_PROXY names does not answer")
	}
	asks := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusProxyAuthRequired) }))
	t.Cleanup(asks.Close)
	at, err := url.Parse(asks.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, server := range []string{"http://ntfy.example", "https://ntfy.example"} {
		n := newNtfy(t, server)
		n.ProxyThrough(at)
		says(t, n.Send(t.Context(), sample()), "the proxy wants a user and a password")
	}
}

// Who has had enough is left alone for as long as it says, and is not asked once for
// each message that waits; never longer than an hour.
func TestAServerThatHasHadEnough(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		after  string
		want   time.Duration // at least
	}{
		"seconds":        {http.StatusTooManyRequests, "600", 600 * time.Second},
		"a date":         {http.StatusTooManyRequests, "Thu, 01 Jan 1970 00:20:00 GMT", 20 * time.Minute},
		"for days":       {http.StatusServiceUnavailable, "172800", time.Hour},
		"by a gateway":   {http.StatusBadGateway, "600", 600 * time.Second},
		"without a word": {http.StatusTooManyRequests, "", 13 * time.Second},
		"nonsense":       {http.StatusTooManyRequests, "-5", 13 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				asked++
				w.Header().Set("Date", "Thu, 01 Jan 1970 00:00:00 GMT") // its clock is wrong
				w.Header().Set("Retry-After", tt.after)
				w.WriteHeader(tt.status)
			}))
			t.Cleanup(server.Close)
			o, c := &outbox{}, &clock{monday()}
			o.post("ntfy", "alert:1", "alert:2", "alert:3")
			w := newWorker(t, o, c, newNtfy(t, server.URL))
			deliver(t, w, true)
			if asked != 1 {
				t.Errorf("asked %d times in one round", asked)
			}
			for _, d := range o.owed {
				wait := d.NextTry.Sub(c.now)
				if wait < tt.want || wait > time.Hour {
					t.Errorf("%s waits for %v", d.Message.Key, wait)
				}
			}
		})
	}
}

// Nobody waits once for each message for a server that is not there; a single
// message that is refused holds back no other.
func TestARoundEndsAtADeadServer(t *testing.T) {
	o, c := &outbox{}, &clock{monday()}
	o.post("email", "alert:1", "alert:2", "alert:3")
	tried := 0
	w := newWorker(t, o, c, newEmail(t, notify.EmailConfig{Host: "127.0.0.1", Port: deadPort(t), TLS: notify.NoTLS, From: "g@home.example", To: []string{ada}}))
	w.Tried = func(_ string, err error) {
		if tried++; err == nil {
			t.Error("it was taken")
		}
	}
	outcomes, err := w.Deliver(t.Context(), true)
	if err != nil || len(outcomes) != 3 || tried != 1 {
		t.Errorf("%d outcomes after %d attempts, %v", len(outcomes), tried, err)
	}
	for _, x := range outcomes {
		says(t, x.Err, "refused the connection")
	}
	for name, service := range map[string]string{
		"nobody there": fmt.Sprintf("http://127.0.0.1:%d", deadPort(t)), "had enough": serveWeb(t, 429, 429, 429).URL,
	} {
		o, tried = &outbox{}, 0
		o.post("shoutrrr", "alert:1", "alert:2", "alert:3")
		w := newWorker(t, o, c, newShoutrrr(t, service))
		w.Tried = func(string, error) { tried++ }
		if outcomes, err := w.Deliver(t.Context(), true); err != nil || len(outcomes) != 3 || tried != 1 {
			t.Errorf("%s: %d outcomes after %d attempts, %v", name, len(outcomes), tried, err)
		}
	}
	server := serveWeb(t, http.StatusBadRequest)
	o = &outbox{}
	o.post("ntfy", "alert:1", "alert:2")
	outcomes, err = newWorker(t, o, c, newNtfy(t, server.URL)).Deliver(t.Context(), true)
	if err = errors.Join(err, outcomes[1].Err); err != nil || outcomes[0].Err == nil {
		t.Errorf("%v, %v", outcomes[0].Err, err)
	}
}

// Services hand on what they got as a text alone: no port is taken for an answer, and
// a token is blamed only where it may be at fault.
func TestWhatAServiceSays(t *testing.T) {
	for said, want := range map[string]string{
		`Post "https://gotify.example:443/message": dial tcp 192.0.2.1:443: i/o timeout`:   "did not answer in time",
		"dial tcp 192.0.2.1:587: connect: no route to host":                                "cannot be reached",
		"failed to connect to 192.0.2.1:465: handshake went wrong":                         "did not take the message",
		"read tcp 10.0.0.2:40512->10.0.0.3:443: read: connection reset by peer":            "broke the connection off",
		"tls: failed to verify certificate: x509: certificate signed by unknown authority": "update-ca-certificates",
		"failed to send: got unexpected HTTP status: 401 Unauthorized":                     "answered 401: check the token",
		"failed to send: got unexpected HTTP status: 429 Too Many Requests":                "answered 429: it has had enough for now",
		"response status \"503 Service Unavailable\"":                                      "answered 503: it is having trouble; the message is tried again later",
	} {
		says(t, notify.Explained("gotify", "gotify://gotify.example/url-secret", errors.New(said)), want)
	}
}

// A message that is too long for a service is sent without some of its links: one
// that is refused for its length would never arrive.
func TestLinksThatFit(t *testing.T) {
	m := sample()
	for i := range m.Actions {
		m.Actions[i].URL = "https://gait.example/answer/" + strings.Repeat("x", 200)
	}
	m.Short = strings.Repeat("é", 600)
	short, long := notify.WithLinks("pushover", m), notify.WithLinks("telegram", m)
	if n := utf8.RuneCountInString(short); n > 1024 || strings.Count(short, "/answer/") != 1 || !strings.HasSuffix(short, m.Click) {
		t.Errorf("%d characters: %q", n, short)
	}
	if strings.Count(long, "/answer/") != len(m.Actions) {
		t.Errorf("%q", long)
	}
}

// The runner's own headers count, also where there is one of ours: a proxy chooses by
// Host, and some receivers by User-Agent.
func TestOwnHeadersCount(t *testing.T) {
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r }))
	t.Cleanup(server.Close)
	own := http.Header{"Host": {"hooks.example"}, "User-Agent": {"mine"}, "Content-Type": {"application/vnd.mine+json"}}
	w, err := notify.NewWebhook(notify.WebhookConfig{URL: server.URL, UserAgent: "gaitkeeper/test", Headers: func() (http.Header, error) { return own.Clone(), nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	if got.Host != "hooks.example" || got.UserAgent() != "mine" || got.Header.Get("Content-Type") != "application/vnd.mine+json" {
		t.Errorf("Host %q, %v", got.Host, got.Header)
	}
}
