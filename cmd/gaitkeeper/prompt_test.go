package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// A signal at a password ends the questions at once, and what is typed shows again.
func TestASignalAtAPasswordLeavesTheTerminalAsItWas(t *testing.T) {
	slave := newTerminalOfTheKernel(t)
	ctx, stop := context.WithCancel(t.Context())
	q := &prompt{program: &program{ctx: ctx, stdout: io.Discard, stderr: io.Discard}, fd: int(slave.Fd())}
	done := make(chan struct{})
	go func() {
		defer close(done)
		q.secret("Password")
	}()
	for shows(t, slave) {
		runtime.Gosched()
	}
	stop()
	<-done
	if !errors.Is(q.err, errNoAnswer) || !shows(t, slave) {
		t.Errorf("%v; what is typed shows: %v", q.err, shows(t, slave))
	}
}

// shows tells whether a terminal shows what is typed.
func shows(t *testing.T, terminal *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// newTerminalOfTheKernel returns a terminal at which nobody types.
func newTerminalOfTheKernel(t *testing.T) *os.File {
	t.Helper()
	open := func(name string) *os.File {
		f, err := os.OpenFile(name, os.O_RDWR|unix.O_NOCTTY, 0)
		if err != nil {
			t.Skip("no terminal to be had: ", err)
		}
		t.Cleanup(func() { _ = f.Close() })
		return f
	}
	master := open("/dev/ptmx")
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err = errors.Join(err, unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0)); err != nil {
		t.Fatal(err)
	}
	return open(fmt.Sprintf("/dev/pts/%d", number))
}
