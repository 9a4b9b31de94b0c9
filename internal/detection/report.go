package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"gaitkeeper/gait"
)

// report is everything the benchmark found out.
type report struct {
	study   *study
	people  []person
	abroad  *abroad
	rivals  bool
	pain    painful
	denied  denied
	diary   kept
	bare    bare
	contact contact
	// announced and silent are changes of strap, unchanged the same runs with
	// straps that all read the same.
	announced, silent, unchanged strapChange
	real                         []realSeason
	injected                     map[float64]injected
}

// share is a number of hits among trials.
type share struct{ hits, trials int }

func (s *share) add(hit bool) {
	s.trials++
	if hit {
		s.hits++
	}
}

func (s share) value() float64 { return float64(s.hits) / float64(max(1, s.trials)) }

func (s share) String() string { return chance(s.value()) }

// at returns the alarms of asking or of warning.
func (t tallies) at(level gait.Level) tally {
	if level == gait.LevelWarn {
		return t.warn
	}
	return t.ask
}

// each is the chance of one healthy run to begin an event; where none was seen,
// one is assumed.
func (t tally) each() float64 { return float64(max(1, t.events)) / float64(max(1, t.runs)) }

// falseAlarm is the chance of a healthy runner to be alarmed in so many runs, each
// of which begins an event with the given chance: the oracle may make its part
// of them in its look at these runs.
func falseAlarm(each float64, runs int) float64 { return 1 - math.Pow(1-each, float64(runs)) }

// healthy adds up the alarms on the healthy seasons by limit; 0 is gaitkeeper's.
func (r *report) healthy(limit int) tallies {
	var t tallies
	for i := range r.people {
		t.add(r.people[i].tallies[limit])
	}
	return t
}

// found is the share of the cell's limps found within so many runs.
func (r *report) found(cell, within int, level gait.Level) share {
	var s share
	for i := range r.people {
		o := &r.people[i].outcomes[cell]
		if !o.limped {
			continue
		}
		n := o.ours.asked
		if level == gait.LevelWarn {
			n = o.ours.warned
		}
		s.add(n > 0 && n <= within)
	}
	return s
}

// oracle is the oracle's chance of finding the cell's limp, when its look at the
// runs gives a false alarm with the given chance.
func (r *report) oracle(cell int, falseAlarm float64) float64 {
	var ratios []float64
	for i := range r.people {
		if o := &r.people[i].outcomes[cell]; o.limped {
			ratios = append(ratios, o.oracle...)
		}
	}
	return power(ratios, falseAlarm/kinds)
}

// againstStrap is the oracle's chance of finding the cell's limp when it takes
// not more than so many silent changes of strap for one: from the balance alone,
// and with the stance times.
func (r *report) againstStrap(cell int, falseAlarm float64) (balance, stance float64) {
	var alone, both []float64
	for i := range r.people {
		if o := &r.people[i].outcomes[cell]; o.limped {
			alone, both = append(alone, o.strap...), append(both, o.stance...)
		}
	}
	return power(alone, falseAlarm), power(both, falseAlarm)
}

func (r *report) files() int   { return r.sum(func(p *person) int { return p.files }) }
func (r *report) altered() int { return r.sum(func(p *person) int { return p.altered }) }

func (r *report) sum(figure func(p *person) int) int {
	n := 0
	for i := range r.people {
		n += figure(&r.people[i])
	}
	return n
}

// String prints the whole report as Markdown.
func (r *report) String() string {
	var out strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	say("%d made runners, %d healthy runs with the strap on; no pain reported, every nuisance on. Shares of limps are good to about ± %s.\n",
		len(r.people), r.healthy(0).ask.runs, chance(math.Sqrt(0.25/float64(max(1, len(r.people))))))
	say("%s", r.mainTable())
	say("_Oracle_: the best that the noise allows one who knows the runner's true figures and which limp may come, but neither its side nor its minute; with its quarter of the false alarms, of those that were counted and of those that the target allows.")
	if r.abroad != nil {
		say("\n### In worlds unlike the one that is believed\n\n%s\n\n%s", r.abroad.summary(), r.abroad.table())
		say("%s", r.abroad.worldsTable())
		say("### At other limits\n\nFound: step 1.5 in 4 runs / step 2.5 in 4 runs / 2 from 30 minutes on in 8 runs.\n\n%s", r.abroad.tradeOff())
		say("### Stated chances\n\n%s", r.abroad.reliability())
	}
	if !r.rivals {
		return out.String()
	}
	say("\n### Beside other methods\n\n%s", r.rivalTable())
	say("### Healthy runs, by what was in their way\n\n%s", r.strataTable())
	say("### Limps by shape and size, in points\n\n%s", r.shapesTable())
	say("### What else is promised\n\n%s", r.promisesTable())
	say("### Two real seasons\n\n%s", r.realTable())
	return strings.TrimSpace(out.String()) + "\n"
}

// realTable prints the seasons of real runners as they are and with steps put in.
func (r *report) realTable() string {
	if len(r.real) == 0 {
		return "The seasons were not there when these figures were taken.\n"
	}
	var t table
	heading := []string{"as they are, for 100 runs: events / flagged"}
	for _, s := range r.real {
		heading = append(heading, fmt.Sprintf("%s (%d runs): at ask", s.name, len(s.looks)), "at warn")
	}
	t.row(heading...)
	for k := range r.study.methods {
		m := &r.study.methods[k]
		for _, l := range m.limits {
			row := []string{l.name}
			for _, s := range r.real {
				counted := l.tallies(m.read(s.looks), everyRun)
				row = append(row, rates(counted.ask), rates(counted.warn))
			}
			t.row(row...)
		}
	}
	return t.String() + fmt.Sprintf("\nTarget: at most 4 flagged at ask and 1 at warn. gaitkeeper called %d of the runs faults of the sensor, or too short.\n\n", r.faults()) +
		r.injectedTable()
}

// faults counts the runs of the real seasons whose balance gaitkeeper would not
// judge, those of learning left out.
func (r *report) faults() int {
	n := 0
	for _, s := range r.real {
		for i, reading := range r.study.methods[0].read(s.looks) {
			if i >= r.study.params.Analysis.LearningRuns && math.IsInf(reading.ask, -1) {
				n++
			}
		}
	}
	return n
}

func (r *report) injectedTable() string {
	var t table
	t.row("step put in, within 4 runs", "places", "asked", "warned", "without the step: asked", "warned")
	for _, size := range slices.Sorted(maps.Keys(r.injected)) {
		o := r.injected[size]
		part := func(n int) string { return share{n, o.places}.String() }
		asked := part(o.asked)
		if size == 2 {
			asked += " (target ≥ .85)"
		}
		t.row(fmt.Sprintf("%v points", size), fmt.Sprint(o.places), asked, part(o.warned), part(o.askedByChance), part(o.warnedByChance))
	}
	return t.String()
}
