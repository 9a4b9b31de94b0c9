package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"gaitkeeper/config"
)

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
	if m := regexp.MustCompile(`^(\S+) must be one of (.*) but got "([^"]*)"$`).FindStringSubmatch(words); m != nil {
		known := strings.Split(strings.ReplaceAll(m[2], `"`, ""), ",")
		words = fmt.Sprintf("%s: %q is none of %s", strings.Trim(m[1], "<>"), m[3], strings.Join(known, ", "))
		return didYouMean(errors.New(words), m[3], known).Error()
	}
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

// didYouMean adds to a mistake what was probably meant by a word.
func didYouMean[S ~string](mistake error, word string, known []S) error {
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	if best := config.Nearest(strings.ToLower(word), names); best != "" {
		return fmt.Errorf("%w; did you mean %s?", mistake, best)
	}
	return mistake
}

// withRemedy adds what to do to a line that ends in the system's own words.
func withRemedy(line string) string {
	for _, r := range []struct {
		is     syscall.Errno
		remedy string
	}{
		{syscall.ENOENT, "check the path, and that the disk or share it is on is there"},
		{syscall.EACCES, "let this user in, or run it as the user it belongs to"},
		{syscall.EPERM, "let this user in, or run it as the user it belongs to"},
		{syscall.ENOSPC, "free some space; what was saved before is whole"},
		{syscall.EROFS, "name a place that can be written to"},
		{syscall.EISDIR, "name a file, not a folder"},
		{syscall.ENOTDIR, "a part of the path is a file, not a folder"},
		{syscall.ECONNREFUSED, "check the address, and that the server runs"},
	} {
		if strings.HasSuffix(line, r.is.Error()) {
			return line + ": " + r.remedy
		}
	}
	return line
}
