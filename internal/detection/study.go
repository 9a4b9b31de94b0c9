package main

import (
	"runtime"
	"sync"

	"gaitkeeper/gait"
)

// study is one run of the benchmark: how many runners it looks at and how.
type study struct {
	params   gait.Params
	methods  []method // gaitkeeper first
	cells    []cell
	runners  int
	fitEvery int
	progress func(done, of int)
}

// each does n pieces of work on all cores and returns what came of them in
// order.
func each[T any](n int, progress func(done, of int), work func(i int) T) []T {
	out := make([]T, n)
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				out[i] = work(i)
			}
		})
	}
	for i := range n {
		progress(i, n)
		next <- i
	}
	close(next)
	workers.Wait()
	return out
}

// maker measures runs without a file in between.
func (s *study) maker() *maker { return &maker{params: s.params.Analysis} }

// healthySeason is what the methods read from one healthy runner.
type healthySeason struct {
	readings [][]reading // by method
	tallies  []tallies   // by method and limit
	strata   map[string]tallies
	chance   map[int]levels // whether an alarm falls into so many runs from the onset on
	files    int
	altered  int
	form     int
}

// tallies are those of asking and warning.
type tallies struct{ ask, warn tally }

func (t *tallies) add(o tallies) {
	t.ask.add(o.ask)
	t.warn.add(o.warn)
}

// levels tells whether somebody asked and warned.
type levels struct{ asked, warned bool }

// healthy lets all methods read the healthy season of one runner.
func (s *study) healthy(seed uint64, k *maker) (*subject, healthySeason) {
	subject := newSubject(seed, healthyRuns, k)
	h := healthySeason{strata: map[string]tallies{}, chance: map[int]levels{}}
	strapped := func(i int) bool { return subject.looks[i].strapped() }
	for i := range s.methods {
		readings := s.methods[i].read(subject.looks)
		h.readings = append(h.readings, readings)
		for _, l := range s.methods[i].limits {
			h.tallies = append(h.tallies, l.tallies(readings, strapped))
		}
	}
	for _, r := range h.readings[0] {
		if r.form {
			h.form++
		}
	}
	h.stratify(s.methods[0].limits[0], subject)
	for _, runs := range windows() {
		ours := s.methods[0].search(subject.looks[:min(subject.onset+runs, healthyRuns)], subject)[0]
		h.chance[runs] = levels{ours.asked > 0, ours.warned > 0}
	}
	h.files, h.altered = k.files, k.altered
	return subject, h
}

// person is all that one runner gave: the healthy season and every limp.
type person struct {
	healthySeason
	outcomes []outcome // by cell
}

// figures takes healthy seasons and limps of the figures' seeds.
func (s *study) figures() []person {
	return each(s.runners, s.progress, func(i int) person {
		k := &maker{params: s.params.Analysis, fitEvery: s.fitEvery}
		subject, h := s.healthy(figureSeeds.at(i), k)
		p := person{healthySeason: h}
		for c := range s.cells {
			p.outcomes = append(p.outcomes, s.cells[c].try(subject, s.methods, k))
		}
		p.files, p.altered = k.files, k.altered
		return p
	})
}

// tune reads healthy seasons of the tuning seeds.
func (s *study) tune() []healthySeason {
	return each(s.runners, s.progress, func(i int) healthySeason {
		_, h := s.healthy(tuningSeeds.at(i), s.maker())
		return h
	})
}
