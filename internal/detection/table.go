package main

import (
	"fmt"
	"strings"

	"gaitkeeper/gait"
)

// table is a table in Markdown.
type table struct{ strings.Builder }

// row appends a row; the first one is the heading.
func (t *table) row(cells ...string) {
	first := t.Len() == 0
	fmt.Fprintf(t, "| %s |\n", strings.Join(cells, " | "))
	if first {
		fmt.Fprintf(t, "|%s\n", strings.Repeat(" --- |", len(cells)))
	}
}

// chance prints a probability as the tables do: .86, 1.00.
func chance(p float64) string { return strings.TrimPrefix(fmt.Sprintf("%.2f", p), "0") }

// both prints two figures, of asking and of warning.
func both(ask, warn string) string { return ask + " / " + warn }

// rates prints events and flagged runs of 100.
func rates(t tally) string {
	events, flagged := t.per100()
	return fmt.Sprintf("%.2f / %.2f", events, flagged)
}

// target is what the main table should reach: events and flagged runs of 100
// healthy runs at most, and the least share of limps found by column.
type target struct {
	events, flagged float64
	found           []float64
}

// targets are those of asking and of warning.
func targets() (ask, warn target) {
	return target{2, 6, []float64{.80, .88, .95, .98, .90, .75, .95}},
		target{0.2, 1, []float64{.25, .60, .88, .97, .60, .40, .88}}
}

// names of the rows that the short form looks up again.
const (
	askRow  = "ask or more"
	warnRow = "warn"
)

// mainTable prints gaitkeeper's figures with target and oracle beside them.
func (r *report) mainTable() string {
	var t table
	cells := r.study.cells[:len(mainCells())]
	heading := []string{"", "events / flagged of 100 healthy runs"}
	for i := range cells {
		heading = append(heading, cells[i].heading())
	}
	t.row(heading...)
	askTarget, warnTarget := targets()
	r.mainRows(&t, askRow, gait.LevelAsk, askTarget)
	r.mainRows(&t, warnRow, gait.LevelWarn, warnTarget)
	return t.String()
}

// mainRows prints the figures of one level, what they should reach, and what
// the oracle does at as many events as there were and as there may be.
func (r *report) mainRows(t *table, name string, level gait.Level, want target) {
	healthy := r.healthy(0).at(level)
	found, goal := []string{name, rates(healthy)}, []string{"_target_", fmt.Sprintf("≤ %v / ≤ %v", want.events, want.flagged)}
	events, _ := healthy.per100()
	same, allowed := []string{"_oracle, as many events_", fmt.Sprintf("%.2f", events)}, []string{"_oracle, events of the target_", fmt.Sprintf("%.2f", want.events)}
	for i := range mainCells() {
		within := r.study.cells[i].within
		found = append(found, r.found(i, within, level).String())
		goal = append(goal, "≥ "+chance(want.found[i]))
		same = append(same, chance(r.oracle(i, falseAlarm(healthy.each(), within))))
		allowed = append(allowed, chance(r.oracle(i, falseAlarm(want.events/100, within))))
	}
	t.row(found...)
	t.row(goal...)
	t.row(same...)
	t.row(allowed...)
}

// heading is the cell's name with the runs it should be found in.
func (c *cell) heading() string {
	if c.within == 1 {
		return c.name
	}
	return fmt.Sprintf("%s, in %d runs", c.name, c.within)
}

// rivalTable prints the other methods at their own limits, and at limits that
// make as many events as gaitkeeper.
func (r *report) rivalTable() string {
	var t table
	heading := []string{"ask / warn", "events at ask / warn", "flagged at ask / warn"}
	for i := range mainCells() {
		heading = append(heading, r.study.cells[i].heading())
	}
	t.row(heading...)
	k := 0
	for m := range r.study.methods {
		for _, l := range r.study.methods[m].limits {
			t.row(r.rivalRow(k, l.name)...)
			k++
		}
	}
	return t.String()
}

// rivalRow prints the row of one limit; 0 is gaitkeeper's own.
func (r *report) rivalRow(k int, name string) []string {
	h := r.healthy(k)
	askEvents, askFlagged := h.ask.per100()
	warnEvents, warnFlagged := h.warn.per100()
	row := []string{name, fmt.Sprintf("%.2f / %.2f", askEvents, warnEvents), fmt.Sprintf("%.2f / %.2f", askFlagged, warnFlagged)}
	for i := range mainCells() {
		var ask, warn share
		for j := range r.people {
			o := &r.people[j].outcomes[i]
			if !o.limped {
				continue
			}
			f := o.ours
			if k > 0 {
				f = o.others[k-1]
			}
			ask.add(f.asked > 0 && f.asked <= r.study.cells[i].within)
			warn.add(f.warned > 0 && f.warned <= r.study.cells[i].within)
		}
		row = append(row, both(ask.String(), warn.String()))
	}
	return row
}

// strataTable prints the alarms on healthy runs by what was in their way.
func (r *report) strataTable() string {
	var t table
	t.row("healthy runs", "runs", "at ask: events / flagged of 100", "at warn: events / flagged of 100")
	all := r.healthy(0)
	t.row("all", fmt.Sprint(all.ask.runs), rates(all.ask), rates(all.warn))
	for _, x := range strata() {
		var sum tallies
		for i := range r.people {
			sum.add(r.people[i].strata[x.name])
		}
		t.row(x.name, fmt.Sprint(sum.ask.runs), rates(sum.ask), rates(sum.warn))
	}
	return t.String()
}
