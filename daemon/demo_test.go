package daemon

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestTheDemoShowsTheWarning(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := Demo(ctx, t.TempDir(), write, func(Progress) {})
		done <- errors.Join(err, write.Close())
	}()
	var text string
	lines := bufio.NewScanner(read)
	for !strings.Contains(text, "http://") && lines.Scan() {
		text += lines.Text() + "\n"
	}
	for _, want := range []string{`from run 31 on he spares his left foot`, `(?m)^After run 3[1-4]: a WARNING by mail`, `The limp: his left foot .*: 1\.[5-9] points less`, `http://127\.0\.0\.1:[0-9]+\n$`} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("lacks %q in\n%s", want, text)
		}
	}
	if t.Failed() {
		return
	}
	file := regexp.MustCompile(`(?m)^Mail: +(.*)$`).FindStringSubmatch(text)
	mail, err := os.ReadFile(file[1])
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(mail, []byte("left foot")) || bytes.Contains(mail, []byte("X-Gaitkeeper-Kind: reminder")) || !bytes.Contains(mail, []byte("image/png")) {
		t.Errorf("the mail is no warning of the left foot with a chart:\n%.2000s", mail)
	}
	if !bytes.Contains(mail, []byte("/answer/")) {
		t.Error("the mail cannot be answered by a tap")
	}
	// Whoever tries it is answered: a pain in the spared leg is a stop, and a mail.
	address := regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+`).FindString(text)
	readMails(t, address)
	tap, err := http.PostForm(address+"/pain", url.Values{"run": {"latest"}, "site": {"calf left"}, "worst": {"4"}})
	if err != nil {
		t.Fatal(err)
	}
	tap.Body.Close()
	got := ""
	for got == "" && lines.Scan() {
		got = lines.Text()
	}
	if tap.StatusCode != http.StatusOK || got != "A mail has come: Stop running for now: left calf" {
		t.Errorf("status %d, then %q", tap.StatusCode, got)
	}
	go func() { _, _ = io.Copy(io.Discard, read) }()
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Error("the demo does not end")
	}
}

// readMails reads the mails on the page, as a mail program shows them.
func readMails(t *testing.T, address string) {
	t.Helper()
	get := func(path string) string {
		t.Helper()
		answer, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	list := get("/mails")
	link := regexp.MustCompile(`href="(/mails/[^"]+)">[^<]*left foot`).FindStringSubmatch(list)
	if link == nil {
		t.Fatalf("no mail about the left foot in\n%s", list)
	}
	if mail := get(link[1]); !strings.Contains(mail, `src="data:image/png;base64,`) || !strings.Contains(mail, address+"/answer/") {
		t.Errorf("%s shows no chart, or no button:\n%.3000s", link[1], mail)
	}
}

func TestTheDemoTouchesNobodysFiles(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(config, []byte("# mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop() // should it begin all the same, it ends at once
	err := Demo(ctx, dir, io.Discard, func(Progress) {})
	if left, _ := os.ReadDir(dir); err == nil || !strings.Contains(err.Error(), "is not empty") || len(left) != 1 {
		t.Errorf("error %v, %d files", err, len(left))
	}
}

func TestTheDemoMayEndInItsSeason(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	runs := 0
	if err := Demo(ctx, t.TempDir(), io.Discard, func(Progress) { runs++; stop() }); err != nil || runs == 0 || runs > 2 {
		t.Errorf("error %v after %d runs", err, runs)
	}
}
