package config_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/alert"
	"gaitkeeper/config"
)

// A section of a channel may be there once or several times, and each chooses what
// goes through it.
func TestChannelsOfOneKind(t *testing.T) {
	cfg, err := config.Load(write(t, `
[[notify.ntfy]]
server = "https://ntfy.sh"
topic = "anna"
kinds = ["warning", "health"]
[[notify.ntfy]]
server = "https://ntfy.example/"
topic = "coach"
[[notify.webhook]]
url = "https://home.example/hook"
`), env(nil))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, n := range cfg.Notify.All() {
		for _, topic := range []string{n.Ntfy.Topic, n.Webhook.URL} {
			if topic != "" {
				got = append(got, config.Numbered(topic, i+1))
			}
		}
	}
	if d := cmp.Diff([]string{"anna", "https://home.example/hook", "coach-2"}, got); d != "" {
		t.Error(d)
	}
	if kinds := cfg.Notify.Ntfy.Kinds; !slices.Equal(kinds, []alert.Topic{alert.TopicWarning, alert.TopicHealth}) {
		t.Errorf("kinds %v", kinds)
	}
	if server := cfg.Notify.More[0].Ntfy.Server; server != "https://ntfy.example" {
		t.Errorf("second server %q", server)
	}
}

// What is wrong with a channel is said with its number and line.
func TestFaultsOfChannels(t *testing.T) {
	for text, want := range map[string]string{
		"[[notify.ntfy]]\nserver = \"https://a\"\ntopic = \"a\"\n[[notify.ntfy]]\ntopic = \"b\"\n":           "notify.ntfy-2.server",
		"[[notify.ntfy]]\nserver = \"https://a\"\ntopic = \"a\"\n[[notify.ntfy]]\ncolour = \"b\"\n":          "notify.ntfy-2.colour",
		"[[notify.shoutrrr]]\nurl_files = []\n":                                                              "this section is there once",
		"[notify.email]\nkinds = [\"warnings\"]\n":                                                           `"warnings" is not one of "warning"`,
		"[notify.ntfy]\nserver = \"https://a\"\ntopic = \"a\"\nusername = \"anna\"\n":                        "notify.ntfy.password_file",
		"[notify.email]\nhost = \"h\"\nfrom = \"a@b.example\"\nto = [\"a@b.example\"]\nauth = \"xoauth2\"\n": "notify.email.oauth_client_id",
		"[notify.email]\nauth = \"kerberos\"\n":                                                              `"kerberos" is not one of`,
		"[notify.webhook]\nheaders_file = \"/none\"\n":                                                       "/none is missing",
	} {
		_, err := config.Load(write(t, text), env(nil))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\nsays %v, want %q", text, err, want)
		}
	}
}

func TestAWarningNeedsAChannel(t *testing.T) {
	const channel = "[notify.ntfy]\nserver = \"https://a\"\ntopic = \"a\"\n"
	for text, warned := range map[string]bool{"": false, channel: false, channel + "kinds = [\"digest\"]\n": true, channel + "kinds = [\"warning\"]\n": false} {
		cfg, err := config.Load(write(t, text), env(nil))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(strings.Join(cfg.Warnings(), "\n"), "only the page shows a warning"); got != warned {
			t.Errorf("%q: warned %v", text, got)
		}
	}
}

func TestHeaders(t *testing.T) {
	for text, want := range map[string]string{
		"Authorization: Bearer a:b\n\n# why\nX-Token:c": "Bearer a:b c",
		"no header\n":         "line 1 is not a header",
		"A: b\nBad Name: c\n": "line 2 is not a header",
	} {
		file := filepath.Join(t.TempDir(), "headers")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		h, err := config.Headers(file)
		got := strings.TrimSpace(h.Get("Authorization") + " " + h.Get("X-Token"))
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
