package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// A name of a file may hold what clears a terminal, sets its title, or turns the
// direction of its letters.
func TestNothingSteersTheTerminal(t *testing.T) {
	evil := "run\x1b[2J\x1b]0;owned\x07\r\u009b31m\u202efit.exe"
	var out, faults bytes.Buffer
	p := &program{stdout: &out}
	p.printf("read %s\n\tÄrger, 走る\n", evil)
	report(errors.New(evil+": it is no FIT file\nsecond"), &faults)
	for _, got := range []string{out.String(), faults.String()} {
		if strings.ContainsAny(got, "\x1b\x07\r\u009b\u202e") {
			t.Errorf("%q", got)
		}
	}
	if !strings.HasSuffix(out.String(), "\n\tÄrger, 走る\n") || strings.Count(faults.String(), "gaitkeeper: ") != 2 {
		t.Errorf("%q, %q", out.String(), faults.String())
	}
}
