package notify_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"gaitkeeper/notify"
)

// A secret that was mended counts at the next attempt, and one that cannot be read
// says so in its own words.
func TestSecretsAreReadWhenUsed(t *testing.T) {
	server, web := serveMail(t, notify.StartTLS), serveWeb(t)
	var secret string
	var unreadable error
	read := func() (string, error) { return secret, unreadable }
	account := server.config(notify.StartTLS)
	account.Password = read
	ntfy, err := notify.NewNtfy(notify.NtfyConfig{Server: web.URL, Topic: "t", Token: read})
	if err != nil {
		t.Fatal(err)
	}
	hook, err := notify.NewWebhook(notify.WebhookConfig{URL: web.URL, Secret: read})
	if err != nil {
		t.Fatal(err)
	}
	email := newEmail(t, account)
	service := notify.NewShoutrrr(notify.ShoutrrrConfig{URL: read})

	secret = "wrong"
	says(t, email.Send(t.Context(), sample()), "password_file")
	for _, secret = range []string{"first", "second"} {
		for _, c := range []notify.Channel{ntfy, hook} {
			if err := c.Send(t.Context(), sample()); err != nil {
				t.Error(err)
			}
		}
		n := len(web.requests)
		token, signed := web.requests[n-2], web.requests[n-1]
		if got := token.header.Get("Authorization"); got != "Bearer "+secret {
			t.Errorf("token %q, want %q", got, secret)
		}
		if got := signed.header.Get("X-Gaitkeeper-Signature"); got != notify.Sign([]byte(signed.body), secret) {
			t.Errorf("not signed with %q", secret)
		}
	}
	secret = password
	if err := email.Send(t.Context(), sample()); err != nil {
		t.Errorf("with the mended password: %v", err)
	}
	secret = "generic://" + strings.TrimPrefix(web.URL, "http://") + "/mended?disabletls=yes"
	if err := service.Send(t.Context(), sample()); err != nil || web.requests[len(web.requests)-1].path != "/mended" {
		t.Errorf("with the mended URL: %v", err)
	}

	unreadable = errors.New("notify.x.y_file: /run/s is missing: write the secret into it")
	for _, c := range []notify.Channel{email, ntfy, hook, service} {
		_, checked := c.Check(t.Context())
		for _, err := range []error{checked, c.Send(t.Context(), sample())} {
			if err == nil || err.Error() != unreadable.Error() {
				t.Errorf("%s: %v, want %v", c.Name(), err, unreadable)
			}
		}
	}
}

// Every request names us: some servers turn Go's own name away.
func TestRequestsNameUs(t *testing.T) {
	web := serveWeb(t)
	for _, c := range []notify.Channel{newNtfy(t, web.URL), newWebhook(t, web.URL)} {
		if _, err := c.Check(t.Context()); err != nil {
			t.Error(err)
		}
		if err := c.Send(t.Context(), sample()); err != nil {
			t.Error(err)
		}
	}
	if len(web.requests) != 4 {
		t.Fatalf("%d requests, want 4", len(web.requests))
	}
	for _, r := range web.requests {
		if got := r.header.Get("User-Agent"); got != "gaitkeeper/test" {
			t.Errorf("%s %s as %q", r.method, r.path, got)
		}
	}
}

// A refusal blames what is configured, and advises nothing that is so already.
func TestRefusalsBlameWhatIsConfigured(t *testing.T) {
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden} {
		web := serveWeb(t, status, status, status, status)
		ntfy, err := notify.NewNtfy(notify.NtfyConfig{Server: web.URL, Topic: "t"})
		if err != nil {
			t.Fatal(err)
		}
		hook, err := notify.NewWebhook(notify.WebhookConfig{URL: web.URL})
		if err != nil {
			t.Fatal(err)
		}
		says(t, ntfy.Send(t.Context(), sample()), "set token_file")
		says(t, hook.Send(t.Context(), sample()), "set secret_file")
		for _, c := range []notify.Channel{newNtfy(t, web.URL), newWebhook(t, web.URL)} {
			if err := c.Send(t.Context(), sample()); err == nil || strings.Contains(err.Error(), "set token_file") || strings.Contains(err.Error(), "set secret_file") {
				t.Errorf("%s with a secret: %v", c.Name(), err)
			}
		}
	}
}

// The checks say what they cannot know.
func TestChecksSayWhatTheyCannotKnow(t *testing.T) {
	web := serveWeb(t)
	for _, c := range []notify.Channel{newNtfy(t, web.URL), newWebhook(t, web.URL), newShoutrrr(t, web.URL)} {
		found, err := c.Check(t.Context())
		if err != nil || !strings.Contains(found, "shows only in `gaitkeeper notify test "+c.Name()+"`") {
			t.Errorf("%s: %q, %v", c.Name(), found, err)
		}
	}
}

// A service with a place for the title gets it there; the text does not say it
// again.
func TestShoutrrrTitle(t *testing.T) {
	web := serveWeb(t)
	at := strings.TrimPrefix(web.URL, "http://")
	for _, url := range []string{"gotify://" + at + "/AbCdEfGhIjKlMnO?disabletls=yes", "ntfy://" + at + "/topic?scheme=http"} {
		// What is answered is not what these services answer, so the error does
		// not count; what they were asked does.
		_ = notify.NewShoutrrr(notify.ShoutrrrConfig{URL: always(url)}).Send(t.Context(), sample())
	}
	var gotify struct{ Title, Message string }
	if err := json.Unmarshal([]byte(web.requests[0].body), &gotify); err != nil {
		t.Fatal(err)
	}
	if gotify.Title != sample().Title || !strings.HasPrefix(gotify.Message, sample().Short) {
		t.Errorf("gotify got %+v", gotify)
	}
	ntfy := web.requests[1]
	if ntfy.header.Get("Title") != sample().Title || !strings.HasPrefix(ntfy.body, sample().Short) {
		t.Errorf("ntfy got %q and %q", ntfy.header.Get("Title"), ntfy.body)
	}
}
