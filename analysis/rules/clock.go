package rules

import (
	"slices"
	"time"
)

// Look is the case of a moment at which nothing happens: only what stands, and
// what time moves.
func Look(c Case, at time.Time) Outcome {
	c.At, c.Run, c.RestDay, c.Cleared = at, nil, false, false
	c.Said = Said{}
	return Judge(c)
}

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
		add(f.Ends(p))
	}
	for _, course := range c.Courses {
		if !course.newSince.IsZero() {
			add(course.newEnds(p))
		}
	}
	slices.SortFunc(moments, time.Time.Compare)
	return slices.CompactFunc(moments, time.Time.Equal)
}
