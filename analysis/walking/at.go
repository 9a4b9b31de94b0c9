package walking

import (
	"math"
	"time"

	"gaitkeeper/gait"
)

// At returns what the walks say as of a moment: those of the days that were over
// by then.
func (c *Course) At(asOf time.Time) gait.Walking {
	w := gait.Walking{Level: gait.LevelNone}
	if len(c.days) == 0 {
		return w
	}
	today := c.number(asOf)
	i := min(today, len(c.days)) - 1
	if i < 0 {
		return w
	}
	d := &c.days[i]
	uneven := 0
	for k := max(0, today-week); k < min(today, len(c.days)); k++ {
		w.Walks, uneven = w.Walks+c.days[k].walks, uneven+c.days[k].uneven
		if c.days[k].walks > 0 {
			w.Days++
		}
	}
	if w.Walks > 0 {
		w.Share = float64(uneven) / float64(w.Walks)
	}
	if !d.usual.known {
		return w
	}
	w.Judged, w.Usual, w.UsualWalks = true, d.usual.share, d.usual.walks
	w.LogOdds = d.evidence + math.Log(priorOdds)
	switch {
	case d.asks && today-i <= silent: // what is older says nothing of today
		w.Level, w.Since, w.Asked = gait.LevelAsk, c.date(d.began), c.date(d.opened)
	case !d.asks:
		w.Fine = c.fine(today)
	}
	return w
}

// silent is after how many days without a walk nothing is known any more.
const silent = 14

// fine is on how many of the days just past there were walks, all in all as usual.
func (c *Course) fine(today int) int {
	const days = 5
	n, evidence := 0, 0.0
	for k := max(0, today-days); k < min(today, len(c.days)); k++ {
		if d := &c.days[k]; d.walks >= 3 && d.usual.known {
			n, evidence = n+1, evidence+d.says()
		}
	}
	if evidence > 0 {
		return 0
	}
	return n
}

// Questions returns the days, at midnight, on which a question opened.
func (c *Course) Questions() []time.Time {
	var list []time.Time
	for i := range c.days {
		if c.days[i].asks && c.days[i].opened == i {
			list = append(list, c.date(i))
		}
	}
	return list
}

// Weeks returns the weeks from Monday to Sunday, the oldest first, from the one of
// since on; those without a walk are among them.
func (c *Course) Weeks(since time.Time) []gait.WalkWeek {
	var list []gait.WalkWeek
	for i := range c.days {
		d, date := &c.days[i], c.date(i)
		if date.Before(since) {
			continue
		}
		if len(list) == 0 || date.Weekday() == time.Monday {
			monday := date.AddDate(0, 0, -(int(date.Weekday())+6)%week)
			list = append(list, gait.WalkWeek{Start: monday})
		}
		w := &list[len(list)-1]
		w.Walks, w.Uneven, w.Asked = w.Walks+d.walks, w.Uneven+d.uneven, w.Asked || d.asks
		if d.usual.known {
			w.Usual, w.Uncommon = d.usual.share, d.usual.uncommon(w.Walks)
		}
	}
	return list
}
