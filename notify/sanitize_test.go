package notify_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"unicode"

	"gaitkeeper/alert"
	"gaitkeeper/notify"
)

// What a title may hold that clears a terminal, adds a header or turns letters
// around.
const steering = "run\x1b[2J\x07\u009b31m\u202efit.exe\u2066\r\nBcc: thief@example.org\r\n\r\nbody"

// TestNothingSteersAMessage: whatever a channel sends, in all its parts.
func TestNothingSteersAMessage(t *testing.T) {
	m := sample()
	m.Title, m.Short, m.Text, m.HTML = "Title "+steering, "Short "+steering, "Text "+steering, "<p>Text "+steering+"</p>"
	m.Actions = []alert.Action{{Label: "Label " + steering, URL: "https://home.example/answer/x"}}

	web := serveWeb(t)
	sent := map[string][]string{"email": mailParts(t, m)}
	for name, c := range map[string]notify.Channel{
		"ntfy": newNtfy(t, web.URL), "webhook": newWebhook(t, web.URL), "shoutrrr": newShoutrrr(t, web.URL),
	} {
		if err := c.Send(t.Context(), m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		body := web.requests[len(web.requests)-1].body
		var values map[string]any
		if err := json.Unmarshal([]byte(body), &values); err != nil {
			sent[name] = append(sent[name], body) // plain text
		}
		for key, v := range values {
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			if s, ok := v.(string); ok {
				sent[name] = append(sent[name], s)
			} else {
				sent[name] = append(sent[name], strings.NewReplacer(`\u001b`, "\x1b", `\u0007`, "\x07", `\r`, "\r").Replace(string(text)))
			}
			if key == "title" && strings.ContainsAny(values[key].(string), "\r\n") {
				t.Errorf("%s: a title of several lines", name)
			}
		}
	}
	for name, texts := range sent {
		if !strings.Contains(strings.Join(texts, ""), "fit.exe") {
			t.Errorf("%s: the title is not there: %q", name, texts)
		}
		for _, text := range texts {
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.C, r) && r != '\n' && r != '\t' }) {
				t.Errorf("%s: %q", name, text)
			}
		}
	}
}

// mailParts returns the headers and the decoded parts of a mail.
func mailParts(t *testing.T, m alert.Message) (texts []string) {
	t.Helper()
	var raw bytes.Buffer
	if err := notify.WriteEML(&raw, notify.EmailConfig{
		Host: "127.0.0.1", Port: 25, TLS: notify.NoTLS, From: "gait@home.example", To: []string{"ada@example.org"},
	}, m); err != nil {
		t.Fatal(err)
	}
	msg, err := mail.ReadMessage(&raw)
	if err != nil {
		t.Fatal(err)
	}
	if msg.Header.Get("Bcc") != "" {
		t.Error("the title added a header")
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || strings.ContainsAny(subject, "\r\n") {
		t.Errorf("subject %q, %v", subject, err)
	}
	texts = append(texts, subject)
	var read func(kind string, r io.Reader)
	read = func(kind string, r io.Reader) {
		kind, params, err := mime.ParseMediaType(kind)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(kind, "multipart/") {
			return
		}
		for parts := multipart.NewReader(r, params["boundary"]); ; {
			p, err := parts.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if kind := p.Header.Get("Content-Type"); strings.HasPrefix(kind, "text/") {
				text, err := io.ReadAll(quotedprintable.NewReader(p))
				if err != nil {
					t.Fatal(err)
				}
				texts = append(texts, strings.ReplaceAll(string(text), "\r\n", "\n"))
			} else {
				read(kind, p)
			}
		}
	}
	read(msg.Header.Get("Content-Type"), msg.Body)
	if len(texts) != 3 {
		t.Errorf("%d parts", len(texts))
	}
	return texts
}
