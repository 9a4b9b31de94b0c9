package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"gaitkeeper/daemon"
	"gaitkeeper/gait"
)

// prompt asks on the terminal, or reads the answers from a pipe, one a line.
type prompt struct {
	program *program
	in      *bufio.Reader
	// fd is the terminal's; -1 where there is none.
	fd int
	// err ended the answers: nothing is asked any more.
	err error
}

func newPrompt(p *program) *prompt {
	fd := -1
	if n := int(os.Stdin.Fd()); term.IsTerminal(n) {
		fd = n
	}
	return &prompt{program: p, in: bufio.NewReader(os.Stdin), fd: fd}
}

// errNoAnswer is the end of the answers before that of the questions.
var errNoAnswer = errors.New("the input ended before the last question; nothing was written")

// line asks for a line; an empty one is the preset.
func (q *prompt) line(question, preset string) string {
	if q.err != nil {
		return preset
	}
	if preset != "" {
		question += " [" + preset + "]"
	}
	q.program.printf("%s: ", question)
	var answer string
	answer, q.err = q.read()
	return cmp.Or(answer, preset)
}

// read reads a line, unless the program is told to end before it comes.
func (q *prompt) read() (string, error) {
	type answer struct {
		text string
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		text, err := q.in.ReadString('\n')
		if errors.Is(err, io.EOF) {
			err = errNoAnswer
			if text != "" {
				err = nil
			}
		}
		typed <- answer{strings.TrimSpace(text), err}
	}()
	select {
	case a := <-typed:
		if q.fd < 0 {
			q.program.printf("\n") // a terminal has shown the end of the line
		}
		return a.text, a.err
	case <-q.program.ctx.Done():
		return "", q.program.ctx.Err()
	}
}

// secret asks for a line that is not shown.
func (q *prompt) secret(question string) (answer string) {
	if q.fd < 0 || q.err != nil {
		return q.line(question, "")
	}
	answer, q.err = q.program.ask(q.fd, question+": ")
	return answer
}

func (q *prompt) yes(question string, preset bool) bool {
	keys := "y/N"
	if preset {
		keys = "Y/n"
	}
	for q.err == nil {
		switch strings.ToLower(q.line(question+" ["+keys+"]", "")) {
		case "":
			return preset && q.err == nil
		case "y", "yes":
			return true
		case "n", "no":
			return false
		}
		q.program.printf("  Say y or n.\n")
	}
	return false
}

// choice asks for one of several, by its number from 1 on.
func (q *prompt) choice(question string, preset int, options ...string) int {
	q.program.printf("%s\n", question)
	for i, o := range options {
		q.program.printf("  %d  %s\n", i+1, o)
	}
	for q.err == nil {
		if n, err := strconv.Atoi(q.line("Number", strconv.Itoa(preset))); err == nil && n >= 1 && n <= len(options) {
			return n
		}
		q.program.printf("  Say 1 to %d.\n", len(options))
	}
	return preset
}

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
