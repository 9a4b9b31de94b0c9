package notify_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// webServer answers with the statuses in turn, then 200, and keeps what it got.
type webServer struct {
	*httptest.Server
	mu       sync.Mutex
	statuses []int
	requests []request
}

type request struct {
	method, path, body string
	header             http.Header
}

func serveWeb(t *testing.T, statuses ...int) *webServer {
	t.Helper()
	w := &webServer{statuses: statuses}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.requests = append(w.requests, request{r.Method, r.URL.Path, string(b), r.Header})
		if len(w.statuses) > 0 {
			rw.Header().Set("Location", "https://elsewhere.example"+r.URL.Path)
			rw.WriteHeader(w.statuses[0])
			w.statuses = w.statuses[1:]
		}
	}))
	t.Cleanup(w.Close)
	return w
}

// always is a secret that nobody mends.
func always(secret string) notify.Secret { return func() (string, error) { return secret, nil } }

func newNtfy(t *testing.T, server string) *notify.Ntfy {
	t.Helper()
	n, err := notify.NewNtfy(notify.NtfyConfig{Server: server + "/", Topic: "ada-runs", Token: always("tk_secret"), UserAgent: "gaitkeeper/test"})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func newWebhook(t *testing.T, url string) *notify.Webhook {
	t.Helper()
	w, err := notify.NewWebhook(notify.WebhookConfig{URL: url, Secret: always("shared secret"), UserAgent: "gaitkeeper/test"})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// The form is the one of ntfy's documentation on publishing as JSON.
func TestNtfy(t *testing.T) {
	server := serveWeb(t, 500)
	n := newNtfy(t, server.URL)
	if err := n.Send(t.Context(), sample()); err == nil || !strings.Contains(err.Error(), "tried again later") {
		t.Errorf("a server that is unwell: %v", err)
	}
	if err := n.Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	first, second := server.requests[0], server.requests[1]
	if first.body != second.body {
		t.Error("the second attempt sends something else")
	}
	if second.method != http.MethodPost || second.path != "/" || second.header.Get("Authorization") != "Bearer tk_secret" {
		t.Errorf("%s %s with %q", second.method, second.path, second.header.Get("Authorization"))
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(second.body), &got); err != nil {
		t.Fatal(err)
	}
	sequence, _ := got["sequence_id"].(string)
	if len(sequence) != 32 {
		t.Errorf("sequence_id = %q", sequence)
	}
	delete(got, "sequence_id")
	action := func(label, url string) any {
		return map[string]any{"action": "http", "label": label, "url": url, "method": "POST", "clear": true}
	}
	want := map[string]any{
		"topic": "ada-runs", "title": sample().Title, "message": sample().Short, "priority": 4.0, "tags": []any{"warning"},
		"click": sample().Click,
		"actions": []any{
			action("No pain", "https://gait.example/answer/a"), action("b", "https://b"),
			map[string]any{"action": "view", "label": "c", "url": "https://c", "clear": true},
		},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// A user and a password stand in for a token, and further channels have names.
func TestNtfyByUser(t *testing.T) {
	server := serveWeb(t, http.StatusOK, http.StatusUnauthorized)
	n, err := notify.NewNtfy(notify.NtfyConfig{Name: "ntfy-2", Server: server.URL, Topic: "ada-runs", Username: "ada", Token: always("p:w")})
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Send(t.Context(), sample()); err != nil || n.Name() != "ntfy-2" {
		t.Fatalf("%s: %v", n.Name(), err)
	}
	r := http.Request{Header: server.requests[0].header}
	if u, p, ok := r.BasicAuth(); !ok || u != "ada" || p != "p:w" {
		t.Errorf("it came from %q, %q", u, p)
	}
	if err := n.Send(t.Context(), sample()); err == nil || !strings.HasPrefix(err.Error(), "ntfy-2: ") || !strings.Contains(err.Error(), "check username") {
		t.Errorf("refused: %v", err)
	}
}

// Headers of the runner's own come with every request; they are read each time.
func TestWebhookHeaders(t *testing.T) {
	server, key := serveWeb(t), "one"
	w, err := notify.NewWebhook(notify.WebhookConfig{URL: server.URL, Headers: func() (http.Header, error) { return http.Header{"X-Key": {key}}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Check(t.Context())
	key = "two"
	if err = errors.Join(err, w.Send(t.Context(), sample())); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range server.requests {
		got = append(got, r.method+" "+r.header.Get("X-Key")+" "+r.header.Get("Content-Type"))
	}
	if d := cmp.Diff([]string{"OPTIONS one ", "POST two application/json"}, got); d != "" {
		t.Error(d)
	}
}

func TestNtfyUrgency(t *testing.T) {
	tests := []struct {
		message  alert.Message
		priority float64
	}{
		{alert.Message{Kind: alert.MessageAlert, Level: gait.LevelWarn, Verdict: finding.VerdictStop}, 5},
		{alert.Message{Kind: alert.MessageAlert, Level: gait.LevelWarn, Verdict: finding.VerdictModify}, 4},
		{alert.Message{Kind: alert.MessageAlert, Level: gait.LevelAsk, Verdict: finding.VerdictAsk}, 3},
		{alert.Message{Kind: alert.MessageFollowUp, Level: gait.LevelWarn, Verdict: finding.VerdictStop}, 3},
		{alert.Message{Kind: alert.MessageResolved}, 2},
		{alert.Message{Kind: alert.MessageDigest, Verdict: finding.VerdictStop}, 2},
	}
	server := serveWeb(t)
	n := newNtfy(t, server.URL)
	for i, tt := range tests {
		tt.message.Text = strings.Repeat("ä", 3000) // no short form: the text is cut
		if err := n.Send(t.Context(), tt.message); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Priority float64
			Message  string
		}
		if err := json.Unmarshal([]byte(server.requests[i].body), &got); err != nil {
			t.Fatal(err)
		}
		if got.Priority != tt.priority {
			t.Errorf("%s %s: priority %v, want %v", tt.message.Kind, tt.message.Verdict, got.Priority, tt.priority)
		}
		if len(got.Message) > 4096 {
			t.Errorf("a push text of %d bytes would become an attachment", len(got.Message))
		}
	}
}

func TestWebhook(t *testing.T) {
	server := serveWeb(t, 500)
	w := newWebhook(t, server.URL+"/hook?token=url-secret")
	if err := w.Send(t.Context(), sample()); err == nil || strings.Contains(err.Error(), "url-secret") {
		t.Errorf("a server that is unwell: %v", err)
	}
	if err := w.Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	first, second := server.requests[0], server.requests[1]
	for _, r := range server.requests {
		if got, want := r.header.Get("X-Gaitkeeper-Signature"), notify.Sign([]byte(r.body), "shared secret"); got != want {
			t.Errorf("signature %q, want %q", got, want)
		}
		if got := r.header.Get("Idempotency-Key"); got != sample().Key {
			t.Errorf("key %q, want %q", got, sample().Key)
		}
	}
	if first.body != second.body {
		t.Error("the second attempt sends something else")
	}
	var got alert.Message
	if err := json.Unmarshal([]byte(second.body), &got); err != nil {
		t.Fatal(err)
	}
	want := sample()
	want.HTML, want.Pictures = "", nil // a receiver has the text
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// The signature is HMAC-SHA256; the figure is test case 2 of RFC 4231.
func TestSign(t *testing.T) {
	const want = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
	if got := notify.Sign([]byte("what do ya want for nothing?"), "Jefe"); got != want {
		t.Errorf("Sign = %s, want %s", got, want)
	}
}

func TestPushFailures(t *testing.T) {
	tests := []struct {
		status       int
		ntfy, hook   string
		hookIsAlive  bool
		ntfyAccepted bool
	}{
		{401, "make a new one there", "must hold the same secret", true, false},
		{403, "does not allow this topic", "must hold the same secret", true, false},
		{404, "not an ntfy server", "check url", true, false},
		{429, "had enough", "had enough", true, false},
		{302, "has moved", "has moved", true, false},
		{400, "check the address", "check the address", true, false},
		{503, "having trouble", "having trouble", false, false},
		{204, "", "", true, true},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.status), func(t *testing.T) {
			server := serveWeb(t, tt.status, tt.status, tt.status, tt.status)
			n, w := newNtfy(t, server.URL), newWebhook(t, server.URL+"/url-secret")
			says(t, n.Send(t.Context(), sample()), tt.ntfy)
			says(t, w.Send(t.Context(), sample()), tt.hook)
			if _, err := n.Check(t.Context()); (err == nil) != tt.ntfyAccepted {
				t.Errorf("ntfy check: %v", err)
			}
			if _, err := w.Check(t.Context()); (err == nil) != tt.hookIsAlive {
				t.Errorf("webhook check: %v", err)
			}
			for _, r := range server.requests[2:] {
				if r.method == http.MethodPost {
					t.Error("a check has posted")
				}
			}
		})
	}
}

// says expects an error with the words, or none where there are no words, and
// never a secret.
func says(t *testing.T, err error, words string) {
	t.Helper()
	switch {
	case err == nil && words == "":
	case err == nil || words == "" || !strings.Contains(err.Error(), words):
		t.Errorf("error %v, want it to say %q", err, words)
	case strings.Contains(err.Error(), "secret/") || strings.Contains(err.Error(), "url-secret") || strings.Contains(err.Error(), "tk_secret"):
		t.Errorf("a secret stands in %q", err)
	}
}

func TestNobodyThere(t *testing.T) {
	dead := fmt.Sprintf("http://127.0.0.1:%d", deadPort(t))
	says(t, newNtfy(t, dead).Send(t.Context(), sample()), "refused the connection")
	says(t, newWebhook(t, dead+"/url-secret").Send(t.Context(), sample()), "refused the connection")
	says(t, newWebhook(t, dead+"/hook").Send(t.Context(), sample()), "webhook: 127.0.0.1")
	says(t, newWebhook(t, dead+"/on").Send(t.Context(), sample()), "refused the connection: check host and port")
	says(t, newShoutrrr(t, dead).Send(t.Context(), sample()), "refused the connection")
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	says(t, newWebhook(t, dead+"/url-secret").Send(ctx, sample()), "did not answer in time")
	says(t, newShoutrrr(t, dead).Send(ctx, sample()), "did not answer in time")
}

// A server that speaks nonsense, and one that hangs up: no address in the error,
// and no figure of it is taken for an answer.
func TestRudeServers(t *testing.T) {
	rude := func(answer string) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.WriteString(conn, answer)
			_ = conn.Close()
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	nonsense := rude("nonsense\r\n\r\n")
	says(t, newWebhook(t, nonsense+"/url-secret").Send(t.Context(), sample()), "could not be reached")
	says(t, newNtfy(t, nonsense).Send(t.Context(), sample()), "could not be reached")
	silent := rude("")
	says(t, newWebhook(t, silent+"/url-secret").Send(t.Context(), sample()), "broke the connection off")
	says(t, newShoutrrr(t, silent+"/443").Send(t.Context(), sample()), "broke the connection off")
}

func TestFaultyPushConfig(t *testing.T) {
	if _, err := notify.NewNtfy(notify.NtfyConfig{Server: "ntfy.sh", Topic: "a"}); err == nil {
		t.Error("a server without https:// was taken")
	}
	if _, err := notify.NewNtfy(notify.NtfyConfig{Server: "https://ntfy.sh", Topic: "two words"}); err == nil {
		t.Error("a topic with a space was taken")
	}
	if _, err := notify.NewWebhook(notify.WebhookConfig{URL: "ftp://x/url-secret"}); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("an address of another kind: %v", err)
	}
	if _, err := notify.NewShoutrrr(notify.ShoutrrrConfig{URL: always("just-a-secret")}).Check(t.Context()); err == nil || strings.Contains(err.Error(), "just-a-secret") {
		t.Errorf("no URL: %v", err)
	}
}

func newShoutrrr(t *testing.T, server string) *notify.Shoutrrr {
	t.Helper()
	return notify.NewShoutrrr(notify.ShoutrrrConfig{
		Name: "shoutrrr", URL: always("generic://" + strings.TrimPrefix(server, "http://") + "/url-secret?disabletls=yes\n"),
	})
}

func TestShoutrrr(t *testing.T) {
	server := serveWeb(t, 500)
	s := newShoutrrr(t, server.URL)
	if _, err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(server.requests); n != 0 {
		t.Errorf("the check made %d requests", n)
	}
	says(t, s.Send(t.Context(), sample()), "the service generic")
	if err := s.Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	want := sample().Title + "\n\n" + sample().Short +
		"\nNo pain: https://gait.example/answer/a\nb: https://b\nc: https://c\nd: https://d\n" + sample().Click
	if got := server.requests[1].body; got != want {
		t.Errorf("body %q, want %q", got, want)
	}
}

// A URL that shoutrrr does not understand is named by its service only.
func TestShoutrrrKeepsItsSecret(t *testing.T) {
	for _, url := range []string{
		"telegram://url-secret", "nosuchservice://url-secret", "discord://url-secret@", "slack://hook:url-secret@x", "generic://%zz/url-secret",
	} {
		s := notify.NewShoutrrr(notify.ShoutrrrConfig{URL: always(url)})
		_, checked := s.Check(t.Context())
		for _, err := range []error{checked, s.Send(t.Context(), sample())} {
			if err == nil || strings.Contains(err.Error(), "url-secret") {
				t.Errorf("%s: %v", url, err)
			}
		}
	}
}
