package analysis_test

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
)

// sharedSeason opens a season of a real runner, or skips the test where it is not there.
func sharedSeason(t testing.TB, name string) []map[string]string {
	t.Helper()
	root := os.Getenv("GAITKEEPER_SHARED")
	for dir, _ := os.Getwd(); root == "" && dir != "/"; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			root = filepath.Join(filepath.Dir(dir), "shared")
		}
	}
	f, err := os.Open(filepath.Join(root, "seasons", name))
	if err != nil {
		t.Skipf("skipped: the season %s of a real runner is not here", name)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		row := map[string]string{}
		for i, key := range rows[0] {
			row[key] = r[i]
		}
		out = append(out, row)
	}
	return out
}

func number(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

var seasonStart = time.Date(2024, 1, 1, 7, 0, 0, 0, time.UTC)

func dayOf(s string) time.Time {
	return seasonStart.Add(time.Duration(number(s)*24*60) * time.Minute)
}

// recording builds a run second by second from figures of longer stretches.
type recording struct {
	gait.Run
	random *rand.Rand
	at     float64 // seconds
	along  float64 // metres
}

func newRecording(day string, random *rand.Rand) *recording {
	start := dayOf(day)
	return &recording{Run: gait.Run{ID: gait.NewRunID(start), Start: start, Context: gait.Road}, random: random}
}

// add appends a stretch whose minutes scatter around its balance as those of a
// strap do, leaving its mean as it is.
func (r *recording) add(seconds, speed, balance, stance, cadence float64) {
	minutes := scatter(r.random, max(1, int(seconds)/60), 0.3)
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

func (r *recording) measure() gait.Measures {
	r.Duration = time.Duration(r.at) * time.Second
	r.Signals = gait.SignalsOf(r.Samples)
	return analysis.Measure(r.Run, params)
}

// scatter returns white noise that leaves the mean as it is.
func scatter(random *rand.Rand, n int, spread float64) []float64 {
	v := make([]float64, n)
	mean := 0.0
	for i := range v {
		v[i] = spread * random.NormFloat64()
		mean += v[i] / float64(n)
	}
	for i := range v {
		v[i] -= mean
	}
	return v
}

// byRun reads a season of one figure a run. Its cadences have the walking in
// them, so they are not used.
func byRun(t testing.TB) []gait.Measures {
	random := rand.New(rand.NewPCG(7, 7))
	var runs []gait.Measures
	for _, row := range sharedSeason(t, "one-run-a-row.csv") {
		r := newRecording(row["day"], random)
		r.Context = gait.Context(row["context"])
		r.add(60*number(row["minutes"]), max(2, number(row["speed_mps"])), number(row["left_pct"]), number(row["gct_ms"]), math.NaN())
		runs = append(runs, r.measure())
	}
	return runs
}

// byLap reads a season by lap, walking breaks and lost contact included.
func byLap(t testing.TB) []gait.Measures {
	random := rand.New(rand.NewPCG(7, 7))
	var runs []gait.Measures
	var r *recording
	day := ""
	for _, row := range sharedSeason(t, "one-lap-a-row.csv") {
		if row["day"] != day {
			if r != nil {
				runs = append(runs, r.measure())
			}
			day, r = row["day"], newRecording(row["day"], random)
		}
		r.add(number(row["seconds"]), number(row["speed_mps"]), number(row["left_pct"]), number(row["gct_ms"]), number(row["cadence_spm"]))
	}
	return append(runs, r.measure())
}

// replay judges and learns every run, all healthy, and returns the evidence.
func replay(runs []gait.Measures) []gait.Evidence {
	d := evidence.New(params)
	out := make([]gait.Evidence, len(runs))
	for i, m := range runs {
		out[i] = d.Judge(m, gait.Prior{})
		d.Learn(m, out[i], true)
	}
	return out
}

// seasons are the real seasons that are here.
func seasons(t testing.TB) map[string][]gait.Measures {
	return map[string][]gait.Measures{"one run a row": byRun(t), "one lap a row": byLap(t)}
}

func TestRealSeasons(t *testing.T) {
	all := seasons(t)
	t.Run("untouched", func(t *testing.T) { untouched(t, all) })
	t.Run("with a limp", func(t *testing.T) { withALimp(t, all) })
}

// untouched counts the alarms on two runners of whom nothing is
// known; the named faults of their straps do not count.
func untouched(t *testing.T, all map[string][]gait.Measures) {
	for name, runs := range all {
		ask, warn, form := 0.0, 0.0, 0.0
		for i, e := range replay(runs) {
			switch e.Level {
			case gait.LevelWarn:
				warn++
			case gait.LevelAsk:
				ask++
			}
			if e.Form.Level != gait.LevelNone {
				form++
			}
			if e.Level != gait.LevelNone || e.Quality.Balance == gait.BalanceSuspectSensor {
				t.Logf("%s, run %d: %s %s %s, log odds %.1f, balance %.2f, normal %.2f", name, i, e.Level, e.Chart, e.Quality.Balance, e.LogOdds, e.Balance, e.Baseline)
			}
		}
		per := 100 / float64(len(runs))
		t.Logf("%s: of 100 runs %.1f at ask, %.1f at warn, %.1f for their form", name, ask*per, warn*per, form*per)
		if ask*per > 4 || warn*per > 1 || form*per > 1 {
			t.Errorf("%s: too many alarms", name)
		}
	}
}

// withALimp moves the balance from a run on, at many places of
// the real seasons. With GAITKEEPER_FIGURES=1 it takes every run and more sizes.
func withALimp(t *testing.T, all map[string][]gait.Measures) {
	stride, sizes := 21, []float64{2}
	if os.Getenv("GAITKEEPER_FIGURES") != "" {
		stride, sizes = 1, []float64{1.5, 2, 3}
	}
	for name, runs := range all {
		for _, size := range sizes {
			asked, warned, n := 0.0, 0.0, 0.0
			for at := 20; at+4 <= len(runs); at += stride {
				level := limpFrom(runs, at, size*float64(1-2*(at%2)))
				n++
				if level != gait.LevelNone {
					asked++
				}
				if level == gait.LevelWarn {
					warned++
				}
			}
			t.Logf("%s, step of %.1f points at %.0f places: asked %.2f, warned %.2f within 4 runs", name, size, n, asked/n, warned/n)
			if size == 2 && (asked/n < 0.85 || warned/n < 0.6) {
				t.Errorf("%s: asked %.2f, warned %.2f", name, asked/n, warned/n)
			}
		}
	}
}

// limpFrom returns the loudest level in the four runs from at on, whose balance
// is moved; the forty runs before are the runner's normal.
func limpFrom(runs []gait.Measures, at int, points float64) gait.Level {
	from := max(0, at-40)
	window := slices.Clone(runs[from : at+4])
	for i := at - from; i < len(window); i++ {
		window[i].Blocks = slices.Clone(window[i].Blocks)
		for j := range window[i].Blocks {
			window[i].Blocks[j].StanceTimeBalance += gait.Percent(points)
		}
	}
	level := gait.LevelNone
	for _, e := range replay(window)[at-from:] {
		if e.Level.Louder(level) {
			level = e.Level
		}
	}
	return level
}
