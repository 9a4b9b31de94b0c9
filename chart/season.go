package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
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

func (s Season) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

func (s Season) draw(p *pen) {
	p.head(s.Title, "Left foot's share of ground contact, %")
	bottom := float64(keyRoom + tickRoom)
	if len(s.Pain) > 0 {
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
	p.columns(f, dateTicks(from, to, int((f.right-f.left)/68)))
	s.drawNormal(p, f)
	s.drawChanges(p, f)
	s.drawPain(p, f)
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

// balances returns the range of balances to be shown.
func (s Season) balances() (low, high float64) {
	var values []float64
	for _, pt := range s.Points {
		values = append(values, float64(pt.Balance))
		if gait.Known(pt.Baseline) && gait.Known(pt.Band) {
			values = append(values, float64(pt.Baseline)-float64(pt.Band), float64(pt.Baseline)+float64(pt.Band))
		}
	}
	return balanceRange(values)
}

// entries are the marks that occur in the season.
func (s Season) entries() []entry {
	has := func(is func(Point) bool) bool { return slices.ContainsFunc(s.Points, is) }
	var list []entry
	if has(func(pt Point) bool { return gait.Known(pt.Balance) && !pt.Level.Louder(gait.LevelNone) }) {
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
	if len(s.Pain) > 0 {
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

func (s Season) drawNormal(p *pen, f panel) {
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
		if !gait.Known(pt.Baseline) || !gait.Known(pt.Band) {
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

func (s Season) drawChanges(p *pen, f panel) {
	free := math.Inf(-1)
	for _, c := range s.Changes {
		x := f.x(float64(c.Time.Unix()))
		if x < f.left || x > f.right {
			continue
		}
		p.line(p.colours.soft, 1, []float64{3, 3}, point{x, f.bottom}, point{x, f.top})
		label, look := c.Label, style{size: noteSize, colour: p.colours.soft}
		if label == "" {
			label = "new strap"
		}
		at := x + 4
		if width := p.measure(look, label); at+width > f.right {
			at = x - 4 - width
		}
		if at < free {
			continue // no room: the line alone
		}
		p.write(point{at, f.top - 11}, look, label)
		free = at + p.measure(look, label) + 6
	}
}

// drawPain writes the worst number of each day below the panel, as many as
// have room; of two too close, the worse one stands.
func (s Season) drawPain(p *pen, f panel) {
	if len(s.Pain) == 0 {
		return
	}
	y := f.bottom - tickRoom - painRoom/2
	p.write(point{f.left - 8, y - 4}, style{size: noteSize, colour: p.colours.soft, across: 1}, "pain")
	const room = 17
	worst := map[int]int{}
	for _, pain := range s.Pain {
		slot := int((f.x(float64(pain.Time.Unix())) - f.left) / room)
		worst[slot] = max(worst[slot], pain.Worst)
	}
	for slot := range int((f.right-f.left)/room) + 1 {
		number, painful := worst[slot]
		if !painful {
			continue
		}
		at := point{f.left + (float64(slot)+0.5)*room, y}
		p.mark(at, dot, 7.5, p.colours.pain, p.colours.pain, number == 0)
		ink := p.colours.edge
		if number == 0 {
			ink = p.colours.ink
		}
		p.write(point{at.x, at.y - 4}, style{size: noteSize, bold: true, colour: ink, across: 0.5}, strconv.Itoa(number))
	}
}

func (s Season) drawPoints(p *pen, f panel) {
	for _, pt := range s.Points {
		if x := f.x(float64(pt.Time.Unix())); !gait.Known(pt.Balance) {
			p.line(p.colours.soft, 1.5, nil, point{x, f.bottom}, point{x, f.bottom + 6})
		}
	}
	size := 1.0
	if crowd := float64(len(s.Points)) / (f.right - f.left); crowd > 0.25 {
		size = 0.7 // more than a run every four pixels
	}
	for _, loud := range []gait.Level{gait.LevelNone, gait.LevelAsk, gait.LevelWarn} {
		for _, pt := range s.Points {
			if gait.Known(pt.Balance) && (pt.Level == loud || loud == gait.LevelNone && pt.Level == "") {
				x, y := float64(pt.Time.Unix()), float64(pt.Balance)
				at, outside := f.on(x, y), f.beyond(y)
				colour, form := p.colours.of(pt.Level)
				p.mark(at, form, size*radius(pt.Level), colour, p.colours.edge, outside)
			}
		}
	}
	for _, pt := range s.Points {
		if pt.Marked {
			s.drawMarked(p, f, pt)
		}
	}
}

// radius of a mark: the louder the larger.
func radius(level gait.Level) float64 {
	if level == gait.LevelAsk || level == gait.LevelWarn {
		return 5
	}
	return 3.2
}

// drawMarked rings the run the picture is about and writes its value beside it.
func (s Season) drawMarked(p *pen, f panel, pt Point) {
	at := f.on(float64(pt.Time.Unix()), float64(pt.Balance))
	label := pt.Time.In(s.zone()).Format("2 Jan")
	if !gait.Known(pt.Balance) {
		at = point{f.x(float64(pt.Time.Unix())), f.bottom + 3}
		label += ": no left/right"
	} else {
		label += fmt.Sprintf(": %.1f %%", float64(pt.Balance))
	}
	p.ring(at, 9, p.colours.ink)
	look := style{size: textSize, bold: true, colour: p.colours.ink}
	p.write(s.room(p, f, at, p.measure(look, label)), look, label)
}

// room finds the place around a point at which a text of that width covers the
// fewest other runs.
func (s Season) room(p *pen, f panel, at point, width float64) point {
	best, fewest := at, math.MaxInt
	for _, side := range []point{{-width / 2, 14}, {-width / 2, -24}, {-width - 14, -4}, {14, -4}, {-width, 14}, {-width, -24}, {-width / 2, 32}, {-width / 2, -42}} {
		x := min(max(at.x+side.x, f.left+2), f.right-width)
		y := min(max(at.y+side.y, f.bottom+4), f.top-10)
		covered := 0
		for _, pt := range s.Points {
			other := f.on(float64(pt.Time.Unix()), float64(pt.Balance))
			if other.x > x-6 && other.x < x+width+6 && other.y > y-8 && other.y < y+15 {
				covered++
			}
		}
		if covered < fewest {
			best, fewest = point{x, y}, covered
		}
	}
	return best
}
