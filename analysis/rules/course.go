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
	// past are the reports at the place, oldest first.
	past []remembered
	// newSince is when a new pain began that MOD-NEW watches; newWorst the
	// worst since.
	newSince time.Time
	newWorst gait.Score
	// calm is the number of calm runs in a row.
	calm int
	// spells are the beginnings of the times of pain at the place: the first
	// that asked for a change after none, or after it had calmed down.
	spells []time.Time
	// modifySince is when the present spell began.
	modifySince time.Time
	// mornings are the moments at which MOD-MORNING matched.
	mornings []time.Time

	inSpell bool
}

// Clone returns a course that goes on by itself.
func (c *Course) Clone() *Course {
	own := *c
	own.past, own.spells, own.mornings = slices.Clip(c.past), slices.Clip(c.spells), slices.Clip(c.mornings)
	return &own
}

// remembered is one report of the past.
type remembered struct {
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
func (p remembered) painful() bool { return p.Counts && p.Worst.AtLeast(1) }

// known tells whether the place hurt in the last days.
func (c *Course) known(at time.Time, p gait.PainParams) bool {
	_, ok := c.lastPain(at, p)
	return ok
}

// Beyond tells whether a report speaks of a pain that the place did not have in
// the last weeks, or of one clearly above what is usual there: 2 more.
func (c *Course) Beyond(r Report, at time.Time, p gait.PainParams) bool {
	var usual []float64
	for _, past := range c.lately(at, p.NewDays) {
		if past.painful() {
			usual = append(usual, float64(past.Worst.Low()))
		}
	}
	return r.Hurts() && (len(usual) == 0 || float64(r.Worst.Low()) >= median(usual)+clearlyMore)
}

// clearlyMore is by how much a pain is clearly above the usual one (Farrar et al.
// 2001: 2 of 10 matter to the patient).
const clearlyMore = 2

// goesOn tells whether the last time of pain at the place has not ended.
func (c *Course) goesOn(at time.Time, p gait.PainParams) bool {
	return c != nil && c.inSpell && c.known(at, p)
}

// lastPain returns the last painful report at the place within the days after
// which a pain is new.
func (c *Course) lastPain(at time.Time, p gait.PainParams) (remembered, bool) {
	for _, past := range c.lately(at, p.NewDays) {
		if past.painful() {
			return past, true
		}
	}
	return remembered{}, false
}

// lately returns the reports of the last days, newest first.
func (c *Course) lately(at time.Time, days int) []remembered {
	if c == nil {
		return nil
	}
	from := len(c.past)
	for from > 0 && at.Sub(c.past[from-1].At) <= time.Duration(days)*day {
		from--
	}
	recent := slices.Clone(c.past[from:])
	slices.Reverse(recent)
	return recent
}

// painfulRuns returns the painful runs of the last days whose number was not
// taken with painkillers, newest first.
func (c *Course) painfulRuns(at time.Time, p gait.PainParams) []remembered {
	return slices.DeleteFunc(c.lately(at, p.NewDays), func(past remembered) bool {
		return past.Run < 0 || !past.painful() || past.Medication == gait.Yes
	})
}

// NewStands tells whether MOD-NEW watches the place.
func (c *Course) NewStands(at time.Time, p gait.PainParams) bool {
	return c != nil && !c.newSince.IsZero() && at.Before(c.newEnds(p)) && c.calm < p.CalmRuns
}

// newEnds is when MOD-NEW ends by time alone.
func (c *Course) newEnds(p gait.PainParams) time.Time {
	return c.newSince.Add(time.Duration(p.NewEndsDays) * day)
}

// Remember adds what the case said of a place to its course, with what the
// rules made of it. It changes the course and nothing else.
func (c *Case) Remember(course *Course, r Report, o Outcome) {
	s := spot{r, course}
	past := remembered{Report: r, At: c.At, Run: -1, Counts: !c.offScale(s), Asked: c.morningMatters(s)}
	fresh := c.fresh(s)
	if c.Run != nil {
		past.Run = len(c.Outings) - 1
	}
	if fresh && r.Is(gait.Cramp) { // the soreness after it is what counts
		past.Counts, past.Worst = true, r.Morning
	}
	asks := false
	for _, f := range o.Findings {
		if f.Place != r.Place || !f.At.Equal(c.At) {
			continue
		}
		asks = asks || f.Verdict.Graver(gait.VerdictAsk)
		if f.Rule == gait.ModMorning {
			course.mornings = append(course.mornings, c.At)
		}
	}
	course.add(past, c.Params.Pain, fresh, asks)
}

// morningMatters tells whether the next morning is worth asking about: the pain
// is new, moderate, or has not settled.
func (c *Case) morningMatters(s spot) bool {
	if c.Run == nil || s.Is(gait.Skin) || c.excused(s) {
		return false
	}
	p := c.Params.Pain
	last := s.course.lastMornings(1)
	stop := slices.ContainsFunc(c.Before.Stops, func(stop Stop) bool { return stop.Place == s.course.Place && stop.Rule != gait.StopBone })
	unsettled := len(last) > 0 && last[0] > float64(p.SettledMorning)
	return stop || s.Hurts() && (c.fresh(s) || s.Is(gait.Cramp) || s.course.NewStands(c.At, p) || s.Worst.AtLeast(p.StableFrom) || unsettled)
}

// add appends a report. Fresh tells that MOD-NEW took the pain for a new one,
// asks that a rule asked for a change because of it: with that a time of pain
// begins.
func (c *Course) add(past remembered, p gait.PainParams, fresh, asks bool) {
	if past.painful() && asks && !c.goesOn(past.At, p) {
		c.inSpell, c.modifySince = true, past.At
		c.spells = append(c.spells, past.At)
	}
	switch {
	case fresh:
		c.newSince, c.newWorst, c.calm = past.At, past.Worst, 0
	case past.Run >= 0 && past.Counts && past.calm(p.CalmWorst):
		c.calm++
	case past.painful():
		c.calm = 0
	}
	if past.painful() {
		c.newWorst = c.newWorst.Worse(past.Worst)
	}
	if c.calm >= p.CalmRuns {
		c.inSpell, c.newSince = false, time.Time{}
	}
	c.past = append(c.past, past)
}

// AskMorning returns the report of a run (by its number in the runner's history)
// whose next morning should be asked about, unless the runner has left the last
// ones unanswered.
func (c *Course) AskMorning(run int, p gait.PainParams) (Report, bool) {
	for _, past := range slices.Backward(c.past) {
		if past.Run == run {
			r := past.Report
			r.Place = c.Place
			return r, past.Asked && !past.Morning.Known() && c.silences() <= p.MorningSilences
		}
	}
	return Report{}, false
}

// silences returns how many mornings in a row were asked about in vain since the
// present time of pain began: a pain that comes back is asked about again.
func (c *Course) silences() int {
	n := 0
	for _, past := range slices.Backward(c.past) {
		switch {
		case past.Morning.Known() || past.At.Before(c.modifySince):
			return n
		case past.Asked:
			n++
		}
	}
	return n
}
