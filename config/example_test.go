package config_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

const (
	example    = "../config.example.toml"
	beginMark  = "# --- thresholds: written by `go test ./config -update`, do not edit ---\n"
	painHeader = "[pain]\n"
	endMark    = "# --- end of the thresholds ---\n"
)

var update = flag.Bool("update", false, "write the thresholds into config.example.toml")

// The thresholds in the example are the table's, word for word.
func TestExampleHoldsEveryThreshold(t *testing.T) {
	text := readExample(t)
	before, rest, ok := strings.Cut(text, beginMark)
	_, after, ok2 := strings.Cut(rest, endMark)
	if !ok || !ok2 {
		t.Fatalf("%s has lost the marks around its thresholds", example)
	}
	want := before + beginMark + thresholds() + endMark + after
	if *update {
		if err := os.WriteFile(example, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("%s is behind the thresholds: run `go test ./config -update`\n%s", example, diff)
	}
}

// The example is the defaults, as it stands and with every threshold taken in.
func TestExampleIsTheDefaults(t *testing.T) {
	text := readExample(t)
	commented := regexp.MustCompile(`(?m)^#([a-z_]+ = )`)
	for name, text := range map[string]string{"as it stands": text, "with all thresholds": commented.ReplaceAllString(text, "$1")} {
		file := write(t, text)
		got, err := config.Load(file, env(nil))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := config.Default(env(nil))
		want.File = file
		if diff := cmp.Diff(want, got, sameZone); diff != "" {
			t.Errorf("%s: the example is not the defaults (-default +example):\n%s", name, diff)
		}
	}
}

// Every key the program knows stands in the example: set to a value of a kind
// no key takes, each is complained of by its name.
func TestExampleHoldsEveryKey(t *testing.T) {
	keys := exampleKeys(t)
	for _, q := range allThresholds() {
		if !keys[q.Key] {
			t.Errorf("%s lacks %s", example, q.Key)
		}
	}
	for _, key := range config.Keys() {
		if !keys[key] {
			t.Errorf("%s lacks %s", example, key)
		}
	}
}

// exampleKeys returns every key of the example, those in comments included.
func exampleKeys(t *testing.T) map[string]bool {
	keys := map[string]bool{}
	section := ""
	header, line := regexp.MustCompile(`^\[(.+)\]$`), regexp.MustCompile(`^#?([a-z_]+) = `)
	for l := range strings.Lines(readExample(t)) {
		if m := header.FindStringSubmatch(strings.TrimSpace(l)); m != nil {
			section = m[1] + "."
		}
		if m := line.FindStringSubmatch(l); m != nil {
			keys[section+m[1]] = true
		}
	}
	return keys
}

func allThresholds() []gait.Parameter {
	p := gait.DefaultParams()
	return p.Table()
}

// thresholds writes the table as the example shows it.
func thresholds() string {
	var b strings.Builder
	inPain := false
	for _, q := range allThresholds() {
		section, key, _ := strings.Cut(q.Key, ".")
		if section == "pain" && !inPain {
			inPain = true
			b.WriteString("\n\n# The numbers of the rules about pain, of 10 where nothing else is said.\n" + painHeader)
		}
		sentence, unit := strings.ToUpper(q.Meaning[:1])+q.Meaning[1:], q.Unit
		if unit == gait.LogOdds && q.Default < 0 { // no room to add, but a chance
			unit += fmt.Sprintf(" (%s is a chance of %s, 0 of %s)", number(q.Default), words.Chance(q.Default), words.Chance(0))
		}
		fmt.Fprintf(&b, "\n# %s.\n# %s to %s%s.", sentence, number(q.Min), number(q.Max), strings.TrimSuffix(" "+unit, " of 10"))
		if q.Source != "" {
			fmt.Fprintf(&b, " Source: %s.", q.Source)
		}
		fmt.Fprintf(&b, "\n#%s = %s\n", key, number(q.Default))
	}
	return b.String()
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func readExample(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
