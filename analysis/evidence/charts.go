package evidence

import (
	"math"

	"gaitkeeper/gait"
)

// drawn is the odds behind one chart.
type drawn struct {
	chart gait.Chart
	odds  sides
}

func (o odds) each() [4]drawn {
	return [4]drawn{
		{gait.ChartSudden, o.sudden},
		{gait.ChartConfirmed, o.confirmed},
		{gait.ChartCreep, o.creep},
		{gait.ChartWithinRun, o.within},
	}
}

// charts shows the evidence by what the shift looks like, in the standard
// deviations of a single figure that would say as much: the square root of
// twice the natural log of the Bayes factor. The limits are those at which
// that chart alone would ask or warn; pain lowers them.
func (d *Detector) charts(o odds, prior gait.Prior) []gait.ChartReading {
	began := map[gait.Chart]float64{
		gait.ChartSudden: shiftRate, gait.ChartConfirmed: shiftRate * newsRuns,
		gait.ChartCreep: shiftRate * rampShare * (rampRuns + newsRuns), gait.ChartWithinRun: 1 / withinEvery,
	}
	ahead := min(prior.LogOdds, painRoom)
	var out []gait.ChartReading
	for _, c := range o.each() {
		base := math.Log(began[c.chart])
		out = append(out, gait.ChartReading{
			Chart: c.chart,
			Value: deviations(finite(math.Log(c.odds.sum())) - base),
			Ask:   deviations(d.p.AskLogOdds - base - ahead),
			Warn:  deviations(d.p.WarnLogOdds - base - ahead),
		})
	}
	return out
}

func deviations(logBayes float64) float64 { return math.Sqrt(2 * max(0, logBayes)) }
