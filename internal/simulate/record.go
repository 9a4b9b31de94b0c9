package simulate

import (
	"math/rand/v2"
	"time"

	"gaitkeeper/gait"
)

// record makes the samples of a run and its truth.
func (c *course) record(d day, rng *rand.Rand) Run {
	truth := Truth{
		Index: d.index, Kind: d.kind, Level: gait.Percent(d.level), NewStrap: c.swapped, BadStrap: d.bad,
		LostFrom: d.lostFrom, LostTo: d.lostTo, Retrained: d.cadence > 1,
	}
	for _, l := range c.season.Limps {
		if size := l.full(d.index); l.active(d.index) && size > float64(truth.Size) && l.onset(len(d.plan)) < len(d.plan) {
			truth.Limping, truth.Side, truth.Size = true, l.Side, gait.Points(size)
			truth.Onset = time.Duration(l.onset(len(d.plan))) * time.Second
		}
	}
	if walk := int(limpWalk * float64(truth.Size) * float64(len(d.plan))); walk >= 10 {
		at := max(len(d.plan)*7/10, int(truth.Onset.Seconds()))
		d.plan.set(at, at+walk, 0)
	}
	run := gait.Run{
		ID: gait.NewRunID(d.start), Start: d.start, Context: d.context,
		Duration: time.Duration(len(d.plan)) * time.Second, Elapsed: time.Duration(len(d.plan)) * time.Second,
	}
	switch {
	case d.worn:
		run.Sensor = c.strap
		if d.second && c.season.Runner.Strap.Named {
			run.Sensor.Serial++
		}
	case c.season.Runner.Watch.WristDynamics:
		run.Sensor = watchSensor()
	}
	run.Samples = newMotion(c.season, d, rng).samples()
	run.Samples = c.season.Runner.Watch.keep(run.Samples, rng)
	run.Distance = run.Samples[len(run.Samples)-1].Distance
	run.Signals = gait.SignalsOf(run.Samples)
	return Run{Run: run, Truth: truth}
}
