package main

import (
	"math"
	"slices"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// The seeds of runners without a balance; 7,000 to 7,259 tuned on them.
const (
	wristLifeSeeds   seeds = 210_000_000
	wristChangeSeeds seeds = 220_000_000
)

// The seasons of runners without a balance: how long they are, when life befalls
// them at the earliest, when a leg begins to hurt, and for how long it is looked
// for.
const (
	wristRuns, lifeFrom, changeFrom, changeRuns = 70, 22, 40, 12
)

// newPain is the pain that is entered for the first run with a change, of 10.
const newPain = 3

// soreness is a change of the form that somebody should be asked about.
type soreness struct {
	name   string
	change simulate.FormChange
	// watch and strava are the shares that should be found in 12 runs, 0: any.
	watch, strava float64
}

// sorenesses are the changes of the table.
func sorenesses() []soreness {
	plain := simulate.FormChange{Cadence: -2, Stance: 8, Slower: 6, Fade: 8, Walk: 6}
	bad := simulate.FormChange{Cadence: -4, Stance: 15, Slower: 10, Fade: 12, Walk: 15}
	with := func(c simulate.FormChange, change func(*simulate.FormChange)) simulate.FormChange {
		change(&c)
		return c
	}
	return []soreness{
		{"plain limp: cadence −2 %, stance +8 ms, 6 % slower, fades 8 %, walks 6 % more", plain, .80, .50},
		{"bad limp: −4 %, +15 ms, 10 % slower, fades 12 %, walks 15 % more", bad, .95, .80},
		{"plain limp, steps 2 % quicker", with(plain, func(c *simulate.FormChange) { c.Cadence = 2 }), 0, 0},
		{"growing to the bad limp in 10 runs", with(bad, func(c *simulate.FormChange) { c.Grows = 10 }), 0, 0},
		{"bad limp in every other run", with(bad, func(c *simulate.FormChange) { c.EveryOther = true }), 0, 0},
		{"plain limp in every other run", with(plain, func(c *simulate.FormChange) { c.EveryOther = true }), 0, 0},
		{"half of the plain limp", simulate.FormChange{Cadence: -1, Stance: 4, Slower: 3, Fade: 4, Walk: 3}, 0, 0},
		{"the steps alone: cadence −2.5 %, stance +10 ms", simulate.FormChange{Cadence: -2.5, Stance: 10}, 0, 0},
		{"cadence −6 % alone", simulate.FormChange{Cadence: -6}, 0, 0},
		{"cadence −3 % alone", simulate.FormChange{Cadence: -3}, 0, 0},
		{"stance +20 ms alone", simulate.FormChange{Stance: 20}, 0, 0},
		{"walks 20 % more, nothing else", simulate.FormChange{Walk: 20}, 0, 0},
		{"nothing", simulate.FormChange{}, 0, 0},
	}
}

// eyes is what a runner without a balance is looked at with.
type eyes int

const (
	byWatch  eyes = iota // the watch's own file
	byStrava             // what Strava hands out
	bothEyes
)

// seen are the figures of a run as the eyes see them.
func (e eyes) seen(m gait.Measures) gait.Measures {
	if e == byWatch {
		return m
	}
	m.Sensor, m.Blocks = gait.Sensor{}, slices.Clone(m.Blocks)
	m.Signals &^= gait.SignalStanceTime | gait.SignalVerticalOscillation | gait.SignalStepLength
	for i := range m.Blocks {
		m.Blocks[i].StanceTime = gait.Unknown[gait.Milliseconds]()
		m.Blocks[i].VerticalOscillation = gait.Unknown[gait.Millimetres]()
	}
	return m
}

// formMethods are the program and its rivals, each with a loudness for every run.
func formMethods(p gait.Params) []func([]gait.Measures) []float64 {
	return []func([]gait.Measures) []float64{
		func(runs []gait.Measures) []float64 { return askedForm(runs, p) },
		func(runs []gait.Measures) []float64 { return plainForm(runs, false) },
		func(runs []gait.Measures) []float64 { return plainForm(runs, true) },
		func(runs []gait.Measures) []float64 { return plainForm(runs, true) },
	}
}

// askedForm is 1 for the runs whose form the program asks about, 0 for others.
func askedForm(runs []gait.Measures, p gait.Params, said ...gait.Pain) []float64 {
	out := make([]float64, len(runs))
	for i, a := range analysis.Replay(gait.History{Runs: runs, Pain: said}, p).Assessments {
		if a.Evidence.Form.Level != gait.LevelNone {
			out[i] = 1
		}
	}
	return out
}

// wristSeason is what the methods read of one season: by eyes and method.
type wristSeason struct {
	life     simulate.Life
	loudness [bothEyes][][]float64
	// pained tells whether the first run with a change is asked about where a new
	// pain was entered for it.
	pained [bothEyes]bool
}

func (s *study) readWrist(runs []gait.Measures) (w wristSeason) {
	for e := range bothEyes {
		seen := make([]gait.Measures, len(runs))
		for i := range runs {
			seen[i] = e.seen(runs[i])
		}
		for _, read := range formMethods(s.params) {
			w.loudness[e] = append(w.loudness[e], read(seen))
		}
	}
	return w
}

// wrist is what the arm without a balance found out.
type wrist struct {
	healthy []wristSeason
	// sore are the seasons with a change, by change, its runs alone.
	sore [][]wristSeason
	// limits are those of the methods, by eyes: of the rivals, those with as many
	// events of the same healthy runs as the program, of the last one with as many
	// flagged.
	limits [bothEyes][]float64
	real   wristSeason
}

// withoutBalance looks at so many runners of each life, and three times as many
// with each change.
func (s *study) withoutBalance(runners int) (*wrist, error) {
	lives := append(simulate.Lives(), simulate.UnseenLives()...)
	w := &wrist{sore: make([][]wristSeason, len(sorenesses()))}
	w.healthy = each(runners*len(lives), s.progress, func(i int) wristSeason {
		season := simulate.WristSeason{
			Seed: wristLifeSeeds.at(i), Start: seasonStart(), Runs: wristRuns, Life: lives[i%len(lives)], LifeFrom: lifeFrom + i/len(lives)%17,
		}
		read := s.readWrist(s.measured(season, 0))
		read.life = season.Life
		return read
	})
	for _, of := range each(3*runners, s.progress, func(i int) []wristSeason { return s.soreSeasons(wristChangeSeeds.at(i)) }) {
		for c := range of {
			w.sore[c] = append(w.sore[c], of[c])
		}
	}
	w.match()
	runs, err := realWrist(s.params.Analysis)
	if len(runs) > 0 {
		w.real = s.readWrist(runs)
	}
	return w, err
}

// measured measures the season's runs from the given one on.
func (s *study) measured(season simulate.WristSeason, from int) []gait.Measures {
	var runs []gait.Measures
	for run := range season.From(from) {
		runs = append(runs, analysis.Measure(run, s.params.Analysis))
	}
	return runs
}

// soreSeasons reads one runner with every change.
func (s *study) soreSeasons(seed uint64) []wristSeason {
	season := simulate.WristSeason{Seed: seed, Start: seasonStart(), Runs: changeFrom}
	before := s.measured(season, 0)
	var out []wristSeason
	for _, c := range sorenesses() {
		season.Runs, season.Change, season.ChangeFrom = changeFrom+changeRuns, c.change, changeFrom
		runs := append(slices.Clone(before), s.measured(season, changeFrom)...)
		read := s.readWrist(runs)
		knee := entry(1, &look{Measures: runs[changeFrom]}, gait.Left, newPain)
		for e := range bothEyes {
			var seen []gait.Measures
			for _, m := range runs[:changeFrom+1] {
				seen = append(seen, e.seen(m))
			}
			read.pained[e] = askedForm(seen, s.params, knee)[changeFrom] == 1
		}
		for e := range read.loudness {
			for m := range read.loudness[e] {
				read.loudness[e][m] = read.loudness[e][m][changeFrom:]
			}
		}
		out = append(out, read)
	}
	return out
}

// match sets the rivals' limits.
func (w *wrist) match() {
	for e := range bothEyes {
		w.limits[e] = []float64{1}
		ours := sum(w.tallies(e, theProgram, everyLife))
		for m := zRule; m <= twoRule; m++ {
			seasons := make([][]reading, len(w.healthy))
			for i := range w.healthy {
				seasons[i] = asReadings(w.healthy[i].loudness[e][m])
			}
			w.limits[e] = append(w.limits[e], matched(seasons, func(r reading) float64 { return r.ask }, ours.events))
		}
		var all []float64
		for i := range w.healthy {
			all = append(all, w.healthy[i].loudness[e][twoFlagged]...)
		}
		slices.Sort(all)
		w.limits[e] = append(w.limits[e], math.Nextafter(all[len(all)-1-ours.flagged], math.Inf(1)))
	}
}

func asReadings(loudness []float64) []reading {
	out := make([]reading, len(loudness))
	for i, l := range loudness {
		out[i].ask = l
	}
	return out
}

// tally counts the questions of a season.
func (w *wristSeason) tally(e eyes, method int, limit float64) tally {
	return count(asReadings(w.loudness[e][method]), func(r reading) bool { return r.ask >= limit }, everyRun)
}

// first is the number of the first run that is asked about, from 1; 0: none is.
func (w *wristSeason) first(e eyes, method int, limit float64) int {
	return 1 + slices.IndexFunc(w.loudness[e][method], func(l float64) bool { return l >= limit })
}
