package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gaitkeeper/gait"
)

// madeReport is the report of people of whom so many of 100 are asked about and
// half as many warned of in every cell, with so many events in 10,000 runs.
func madeReport(found, events int) *report {
	r := &report{study: &study{cells: mainCells(), methods: []method{gaitkeeper(gait.DefaultParams())}}}
	for i := range 100 {
		p := person{healthySeason: healthySeason{tallies: []tallies{{ask: tally{runs: 100}, warn: tally{runs: 100}}}}}
		if i < events {
			p.tallies[0].ask.events, p.tallies[0].ask.flagged = 1, 2
		}
		for c := range r.study.cells {
			o := outcome{limped: true, oracle: []float64{5}}
			if i < found {
				o.ours.asked = r.study.cells[c].within
			}
			if 2*i < found {
				o.ours.warned = 1
			}
			p.outcomes = append(p.outcomes, o)
		}
		r.people = append(r.people, p)
	}
	return r
}

func TestTheBlockIsWrittenAndReadBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(path, []byte("method\n"+blockBegins+"\nold\n"+blockEnds+"\nlimits\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := writeBlock(path, blockBegins, blockEnds, madeReport(80, 100).String()); err != nil {
		t.Fatal(err)
	}
	page, _ := os.ReadFile(path)
	if s := string(page); !strings.HasPrefix(s, "method\n"+blockBegins) || !strings.HasSuffix(s, blockEnds+"\nlimits\n") || strings.Contains(s, "old") {
		t.Errorf("the rest of the page did not stay:\n%s", s)
	}
	c, runners, err := readCommitted(string(page), askRow)
	if err != nil || runners != 100 || c.events != 1 || c.flagged != 2 || !slices.Equal(c.found, []float64{.8, .8, .8, .8, .8, .8, .8}) {
		t.Errorf("read back as %+v of %d runners, %v", c, runners, err)
	}
	if c, _, err = readCommitted(string(page), warnRow); err != nil || !slices.Equal(c.found, []float64{.4, .4, .4, .4, .4, .4, .4}) {
		t.Errorf("warnings read back as %+v, %v", c, err)
	}
	if err := writeBlock(filepath.Join(filepath.Dir(path), "none"), blockBegins, blockEnds, ""); err == nil {
		t.Error("a page that is not there was written")
	}
}

func TestOnlyWhatChanceDoesNotExplainFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.md")
	page := blockBegins + "\n" + madeReport(80, 100).String() + blockEnds
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name          string
		found, events int
		fails         string
	}{
		{"the same", 80, 100, ""},
		{"a little worse", 72, 100, ""},
		{"better", 95, 50, ""},
		{"blind", 55, 100, "pulse 3"},
	} {
		err := madeReport(c.found, c.events).compare(path)
		if (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	loud := madeReport(80, 100)
	for i := range loud.people {
		loud.people[i].tallies[0].ask.events = 2
	}
	if err := loud.compare(path); err == nil || !strings.Contains(err.Error(), "events") {
		t.Errorf("twice the events: %v", err)
	}
	if err := os.WriteFile(path, []byte("no block"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := loud.compare(path); err == nil {
		t.Error("a page without a block passes")
	}
}
