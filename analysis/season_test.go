package analysis_test

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
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

func TestRealSeasons(t *testing.T) {
	for _, c := range []struct {
		name string
		runs []gait.Measures
	}{{"by run", byRun(t)}, {"by lap", byLap(t)}} {
		t.Run(c.name, func(t *testing.T) {
			n := map[gait.Level]int{}
			for i, e := range replay(c.runs) {
				n[e.Level]++
				if e.Level != gait.LevelNone || e.Quality.Balance == gait.BalanceSuspectSensor || e.Form.Level != gait.LevelNone {
					t.Logf("run %d: %s %s odds %.1f balance %.2f normal %.2f band %.2f onset %v form %v %v; %s", i, e.Level, e.Chart, e.LogOdds, e.Balance, e.Baseline, e.Band, e.Onset, e.Form, e.Quality.Balance, e.ShortSide)
				}
			}
			t.Logf("%d runs: %d ask, %d warn", len(c.runs), n[gait.LevelAsk], n[gait.LevelWarn])
		})
	}
}

// shifted returns the runs from..to with the balance of run at and later moved.
func shifted(runs []gait.Measures, at int, points float64) []gait.Measures {
	out := append([]gait.Measures(nil), runs...)
	for i := at; i < len(out); i++ {
		out[i] = moved(out[i], func(gait.Block) float64 { return points })
	}
	return out
}

func moved(m gait.Measures, points func(gait.Block) float64) gait.Measures {
	m.Blocks = append([]gait.Block(nil), m.Blocks...)
	for j := range m.Blocks {
		m.Blocks[j].StanceTimeBalance += gait.Percent(points(m.Blocks[j]))
	}
	return m
}

func TestInjected(t *testing.T) {
	for _, c := range []struct {
		name string
		runs []gait.Measures
	}{{"by run", byRun(t)}, {"by lap", byLap(t)}} {
		for _, size := range []float64{1.5, 2, 3} {
			asked, warned, n := 0, 0, 0
			for at := 20; at+4 < len(c.runs); at += 4 {
				from := max(0, at-40)
				side := float64(1 - 2*(at/4%2))
				es := replay(shifted(c.runs[from:at+4], at-from, side*size))[at-from:]
				n++
				ask, warn := false, false
				for _, e := range es {
					ask = ask || e.Level != gait.LevelNone
					warn = warn || e.Level == gait.LevelWarn
				}
				if ask {
					asked++
				} else if size == 2 {
					t.Logf("missed at %d", at)
				}
				if warn {
					warned++
				}
			}
			t.Logf("%s: step %.1f: asked %d, warned %d of %d", c.name, size, 100*asked/n, 100*warned/n, n)
		}
	}
}
