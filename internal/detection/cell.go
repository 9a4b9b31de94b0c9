package main

import (
	"fmt"
	"math"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// cell is one shape and size of limp.
type cell struct {
	name string
	limp simulate.Limp // from run 0; the subject's onset and side are filled in
	// within is the number of runs the limp should be found in, runs the number
	// it is followed for.
	within, runs int
	// column is the cell's place in the main table, from 1; 0: none.
	column int
}

// at returns the cell's limp for one subject.
func (c *cell) at(s *subject) simulate.Limp {
	l := c.limp
	l.From, l.Side = s.onset, s.side
	if c.limp.Side == gait.Both {
		l.Side = gait.Both
	}
	if c.insideRun() {
		l.To = l.From + 1
	}
	return l
}

// insideRun tells whether the limp begins in the middle of a run.
func (c *cell) insideRun() bool {
	return c.limp.Shape == simulate.StepInRun || c.limp.Shape == simulate.RampInRun
}

func pulse(size gait.Points) cell {
	return cell{name: fmt.Sprintf("pulse %v", size), limp: simulate.Limp{Shape: simulate.Pulse, Size: size}, within: 1, runs: 1}
}

func step(size gait.Points) cell {
	return cell{name: fmt.Sprintf("step %v", size), limp: simulate.Limp{Shape: simulate.Step, Size: size}, within: 4, runs: 20}
}

func ramp(size gait.Points) cell {
	return cell{name: fmt.Sprintf("ramp to %v", size), limp: simulate.Limp{Shape: simulate.Ramp, Size: size}, within: 20, runs: 20}
}

func midRun(size gait.Points, share float64) cell {
	return cell{
		name: fmt.Sprintf("mid-run %v, from %.0f %%", size, 100*share), within: 1, runs: 1,
		limp: simulate.Limp{Shape: simulate.StepInRun, Size: size, AtShare: share},
	}
}

func slowMidRun(size gait.Points) cell {
	return cell{
		name: fmt.Sprintf("mid-run %v, in 10 minutes", size), within: 1, runs: 1,
		limp: simulate.Limp{Shape: simulate.RampInRun, Size: size, AtShare: 0.5},
	}
}

func afterHalfAnHour(size gait.Points) cell {
	return cell{
		name: fmt.Sprintf("mid-run %v, after 30 minutes", size), within: 1, runs: 1,
		limp: simulate.Limp{Shape: simulate.StepInRun, Size: size, At: 30 * time.Minute},
	}
}

func bothSides(size gait.Points) cell {
	c := step(size)
	c.name += " on both sides"
	c.limp.Side = gait.Both
	return c
}

// mainCells are the columns of the main table.
func mainCells() []cell {
	cells := []cell{pulse(3), step(1.5), step(2), step(3), ramp(1.5), midRun(1.5, 0.5), midRun(2.5, 0.5)}
	for i := range cells {
		cells[i].column = i + 1
	}
	return cells
}

// allCells are the main cells and the other shapes and sizes.
func allCells() []cell {
	return append(mainCells(),
		pulse(1), pulse(1.5), pulse(2), pulse(5), step(0.5), step(0.75), step(1), step(5), ramp(0.75), ramp(1), ramp(2), ramp(3),
		midRun(1, 0.5), midRun(1.5, 0.25), midRun(1.5, 0.75), midRun(2, 0.5), midRun(3, 0.5), midRun(5, 0.5),
		slowMidRun(1.5), slowMidRun(2.5), afterHalfAnHour(1.5), afterHalfAnHour(2.5), bothSides(2))
}

// found is what one method made of one subject's limp.
type found struct {
	// asked and warned are the runs, from 1, in which it first did; 0: never.
	asked, warned int
	side          bool // the right one, where it asked
	onset         time.Duration
	within        bool // it named an onset inside the run
	// limped is how long the runner had limped at the end of the run it was
	// first asked about; judged tells that one of the runs could be judged.
	limped time.Duration
	judged bool
}

// outcome is what came of one cell on one subject.
type outcome struct {
	limped bool // the limp has a part in the run it should be found in
	ours   found
	others []found // by the other methods and their limits, within the cell's runs
	// oracle holds the log likelihood ratios of the oracle's looks.
	oracle []float64
	// strap and stance hold those of a limp against a silent change of strap,
	// from the balance alone and with the stance times.
	strap, stance []float64
}

// try lets the methods look at the cell's limp on the subject. Only the first
// one is followed beyond the runs the limp should be found in.
func (c *cell) try(s *subject, methods []method, k *maker) outcome {
	var out outcome
	s.limping(c.at(s), c.runs, k, func(history []look) bool {
		n := len(history) - s.onset
		last := s.onset+n == min(s.onset+c.runs, s.season.Runs)
		if n == c.within || n > c.within && last && out.ours.warned == 0 {
			out.ours = methods[0].search(history, s)[0]
		}
		if n == c.within {
			out.limped = history[s.onset].truth.Limping || c.limp.Side == gait.Both
			for i := range methods[1:] {
				out.others = append(out.others, methods[1+i].search(history, s)...)
			}
			task := newTask(history, s.onset, &s.season.Runner, c.at(s))
			out.oracle = task.ratios(random(s.season.Runner.Seed, oracleStream))
			if c.limp.Shape == simulate.Step {
				task.strap.chance = 1
				out.strap = task.ratios(random(s.season.Runner.Seed, oracleStream))
				task.stance = stanceDistance(&task, &s.season.Runner)
				out.stance = task.ratios(random(s.season.Runner.Seed, oracleStream))
			}
		}
		return n >= c.within && out.ours.warned > 0
	})
	return out
}

// oracleStream keeps the oracle's random numbers apart from the runner's.
const oracleStream = 99

// search looks for the method's first alarms from the subject's onset on, by
// limit.
func (m *method) search(history []look, s *subject) []found {
	readings := m.read(history)
	out := make([]found, len(m.limits))
	for k := range out {
		out[k] = m.limits[k].search(readings, history, s)
	}
	return out
}

func (l limit) search(readings []reading, history []look, s *subject) found {
	var f found
	var limped time.Duration
	for i, r := range readings[s.onset:] {
		run := &history[s.onset+i]
		limped += run.Duration - run.truth.Onset
		f.judged = f.judged || !math.IsInf(r.ask, -1)
		if f.asked == 0 && l.asks(r) {
			f.asked, f.side, f.limped = i+1, r.side == s.side, limped
			f.within, f.onset = r.onset > 0, r.onset-run.truth.Onset
		}
		if f.warned == 0 && l.warns(r) {
			f.warned = i + 1
		}
	}
	return f
}
