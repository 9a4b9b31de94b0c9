package notify_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/smtptest"
	"gaitkeeper/notify"
)

// sample is a message with all that a channel can carry.
func sample() alert.Message {
	return alert.Message{
		Key: "escalate:r1:r2:warn:modify:-", Thread: "alert:r1:r1:ask:ask:-", Kind: alert.MessageEscalate,
		Level: gait.LevelWarn, Verdict: finding.VerdictModify, Run: "r2",
		Created: time.Date(2026, 5, 5, 8, 12, 0, 0, time.UTC),
		Title:   "Change your training: linke Achillessehne – größer", Short: "Your left foot … did anything hurt?",
		Text: "Your left foot was on the ground 12 ms less than is usual for you.\n",
		HTML: `<p>Your left foot</p><img src="cid:season">`,
		Pictures: []alert.Picture{{
			ID: "season", MIME: "image/png", Alt: "The season", Data: []byte("\x89PNG\r\n\x1a\n picture"),
		}},
		Click:   "https://gait.example/runs/r2",
		Actions: []alert.Action{{Label: "No pain", URL: "https://gait.example/answer/a", Post: true}, {Label: "b", URL: "https://b", Post: true}, {Label: "c", URL: "https://c"}, {Label: "d", URL: "https://d"}},
	}
}

func newEmail(t *testing.T, c notify.EmailConfig) *notify.Email {
	t.Helper()
	e, err := notify.NewEmail(c)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Each protection brings the mail, with a password full of odd characters.
func TestEmailArrives(t *testing.T) {
	for _, mode := range []notify.TLS{notify.StartTLS, notify.ImplicitTLS, notify.NoTLS} {
		t.Run(string(mode), func(t *testing.T) {
			server := serveMail(t, mode)
			e := newEmail(t, server.config(mode))
			if _, err := e.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := len(server.received()); n != 0 || server.logins != 1 {
				t.Errorf("the check sent %d mails and logged in %d times, want 0 and 1", n, server.logins)
			}
			if err := e.Send(t.Context(), sample()); err != nil {
				t.Fatal(err)
			}
			if n := len(server.received()); n != 1 {
				t.Fatalf("%d mails arrived, want 1", n)
			}
			checkMail(t, server.received()[0])
		})
	}
}

// checkMail compares a mail with the sample, as a mail program would read it.
func checkMail(t *testing.T, raw string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{"Subject": subject}
	for _, h := range []string{"Date", "List-Id", "Auto-Submitted", "X-Gaitkeeper-Kind"} {
		got[h] = m.Header.Get(h)
	}
	want := map[string]string{
		"Subject": sample().Title, "Date": "Tue, 05 May 2026 08:12:00 +0000", "List-Id": "gaitkeeper <gaitkeeper.home.example>",
		"Auto-Submitted": "auto-generated", "X-Gaitkeeper-Kind": "escalate",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("headers -want +got:\n%s", d)
	}
	if id := m.Header.Get("Message-Id"); !strings.HasSuffix(id, "@home.example>") {
		t.Errorf("Message-ID %q does not end with the sender's host", id)
	}
	parts := map[string]string{}
	readParts(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), "", m.Body, parts)
	wantParts := map[string]string{
		"text/plain": sample().Text, "text/html": sample().HTML, "image/png <season>": string(sample().Pictures[0].Data),
	}
	if d := cmp.Diff(wantParts, parts); d != "" {
		t.Errorf("parts -want +got:\n%s", d)
	}
}

func readParts(t *testing.T, contentType, encoding, id string, body io.Reader, into map[string]string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		switch encoding {
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, body)
		}
		b, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		into[strings.TrimSpace(kind+" "+id)] = strings.ReplaceAll(string(b), "\r\n", newline(kind))
		return
	}
	r := multipart.NewReader(body, params["boundary"])
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		readParts(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.Header.Get("Content-Id"), p, into)
	}
}

// newline is what ends a line in a part: text travels with CRLF.
func newline(kind string) string {
	if strings.HasPrefix(kind, "text/") {
		return "\n"
	}
	return "\r\n"
}

func messageID(t *testing.T, raw string) (id, references string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header.Get("Message-Id"), m.Header.Get("References")
}

// The server refuses, breaks off before its word, and takes it at last: the
// same Message-ID every time.
func TestEmailKeepsItsIdentityOverAttempts(t *testing.T) {
	server := serveMail(t, notify.StartTLS)
	server.failures = []error{&smtp.SMTPError{Code: 451, Message: "Greylisted, come back"}}
	server.dropBefore = true
	e := newEmail(t, server.config(notify.StartTLS))
	if err := e.Send(t.Context(), sample()); err == nil || !strings.Contains(err.Error(), "at present") {
		t.Errorf("refused for the moment: %v", err)
	}
	if err := e.Send(t.Context(), sample()); err == nil || !strings.Contains(err.Error(), "broke the connection off") {
		t.Errorf("broken off: %v", err)
	}
	if err := newEmail(t, server.config(notify.StartTLS)).Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	mails := server.received()
	if len(mails) != 2 {
		t.Fatalf("%d mails, want 2", len(mails))
	}
	first, _ := messageID(t, mails[0])
	second, _ := messageID(t, mails[1])
	if first != second || first == "" {
		t.Errorf("Message-ID %q, then %q", first, second)
	}
}

// Once the server has said that it took the mail, a broken line is no failure.
func TestEmailTakenBeforeTheLineBreaks(t *testing.T) {
	server := serveMail(t, notify.StartTLS)
	server.dropAfter = true
	if err := newEmail(t, server.config(notify.StartTLS)).Send(t.Context(), sample()); err != nil {
		t.Errorf("the server took the mail, yet: %v", err)
	}
}

func TestEmailsOfOneTroubleHangTogether(t *testing.T) {
	server := serveMail(t, notify.NoTLS)
	e := newEmail(t, server.config(notify.NoTLS))
	first, second := sample(), sample()
	first.Key, first.Thread = second.Thread, ""
	for _, m := range []alert.Message{first, second} {
		if err := e.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	root, none := messageID(t, server.received()[0])
	id, references := messageID(t, server.received()[1])
	if none != "" || references != root || id == root {
		t.Errorf("root %q refers to %q; %q refers to %q", root, none, id, references)
	}
}

// Two runners of one household have mails of their own.
func TestEmailsOfTwoRunnersDiffer(t *testing.T) {
	ids := map[string]bool{}
	for _, runner := range []string{"Ada", "Bob"} {
		var b bytes.Buffer
		c := notify.EmailConfig{From: "g@home.example", To: []string{"a@home.example"}, Runner: runner}
		if err := notify.WriteEML(&b, c, sample()); err != nil {
			t.Fatal(err)
		}
		id, _ := messageID(t, b.String())
		ids[id] = true
	}
	if len(ids) != 2 {
		t.Errorf("Message-IDs %v, want two", ids)
	}
}

func TestWriteEML(t *testing.T) {
	var b bytes.Buffer
	c := notify.EmailConfig{From: "gaitkeeper <gait@home.example>", To: []string{"ada@example.org"}}
	if err := notify.WriteEML(&b, c, sample()); err != nil {
		t.Fatal(err)
	}
	checkMail(t, b.String())
}

// Every failure says what to do, and none tells the password.
func TestEmailFailures(t *testing.T) {
	starttls, open := serveMail(t, notify.StartTLS), serveMail(t, notify.NoTLS)
	tests := map[string]struct {
		config func() notify.EmailConfig
		want   string
	}{
		"wrong password": {func() notify.EmailConfig {
			c := starttls.config(notify.StartTLS)
			c.Password = always("secret-and-wrong")
			return c
		}, "password_file"},
		"no log-in": {func() notify.EmailConfig {
			c := starttls.config(notify.StartTLS)
			c.Username, c.Password = "", nil
			return c
		}, "wants a log-in"},
		"no STARTTLS":    {func() notify.EmailConfig { return open.config(notify.StartTLS) }, "offers no STARTTLS"},
		"no TLS at once": {func() notify.EmailConfig { return open.config(notify.ImplicitTLS) }, `use tls = "starttls"`},
		"unknown authority": {func() notify.EmailConfig {
			c := starttls.config(notify.StartTLS)
			c.Roots = nil
			return c
		}, "then restart gaitkeeper"},
		"nobody there": {func() notify.EmailConfig {
			c := starttls.config(notify.StartTLS)
			c.Port = deadPort(t)
			return c
		}, "refused the connection"},
		"no such receiver": {func() notify.EmailConfig {
			c := starttls.config(notify.StartTLS)
			c.To = []string{"nobody@example.org"}
			return c
		}, "check the address in to"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := tt.config()
			err := newEmail(t, c).Send(t.Context(), sample())
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v, want it to say %q", err, tt.want)
			}
			if strings.Contains(err.Error(), "secret-and-wrong") {
				t.Errorf("the password stands in %q", err)
			}
		})
	}
}

func deadPort(t *testing.T) int {
	t.Helper()
	s, err := smtptest.New()
	if err != nil {
		t.Fatal(err)
	}
	s.Down()
	t.Cleanup(s.Down) // until then nobody else is given the port
	_, number, _ := strings.Cut(s.Addr, ":")
	port, err := strconv.Atoi(number)
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// A server that takes the call and says nothing holds nobody up.
func TestEmailSilentServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	host, port := split(t, l.Addr())
	e := newEmail(t, notify.EmailConfig{
		Host: host, Port: port, TLS: notify.StartTLS, From: "g@home.example", To: []string{"a@home.example"},
	})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := e.Check(ctx); err == nil || !strings.Contains(err.Error(), "did not answer in time") {
		t.Errorf("error %v", err)
	}
	stopping, stop := context.WithCancel(t.Context())
	go func() {
		for { // greet, hear the first word, and say nothing more
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
			_, _ = io.WriteString(conn, "220 mail.example\r\n")
			if n, _ := conn.Read(make([]byte, 100)); n > 0 {
				stop()
			}
		}
	}()
	began := time.Now()
	if _, err := e.Check(stopping); err == nil || !strings.Contains(err.Error(), "stopping") {
		t.Errorf("error %v", err)
	}
	if took := time.Since(began); took > 25*time.Second { // 30 is how long one attempt may take
		t.Errorf("stopping took %v", took)
	}
}

func TestFaultyAddresses(t *testing.T) {
	for _, c := range []notify.EmailConfig{
		{From: "nobody", To: []string{"a@b.example"}},
		{From: "a@b.example", To: []string{"two words"}},
		{From: "a@b.example"},
	} {
		if _, err := notify.NewEmail(c); err == nil {
			t.Errorf("%+v was taken", c)
		}
	}
}
