package notify_test

import (
	"encoding/base64"
	"strings"
	"sync"
	"testing"

	"gaitkeeper/notify"
)

// TestEmailAtOddServers: servers that know little, line by line.
func TestEmailAtOddServers(t *testing.T) {
	encoded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	tests := map[string]struct {
		offers  []string
		heard   string // a line that the server hears
		refusal string
	}{
		"LOGIN alone":           {[]string{"8BITMIME", "AUTH LOGIN"}, encoded(password), ""},
		"log-in over TLS alone": {[]string{"8BITMIME", "STARTTLS"}, "", `takes a log-in over TLS only: set tls = "starttls"`},
		"no way to log in":      {[]string{"AUTH GSSAPI"}, "", "takes no user name with a password"},
		"no log-in at all":      {[]string{"8BITMIME"}, "", "takes no log-in here: leave username empty"},
		"no 8BITMIME":           {[]string{"AUTH PLAIN"}, "MAIL FROM:<gait@home.example>", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var mu sync.Mutex
			var heard []string
			data := false
			host, port := parrot(t, "220 odd\r\n", func(line string) string {
				mu.Lock()
				defer mu.Unlock()
				heard = append(heard, line)
				switch {
				case data && line != ".":
					return ""
				case data:
					data = false
					return "250 taken\r\n"
				case strings.HasPrefix(line, "EHLO"):
					return "250-odd\r\n250-" + strings.Join(tt.offers, "\r\n250-") + "\r\n250 HELP\r\n"
				case line == "AUTH LOGIN":
					return "334 " + encoded("Username:") + "\r\n"
				case line == encoded(user):
					return "334 " + encoded("Password:") + "\r\n"
				case line == encoded(password), strings.HasPrefix(line, "AUTH PLAIN"):
					return "235 welcome\r\n"
				case line == "DATA":
					data = true
					return "354 go on\r\n"
				default:
					return "250 well\r\n"
				}
			})
			m := sample()
			m.Title, m.Text = "Läufer 走る", "Åsa läuft 走る"
			err := newEmail(t, notify.EmailConfig{
				Host: host, Port: port, TLS: notify.NoTLS, Username: user, Password: always(password), From: "gait@home.example", To: []string{ada},
			}).Send(t.Context(), m)
			says(t, err, tt.refusal)
			mu.Lock()
			defer mu.Unlock()
			talk := strings.Join(heard, "\n")
			if tt.heard != "" && !strings.Contains("\n"+talk+"\n", "\n"+tt.heard+"\n") {
				t.Errorf("%q was not heard in\n%s", tt.heard, talk)
			}
			if strings.ContainsFunc(talk, func(r rune) bool { return r > '~' }) {
				t.Errorf("more than seven bits in\n%s", talk)
			}
			if tt.refusal != "" && strings.Contains(talk, encoded(password)) {
				t.Error("the password went to a server that did not ask for it")
			}
		})
	}
}
