package main

import (
	"fmt"
	"strings"

	"gaitkeeper/gait"
)

// guarded is the line that the short form looks up again: flagged runs of 100 and
// the first two cells, asked and warned, in the worlds unlike the believed one.
const guarded = "Of %d runners in %d such worlds: %f / %f of 100 healthy runs flagged (ask / warn); step 1.5 in 4 runs %f / %f, step 2.5 %f / %f."

// guardedCells are the first cells of unlikeCells, which the guarded line names.
const guardedCells = 2

// summary prints the guarded line.
func (a *abroad) summary() string {
	runners := 0
	for i := range a.people {
		if a.in(unlikeAll)(&a.people[i]) {
			runners++
		}
	}
	l := a.limits[unlikeAll][0]
	ask, warn := flagged(a.people, 0, l.asks, a.in(unlikeAll)), flagged(a.people, 0, l.warns, a.in(unlikeAll))
	values := []any{runners, len(a.worlds) - 1, 100 * bootstrap(ask.flagged).value, 100 * bootstrap(warn.flagged).value}
	for cell := range guardedCells {
		for _, level := range []gait.Level{gait.LevelAsk, gait.LevelWarn} {
			values = append(values, a.pooled(cell, level).value())
		}
	}
	return fmt.Sprintf(strings.ReplaceAll(guarded, "%f", "%.2f"), values...)
}

// pooled is the share of a cell's limps found in the worlds unlike the believed one.
func (a *abroad) pooled(cell int, level gait.Level) share {
	ask, warn, _ := a.found(unlikeAll, 0, cell)
	if level == gait.LevelWarn {
		return warn
	}
	return ask
}

// compare names every figure of the guarded line that is worse than the page's by
// more than chance explains.
func (a *abroad) compare(page string) []error {
	at := strings.Index(page, guarded[:strings.Index(guarded, "%")])
	var runners, worlds int
	var flags [2]float64
	var finds [guardedCells][2]float64
	if at < 0 {
		return []error{fmt.Errorf("no line %q in the page: run make detection", guarded)}
	}
	if _, err := fmt.Sscanf(page[at:], guarded, &runners, &worlds, &flags[0], &flags[1], &finds[0][0], &finds[0][1], &finds[1][0], &finds[1][1]); err != nil {
		return []error{fmt.Errorf("guarded line: %w", err)}
	}
	var out []error
	for i, level := range []gait.Level{gait.LevelAsk, gait.LevelWarn} {
		loud := a.limits[unlikeAll][0].asks
		if level == gait.LevelWarn {
			loud = a.limits[unlikeAll][0].warns
		}
		hits, runs := 0.0, 0.0
		for _, r := range flagged(a.people, 0, loud, a.in(unlikeAll)).flagged {
			hits, runs = hits+r.hits, runs+r.runs
		}
		if most := 2 * atMost(flags[i], int(runs)); hits > float64(most) { // flagged runs come in rows
			out = append(out, fmt.Errorf("%s, unlike: %.0f of %.0f healthy runs flagged, at most %d are chance", level, hits, runs, most))
		}
		for cell := range finds {
			got := a.pooled(cell, level)
			if least := finds[cell][i] - slack(finds[cell][i], got.trials, runners); got.value() < least {
				out = append(out, fmt.Errorf("%s, unlike, %s: %s found, at least %s is chance", level, unlikeCells()[cell].name, got, chance(least)))
			}
		}
	}
	return out
}
