package chart

import (
	"cmp"
	"slices"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Sizes of text and the room around the panel, in CSS pixels.
const (
	titleSize = 15
	textSize  = 12
	noteSize  = 11
	marginL   = 56
	marginR   = 14
	headRoom  = 50
	tickRoom  = 20
	painRoom  = 22
	keyRoom   = 22
)

// A gap of more than this many days breaks the line of the normal.
const gapDays = 28

func (s Season) zone() *time.Location { return cmp.Or(s.Zone, time.UTC) }

// Empty reports whether there is nothing to draw.
func (s Season) Empty() bool { return len(s.Points) == 0 }

// Wide is how large a wide page draws it; an SVG shrinks and grows with its place.
func (Season) Wide() Size { return Size{Width: 720, Height: 460} }

// Phone is how large a phone draws it.
func (Season) Phone() Size { return Size{Width: 360, Height: 440} }

// Alt says what the picture shows: which runs, the runner's normal, the marked
// run or the last one against it, and the pain.
func (s Season) Alt() string {
	n := len(s.Points)
	f := words.SeasonFacts{Runs: n}
	if n > 0 {
		about := s.Points[max(0, slices.IndexFunc(s.Points, func(pt Point) bool { return pt.Marked }))]
		if !about.Marked {
			about = s.Points[n-1]
		}
		f.First, f.Last, f.About = s.Points[0].Time, s.Points[n-1].Time, about.Time
		f.Evidence = gait.Evidence{Balance: about.Balance, Baseline: about.Baseline, Band: about.Band, Level: about.Level}
	}
	for _, pt := range s.Points {
		switch pt.Level {
		case gait.LevelAsk:
			f.Asks++
		case gait.LevelWarn:
			f.Warns++
		}
	}
	for _, pain := range s.Pain {
		if pain.Worst > f.Worst {
			f.Worst, f.WorstAt = pain.Worst, pain.Time
		}
	}
	return words.Words{Zone: s.Zone}.Season(f)
}

func (s Season) draw(p *canvas) {
	p.head(s.Title, "Left foot's share of ground contact, %")
	s = s.thinned(p.width - marginL - marginR)
	if p.height < leastBeneath {
		s.Weeks = nil
	}
	bottom := float64(keyRoom + tickRoom)
	switch {
	case len(s.Weeks) > 0:
		bottom += s.beneath()
	case len(s.Pain) > 0:
		bottom += painRoom
	}
	f := panel{left: marginL, right: p.width - marginR, bottom: bottom, top: p.height - headRoom}
	from, to := s.span()
	f.x0, f.x1 = float64(from.Unix()), float64(to.Unix())
	f.y0, f.y1 = s.balances()
	p.balanceAxis(f)
	if len(s.Points)+len(s.Pain) == 0 {
		p.note(f, words.NoRunsYet)
		return
	}
	ticks := dateTicks(from, to, int((f.right-f.left)/68))
	s.drawNormal(p, f)
	s.drawChanges(p, f)
	if len(s.Weeks) > 0 {
		s.drawBeneath(p, f, ticks)
	} else {
		p.columns(f, ticks)
		s.drawPain(p, f)
	}
	s.drawPoints(p, f)
	p.key(s.entries(p.colours))
}

// span returns the first and the last moment of the picture, with half a day
// of room and never less than a week.
func (s Season) span() (from, to time.Time) {
	var all []time.Time
	for _, pt := range s.Points {
		all = append(all, pt.Time)
	}
	for _, pain := range s.Pain {
		all = append(all, pain.Time)
	}
	for _, w := range s.Weeks {
		if w.Distance > 0 {
			all = append(all, w.Start.AddDate(0, 0, 1))
		}
	}
	if len(all) == 0 {
		return from, to.AddDate(0, 0, 7)
	}
	from, to = slices.MinFunc(all, time.Time.Compare), slices.MaxFunc(all, time.Time.Compare)
	room := max(12*time.Hour, to.Sub(from)/40)
	if least := 7 * 24 * time.Hour; to.Sub(from)+2*room < least {
		room = (least - to.Sub(from)) / 2
	}
	return from.Add(-room).In(s.zone()), to.Add(room).In(s.zone())
}

// A value further than this from the middle of all is drawn on the edge: it is
// the sensor's, and would make everything else flat.
const farOff = 5

// learned reports whether the runner's normal was known before the run.
func (pt Point) learned() bool { return known(pt.Baseline, pt.Band) }

func known(baseline gait.Percent, band gait.Points) bool { return baseline > 0 && gait.Known(band) }

// balances returns the range of balances to be shown. The wide normal of the
// first runs, of which little is known yet, does not make the rest flat: no
// band counts for more than the middle one of all.
func (s Season) balances() (low, high float64) {
	var values, bands []float64
	for _, pt := range s.Points {
		if pt.learned() {
			bands = append(bands, float64(pt.Band))
		}
	}
	slices.Sort(bands)
	for _, pt := range s.Points {
		values = append(values, float64(pt.Balance))
		if pt.learned() {
			band := min(float64(pt.Band), bands[len(bands)/2])
			values = append(values, float64(pt.Baseline)-band, float64(pt.Baseline)+band)
		}
	}
	return balanceRange(values)
}

// entries are the marks that occur in the season.
func (s Season) entries(c palette) []entry {
	var list []entry
	add := func(one entry, occurs func(Point) bool) {
		if slices.ContainsFunc(s.Points, occurs) {
			list = append(list, one)
		}
	}
	add(marked("run", c.ofLevel(gait.LevelNone)), func(pt Point) bool { return gait.Known(pt.Balance) && !pt.Level.Above(gait.LevelNone) })
	add(marked("question", c.ofLevel(gait.LevelAsk)), func(pt Point) bool { return pt.Level == gait.LevelAsk })
	add(marked("warning", c.ofLevel(gait.LevelWarn)), func(pt Point) bool { return pt.Level == gait.LevelWarn })
	add(normalEntry(), Point.learned)
	if len(s.Pain) > 0 && len(s.Weeks) == 0 {
		list = append(list, marked("worst pain, 0 to 10", mark{radius: 5, colour: c.pain}))
	}
	add(entry{"no left/right", func(p *canvas, at point) {
		p.line(c.soft, 1.5, nil, point{at.x, at.y - 4}, point{at.x, at.y + 4})
	}}, func(pt Point) bool { return !gait.Known(pt.Balance) })
	low, high := s.balances()
	add(marked("off the scale", mark{radius: 3.2, colour: c.normal, hollow: true}), func(pt Point) bool { return float64(pt.Balance) < low || float64(pt.Balance) > high })
	return list
}

// drawNormal draws the runner's normal as it was before each run.
func (s Season) drawNormal(p *canvas, f panel) {
	for _, stretch := range s.stretches() {
		var upper, lower, middle []point
		for _, pt := range stretch {
			at := float64(pt.Time.Unix())
			normal, band := float64(pt.Baseline), float64(pt.Band)
			middle = append(middle, f.on(at, normal))
			upper = append(upper, f.on(at, normal+band))
			lower = append(lower, f.on(at, normal-band))
		}
		slices.Reverse(lower)
		if len(middle) == 1 { // a lone run: a short bar
			p.normal(middle[0].x-6, middle[0].x+6, lower[0].y, middle[0].y, upper[0].y)
			continue
		}
		p.fill(p.colours.band, slices.Concat(upper, lower)...)
		p.line(p.colours.normal, 1.25, nil, middle...)
	}
}

// stretches returns the runs with a known normal, parted where the sensor
// changed, where the normal is unknown and at long gaps.
func (s Season) stretches() [][]Point {
	var all [][]Point
	open := false
	var last time.Time
	for _, pt := range s.Points {
		if !pt.learned() {
			open = false
			continue
		}
		if !open || pt.Time.Sub(last) > gapDays*24*time.Hour || s.changed(last, pt.Time) {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], pt)
		open, last = true, pt.Time
	}
	return all
}

func (s Season) changed(after, upTo time.Time) bool {
	return slices.ContainsFunc(s.Changes, func(c Change) bool { return c.Time.After(after) && !c.Time.After(upTo) })
}
