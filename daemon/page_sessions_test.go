package daemon

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// A browser stays logged in over a restart of the daemon, until it logs out or the
// password changes.
func TestALoginOutlivesARestart(t *testing.T) {
	h := newHome(t)
	password := func(word string) {
		t.Helper()
		hash, err := HashPassword(word)
		if err != nil {
			t.Fatal(err)
		}
		h.cfg.Web.PasswordFile = h.secret("hash", hash)
	}
	// visit sends a request to a daemon that was started just now.
	visit := func(method, path string, form url.Values, cookie *http.Cookie) *http.Response {
		t.Helper()
		app := h.open(nil)
		defer app.Close()
		page, err := app.newPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(method, "http://server.example"+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if cookie != nil {
			r.AddCookie(cookie)
		}
		w := httptest.NewRecorder()
		page.ServeHTTP(w, r)
		return w.Result()
	}
	login := func(word string) *http.Cookie {
		t.Helper()
		cookies := visit(http.MethodPost, "/login", url.Values{"password": {word}}, nil).Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%d cookies", len(cookies))
		}
		return cookies[0]
	}
	password("a few quiet words")
	first, second := login("a few quiet words"), login("a few quiet words")
	if got := visit(http.MethodGet, "/runs", nil, first).StatusCode; got != http.StatusOK {
		t.Errorf("after a restart: %d", got)
	}
	visit(http.MethodPost, "/logout", nil, first)
	if got := visit(http.MethodGet, "/runs", nil, first).StatusCode; got != http.StatusSeeOther {
		t.Errorf("after a logout and a restart: %d", got)
	}
	if got := visit(http.MethodGet, "/runs", nil, second).StatusCode; got != http.StatusOK {
		t.Errorf("another browser was logged out, too: %d", got)
	}
	password("other quiet words")
	if got := visit(http.MethodGet, "/runs", nil, second).StatusCode; got != http.StatusSeeOther {
		t.Errorf("with another password: %d", got)
	}
}
