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
// may change the outcome, earliest first.
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
		if !course.NewSince.IsZero() {
			add(course.newEnds(p))
		}
	}
	if len(c.Before.Open)+len(c.Before.Stops) > 0 || len(moments) > 0 || c.anyNew(from) {
		for _, race := range c.Races {
			add(race.AddDate(0, 0, -p.GoalDays))
			add(race.AddDate(0, 0, 1))
		}
		add(c.Before.MutedUntil)
	}
	slices.SortFunc(moments, time.Time.Compare)
	return slices.CompactFunc(moments, time.Time.Equal)
}

func (c *Case) anyNew(at time.Time) bool {
	return slices.ContainsFunc(c.Courses, func(course *Course) bool { return course.NewStands(at, c.Params.Pain) })
}
