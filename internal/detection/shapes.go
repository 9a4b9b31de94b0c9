package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// shapesTable prints every shape and size of limp.
func (r *report) shapesTable() string {
	var t table
	t.row("asked / warned", "that run", "in 4 runs", "in 12", "in 20", "runs to ask", "hours limped by then",
		"side right", "onset off by, s", "could be judged", "of the oracle's")
	t.row(r.chanceRow()...)
	for i := range r.study.cells {
		t.row(r.shapeRow(i)...)
	}
	return t.String()
}

// chanceRow prints how often the same runs alarm without any limp.
func (r *report) chanceRow() []string {
	row := []string{"no limp at all"}
	for _, runs := range windows() {
		var ask, warn share
		for i := range r.people {
			ask.add(r.people[i].chance[runs].asked)
			warn.add(r.people[i].chance[runs].warned)
		}
		row = append(row, both(ask.String(), warn.String()))
	}
	return append(row, "", "", "", "", "", "")
}

// windows are the numbers of runs in which a limp is looked for.
func windows() []int { return []int{1, 4, 12, 20} }

// shapeRow prints one cell.
func (r *report) shapeRow(i int) []string {
	c := &r.study.cells[i]
	row := []string{c.name}
	for _, runs := range windows() {
		if runs > c.runs {
			row = append(row, "")
			continue
		}
		row = append(row, both(r.found(i, runs, gait.LevelAsk).String(), r.found(i, runs, gait.LevelWarn).String()))
	}
	var runs, hours, off []float64
	var side, judged share
	for j := range r.people {
		o := &r.people[j].outcomes[i]
		if !o.limped {
			continue
		}
		judged.add(o.ours.judged)
		if o.ours.asked == 0 {
			continue
		}
		side.add(o.ours.side)
		runs, hours = append(runs, float64(o.ours.asked)), append(hours, o.ours.limped.Hours())
		if o.ours.within {
			off = append(off, math.Abs(o.ours.onset.Seconds()))
		}
	}
	row = append(row, median(runs, "%.0f"), median(hours, "%.1f"))
	if c.limp.Side == gait.Both {
		return append(row, "", "", judged.String(), "")
	}
	onset := ""
	if c.insideRun() {
		onset = median(off, "%.0f")
	}
	return append(row, side.String(), onset, judged.String(), r.ofOracle(i))
}

// ofOracle prints gaitkeeper's share of the oracle's finds at ask and warn, where
// the oracle finds enough to speak of.
func (r *report) ofOracle(i int) string {
	within := r.study.cells[i].within
	part := func(level gait.Level) string {
		best := r.oracle(i, falseAlarm(r.healthy(0).at(level).each(), within))
		if best < 0.02 {
			return "–"
		}
		return chance(r.found(i, within, level).value() / best)
	}
	return both(part(gait.LevelAsk), part(gait.LevelWarn))
}

// median prints the middle of the values, or a dash.
func median(v []float64, format string) string {
	if len(v) == 0 {
		return "–"
	}
	return fmt.Sprintf(format, middle(v))
}

// promise is one claim of the list, with its figure and the target.
type promise struct {
	what, figure, target string
}

// promisesTable prints what is claimed beside the tables.
func (r *report) promisesTable() string {
	var t table
	t.row("", "figure", "target")
	for _, p := range r.promises() {
		t.row(p.what, p.figure, p.target)
	}
	return t.String()
}

func (r *report) promises() []promise {
	side, onset := r.sideAndOnset()
	announced, silent, changes := r.announced, r.silent, len(r.unchanged.warned)
	alone, stance := r.strapOrLimp()
	return []promise{
		{"side right, of all limps found from 1.5 points up", of(side.hits, side.trials), "≥ .98"},
		{"onset inside a run off by, at the median (1.5 points and more)", fmt.Sprintf("%.0f s", onset.Seconds()), "≤ 30 s"},
		{"pain 3 on the spared side, step 1.5: told to stop within 2 runs", of(r.pain.stopped, r.pain.runners), "≥ .90"},
		{"the same pain on healthy runs: told to stop within 2 runs", of(r.pain.healthyStopped, r.pain.runners), ""},
		{"\"no pain\" answered to two questions about a lasting step 2: asked about it a third time", of(r.denied.again, r.denied.twice), "0"},
		{"the same runners: asked about another shift instead", of(r.denied.other, r.denied.twice), ""},
		{"diary kept as runners do, step 1.5: stop or warning within 4 runs", of(r.diary.warned, r.diary.runners), ""},
		{"diary kept as runners do: told to stop before they limp, within 40 runs", of(r.diary.falselyStopped, r.diary.runners), ""},
		{"the same: healthy runs under such a stop, which these runners never end", of(r.diary.healthyStops, r.diary.healthyRuns), ""},
		{"new strap with another serial number: warned of in the next 8 runs, where the same runs with no other strap are not", of(announced.beyond(r.unchanged), changes), "≤ .01"},
		{"new strap that nothing announces: the same", of(silent.beyond(r.unchanged), changes), "≤ .05"},
		{"the oracle where it takes one such strap in 20 for a limp: step 1.5, 2 and 3 found in 4 runs, from the balance alone", alone, ""},
		{"the same, with the stance times", stance, ""},
		{"warned of in those 8 runs, with another serial number, in silence, with no other strap", of(yes(announced.warned), changes) + ", " + of(yes(silent.warned), changes) + ", " + of(yes(r.unchanged.warned), changes), ""},
		{"asked about in those 8 runs, the same", of(yes(announced.asked), changes) + ", " + of(yes(silent.asked), changes) + ", " + of(yes(r.unchanged.asked), changes), ""},
		{"strap without contact: named as that", of(r.contact.named, r.contact.runs), "≥ .95"},
		{"strap without contact: asked about, warned of", of(r.contact.asked, r.contact.runs) + ", " + of(r.contact.warned, r.contact.runs), ""},
		{"runs without a strap in which a side or a limp is claimed", of(r.bare.spoken, r.bare.runs), "0"},
		{"runs without a strap asked about for their form", of(r.bare.forms, r.bare.runs), ""},
		{"runs read back from their FIT file with other figures", of(r.altered(), r.files()), "0"},
	}
}

// strapOrLimp prints the oracle's power over steps of 1.5, 2 and 3 points where one
// silent change of strap in 20 is taken for a limp.
func (r *report) strapOrLimp() (alone, stance string) {
	var a, s []string
	for _, name := range []string{"step 1.5", "step 2", "step 3"} {
		i := slices.IndexFunc(r.study.cells, func(c cell) bool { return c.name == name })
		balance, both := r.againstStrap(i, 0.05)
		a, s = append(a, chance(balance)), append(s, chance(both))
	}
	return strings.Join(a, ", "), strings.Join(s, ", ")
}

// of prints a share with the numbers behind it.
func of(hits, trials int) string {
	return fmt.Sprintf("%s (%d of %d)", chance(share{hits, trials}.value()), hits, trials)
}

// sideAndOnset sums up the cells from 1.5 points up.
func (r *report) sideAndOnset() (side share, onset time.Duration) {
	var off []float64
	for i := range r.study.cells {
		if c := &r.study.cells[i]; c.limp.Size < 1.5 || c.limp.Side == gait.Both {
			continue
		}
		for j := range r.people {
			o := &r.people[j].outcomes[i]
			if !o.limped || o.ours.asked == 0 {
				continue
			}
			side.add(o.ours.side)
			if o.ours.within && r.study.cells[i].limp.Shape == simulate.StepInRun {
				off = append(off, math.Abs(o.ours.onset.Seconds()))
			}
		}
	}
	return side, time.Duration(middle(off) * float64(time.Second))
}
