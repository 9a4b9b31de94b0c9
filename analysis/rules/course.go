package rules

import (
	"slices"
	"time"

	"gaitkeeper/gait"
)

const day = 24 * time.Hour

// Course is what is known of one place before a moment.
type Course struct {
	Place
	// Past are the reports at the place, oldest first.
	Past []Past
	// NewSince is when a new pain began that MOD-NEW watches; NewWorst the
	// worst since.
	NewSince time.Time
	NewWorst gait.Score
	// Calm is the number of calm runs in a row.
	Calm int
	// Spells are the beginnings of the times of pain at the place.
	Spells []time.Time
	// ModifySince is when the present spell first asked for a change.
	ModifySince time.Time
	// Mornings are the moments at which MOD-MORNING matched.
	Mornings []time.Time

	inSpell bool
}

// Past is one report of the past.
type Past struct {
	Report
	At time.Time
	// Run is the number of the run in the runner's history, from 0; -1 on a
	// rest day.
	Run int
	// Counts tells whether the pain counts on the scale: no cramp, no blister,
	// no soreness after a hard run.
	Counts bool
	// Asked tells that the next morning was worth asking about.
	Asked bool
}

// painful tells whether the report counts as a pain at the place.
func (p Past) painful() bool { return p.Counts && p.Worst.AtLeast(1) }

// known tells whether the place hurt in the last days.
func (c *Course) known(at time.Time, p gait.PainParams) bool {
	_, ok := c.lastPain(at, p)
	return ok
}

// lastPain returns the last painful report at the place within the days after
// which a pain is new.
func (c *Course) lastPain(at time.Time, p gait.PainParams) (Past, bool) {
	for _, past := range c.lately(at, p.NewDays) {
		if past.painful() {
			return past, true
		}
	}
	return Past{}, false
}

// lately returns the reports of the last days, newest first.
func (c *Course) lately(at time.Time, days int) []Past {
	if c == nil {
		return nil
	}
	from := len(c.Past)
	for from > 0 && at.Sub(c.Past[from-1].At) <= time.Duration(days)*day {
		from--
	}
	recent := slices.Clone(c.Past[from:])
	slices.Reverse(recent)
	return recent
}

// painfulRuns returns the painful runs of the last days whose number was not
// taken with painkillers, newest first.
func (c *Course) painfulRuns(at time.Time, p gait.PainParams) []Past {
	return slices.DeleteFunc(c.lately(at, p.NewDays), func(past Past) bool {
		return past.Run < 0 || !past.painful() || past.Medication == gait.Yes
	})
}

// newStands tells whether MOD-NEW watches the place.
func (c *Course) newStands(at time.Time, p gait.PainParams) bool {
	return c != nil && !c.NewSince.IsZero() && at.Before(c.newEnds(p)) && c.Calm < p.CalmRuns
}

// newEnds is when MOD-NEW ends by time alone.
func (c *Course) newEnds(p gait.PainParams) time.Time {
	return c.NewSince.Add(time.Duration(p.NewEndsDays) * day)
}

// After adds what was said of the place at a moment. Fresh tells that MOD-NEW
// took the pain for a new one; modified that a rule asked for a change at the
// place, morning that MOD-MORNING did.
func (c *Course) After(past Past, p gait.PainParams, fresh, modified, morning bool) {
	if past.painful() && (!c.inSpell || !c.known(past.At, p)) {
		c.inSpell, c.ModifySince = true, time.Time{}
		c.Spells = append(c.Spells, past.At)
	}
	switch {
	case fresh:
		c.NewSince, c.NewWorst, c.Calm = past.At, past.Worst, 0
	case past.Run >= 0 && past.calm(p.CalmWorst):
		c.Calm++
	case past.painful():
		c.Calm = 0
	}
	if past.painful() {
		c.NewWorst = c.NewWorst.Worse(past.Worst)
	}
	if c.Calm >= p.CalmRuns {
		c.inSpell, c.NewSince = false, time.Time{}
	}
	if modified && c.ModifySince.IsZero() {
		c.ModifySince = past.At
	}
	if morning {
		c.Mornings = append(c.Mornings, past.At)
	}
	c.Past = append(c.Past, past)
}

// silences returns how many mornings in a row were asked about in vain.
func (c *Course) silences() int {
	n := 0
	for _, past := range slices.Backward(c.Past) {
		switch {
		case past.Morning.Known():
			return n
		case past.Asked:
			n++
		}
	}
	return n
}
