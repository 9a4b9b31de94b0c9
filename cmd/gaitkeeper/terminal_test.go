package main

import (
	"strings"
	"testing"

	"gaitkeeper/finding"
)

func TestLinesAreWrappedAtTheTerminalsWidth(t *testing.T) {
	const text = "Why:\n  STOP-LIMP      You limped, or changed your stride, and Überlänge counts letters.\n" + "averylongwordthatnothingcanbreakapartanywhere\n"
	for _, line := range strings.Split(terminal{width: 40}.wrapped(text), "\n") {
		if len([]rune(line)) > 40 && strings.Contains(line, " ") {
			t.Errorf("too long: %q", line)
		}
	}
	if got := strings.Join(strings.Fields(terminal{width: 40}.wrapped(text)), " "); got != strings.Join(strings.Fields(text), " ") {
		t.Errorf("words were lost: %q", got)
	}
	if got := (terminal{}).wrapped(text); got != text {
		t.Errorf("in a pipe: %q", got)
	}
}

func TestColoursAreForTerminals(t *testing.T) {
	if got := (terminal{}).verdict(finding.VerdictStop, "stop"); got != "stop" {
		t.Errorf("in a pipe: %q", got)
	}
	if got := (terminal{colour: true}).verdict(finding.VerdictStop, "stop"); got != "\x1b[31mstop\x1b[39m" {
		t.Errorf("on a terminal: %q", got)
	}
}

func TestErrorsOfTheSystemHaveARemedy(t *testing.T) {
	if got := withRemedy("open /nope: no such file or directory"); !strings.Contains(got, "check the path") {
		t.Errorf("no remedy: %s", got)
	}
}
