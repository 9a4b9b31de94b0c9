package notify_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
)

// Two processes, one message: it is sent once.
func TestOneProcessDeliversAtATime(t *testing.T) {
	o, c := &outbox{}, &clock{monday()}
	o.post("email", "alert:1")
	sending, release := make(chan struct{}), make(chan struct{})
	slow := &pipe{name: "email", send: func(context.Context) error {
		close(sending)
		<-release
		return nil
	}}
	quick := &pipe{name: "email"}
	first, second := newWorker(t, o, c, slow), newWorker(t, o, c, quick)
	second.LockDir = first.LockDir
	var both sync.WaitGroup
	both.Go(func() { deliver(t, first, false) })
	<-sending
	if got := deliver(t, second, false); len(got) != 0 {
		t.Errorf("the other process delivered %+v", got)
	}
	both.Go(func() { deliver(t, second, true) }) // waits its turn, and finds nothing
	close(release)
	both.Wait()
	slow.got(t, "alert:1")
	quick.got(t)
}

// A process that is killed in the middle of sending leaves no lock behind.
func TestLockOfAKilledProcess(t *testing.T) {
	const where = "GAITKEEPER_TEST_LOCKDIR"
	o, c := &outbox{}, &clock{monday()}
	o.post("email", "alert:1")
	if dir := os.Getenv(where); dir != "" { // this is the process to be killed
		w := newWorker(t, o, c, &pipe{name: "email", send: func(context.Context) error {
			fmt.Println("sending")
			select {}
		}})
		w.LockDir = dir
		deliver(t, w, false)
		return
	}
	p := &pipe{name: "email"}
	w := newWorker(t, o, c, p)
	victim := exec.Command(os.Args[0], "-test.run=^TestLockOfAKilledProcess$")
	victim.Env = append(os.Environ(), where+"="+w.LockDir, "TMPDIR="+t.TempDir()) // it will not tidy up
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = victim.Process.Kill() }()
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "sending\n" {
		t.Fatalf("the other process said %q (%v)", line, err)
	}
	deliver(t, w, false)
	p.got(t) // the other one has the lock
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait()
	deliver(t, w, false)
	p.got(t, "alert:1")
}
