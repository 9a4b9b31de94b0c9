package rules

import (
	"slices"
	"time"

	"gaitkeeper/gait"
)

// RunSummary is what is remembered of a run for the runner's habit and load.
type RunSummary struct {
	Run        gait.RunID
	Start, End time.Time
	Distance   gait.Metres
	// Speed is the usual speed of the steady minutes, 0 where unknown.
	Speed gait.MetresPerSecond
	// StartSpeed is the speed of the first minutes, 0 where unknown.
	StartSpeed gait.MetresPerSecond
	// Walk is the share of the time spent walking, Fade what [gait.Fade] says, on
	// whatever slope; 0 where unknown.
	Walk, Fade float64
	Ascent     gait.Metres
	Sensor     gait.Sensor
	// Warned means that the balance was at warn, could be trusted, and the runner
	// has said nothing of it.
	Warned bool
	// Short is the spared side where the balance spoke, Off that where it was at
	// least outside the runner's normal band; whatever was said of it.
	Short, Off gait.Side
	// Inside means that the run by itself was inside the normal band.
	Inside bool
	// Silent means that nothing was said of the run.
	Silent bool
}

// NewRunSummary takes from a run's figures what its habit and load need.
func NewRunSummary(m gait.Measures) RunSummary {
	o := RunSummary{
		Run: m.Run, Start: m.Start, End: m.Start.Add(m.Duration), Distance: known(m.Distance), Ascent: known(m.Ascent),
		Walk: m.WalkShare, StartSpeed: known(m.WarmUp.Speed), Sensor: m.Sensor,
	}
	fade, _ := gait.Fade(m.Blocks)
	o.Fade = known(fade)
	speeds := make([]gait.MetresPerSecond, len(m.Blocks))
	for i, b := range m.Blocks {
		speeds[i] = b.Speed
	}
	o.Speed = known(gait.Median(speeds))
	if o.Speed == 0 && m.Duration > 0 {
		o.Speed = gait.MetresPerSecond(float64(o.Distance) / m.Duration.Seconds())
	}
	return o
}

func known[U ~float64](v U) U {
	if gait.Known(v) {
		return v
	}
	return 0
}

// What is compared with the runner's habit. These are judgements without a
// source, but where another is named.
const (
	habitRuns  = 20   // runs: the habit is the median of so many last ones
	habitLeast = 5    // runs before there is a habit
	shortRun   = 0.6  // of the usual distance, and shorter than each run of the habit: cut short (therapist B; the number ours)
	walkExcess = 0.10 // share of the time: so much more walking than usual was no usual run (therapist B; the number ours)
	fadeExcess = 10.5 // hundredths, which is a tenth of the speed: the pace fell by so much more than usual (therapist B; the number ours)
	longRun    = 1.3  // times the usual distance: a long run makes sore
	hardPace   = 1.08 // times the usual speed: a hard run makes sore
	cutLoad    = 0.10 // share: a weekly distance or climb lower by so much is a change of training
	cutPace    = 0.05 // share: so much slower, or so much more walking, is one too
	hilly      = 10   // m/km: runs that climb so much are hilly
	faster     = 0.03 // share: painful runs so much faster than usual were fast
	fastStart  = 0.9  // of the run's own speed: such a start was no walk
)

// habit is a runner's usual run: medians over the last ones before this.
type habit struct {
	runs                        int
	distance, least             float64
	speed, walk, fade, metresUp float64
}

// habit returns what was usual before the run of the case, or before now.
func (c *Case) habit() habit {
	runs := c.Runs
	if c.Run != nil && len(runs) > 0 {
		runs = runs[:len(runs)-1]
	}
	return habitOf(runs[max(0, len(runs)-habitRuns):])
}

func habitOf(runs []RunSummary) habit {
	h := habit{runs: len(runs)}
	if h.runs == 0 {
		return h
	}
	distance := pick(runs, func(o RunSummary) float64 { return float64(o.Distance) })
	h.distance, h.least = median(distance), slices.Min(distance)
	h.speed = median(pick(runs, func(o RunSummary) float64 { return float64(o.Speed) }))
	h.walk = median(pick(runs, func(o RunSummary) float64 { return o.Walk }))
	h.fade = median(pick(runs, func(o RunSummary) float64 { return o.Fade }))
	h.metresUp = median(pick(runs, RunSummary.climb))
	return h
}

// formed reports whether there are enough runs to speak of a habit.
func (h habit) formed() bool { return h.runs >= habitLeast }

// climb returns the metres climbed for each kilometre.
func (o RunSummary) climb() float64 {
	if o.Distance <= 0 {
		return 0
	}
	return float64(o.Ascent) / float64(o.Distance) * 1000
}

// weekly returns the mean weekly distance in metres over the days before end,
// and the runs in it. Where the runner's history is shorter than that, it
// counts from the first run on, for a week at least.
func (c *Case) weekly(end time.Time, days int) (metres float64, runs []RunSummary) {
	from := end.Add(-time.Duration(days) * day)
	runs = c.between(from, end)
	if len(runs) == 0 {
		return 0, nil
	}
	span := end.Sub(later(from, c.Runs[0].Start))
	for _, o := range runs {
		metres += float64(o.Distance)
	}
	return metres / max(span.Hours()/24/7, 1), runs
}

// between returns the runs that began after from and until to.
func (c *Case) between(from, to time.Time) []RunSummary {
	high := len(c.Runs)
	for high > 0 && c.Runs[high-1].Start.After(to) {
		high--
	}
	low := high
	for low > 0 && c.Runs[low-1].Start.After(from) {
		low--
	}
	return c.Runs[low:high]
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func pick(runs []RunSummary, f func(RunSummary) float64) []float64 {
	v := make([]float64, len(runs))
	for i, o := range runs {
		v[i] = f(o)
	}
	return v
}

// median returns the middle of v, 0 of nothing.
func median(v []float64) float64 { return known(gait.Median(v)) }
