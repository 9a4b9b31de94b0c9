package chart

import (
	"cmp"
	"slices"
	"time"

	"gaitkeeper/gait"
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
		p.note(f, "No runs yet")
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
	p.key(s.entries())
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
func (pt Point) learned() bool {
	return gait.Known(pt.Baseline) && gait.Known(pt.Band) && pt.Baseline > 0
}

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
func (s Season) entries() []entry {
	has := func(is func(Point) bool) bool { return slices.ContainsFunc(s.Points, is) }
	var list []entry
	if has(func(pt Point) bool { return gait.Known(pt.Balance) && !pt.Level.Above(gait.LevelNone) }) {
		list = append(list, levelEntry("run", gait.LevelNone))
	}
	if has(func(pt Point) bool { return pt.Level == gait.LevelAsk }) {
		list = append(list, levelEntry("question", gait.LevelAsk))
	}
	if has(func(pt Point) bool { return pt.Level == gait.LevelWarn }) {
		list = append(list, levelEntry("warning", gait.LevelWarn))
	}
	if len(s.stretches()) > 0 {
		list = append(list, normalEntry())
	}
	if len(s.Pain) > 0 && len(s.Weeks) == 0 {
		list = append(list, painEntry())
	}
	if has(func(pt Point) bool { return !gait.Known(pt.Balance) }) {
		list = append(list, bareEntry())
	}
	if low, high := s.balances(); has(func(pt Point) bool { return float64(pt.Balance) < low || float64(pt.Balance) > high }) {
		list = append(list, beyondEntry())
	}
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
			x := middle[0].x
			p.box(p.colours.band, x-6, lower[0].y, x+6, upper[0].y)
			p.line(p.colours.normal, 1.25, nil, point{x - 6, middle[0].y}, point{x + 6, middle[0].y})
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
	for _, c := range s.Changes {
		if c.Time.After(after) && !c.Time.After(upTo) {
			return true
		}
	}
	return false
}
