package chart

import (
	"fmt"
	"math"
	"strconv"

	"gaitkeeper/gait"
)

// drawChanges draws a line at each change of the sensor, named where there is
// room.
func (s Season) drawChanges(p *canvas, f panel) {
	free := math.Inf(-1)
	for _, c := range s.Changes {
		x := f.x(float64(c.Time.Unix()))
		if x < f.left || x > f.right {
			continue
		}
		p.line(p.colours.soft, 1, []float64{3, 3}, point{x, f.bottom}, point{x, f.top})
		label, look := c.Label, textStyle{size: noteSize, colour: p.colours.soft}
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
func (s Season) drawPain(p *canvas, f panel) {
	if len(s.Pain) == 0 {
		return
	}
	y := f.bottom - tickRoom - painRoom/2
	p.write(point{f.left - 8, y - 4}, textStyle{size: noteSize, colour: p.colours.soft, across: 1}, "pain")
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
		p.mark(at, mark{radius: 7.5, colour: p.colours.pain, hollow: number == 0})
		ink := p.colours.edge
		if number == 0 {
			ink = p.colours.ink
		}
		p.write(point{at.x, at.y - 4}, textStyle{size: noteSize, bold: true, colour: ink, across: 0.5}, strconv.Itoa(number))
	}
}

// drawPoints draws the runs, those with a question or warning on top; a run
// without a balance is a stroke on the axis.
func (s Season) drawPoints(p *canvas, f panel) {
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
				at, m := f.on(x, y), p.colours.ofLevel(pt.Level)
				m.radius, m.hollow = size*m.radius, f.beyond(y)
				p.mark(at, m)
				p.name(at, pt.Run, s.says(pt))
			}
		}
	}
	for _, pt := range s.Points {
		if pt.Marked {
			s.drawMarked(p, f, pt)
		}
	}
}

// says names a run: "Sun 22 Nov 2026: 49.2 %, 4.9 km, warning".
func (s Season) says(pt Point) string {
	words := fmt.Sprintf("%s: %.1f %%", pt.Time.In(s.zone()).Format("Mon 2 Jan 2006"), float64(pt.Balance))
	if pt.runs > 1 {
		return fmt.Sprintf("%d runs about %s: %.1f %%", pt.runs, pt.Time.In(s.zone()).Format("2 Jan 2006"), float64(pt.Balance))
	}
	if pt.Distance > 0 {
		words += ", " + s.distance(pt.Distance)
	}
	switch pt.Level {
	case gait.LevelAsk:
		words += ", question"
	case gait.LevelWarn:
		words += ", warning"
	}
	return words
}

// drawMarked rings the run the picture is about and writes its value beside it.
func (s Season) drawMarked(p *canvas, f panel, pt Point) {
	at := f.on(float64(pt.Time.Unix()), float64(pt.Balance))
	label := pt.Time.In(s.zone()).Format("2 Jan")
	if !gait.Known(pt.Balance) {
		at = point{f.x(float64(pt.Time.Unix())), f.bottom + 3}
		label += ": no left/right"
	} else {
		label += fmt.Sprintf(": %.1f %%", float64(pt.Balance))
	}
	p.ring(at, 9, p.colours.ink)
	look := textStyle{size: textSize, bold: true, colour: p.colours.ink}
	p.write(s.room(f, at, p.measure(look, label)), look, label)
}

// room finds the place around a point at which a text of that width covers the
// fewest other runs.
func (s Season) room(f panel, at point, width float64) point {
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
