package config_test

import (
	"fmt"
	"strings"
	"testing"

	"gaitkeeper/config"
)

// mailFaults returns what is wrong with a mail server's settings.
func mailFaults(t *testing.T, lines ...string) string {
	t.Helper()
	text := "[notify.email]\n" + strings.Join(lines, "\n") + "\n"
	for _, l := range []string{"host = 'mail.example.org'", "from = 'a@example.org'", "to = ['b@example.org']"} {
		if key, _, _ := strings.Cut(l, " "); !strings.Contains(text, "\n"+key+" ") {
			text += l + "\n"
		}
	}
	return config.FaultLines(write(t, text), env(nil))
}

func TestMailServers(t *testing.T) {
	good := map[string][]string{
		"host": {"mail.example.org", "localhost", "192.0.2.1", "2001:db8::1", "[2001:db8::1]", "fe80::1%eth0", "smtp.bücher.example", "my_relay"},
		"helo": {"", "nas.home.example", "nas", "läufer.example", "[192.0.2.1]", "[IPv6:2001:db8::1]"},
		"from": {"a@example.org", "Läufer <a@bücher.example>", "läufer@example.org"},
	}
	bad := map[string][]string{
		"host": {"mail.example.org:587", "[2001:db8::1]:587", "smtp://mail.example.org", "[mail.example.org]", "a b", "\u0378.example", "me@example.org"},
		"helo": {"nas home", "192.0.2.1]", "[nas]", "[2001:db8::1]", "[IPv6:192.0.2.1]", "a\r\nMAIL", "me@nas"},
		"from": {"nobody", "a@\u0378.example", "a@example.org, b@example.org"},
	}
	for key, values := range good {
		for _, v := range values {
			if got := mailFaults(t, fmt.Sprintf("%s = %q", key, v)); got != "" {
				t.Errorf("%s = %q: %s", key, v, got)
			}
		}
	}
	for key, values := range bad {
		for _, v := range values {
			if got := mailFaults(t, fmt.Sprintf("%s = %q", key, v)); !strings.Contains(got, "notify.email."+key) {
				t.Errorf("%s = %q: %q, want a fault", key, v, got)
			}
		}
	}
}

// Port 465 waits for TLS and says nothing: a mail would wait with it.
func TestPort465WithStartTLS(t *testing.T) {
	for _, lines := range [][]string{{"port = 465"}, {"port = 465", "tls = 'starttls'"}, {"port = 465", "tls = 'none'"}} {
		if got := mailFaults(t, lines...); !strings.Contains(got, `write tls = "implicit"`) {
			t.Errorf("%v: %q", lines, got)
		}
	}
	for _, lines := range [][]string{{"port = 465", "tls = 'implicit'"}, {"port = 587"}, {"port = 587", "tls = 'implicit'"}} {
		if got := mailFaults(t, lines...); got != "" {
			t.Errorf("%v: %q", lines, got)
		}
	}
}

// A password stays on this machine also where that is named by its IPv6 address.
func TestPasswordInTheClear(t *testing.T) {
	for host, warned := range map[string]bool{"::1": false, "[::1]": false, "127.0.0.1": false, "localhost": false, "mail.example.org": true, "2001:db8::1": true} {
		c := config.Config{Notify: config.Notify{Email: config.Email{Host: host, Username: "a", TLS: config.TLSNone}}}
		if got := strings.Contains(strings.Join(c.Warnings(), "\n"), "in the clear"); got != warned {
			t.Errorf("%s: warned %v, want %v", host, got, warned)
		}
	}
}
