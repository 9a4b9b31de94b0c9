package main

import (
	"bufio"
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// Nothing that a service manager sends ends the daemon but what is to end it. A
// hang-up reads the config again, once more after a faulty one was refused.
func TestTheDaemonOutlivesSignals(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir(), "daemon")
	file := filepath.Join(p.state, "g.toml")
	configure := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte("[web]\nlisten = \"127.0.0.1:0\"\n"+text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	configure("")
	c := p.command("--config", file, "serve")
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	log := bufio.NewScanner(stderr)
	await := func(words string) {
		t.Helper()
		for log.Scan() {
			if strings.Contains(log.Text(), words) {
				return
			}
		}
		t.Fatalf("the log ended before %q", words)
	}
	send := func(signals ...syscall.Signal) {
		t.Helper()
		for _, s := range signals {
			if err := c.Process.Signal(s); err != nil {
				t.Fatalf("%v: %v", s, err)
			}
		}
	}
	await("serving")
	send(syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM, syscall.SIGPIPE)
	configure("[schedule]\nsync = \"never\"\n[runner]\nunits = \"leagues\"\n")
	send(syscall.SIGHUP)
	await("runner.units")
	configure("[runner]\nunits = \"miles\"\n")
	send(syscall.SIGHUP)
	await("config reloaded")
	send(syscall.SIGTERM, syscall.SIGTERM)
	await("stopped")
	if err := c.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// The daemon outlives a SIGHUP before it has come to listen for it; any other
// command ends when its terminal goes.
func TestAStartingDaemonOutlivesAHangUp(t *testing.T) {
	if signal.Ignored(syscall.SIGHUP) {
		t.Skip("started with hang-ups ignored, as nohup does")
	}
	defer signal.Reset(syscall.SIGHUP)
	for _, c := range []struct {
		args []string
		want bool
	}{
		{[]string{"import", "runs"}, false},
		{[]string{"--config", "g.toml", "serve"}, true},
	} {
		if bearHangUps(c.args); signal.Ignored(syscall.SIGHUP) != c.want {
			t.Errorf("%v: ignored %v", c.args, !c.want)
		}
	}
}

// The daemon works on when whoever read its log is gone.
func TestTheDaemonOutlivesItsLog(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir(), "daemon")
	file := filepath.Join(p.state, "g.toml")
	if err := os.WriteFile(file, []byte("[web]\nlisten = \"127.0.0.1:0\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := p.command("--config", file, "serve")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = w
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	log := bufio.NewScanner(r)
	for log.Scan() && !strings.Contains(log.Text(), "serving") {
		continue
	}
	_ = r.Close()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil { // its last words reach nobody
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

func TestWhatHangsIsCutOffAfterASignal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		begin := time.Now()
		var ended time.Duration
		endWithin(ctx, endAfter, func() { ended = time.Since(begin) })
		time.Sleep(time.Hour)
		synctest.Wait()
		if ended != 0 {
			t.Fatal("it was cut off while nobody wanted it to end")
		}
		begin = time.Now()
		stop()
		time.Sleep(time.Hour)
		synctest.Wait()
		if ended == 0 || ended >= 10*time.Second {
			t.Errorf("cut off after %v", ended)
		}
	})
}
