package main

import (
	"math"
	"slices"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// origin is where made runners come from.
type origin struct {
	name string
	// tunes tells that settings were chosen on it, with other seeds.
	tunes  bool
	runner func(seed uint64) simulate.Runner
}

// believed is the world that the detector was made for, unlike the others.
func believed() origin { return origin{"as believed", true, strapped} }

func unlike() []origin {
	var all []origin
	for _, s := range simulate.Scenarios() {
		all = append(all, origin{s.Name, s.Tunes, s.Runner})
	}
	return all
}

// unlikeCell is a limp in another world: found in time where it is asked about, or
// warned of, in its first runs.
type unlikeCell struct {
	name   string
	within int
	limp   simulate.Limp
	// stance is the coupling of the stance time to it, in ms a point; nil: the
	// runner's own.
	stance *float64
	wanted string
}

func unlikeCells() []unlikeCell {
	falls := -2.5
	return []unlikeCell{
		{"step 1.5", 4, simulate.Limp{Size: 1.5}, nil, "≥ .90 / ≥ .65"},
		{"step 2.5", 4, simulate.Limp{Size: 2.5}, nil, "≥ .98 / ≥ .95"},
		{"step 2.5 with which the stance time falls", 12, simulate.Limp{Size: 2.5}, &falls, "warned ≥ .90"},
		{"2 in every second run", 12, simulate.Limp{Size: 2, Every: 2}, nil, "warned ≥ .70"},
		{"slowly to 2 in 25 runs", 28, simulate.Limp{Size: 2, Shape: simulate.Ramp, RampRuns: 25}, nil, "warned ≥ .70"},
		{"2.5 that warms off in half an hour", 12, simulate.Limp{Size: 2.5, WarmsOff: 30 * time.Minute}, nil, "side ≥ .90"},
		{"2 from 30 minutes on", 8, simulate.Limp{Size: 2, Shape: simulate.StepInRun, At: 30 * time.Minute}, nil, ""},
		{"2 in bouts of three runs", 12, simulate.Limp{Size: 2, Bout: 3}, nil, ""},
		{"2.5 only downhill", 12, simulate.Limp{Size: 2.5, Only: simulate.Downhill}, nil, ""},
		{"2.5 only when fast", 12, simulate.Limp{Size: 2.5, Only: simulate.Fast}, nil, ""},
		{"both legs, step 2", 12, simulate.Limp{Size: 2, Side: gait.Both}, nil, "not a question of sides"},
	}
}

// stranger is what all methods read of one runner of a world: the healthy season
// and the limping runs of each cell.
type stranger struct {
	world   int
	side    gait.Side
	balance []bool        // the healthy runs that have one
	healthy [][]reading   // by method
	limping [][][]reading // by cell and method
}

// strangers are so many runners of each world, and what the methods read of the cells.
func (s *study) strangers(worlds []origin, seeds seeds, runners int, methods []method, cells []unlikeCell) []stranger {
	return each(len(worlds)*runners, s.progress, func(i int) stranger {
		w, k := i%len(worlds), s.maker()
		subject := season(worlds[w].runner(seeds.at(i)), healthyRuns, k)
		out := stranger{world: w, side: subject.side, limping: make([][][]reading, len(cells))}
		for j := range subject.looks {
			out.balance = append(out.balance, subject.looks[j].strapped())
		}
		for _, m := range methods {
			out.healthy = append(out.healthy, m.read(subject.looks))
		}
		for c, cell := range cells {
			out.limping[c] = limpIn(subject, cell, methods, k)
		}
		return out
	})
}

// limpIn lets all methods read the limping runs of a cell.
func limpIn(subject *subject, cell unlikeCell, methods []method, k *maker) [][]reading {
	l := cell.limp
	l.From = subject.onset
	if l.Side != gait.Both {
		l.Side = subject.side
	}
	season := subject.season
	season.Limps, season.Runs = []simulate.Limp{l}, subject.onset+cell.within
	if cell.stance != nil {
		season.Runner.Body.LimpStance = *cell.stance
	}
	history := slices.Clone(subject.looks[:subject.onset])
	for run := range season.From(subject.onset) {
		history = append(history, k.look(run))
	}
	var out [][]reading
	for _, m := range methods {
		out = append(out, m.read(history)[subject.onset:])
	}
	return out
}

// healthyRates are how many of 100 healthy runs with a balance are flagged, and begin an
// event, with the runners they are of.
type healthyRates struct{ flagged, events []perRunner }

// perRunner counts among one runner's runs.
type perRunner struct{ hits, runs float64 }

// flagged counts the healthy runs of some strangers that a method's limit flags.
func flagged(people []stranger, method int, loud func(reading) bool, of func(*stranger) bool) (r healthyRates) {
	for i := range people {
		if p := &people[i]; of(p) {
			t := count(p.healthy[method], loud, func(j int) bool { return p.balance[j] })
			n := float64(t.runs)
			r.flagged, r.events = append(r.flagged, perRunner{float64(t.flagged), n}), append(r.events, perRunner{float64(t.events), n})
		}
	}
	return r
}

// asMany returns the limit with which a method flags as many healthy runs as there
// are to be.
func asMany(people []stranger, method int, loudness func(reading) float64, flags float64) float64 {
	var all []float64
	for i := range people {
		for j, r := range people[i].healthy[method] {
			if l := loudness(r); people[i].balance[j] && !math.IsInf(l, -1) {
				all = append(all, l)
			}
		}
	}
	if len(all) == 0 {
		return math.Inf(1)
	}
	slices.SortFunc(all, func(a, b float64) int {
		if a > b {
			return -1
		}
		return 1
	})
	return all[min(len(all)-1, int(flags))]
}
