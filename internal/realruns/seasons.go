package realruns

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"time"

	"gaitkeeper/gait"
)

// Season is the season of a real runner of whom the figures of runs or of laps
// are known, and nothing else.
type Season struct {
	Name string
	rows []row
	read func([]row) iter.Seq[gait.Run]
}

// row is a line of a table, by the names of its columns.
type row map[string]string

// Seasons reads the seasons that are here: none where there are none.
func Seasons() ([]Season, error) {
	var out []Season
	for _, s := range []struct {
		file string
		Season
	}{
		{"one-run-a-row.csv", Season{Name: "one figure a run", read: byRun}},
		{"one-lap-a-row.csv", Season{Name: "one figure a lap", read: byLap}},
	} {
		var err error
		if s.rows, err = readRows(Folder("seasons", s.file)); errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, fmt.Errorf("read real season: %w", err)
		}
		out = append(out, s.Season)
	}
	return out, nil
}

// Runs makes the season's runs second by second, oldest first and the same each
// time: within a run or a lap, the figures scatter around what is known.
func (s Season) Runs() iter.Seq[gait.Run] { return s.read(s.rows) }

func readRows(path string) ([]row, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	table, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []row
	for _, line := range table[1:] {
		r := row{}
		for i, column := range table[0] {
			r[column] = line[i]
		}
		out = append(out, r)
	}
	return out, nil
}

// number returns a figure, NaN where the row has none.
func (r row) number(column string) float64 {
	v, err := strconv.ParseFloat(r[column], 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// byRun makes runs of one figure a run. The cadences have the walking in them,
// so they are not used.
func byRun(rows []row) iter.Seq[gait.Run] {
	return func(yield func(gait.Run) bool) {
		random := noise()
		for _, row := range rows {
			r := newRecording(row, random)
			r.Context = gait.Context(row["context"])
			r.add(60*row.number("minutes"), max(2, row.number("speed_mps")), row.number("left_pct"), row.number("gct_ms"), math.NaN())
			if !yield(r.whole()) {
				return
			}
		}
	}
}

// byLap makes runs of one figure a lap, walking breaks and lost contact
// included.
func byLap(rows []row) iter.Seq[gait.Run] {
	return func(yield func(gait.Run) bool) {
		random := noise()
		var r *recording
		for i, row := range rows {
			if i == 0 || row["day"] != rows[i-1]["day"] {
				r = newRecording(row, random)
			}
			r.add(row.number("seconds"), row.number("speed_mps"), row.number("left_pct"), row.number("gct_ms"), row.number("cadence_spm"))
			if last := i == len(rows)-1 || rows[i+1]["day"] != row["day"]; last && !yield(r.whole()) {
				return
			}
		}
	}
}

func noise() *rand.Rand {
	//nolint:gosec // the seasons must be the same every time: no secret hangs on these numbers
	return rand.New(rand.NewPCG(7, 7))
}

// recording builds a run second by second from the figures of longer stretches.
type recording struct {
	gait.Run
	random *rand.Rand
	at     float64 // seconds
	along  float64 // metres
}

// newRecording begins the run of the day, in days since the season's first; its
// date is ours.
func newRecording(first row, random *rand.Rand) *recording {
	start := time.Date(2025, 1, 6, 7, 0, 0, 0, time.UTC).Add(time.Duration(first.number("day")*24*60) * time.Minute)
	return &recording{Run: gait.Run{ID: gait.NewRunID(start), Start: start, Context: gait.Road}, random: random}
}

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

// whole returns the run with its summary.
func (r *recording) whole() gait.Run {
	r.Duration, r.Elapsed = time.Duration(r.at)*time.Second, time.Duration(r.at)*time.Second
	r.Distance = gait.Metres(r.along)
	r.Signals = gait.SignalsOf(r.Samples)
	return r.Run
}

// minuteScatter is how far the minutes of a stretch scatter around its figure,
// which alone is known, in points of balance: the spread of steady straps.
const minuteScatter = 0.3

// scatter returns white noise whose mean is 0.
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
