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
	"gaitkeeper/words"
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

// errNoAnswer is the end of the answers, or a signal, before the end of the questions.
var errNoAnswer = errors.New("stopped before the last question; nothing was written")

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

func (q *prompt) read() (string, error) {
	text, err := q.await(func() (string, error) { return q.in.ReadString('\n') })
	if q.fd < 0 {
		q.program.printf("\n") // a terminal has shown the end of the line
	}
	if errors.Is(err, io.EOF) {
		err = errNoAnswer
		if text != "" {
			err = nil
		}
	}
	return strings.TrimSpace(text), err
}

// await returns what comes in, unless the program is told to end before.
func (q *prompt) await(read func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		text, err := read()
		typed <- answer{text, err}
	}()
	select {
	case a := <-typed:
		return a.text, a.err
	case <-q.program.ctx.Done():
		return "", errNoAnswer
	}
}

// secret asks for a line that is not shown. A signal ends the program with the
// terminal as it was.
func (q *prompt) secret(question string) (answer string) {
	if q.fd < 0 || q.err != nil {
		return q.line(question, "")
	}
	before, err := term.GetState(q.fd)
	if err != nil {
		q.err = fmt.Errorf("read password: %w", err)
		return ""
	}
	fmt.Fprintf(q.program.stderr, "%s: ", question)
	answer, q.err = q.await(func() (string, error) {
		b, err := term.ReadPassword(q.fd)
		return string(b), err
	})
	fmt.Fprintln(q.program.stderr)
	if q.err != nil {
		q.err = errors.Join(q.err, term.Restore(q.fd, before))
	}
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
		q.program.printf("  %s\n", words.YesOrNo)
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
		q.program.printf("  %s\n", words.OneOf(len(options)))
	}
	return preset
}

// hashPasswordCmd is `gaitkeeper hash-password`. The password is no argument:
// every user of the machine can read those.
type hashPasswordCmd struct{}

// Run reads a password and prints its hash, and nothing else, to standard
// output.
func (*hashPasswordCmd) Run(p *program) error {
	password, err := readPassword(newPrompt(p))
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

// readPassword asks for the password twice on a terminal.
func readPassword(q *prompt) (string, error) {
	if q.fd < 0 {
		return readPiped(os.Stdin)
	}
	password := q.secret("Password for the page")
	if again := q.secret("The same again"); q.err == nil && again != password {
		return "", gait.Refusef("the two differ; nothing was made")
	}
	return password, q.err
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
