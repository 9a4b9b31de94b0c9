package simulate

import (
	"iter"
	"time"

	"gaitkeeper/gait"
)

// Season is a row of runs of one runner.
type Season struct {
	Runner Runner
	// Start is when the first run begins.
	Start time.Time
	// Runs is their number.
	Runs  int
	Limps []Limp
}

// Run is a made run with what is true of it.
type Run struct {
	gait.Run
	Truth Truth
}

// Truth is what is true of a made run, whatever its samples show.
type Truth struct {
	// Index is the run's number in its season, from 0.
	Index int
	Kind  Kind
	// Limping tells that a limp has a part in the run; Side, Size and Onset
	// are those of the largest: the spared side, the most it reaches in this
	// run, and the moment it begins.
	Limping bool
	Side    gait.Side
	Size    gait.Points
	Onset   time.Duration
	// Level is what the strap would show of a healthy run on the road without
	// the noise of the run: the body's level, its drift, shoes and strap.
	Level gait.Percent
	// NewStrap tells that the strap is another one than in the run before,
	// whether its serial number says so or not.
	NewStrap bool
	// BadStrap tells that the strap sat badly or was dying.
	BadStrap bool
	// LostFrom and LostTo bound the seconds in which the strap had no contact.
	LostFrom, LostTo int
	// Retrained tells that the runner has raised the cadence on purpose.
	Retrained bool
}

// All makes the runs one after the other, oldest first. It keeps none of them,
// so that a long season needs no more memory than its longest run.
func (s Season) All() iter.Seq[Run] { return s.From(0) }

// From makes the runs from the one with index first on, the same ones that All
// makes; those before it take next to no time.
func (s Season) From(first int) iter.Seq[Run] {
	return func(yield func(Run) bool) {
		c := newCourse(s)
		for i := range s.Runs {
			if i < first {
				c.skip(i)
			} else if !yield(c.next(i)) {
				return
			}
		}
	}
}

// Make makes all runs of the season, oldest first.
func (s Season) Make() []Run {
	runs := make([]Run, 0, s.Runs)
	for run := range s.All() {
		runs = append(runs, run)
	}
	return runs
}

// GaitRuns returns the runs without their truth.
func GaitRuns(made []Run) []gait.Run {
	runs := make([]gait.Run, len(made))
	for i := range made {
		runs[i] = made[i].Run
	}
	return runs
}

// LimpSeason makes the season of a steady road runner with a good strap:
// easy, long and tempo runs of half an hour to an hour, every one to three
// days. From the run with index limpFrom on (0 is the first; a negative one or
// one past the end: never) the runner limps, sparing the given side, with a
// balance moved by size. The noise is that of the steadier half of real
// runners, so that what follows from the limp can be relied on.
func LimpSeason(seed uint64, start time.Time, runs, limpFrom int, size gait.Points, side gait.Side) []gait.Run {
	r := NewRunner(seed)
	r.Body.SpeedSlope = clip(r.Body.SpeedSlope, -0.5, 0.5)
	r.Noise.DriftSD, r.Noise.RunSD, r.Noise.MinuteSD = 0.2, 0.25, 0.33
	r.Noise.SlideMean, r.Noise.SlideSD = 0, 0.25
	r.Habits = Habits{RunsPerWeek: 3.5, Minutes: 38, Spread: 0.1, Mix: Mix{Easy: 85, Long: 8, Tempo: 7}}
	s := Season{Runner: r, Start: start, Runs: runs}
	if limpFrom >= 0 {
		s.Limps = []Limp{{From: limpFrom, Side: side, Size: size}}
	}
	return GaitRuns(s.Make())
}

// LimpSeasonUntil is LimpSeason with its last run beginning at the given moment.
func LimpSeasonUntil(seed uint64, last time.Time, runs, limpFrom int, size gait.Points, side gait.Side) []gait.Run {
	made := LimpSeason(seed, last, runs, limpFrom, size, side)
	if len(made) == 0 {
		return nil
	}
	early := last.Sub(made[len(made)-1].Start)
	for i := range made {
		made[i].Start = made[i].Start.Add(early)
		made[i].ID = gait.NewRunID(made[i].Start)
	}
	return made
}
