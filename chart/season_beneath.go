package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// beneathRoom is the height of a panel beneath the balance, with its label.
const beneathRoom = 66

// leastBeneath is the height of a picture that has room for panels beneath the balance.
const leastBeneath = 340

// beneath is the room of the panels beneath the balance.
func (s Season) beneath() float64 {
	if len(s.Pain) == 0 {
		return beneathRoom
	}
	return 2 * beneathRoom
}

// drawBeneath draws the course of the pain and the distance of each week on the time
// axis of the balance.
func (s Season) drawBeneath(p *canvas, f panel, ticks []tick) {
	top := f.bottom
	below := func() panel {
		g := f
		g.top, g.bottom = top-20, top-beneathRoom+6
		top -= beneathRoom
		return g
	}
	if len(s.Pain) > 0 {
		g := below()
		g.y0, g.y1 = 0, gait.MaxScore
		p.beneathAxis(g, "Worst pain of the day, of 10", 0, 5, 10)
		s.drawPainCourse(p, g)
	}
	g := below()
	g.y0, g.y1 = 0, s.farthest()
	_, unit := s.unit()
	p.beneathAxis(g, "Distance of the week, "+unit, 0, g.y1)
	s.drawWeeks(p, g)
	p.columns(g, ticks)
}

// beneathAxis draws the lines, the numbers and the label of a panel.
func (p *canvas) beneathAxis(f panel, label string, values ...float64) {
	p.write(point{f.left, f.top + 5}, textStyle{size: noteSize, colour: p.colours.soft}, label)
	var ticks []tick
	for _, v := range values {
		ticks = append(ticks, tick{v, strconv.FormatFloat(v, 'f', 0, 64)})
	}
	p.rows(f, noteSize, ticks)
}

// drawPainCourse draws the worst pain of each day as a mark on a stem.
func (s Season) drawPainCourse(p *canvas, f panel) {
	worst := map[time.Time]int{}
	var days []time.Time
	for _, pain := range s.Pain {
		at := pain.Time.In(s.zone())
		day := time.Date(at.Year(), at.Month(), at.Day(), 12, 0, 0, 0, s.zone())
		if _, seen := worst[day]; !seen {
			days = append(days, day)
		}
		worst[day] = max(worst[day], pain.Worst)
	}
	slices.SortFunc(days, time.Time.Compare)
	for _, day := range days {
		at := f.on(float64(day.Unix()), float64(worst[day]))
		p.line(p.colours.pain, 1.5, nil, point{at.x, f.bottom}, at)
		p.mark(at, mark{radius: 3.2, colour: p.colours.pain, hollow: worst[day] == 0})
		p.name(at, "", fmt.Sprintf("%s: pain %d of 10", day.Format("Mon 2 Jan 2006"), worst[day]))
	}
}

func (s Season) drawWeeks(p *canvas, f panel) {
	metres, _ := s.unit()
	for _, w := range s.Weeks {
		left, right := f.x(float64(w.Start.Unix())), f.x(float64(w.Start.AddDate(0, 0, 7*max(1, w.weeks)).Unix()))
		left, right = max(left, f.left), min(right, f.right)
		if right-left < 1 || w.Distance <= 0 {
			continue
		}
		gap := min(1, (right-left)/4)
		top := f.y(float64(w.Distance / metres))
		p.box(p.colours.bar, left+gap, f.bottom, right-gap, top)
		said := fmt.Sprintf("Week from %s: %s", w.Start.In(s.zone()).Format("2 Jan 2006"), s.distance(w.Distance))
		if w.weeks > 1 {
			said = fmt.Sprintf("%d weeks from %s: %s a week", w.weeks, w.Start.In(s.zone()).Format("2 Jan 2006"), s.distance(w.Distance))
		}
		p.name(point{(left + right) / 2, (f.bottom + top) / 2}, "", said)
	}
}

// farthest is the end of the axis of the weeks: a round number.
func (s Season) farthest() float64 {
	metres, _ := s.unit()
	most := 1.0
	for _, w := range s.Weeks {
		most = max(most, float64(w.Distance/metres))
	}
	return math.Ceil(most/5) * 5
}

func (s Season) unit() (metres gait.Metres, name string) {
	if s.Miles {
		return gait.Mile, "mi"
	}
	return gait.Kilometre, "km"
}

// distance says a distance: "8.1 km".
func (s Season) distance(d gait.Metres) string { return words.Words{Miles: s.Miles}.Length(d) }

const (
	// crowded is how many marks are drawn each by itself: more cannot be told apart.
	crowded = 300
	// slot is how wide a part of a crowded picture has one mark, in pixels.
	slot = 8
)

// thinned lets one mark stand for what lies too close together in a crowded picture: the
// mean of the quiet runs, the worst pain, the mean week. Runs with a question or warning
// stay as they are.
func (s Season) thinned(width float64) Season {
	if len(s.Points)+len(s.Pain)+len(s.Weeks) <= crowded {
		return s
	}
	from, to := s.span()
	each := to.Sub(from).Seconds() / (width / slot)
	s.Pain, s.Weeks = s.fewerPains(from, each), s.fewerWeeks(each)
	var few []Point
	last := -1
	for _, pt := range s.Points {
		at := int(pt.Time.Sub(from).Seconds() / each)
		quiet := !pt.Level.Above(gait.LevelNone) && !pt.Marked && gait.Known(pt.Balance) && pt.learned()
		if n := len(few); quiet && at == last && few[n-1].runs > 0 && !s.changed(few[n-1].Time, pt.Time) {
			few[n-1] = few[n-1].with(pt)
			continue
		}
		last = -1
		if quiet {
			last, pt.runs = at, 1
		}
		few = append(few, pt)
	}
	s.Points = few
	return s
}

// fewerPains keeps the worst pain of each slot.
func (s Season) fewerPains(from time.Time, each float64) []Pain {
	var few []Pain
	last := -1
	for _, pain := range s.Pain {
		at := int(pain.Time.Sub(from).Seconds() / each)
		if n := len(few); at == last && n > 0 {
			if pain.Worst > few[n-1].Worst {
				few[n-1] = pain
			}
			continue
		}
		few, last = append(few, pain), at
	}
	return few
}

// fewerWeeks joins weeks to bars of a slot each, as high as their mean.
func (s Season) fewerWeeks(each float64) []Week {
	const week = 7 * 24 * 3600
	n := max(1, int(math.Ceil(each/week)))
	var few []Week
	for some := range slices.Chunk(s.Weeks, n) {
		mean := Week{Start: some[0].Start, weeks: len(some)}
		for _, w := range some {
			mean.Distance += w.Distance / gait.Metres(len(some))
		}
		few = append(few, mean)
	}
	return few
}

// with is the mean of a point and one run more.
func (pt Point) with(other Point) Point {
	n := float64(pt.runs)
	mean := func(a, b float64) float64 { return (a*n + b) / (n + 1) }
	pt.Balance = gait.Percent(mean(float64(pt.Balance), float64(other.Balance)))
	pt.Baseline = gait.Percent(mean(float64(pt.Baseline), float64(other.Baseline)))
	pt.Band = gait.Points(mean(float64(pt.Band), float64(other.Band)))
	pt.Run, pt.Distance = "", 0
	pt.runs++
	return pt
}
