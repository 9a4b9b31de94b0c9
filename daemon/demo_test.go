package daemon

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
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
	for lines := bufio.NewScanner(read); !strings.Contains(text, "http://") && lines.Scan(); {
		text += lines.Text() + "\n"
	}
	for _, want := range []string{`from run 31 on the left foot is spared`, `(?m)^After run 3[1-4]: a WARNING by mail`, `The limp: your left foot`, `http://127\.0\.0\.1:[0-9]+\n$`} {
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
