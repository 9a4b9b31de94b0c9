package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode"

	"gaitkeeper/api"
	"gaitkeeper/config"
	"gaitkeeper/daemon"
	"gaitkeeper/gait"
)

// A name of a file, a title or a note may hold what clears a terminal, sets its
// title, or turns the direction of its letters. It leaves by no way out.
func TestNothingSteersTheTerminal(t *testing.T) {
	const evil = "run\x1b[2J\x1b]0;owned\x07\r\u009b31m\u202efit.exe\u2066"
	export := daemon.Export{Runs: []daemon.ExportedRun{{Run: api.Run{Title: evil}, Description: evil}}, Diary: []gait.Pain{{Note: evil}}}
	run := api.Run{Title: evil}
	logged := func(format config.LogFormat) func(io.Writer) {
		return func(w io.Writer) {
			newLog(format, 0, w).Warn("file failed "+evil, "path", evil, "err", errors.New(evil))
		}
	}
	for name, write := range map[string]func(w io.Writer){
		"text":   func(w io.Writer) { (&program{stdout: w}).printf("read %s\n\tÄrger, 走る\n", evil) },
		"faults": func(w io.Writer) { report(errors.New(evil+": it is no FIT file\nsecond"), w) },
		"config": func(w io.Writer) { report(config.Faults{{Key: evil, Text: evil}}, w) },
		"usage":  func(w io.Writer) { mistaken(t, w, "runs", "--"+evil) },
		"runs --json": func(w io.Writer) {
			if err := (&program{stdout: w}).printJSON([]api.Run{run}); err != nil {
				t.Error(err)
			}
		},
		"export": func(w io.Writer) {
			if err := csv.NewWriter(w).WriteAll(table(export, "all")); err != nil {
				t.Error(err)
			}
		},
		"export --format json": func(w io.Writer) {
			if err := api.NewEncoder(w).Encode(export); err != nil {
				t.Error(err)
			}
		},
		"log, text": logged(config.LogText),
		"log, JSON": logged(config.LogJSON),
	} {
		var out bytes.Buffer
		write(&out)
		steers := func(r rune) bool { return unicode.Is(unicode.C, r) && r != '\n' && r != '\t' }
		if got := out.String(); strings.ContainsFunc(got, steers) || !strings.Contains(got, "fit.exe") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A program that reads the JSON gets what was written.
func TestJSONKeepsWhatIsEscaped(t *testing.T) {
	const evil = "\x1b[2J\u009b\u202efit.exe 👩\u200d🚀"
	var out bytes.Buffer
	if err := (&program{stdout: &out}).printJSON([]api.Run{{Title: evil, Start: time.Unix(0, 0)}}); err != nil {
		t.Fatal(err)
	}
	var back api.Run
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back.Title != evil {
		t.Errorf("%q, %v", back.Title, err)
	}
}

// mistaken runs a command line that is wrong.
func mistaken(t *testing.T, w io.Writer, args ...string) {
	run(t.Context(), args, func(string) string { return "" }, w, w)
}
