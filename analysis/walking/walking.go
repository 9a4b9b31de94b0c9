// Package walking finds out when a runner's everyday walks become uneven. A phone
// measures them coarsely: most walks show nothing, a few show much, and the days
// hardly hang together. So it is the number of uneven walks that counts, day after
// day, against the runner's own earlier weeks, and it takes days until a change is
// told. It only ever asks: an uneven walk has many causes.
package walking

import (
	"math"
	"time"

	"gaitkeeper/gait"
)

// The numbers of the method are ours, chosen on made-up walks.
const (
	week = 7
	// settled is how many days old a day must be to say what is usual, so that a
	// slow change does not become the usual while it comes.
	settled = 14
	// memory is for how many weeks a day says what is usual, leastWeeks how many of
	// them there must be with weekWalks walks at least.
	memory, leastWeeks, weekWalks = 26, 6, 20
	// trimmed is the share of the oddest weeks that do not count for the usual.
	trimmed = 0.2
	// keptOut is for how many days uneven walks are no part of the usual: what
	// lasts longer has become it.
	keptOut = 56

	// askFrom is the sum of evidence that asks, closeAt that at which a question is
	// over; more than most is not gathered, so that the end can be seen.
	askFrom, closeAt, most = 7.5, 2.0, 7.5 + 4
	// dayMost is the most that a single day says for or against: one long way with
	// a child on the arm is no limp.
	dayMost = 1.8
	// priorOdds are the odds that uneven walks began lately, before any is looked
	// at: once in two years or so, seen for two weeks.
	priorOdds = 0.02

	// usualShare and usualWalks are what is believed of a runner of whom little is
	// known: 3 to 5 of 100 walks are uneven in the three persons whose walks we saw.
	usualShare, usualWalks = 0.04, 60
	// little, some and much are by how much more walks are uneven in a change that
	// is worth mentioning.
	little, some, much = 0.05, 0.13, 0.3
	// leastSpread and mostSpread bound how far the days of one runner differ
	// (the intraclass correlation of the walks of a day).
	leastSpread, mostSpread = 0.015, 0.3
	// otherPhone is how much a day counts with a phone, or a pocket, that the usual
	// knows little of: each has a level of its own.
	otherPhone = 0.3
)

// day is what was walked on one day, and what it makes of the days before.
type day struct {
	walks, uneven int
	phones        map[string]int
	usual         usual
	evidence      float64
	began         int // the day from which evidence is there; of no meaning without any
	asks          bool
	opened        int // the day of the question that stands
}

// usual is what is normal for a runner as of a day.
type usual struct {
	known         bool
	share, spread float64
	walks         int // in a week
	phones        map[string]int
	total         int
}

// Course is all walks of a runner, day by day. It does not change.
type Course struct {
	zone  *time.Location
	first time.Time // midnight of day 0
	days  []day
}

// New puts walks, in any order, in their days. A nil zone is UTC.
func New(walks []gait.Walk, zone *time.Location) *Course {
	if zone == nil {
		zone = time.UTC
	}
	c := &Course{zone: zone}
	var first, last time.Time
	for _, w := range walks {
		if w.Faulty() {
			continue
		}
		if first.IsZero() || w.Start.Before(first) {
			first = w.Start
		}
		if w.Start.After(last) {
			last = w.Start
		}
	}
	if first.IsZero() {
		return c
	}
	c.first = midnight(first.In(zone))
	c.days = make([]day, c.number(last)+1)
	for _, w := range walks {
		if w.Faulty() {
			continue
		}
		d := &c.days[c.number(w.Start)]
		d.walks++
		if w.Uneven() {
			d.uneven++
		}
		if d.phones == nil {
			d.phones = map[string]int{}
		}
		d.phones[w.Phone]++
	}
	for i := range c.days {
		c.weigh(i)
	}
	return c
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// number is the number of the day of t; negative before the first.
func (c *Course) number(t time.Time) int {
	return int(math.Round(midnight(t.In(c.zone)).Sub(c.first).Hours() / 24))
}

// date is the midnight that day i begins with.
func (c *Course) date(i int) time.Time { return c.first.AddDate(0, 0, i) }

// weigh takes day i to the evidence of the days before it.
func (c *Course) weigh(i int) {
	d := &c.days[i]
	if d.walks > 0 {
		d.usual = c.usual(i)
	}
	if i > 0 {
		before := &c.days[i-1]
		if d.walks == 0 {
			d.usual = before.usual
		}
		d.evidence, d.began, d.asks, d.opened = before.evidence, before.began, before.asks, before.opened
	}
	if !d.usual.known || d.walks == 0 {
		return
	}
	if d.evidence == 0 {
		d.began = i
	}
	d.evidence = max(0, min(most, d.evidence+d.says()))
	switch {
	case d.asks && d.evidence <= closeAt:
		d.asks, d.evidence = false, 0
	case !d.asks && d.evidence >= askFrom:
		d.asks, d.opened = true, i
	}
}

// says is the log of how much more likely the day is with uneven walks than
// without.
func (d *day) says() float64 {
	u := d.usual
	like := func(share float64) float64 { return likelihood(d.uneven, d.walks, min(share, 0.9), u.spread) }
	sum := 0.0
	for _, more := range []float64{little, some, much} {
		sum += math.Exp(like(u.share+more) - like(u.share))
	}
	says := max(-dayMost, min(dayMost, math.Log(sum/3)))
	if 2*d.known() < d.walks {
		says *= otherPhone
	}
	return says
}

// known is how many of the day's walks were measured by a phone, in a pocket, that
// the usual knows well.
func (d *day) known() (n int) {
	for phone, walks := range d.phones {
		if 10*d.usual.phones[phone] >= d.usual.total {
			n += walks
		}
	}
	return n
}

// likelihood is the log probability of so many uneven walks among walks, with a
// share that differs from day to day (the beta-binomial distribution), less what
// does not depend on the share.
func likelihood(uneven, walks int, share, spread float64) float64 {
	size := 1/spread - 1
	a, b := share*size, (1-share)*size
	lg := func(x float64) float64 { v, _ := math.Lgamma(x); return v }
	k, n := float64(uneven), float64(walks)
	return lg(k+a) + lg(n-k+b) - lg(n+a+b) - lg(a) - lg(b) + lg(a+b)
}
