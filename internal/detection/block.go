package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"gaitkeeper/gait"
)

// The marks around the part of a page that the benchmark writes.
const (
	blockBegins = "<!-- made by `make detection`: changes here are overwritten -->"
	blockEnds   = "<!-- end of what `make detection` made -->"
)

// splitBlock returns what stands before, inside and behind the marks.
func splitBlock(page string) (before, inside, behind string, err error) {
	return split(page, blockBegins, blockEnds)
}

// split returns what stands before, inside and behind two marks.
func split(page, begins, ends string) (before, inside, behind string, err error) {
	before, rest, begun := strings.Cut(page, begins)
	inside, behind, ended := strings.Cut(rest, ends)
	if !begun || !ended {
		return "", "", "", errors.New("no marked block: put the two marks where the tables belong: " + begins + " and " + ends)
	}
	return before, inside, behind, nil
}

// writeBlock puts the tables between the two marks of the page.
func writeBlock(path, begins, ends, tables string) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("write tables: %w", err)
	}
	before, _, behind, err := split(string(page), begins, ends)
	if err != nil {
		return fmt.Errorf("write tables into %s: %w", path, err)
	}
	whole := before + begins + "\n" + tables + ends + behind
	if err := os.WriteFile(path, []byte(whole), 0o644); err != nil { //nolint:gosec // a page of the documents, for all to read
		return fmt.Errorf("write tables: %w", err)
	}
	return nil
}

// committed is one row of the main table as a page has it.
type committed struct {
	events, flagged float64
	found           []float64
}

// readCommitted finds a row of the main table in the page, and the number of
// runners behind it.
func readCommitted(page, row string) (c committed, runners int, err error) {
	_, inside, _, err := splitBlock(page)
	if err != nil {
		return c, 0, err
	}
	if _, err := fmt.Sscanf(strings.TrimSpace(inside), "%d made runners", &runners); err != nil {
		return c, 0, fmt.Errorf("number of made runners: %w", err)
	}
	for line := range strings.Lines(inside) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) < 3 || strings.TrimSpace(cells[0]) != row {
			continue
		}
		if _, err := fmt.Sscanf(strings.TrimSpace(cells[1]), "%f / %f", &c.events, &c.flagged); err != nil {
			return c, 0, fmt.Errorf("row %s: %w", row, err)
		}
		for _, cell := range cells[2:] {
			p, err := strconv.ParseFloat(strings.TrimSpace(cell), 64)
			if err != nil {
				return c, 0, fmt.Errorf("row %s: %w", row, err)
			}
			c.found = append(c.found, p)
		}
		return c, runners, nil
	}
	return c, 0, fmt.Errorf("no row %q in the marked block", row)
}

// compare returns an error that names every figure of the main table that is
// worse than the page's by more than chance explains.
func (r *report) compare(path string) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("compare tables: %w", err)
	}
	var worse []error
	for _, row := range []struct {
		name  string
		level gait.Level
	}{{askRow, gait.LevelAsk}, {warnRow, gait.LevelWarn}} {
		c, runners, err := readCommitted(string(page), row.name)
		if err != nil {
			return fmt.Errorf("compare with %s: %w", path, err)
		}
		worse = append(worse, r.worse(c, runners, row.level)...)
	}
	if r.abroad != nil {
		worse = append(worse, r.abroad.compare(string(page))...)
	}
	return errors.Join(worse...)
}

// worse names what falls behind one committed row.
func (r *report) worse(c committed, runners int, level gait.Level) []error {
	var out []error
	healthy := r.healthy(0).at(level)
	if most := atMost(c.events, healthy.runs); healthy.events > most {
		out = append(out, fmt.Errorf("%s: %d events in %d healthy runs, at most %d are chance", level, healthy.events, healthy.runs, most))
	}
	if most := 2 * atMost(c.flagged, healthy.runs); healthy.flagged > most { // flagged runs come in rows
		out = append(out, fmt.Errorf("%s: %d of %d healthy runs flagged, at most %d are chance", level, healthy.flagged, healthy.runs, most))
	}
	for i, want := range c.found {
		if i >= len(mainCells()) {
			break
		}
		got := r.found(i, r.study.cells[i].within, level)
		if least := want - slack(want, got.trials, runners); got.value() < least {
			out = append(out, fmt.Errorf("%s, %s: %s found, at least %s is chance", level, r.study.cells[i].name, got, chance(least)))
		}
	}
	return out
}

// deviations is how many standard deviations count as chance.
const deviations = 3

// atMost is the number of events among the runs that a rate for 100 explains.
func atMost(per100 float64, runs int) int {
	expected := per100 / 100 * float64(runs)
	return int(expected + deviations*math.Sqrt(expected+1))
}

// slack is how far two shares may differ by chance, of so many trials each.
func slack(p float64, trials, committed int) float64 {
	p = min(0.98, max(0.02, p))
	return deviations * math.Sqrt(p*(1-p)*(1/float64(max(1, trials))+1/float64(max(1, committed))))
}
