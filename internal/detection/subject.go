package main

import (
	"math/rand/v2"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// The seeds of the runners. Whatever is chosen is chosen on the tuning seeds, or on
// some that are not here; settings that were tried on the seeds of the figures
// flatter them, and then these have to move to runners nobody has looked at.
const (
	tuningSeeds  seeds = 1_000_000
	figureSeeds  seeds = 210_000_000
	strapSeeds   seeds = 130_000_000
	contactSeeds seeds = 140_000_000
	painSeeds    seeds = 150_000_000
	wristSeeds   seeds = 160_000_000
	// those of the worlds unlike the believed one; 7,000,000 tuned on them.
	believedSeeds seeds = 190_000_000
	unlikeSeeds   seeds = 200_000_000
)

// seeds is a set of seeds, by its first.
type seeds uint64

// at returns the seed of the i-th runner.
func (s seeds) at(i int) uint64 {
	return uint64(s) + uint64(i) //nolint:gosec // i counts runners and is never negative
}

// random returns the random numbers of one purpose for one runner.
func random(seed, purpose uint64) *rand.Rand {
	//nolint:gosec // made-up figures must be the same every time: no secret hangs on these numbers
	return rand.New(rand.NewPCG(seed, purpose))
}

// healthyRuns is the length of a season, firstLimp the earliest index of a
// limp's first run: so many healthy runs are behind it at least.
const (
	healthyRuns = 100
	firstLimp   = 40
)

func seasonStart() time.Time { return time.Date(2025, 1, 6, 7, 0, 0, 0, time.UTC) }

// subject is one made runner with a healthy season, which all limps that are
// tried on the runner share up to their onset.
type subject struct {
	season simulate.Season
	looks  []look
	// onset is the index of the first limping run, side the one that is spared.
	onset int
	side  gait.Side
}

// newSubject makes the runner of the seed, with every nuisance, and the whole
// healthy season of so many runs. A runner who never wears a strap gets one:
// nothing can be detected without, and arms of their own look at those.
func newSubject(seed uint64, runs int, k *maker) *subject {
	return season(strapped(seed), runs, k)
}

// strapped makes a runner who wears a strap, at least now and then.
func strapped(seed uint64) simulate.Runner {
	r := simulate.NewRoughRunner(seed)
	if r.Strap.Worn == 0 {
		r.Strap.Worn = 1
	}
	return r
}

// season makes a season of the runner.
func season(r simulate.Runner, runs int, k *maker) *subject {
	s := &subject{season: simulate.Season{Runner: r, Start: seasonStart(), Runs: runs}, side: gait.Left}
	if r.Seed%2 == 1 {
		s.side = gait.Right
	}
	s.looks = make([]look, 0, runs)
	for run := range s.season.All() {
		s.looks = append(s.looks, k.look(run))
	}
	for s.onset = min(firstLimp, runs-1); s.onset < runs-1 && !s.looks[s.onset].strapped(); {
		s.onset++
	}
	return s
}

// limping yields the looks at the runner's history with the limp in it: up to
// the onset and one run more each time, until there are so many limping runs
// or enough says so.
func (s *subject) limping(l simulate.Limp, runs int, k *maker, enough func(history []look) bool) {
	limping := s.season
	limping.Limps = []simulate.Limp{l}
	limping.Runs = min(s.onset+runs, s.season.Runs)
	history := append(make([]look, 0, s.onset+runs), s.looks[:s.onset]...)
	for run := range limping.From(s.onset) {
		history = append(history, k.look(run))
		if enough(history) {
			return
		}
	}
}
