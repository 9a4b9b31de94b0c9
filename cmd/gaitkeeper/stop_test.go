package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestASignalInTheMiddleIsToldInPlainWords(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	state := t.TempDir()
	env := func(name string) string {
		if name == "XDG_STATE_HOME" || name == "HOME" {
			return state
		}
		return ""
	}
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"import", t.TempDir()}, env, &stdout, &stderr)
	if code != exitFailed || !strings.Contains(stderr.String(), "stopped before the end; what was done is saved") ||
		strings.Contains(stderr.String(), "context") {
		t.Errorf("exit %d, %q", code, stderr.String())
	}
}

// A server that never answers holds nothing up for longer than a service manager
// waits: not the sync that asks it, and not an import that waits for that sync.
func TestSIGTERMEndsWhatWaitsForAServer(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{})
	var once sync.Once
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		once.Do(func() { close(asked) })
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	p := newProcess(t, t.TempDir(), "hanging")
	file, key := filepath.Join(p.state, "g.toml"), filepath.Join(p.state, "key")
	cfg := fmt.Sprintf("[sources.intervals]\nenabled = true\napi_key_file = %q\nbase_url = %q\n", key, server.URL)
	if err := errors.Join(os.WriteFile(key, []byte("key\n"), 0o600), os.WriteFile(file, []byte(cfg), 0o600)); err != nil {
		t.Fatal(err)
	}
	start := func(args ...string) (end func()) {
		t.Helper()
		c := p.command(append([]string{"--config", file}, args...)...)
		var said bytes.Buffer
		c.Stderr = &said
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		opened(t, c.Process.Pid, "gaitkeeper.db")
		return func() {
			t.Helper()
			if err := c.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatalf("%s ended before: %v, %s", args[0], err, said.String())
			}
			select {
			case <-ended:
				if !strings.Contains(said.String(), "stopped before the end") {
					t.Errorf("%s: %q", args[0], said.String())
				}
			case <-time.After(10 * time.Second):
				_ = c.Process.Kill()
				t.Errorf("%s went on", args[0])
			}
		}
	}
	endSync := start("sync")
	select {
	case <-asked:
	case <-time.After(time.Minute):
		t.Fatal("the server was never asked")
	}
	endImport := start("import", p.state) // which waits for its turn
	endImport()
	endSync()
}

// opened waits until a process has opened a file of that name.
func opened(t *testing.T, pid int, name string) {
	t.Helper()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for end := time.After(time.Minute); ; {
		open, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
		if err != nil {
			t.Fatal(err)
		}
		for _, fd := range open {
			if to, err := os.Readlink(fd); err == nil && filepath.Base(to) == name {
				return
			}
		}
		select {
		case <-look.C:
		case <-end:
			t.Fatalf("%s was never opened", name)
		}
	}
}
