package notify_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"gaitkeeper/notify"
)

// tokenServer hands out access tokens, and with each another refresh token; it
// knows only the last one.
type tokenServer struct {
	*httptest.Server
	refresh string
	access  string
	asked   int
}

func serveTokens(t *testing.T) *tokenServer {
	t.Helper()
	s := &tokenServer{refresh: "first", access: password}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked++
		w.Header().Set("Content-Type", "application/json")
		if r.FormValue("refresh_token") != s.refresh || r.FormValue("grant_type") != "refresh_token" {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]string{"error": "invalid_grant", "error_description": "no " + r.FormValue("refresh_token")})
			return
		}
		s.refresh += "+"
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": s.access, "token_type": "Bearer", "expires_in": 3600, "refresh_token": s.refresh})
	}))
	t.Cleanup(s.Close)
	return s
}

// oauth is the account's log-in, with what was kept of it before.
func (s *tokenServer) oauth(kept map[string]string, refresh notify.Secret) *notify.OAuth {
	return notify.NewOAuth(notify.OAuthConfig{
		ClientID: "app", TokenURL: s.URL + "/token", Refresh: refresh,
		Kept: func(_ context.Context, given string) (string, error) { return kept[given], nil },
		Keep: func(_ context.Context, given, next string) error { kept[given] = next; return nil },
	})
}

// xoauth2 is the server's side of XOAUTH2.
type xoauth2 struct{ s *mailSession }

func (x xoauth2) Next(response []byte) (challenge []byte, done bool, err error) {
	if response == nil {
		return nil, false, nil
	}
	if string(response) != "user="+user+"\x01auth=Bearer "+password+"\x01\x01" {
		return nil, true, &smtp.SMTPError{Code: 535, Message: "not known: " + string(response)}
	}
	x.s.login()
	return nil, true, nil
}

var _ sasl.Server = xoauth2{}

// A mail goes out by an access token, which is asked for once; the refresh token
// that came with it counts for the next process, until the runner writes another.
func TestMailByXOAUTH2(t *testing.T) {
	server, tokens, kept := serveMail(t, notify.StartTLS), serveTokens(t), map[string]string{}
	server.mechanism = "XOAUTH2"
	given := "first"
	send := func(o *notify.OAuth) error {
		c := server.config(notify.StartTLS)
		c.Password, c.Tokens = nil, o
		return newEmail(t, c).Send(t.Context(), sample())
	}
	refresh := func() (string, error) { return given, nil }
	first := tokens.oauth(kept, refresh)
	for range 2 {
		if err := send(first); err != nil {
			t.Fatal(err)
		}
	}
	if tokens.asked != 1 || kept["first"] != "first+" {
		t.Errorf("asked %d times, kept %v", tokens.asked, kept)
	}
	if err := send(tokens.oauth(kept, refresh)); err != nil {
		t.Errorf("the next process: %v", err)
	}
	if n := len(server.received()); n != 3 {
		t.Errorf("%d mails", n)
	}
	given = "mistyped-refresh"
	err := send(first)
	if err == nil || !strings.Contains(err.Error(), "invalid_grant") || !strings.Contains(err.Error(), "password_file") || strings.Contains(err.Error(), given) {
		t.Errorf("a token that is not known: %v", err)
	}
	given, tokens.refresh = "renewed", "renewed"
	if err := send(first); err != nil {
		t.Errorf("a mended token: %v", err)
	}
	server.mechanism = sasl.Plain
	if err := send(first); err == nil || !strings.Contains(err.Error(), "takes no XOAUTH2") {
		t.Errorf("a server of passwords: %v", err)
	}
}

// An access token that was revoked before its time costs one attempt: the next one
// gets another token.
func TestARevokedAccessToken(t *testing.T) {
	server, tokens := serveMail(t, notify.StartTLS), serveTokens(t)
	server.mechanism, tokens.access = "XOAUTH2", "revoked"
	c := server.config(notify.StartTLS)
	c.Password, c.Tokens = nil, tokens.oauth(map[string]string{}, always("first"))
	e := newEmail(t, c)
	err := e.Send(t.Context(), sample())
	says(t, err, "refused the access token")
	if strings.Contains(err.Error(), "app password") {
		t.Errorf("%v", err)
	}
	tokens.access = password
	if err := e.Send(t.Context(), sample()); err != nil {
		t.Error(err)
	}
}

// A server of tokens that is down or unwell is named, and the mail waits.
func TestATokenServerInTrouble(t *testing.T) {
	unwell := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	defer unwell.Close()
	gone := httptest.NewServer(nil)
	gone.Close()
	for url, want := range map[string]string{unwell.URL: "502 Bad Gateway", gone.URL: "refused the connection"} {
		s := &tokenServer{Server: &httptest.Server{URL: url}}
		if _, err := s.oauth(map[string]string{}, always("secret-token")).Token(t.Context()); err == nil || !strings.Contains(err.Error(), want) ||
			strings.Contains(err.Error(), "secret-token") {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
