package analysis

import (
	"math"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// LookBack sums up the whole history: what it can tell, and when the gait
// changed. Excluded runs are not in it.
func (f *Fold) LookBack() finding.LookBack {
	var l finding.LookBack
	var runs []*gait.Measures
	for _, e := range f.events {
		if e.run == nil || e.excluded {
			continue
		}
		runs = append(runs, e.run)
		if l.Runs++; l.Runs == 1 {
			l.From = e.run.Start
		}
		l.To = e.run.Start
		if e.run.Signals.Has(gait.SignalStanceTimeBalance) {
			if l.Sided++; l.Sided == 1 {
				l.SidedFrom = e.run.Start
			}
		}
	}
	for _, e := range f.Episodes {
		if !e.Measured {
			continue
		}
		if c, loud := f.change(e, runs); loud {
			l.Changes = append(l.Changes, c)
		} else {
			l.Odd++
		}
	}
	return l
}

// change sums up the figures of an episode; false where none of its runs was
// worth a warning.
func (f *Fold) change(e finding.Episode, runs []*gait.Measures) (finding.Change, bool) {
	c := finding.Change{Open: e.Closed.IsZero()}
	var best gait.Evidence
	since := 0 // runs from the first with a warning on
	for _, r := range runs {
		if end(r).Before(e.Opened) || !c.Open && r.Start.After(e.Closed) {
			continue
		}
		seen := f.Assessments[f.index[r.Run]].Evidence
		if since > 0 {
			since++
		}
		if highestLevel(seen) == gait.LevelNone {
			continue
		}
		if since == 0 {
			c.Start, since = r.Start, 1
		}
		c.Runs = since
		if speaksMore(seen, best) {
			best, c.Run = seen, r.Run
		}
	}
	c.What = best.Form.What
	if best.Level.Above(gait.LevelNone) && best.Quality.Balance == gait.BalanceOK {
		c.Side, c.Shift, c.Shorter = best.ShortSide, best.Shift, best.StanceDifference
	}
	return c, highestLevel(best) == gait.LevelWarn
}

// highestLevel is the higher level of a run's balance and form.
func highestLevel(e gait.Evidence) gait.Level {
	switch {
	case e.Form.Level.Above(e.Level):
		return e.Form.Level
	case e.Level == "":
		return gait.LevelNone
	default:
		return e.Level
	}
}

// speaksMore reports whether a has a higher level than b, or the same and a
// larger shift.
func speaksMore(a, b gait.Evidence) bool {
	if l, m := highestLevel(a), highestLevel(b); l != m {
		return l.Above(m)
	}
	return gait.Known(a.Shift) && math.Abs(float64(a.Shift)) > math.Abs(float64(b.Shift))
}
