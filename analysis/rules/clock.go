package rules

import (
	"slices"
	"time"
)

// Look is the case of a moment at which nothing happens: only what stands, and
// what time moves.
func Look(c Case, at time.Time) Outcome {
	c.At, c.Run, c.RestDay, c.Tap = at, nil, false, ""
	c.RunReport = RunReport{}
	return Judge(c)
}

// looks reports whether the case is only a look at the clock.
func (c *Case) looks() bool { return c.Run == nil && !c.RestDay && c.Tap == "" }

// Breakpoints returns the moments after from and until to at which time alone
// may change the verdict, earliest first.
func (c *Case) Breakpoints(from, to time.Time) []time.Time {
	p := c.Params.Pain
	var moments []time.Time
	add := func(t time.Time) {
		if t.After(from) && !t.After(to) {
			moments = append(moments, t)
		}
	}
	for _, f := range c.Before.Open {
		add(f.Ends())
	}
	for _, s := range c.Before.Stops {
		if s.Overheard {
			add(s.ends())
		}
	}
	for _, course := range c.Courses {
		if !course.newSince.IsZero() {
			add(course.newEnds())
		}
		if course.inSpell {
			from, until := course.silence(p)
			add(from)
			add(until)
		}
	}
	if n := len(c.Runs); n > 0 && !c.Before.Plan.stands() {
		add(c.Runs[n-1].End.Add(days(p.PauseDays)))
	}
	if !c.Before.Since.IsZero() {
		add(c.Before.Since.Add(days(goalAfter)))
	}
	slices.SortFunc(moments, time.Time.Compare)
	return slices.CompactFunc(moments, time.Time.Equal)
}
