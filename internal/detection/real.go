package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// realSeason is the season of a real runner, of whom nothing but the figures is
// known.
type realSeason struct {
	name  string
	looks []look
}

// realSeasons reads the seasons below the folder that GAITKEEPER_SHARED names, or
// below a folder "shared" beside the repository. Where they are not there it
// returns none.
func realSeasons(k *maker) ([]realSeason, error) {
	var out []realSeason
	for _, f := range []struct {
		name, file string
		read       func(rows []map[string]string, k *maker) []look
	}{{"one figure a run", "one-run-a-row.csv", byRun}, {"one figure a lap", "one-lap-a-row.csv", byLap}} {
		rows, err := readRows(filepath.Join(sharedFolder(), "seasons", f.file))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read real season: %w", err)
		}
		out = append(out, realSeason{f.name, f.read(rows, k)})
	}
	return out, nil
}

func sharedFolder() string {
	if root := os.Getenv("GAITKEEPER_SHARED"); root != "" {
		return root
	}
	for dir, _ := os.Getwd(); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(filepath.Dir(dir), "shared")
		}
	}
	return "shared"
}

// readRows reads a table, each row by the names of its columns.
func readRows(path string) ([]map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		row := map[string]string{}
		for i, key := range rows[0] {
			row[key] = r[i]
		}
		out = append(out, row)
	}
	return out, nil
}

func number(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// recording builds a run second by second from the figures of longer stretches.
type recording struct {
	simulate.Run
	random *rand.Rand
	at     float64 // seconds
	along  float64 // metres
}

func newRecording(day string, index int, random *rand.Rand) *recording {
	start := seasonStart().Add(time.Duration(number(day)*24*60) * time.Minute)
	r := &recording{random: random}
	r.Run.Run = gait.Run{ID: gait.NewRunID(start), Start: start, Context: gait.Road}
	r.Truth.Index = index
	return r
}

// minuteScatter is how far the minutes of a stretch scatter around its figure,
// which alone is known: the spread of steady straps.
const minuteScatter = 0.3

// add appends a stretch whose minutes scatter around its balance and leave the
// mean as it is.
func (r *recording) add(seconds, speed, balance, stance, cadence float64) {
	minutes := scatter(r.random, max(1, int(seconds)/60))
	for i := range int(seconds) {
		s := gait.NewSample(int32(r.at))
		s.Speed, s.StanceTime, s.Cadence = gait.MetresPerSecond(speed), gait.Milliseconds(stance), gait.StepsPerMinute(cadence)
		jitter := 0.03 * float64(i/5%3-1)
		s.StanceTimeBalance = gait.Percent(balance + minutes[min(i/60, len(minutes)-1)] + jitter)
		if gait.Known(s.Speed) {
			r.along += speed
			s.Distance = gait.Metres(r.along)
		}
		r.Samples = append(r.Samples, s)
		r.at++
	}
}

func (r *recording) look(k *maker) look {
	r.Duration, r.Elapsed = time.Duration(r.at)*time.Second, time.Duration(r.at)*time.Second
	r.Distance = gait.Metres(r.along)
	r.Signals = gait.SignalsOf(r.Samples)
	return k.look(r.Run)
}

func scatter(random *rand.Rand, n int) []float64 {
	v := make([]float64, n)
	mean := 0.0
	for i := range v {
		v[i] = minuteScatter * random.NormFloat64()
		mean += v[i] / float64(n)
	}
	for i := range v {
		v[i] -= mean
	}
	return v
}

func realNoise() *rand.Rand { return random(7, 7) }

// byRun makes a season of one figure a run. Its cadences have the walking in
// them, so they are not used.
func byRun(rows []map[string]string, k *maker) []look {
	random := realNoise()
	out := make([]look, len(rows))
	for i, row := range rows {
		r := newRecording(row["day"], i, random)
		r.Context = gait.Context(row["context"])
		r.add(60*number(row["minutes"]), max(2, number(row["speed_mps"])), number(row["left_pct"]), number(row["gct_ms"]), math.NaN())
		out[i] = r.look(k)
	}
	return out
}

// byLap makes a season of one figure a lap, walking breaks and lost contact
// included.
func byLap(rows []map[string]string, k *maker) []look {
	random := realNoise()
	var out []look
	var r *recording
	day := ""
	for _, row := range rows {
		if row["day"] != day {
			if r != nil {
				out = append(out, r.look(k))
			}
			day, r = row["day"], newRecording(row["day"], len(out), random)
		}
		r.add(number(row["seconds"]), number(row["speed_mps"]), number(row["left_pct"]), number(row["gct_ms"]), number(row["cadence_spm"]))
	}
	if r != nil {
		out = append(out, r.look(k))
	}
	return out
}

// moved returns the looks with the balance of the last runs moved.
func moved(looks []look, runs int, points float64) []look {
	out := slices.Clone(looks)
	for i := len(out) - runs; i < len(out); i++ {
		out[i].shown += points
		out[i].Blocks = slices.Clone(out[i].Blocks)
		for j := range out[i].Blocks {
			out[i].Blocks[j].StanceTimeBalance += gait.Percent(points)
		}
	}
	return out
}

// injected counts the places at which a shift was put into real seasons, and
// those that were asked about and warned of within four runs; byChance are the
// same for the seasons as they are.
type injected struct{ places, asked, warned, askedByChance, warnedByChance int }

const (
	// injections is the number of places, over all seasons.
	injections = 200
	// behind is how many runs before a place are looked at, knownRuns the least.
	behind, knownRuns = 80, 20
)

// inject puts a step of the size, to the left and to the right in turn, into the
// real seasons at places evenly spread.
func (s *study) inject(seasons []realSeason, size float64) injected {
	type place struct{ season, at int }
	var all, places []place
	for i := range seasons {
		for at := knownRuns; at+4 <= len(seasons[i].looks); at++ {
			all = append(all, place{i, at})
		}
	}
	for i := range min(injections, len(all)) {
		places = append(places, all[i*len(all)/min(injections, len(all))])
	}
	var sum injected
	for _, o := range each(len(places), s.progress, func(i int) injected {
		p := places[i]
		history := seasons[p.season].looks[max(0, p.at-behind) : p.at+4]
		o := injected{places: 1}
		o.asked, o.warned = s.lastFour(moved(history, 4, size*float64(1-2*(p.at%2))))
		o.askedByChance, o.warnedByChance = s.lastFour(history)
		return o
	}) {
		sum.places, sum.asked, sum.warned = sum.places+o.places, sum.asked+o.asked, sum.warned+o.warned
		sum.askedByChance, sum.warnedByChance = sum.askedByChance+o.askedByChance, sum.warnedByChance+o.warnedByChance
	}
	return sum
}

// lastFour tells, as 0 or 1, whether one of the last four runs is asked about or
// warned of.
func (s *study) lastFour(history []look) (asked, warned int) {
	m := s.methods[0]
	for _, r := range m.read(history)[len(history)-4:] {
		if m.limits[0].asks(r) {
			asked = 1
		}
		if m.limits[0].warns(r) {
			warned = 1
		}
	}
	return asked, warned
}
