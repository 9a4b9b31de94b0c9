package notify_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/notify"
)

// parrot answers each line it hears with a line of its own, made by say.
func parrot(t *testing.T, hello string, say func(line string) string) (host string, port int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				fmt.Fprint(conn, hello)
				for lines := bufio.NewScanner(conn); lines.Scan(); {
					fmt.Fprint(conn, say(lines.Text()))
				}
			}()
		}
	}()
	return split(t, l.Addr())
}

// A mail server that says back every word it heard gets no password into the
// errors, which end in the log, the database and the page.
func TestEmailKeepsItsSecretFromAParrot(t *testing.T) {
	for name, answer := range map[string]string{"a reply": "535 5.7.8 no: %s\r\n", "no reply at all": "?? %s\r\n", "a line break": "535-no\r\n535 %s\r\n"} {
		heard := ""
		host, port := parrot(t, "220 parrot\r\n", func(line string) string {
			switch {
			case strings.HasPrefix(line, "EHLO"):
				return "250-parrot\r\n250 AUTH PLAIN LOGIN\r\n"
			case strings.HasPrefix(line, "AUTH"):
				heard = line
				return fmt.Sprintf(answer, line+" "+password)
			default:
				return fmt.Sprintf(answer, line)
			}
		})
		c := notify.EmailConfig{
			Host: host, Port: port, TLS: notify.NoTLS, Username: user, Password: always(password), From: user, To: []string{user},
		}
		_, err := newEmail(t, c).Check(context.Background())
		if err == nil || !strings.HasPrefix(heard, "AUTH PLAIN") {
			t.Fatalf("%s: heard %q, error %v", name, heard, err)
		}
		keeps(t, name, err, password, base64.StdEncoding.EncodeToString([]byte("\x00"+user+"\x00"+password)))
	}
}

func TestPushKeepsItsSecretFromAParrot(t *testing.T) {
	for name, answer := range map[string]string{"a status": "HTTP/1.1 403 %s\r\nContent-Length: 0\r\n\r\n", "no status": "HTTP/1.1 %s\r\n\r\n", "no HTTP": "%s\r\n\r\n"} {
		host, port := parrot(t, "", func(line string) string {
			if !strings.HasPrefix(line, "Authorization") && !strings.HasPrefix(line, "POST /hidden") {
				return ""
			}
			return fmt.Sprintf(answer, line)
		})
		address := fmt.Sprintf("http://%s:%d", host, port)
		ntfy, err := notify.NewNtfy(notify.NtfyConfig{Server: address, Topic: "topic", Token: always("tk_hidden")})
		if err != nil {
			t.Fatal(err)
		}
		hook, err := notify.NewWebhook(notify.WebhookConfig{URL: address + "/hidden-path", Secret: always("signs")})
		if err != nil {
			t.Fatal(err)
		}
		service := notify.NewShoutrrr(notify.ShoutrrrConfig{URL: always(fmt.Sprintf("generic://%s:%d/hidden-path?token=hidden&disabletls=yes", host, port))})
		for _, c := range []notify.Channel{ntfy, hook, service} {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			err := c.Send(ctx, alert.Message{Key: "k", Title: "t"})
			if err == nil {
				t.Fatalf("%s: %s says nothing", name, c.Name())
			}
			keeps(t, name+" to "+c.Name(), err, "tk_hidden", "hidden-path", "token=hidden")
		}
	}
}

// keeps wants none of the secrets in an error, and one line.
func keeps(t *testing.T, name string, err error, secrets ...string) {
	t.Helper()
	for _, s := range secrets {
		if strings.Contains(err.Error(), s) {
			t.Errorf("%s: %q stands in %q", name, s, err)
		}
	}
	if strings.ContainsAny(err.Error(), "\r\n") {
		t.Errorf("%s: more than a line: %q", name, err)
	}
}
