package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"gaitkeeper/daemon"
	"gaitkeeper/gait"
)

// hashPasswordCmd is `gaitkeeper hash-password`. The password is no argument:
// every user of the machine can read those.
type hashPasswordCmd struct{}

// Run reads a password and prints its hash, and nothing else, to standard
// output.
func (*hashPasswordCmd) Run(p *program) error {
	read := readPiped
	if term.IsTerminal(int(os.Stdin.Fd())) {
		read = p.readTyped
	}
	password, err := read(os.Stdin)
	if err != nil {
		return err
	}
	hash, err := daemon.HashPassword(password)
	if err != nil {
		return err
	}
	p.printf("%s\n", hash)
	return nil
}

// readTyped asks for the password twice on a terminal, without showing it. A
// signal ends the program with the terminal as it was.
func (p *program) readTyped(terminal *os.File) (string, error) {
	fd := int(terminal.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	type answer struct {
		text string
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		first, err := p.ask(fd, "Password for the page: ")
		if err == nil {
			var second string
			if second, err = p.ask(fd, "The same again: "); err == nil && first != second {
				err = gait.Refusef("the two differ; nothing was made")
			}
		}
		typed <- answer{first, err}
	}()
	select {
	case a := <-typed:
		return a.text, a.err
	case <-p.ctx.Done():
		fmt.Fprintln(p.stderr)
		return "", errors.Join(p.ctx.Err(), term.Restore(fd, before))
	}
}

func (p *program) ask(fd int, question string) (string, error) {
	fmt.Fprint(p.stderr, question)
	b, err := term.ReadPassword(fd)
	fmt.Fprintln(p.stderr)
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	return string(b), nil
}

// readPiped reads the first line, as a password manager prints it.
func readPiped(pipe *os.File) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(pipe, 1<<16)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read password: %w", err)
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", gait.Refusef("no password came in: type it on a terminal, or pipe it in from a password manager")
	}
	return line, nil
}
