package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"

	"github.com/alecthomas/kong"
)

// results is where a command's results go. It remembers the first that could not
// be written, so that no command ends well whose results a full disk has lost. (A
// reader that went away ends the program through the broken pipe.)
type results struct {
	to  io.Writer
	err error
}

func (r *results) Write(b []byte) (int, error) {
	n, err := r.to.Write(b)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("write the result: %w", err)
	}
	return n, err
}

// meant is the command that a mistake on the command line was about.
func meant(mistake error) string {
	var wrong *kong.ParseError
	if errors.As(mistake, &wrong) && wrong.Context.Selected() != nil {
		return wrong.Context.Selected().FullPath()
	}
	return "gaitkeeper"
}

// plain says a mistake on the command line in a runner's words where the parser
// speaks of its own.
func plain(mistake error) string {
	words := mistake.Error()
	for _, p := range []struct{ theirs, ours string }{
		{`expected a valid \d+ bit u?int but got ("[^"]*")`, `$1 is no whole number`},
		{`expected int value but got ("-[^"]*") \(.*`, `$1 is below 0, or the number is missing`},
		{`expected (?:int|string) value but got "EOL".*`, `its value is missing`},
		{`^expected "(<[^"]*)"$`, `$1 is missing`},
	} {
		words = regexp.MustCompile(p.theirs).ReplaceAllString(words, p.ours)
	}
	return words
}
