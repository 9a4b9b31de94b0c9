package main

import (
	"math"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// reading is what a method makes of one run. A run is asked about where ask
// reaches the method's limit, and warned of where warn does; each method has
// its own unit. Where there is nothing to judge both are far below.
type reading struct {
	ask, warn float64
	side      gait.Side
	// onset is when the change inside the run began; 0: no such change.
	onset time.Duration
	// odds is the log odds of gaitkeeper itself.
	odds float64
	form bool // a question about the form, not the balance
}

// silent is the reading of a run that cannot be judged.
func silent() reading {
	return reading{ask: math.Inf(-1), warn: math.Inf(-1), odds: math.Inf(-1)}
}

// method is one way of telling a limp: what it reads from a season, where each
// run sees only those before it, and the limits that it is used with.
type method struct {
	name   string
	read   func(season []look) []reading
	limits []limit
}

// limit is from how loud a reading on somebody asks and warns.
type limit struct {
	name      string
	ask, warn float64
}

func (l limit) asks(r reading) bool  { return r.ask >= l.ask }
func (l limit) warns(r reading) bool { return r.warn >= l.warn }

// tallies counts the alarms at both levels.
func (l limit) tallies(readings []reading, keep func(i int) bool) tallies {
	return tallies{count(readings, l.asks, keep), count(readings, l.warns, keep)}
}

// history is what the fold sees of a season in which nobody says anything.
func history(season []look) gait.History {
	h := gait.History{Runs: make([]gait.Measures, len(season))}
	for i := range season {
		h.Runs[i] = season[i].Measures
	}
	return h
}

// gaitkeeper is the program itself: the fold over the season.
func gaitkeeper(p gait.Params) method {
	return method{"gaitkeeper", func(season []look) []reading {
		assessments := analysis.Replay(history(season), p).Assessments
		out := make([]reading, len(assessments))
		for i := range assessments {
			out[i] = readAssessment(&assessments[i], p)
		}
		return out
	}, []limit{{"gaitkeeper", 1, 1}}}
}

// readAssessment reads what the program says of one run.
func readAssessment(a *finding.Assessment, p gait.Params) reading {
	e := &a.Evidence
	r := silent()
	r.side, r.form = e.ShortSide, e.Form.Level != gait.LevelNone
	if e.Quality.Balance != gait.BalanceOK || e.BaselineRuns < p.Analysis.LearningRuns {
		return r
	}
	r.ask, r.warn, r.odds = 0, 0, e.LogOdds
	if e.Level.Above(gait.LevelNone) {
		r.ask = 1
	}
	if e.Level == gait.LevelWarn {
		r.warn = 1
	}
	if e.Chart == gait.ChartWithinRun {
		r.onset = e.Onset
	}
	return r
}
