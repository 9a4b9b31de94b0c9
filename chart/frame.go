package chart

import (
	"math"
	"slices"

	"gaitkeeper/gait"
)

// head writes the title and what the picture shows. A long title is written
// smaller, and cut when even that is too wide.
func (p *canvas) head(title, subtitle string) {
	look := textStyle{size: titleSize, bold: true, colour: p.colours.ink}
	for look.size > textSize && p.measure(look, title) > p.width-24 {
		look.size--
	}
	p.write(point{12, p.height - 21}, look, p.shorten(look, title, p.width-24))
	p.write(point{12, p.height - 39}, textStyle{size: textSize, colour: p.colours.soft}, subtitle)
}

// shorten cuts a text that is wider than its room.
func (p *canvas) shorten(look textStyle, words string, room float64) string {
	if p.measure(look, words) <= room {
		return words
	}
	letters := []rune(words)
	for len(letters) > 0 && p.measure(look, string(letters)+"…") > room {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// balanceRange returns a range for balances that holds the values (unknown
// ones are passed over) but for those far off, and at least two points.
func balanceRange(values []float64) (low, high float64) {
	var known []float64
	for _, v := range values {
		if !math.IsNaN(v) {
			known = append(known, v)
		}
	}
	if len(known) == 0 {
		return 48, 52
	}
	slices.Sort(known)
	middle := known[len(known)/2]
	low, high = middle, middle
	for _, v := range known {
		if math.Abs(v-middle) <= farOff {
			low, high = min(low, v), max(high, v)
		}
	}
	room := max(0.12*(high-low), (2-(high-low))/2)
	return low - room, high + room
}

// balanceAxis draws the lines and numbers of the balance, and which way means
// which foot.
func (p *canvas) balanceAxis(f panel) {
	for _, t := range numberTicks(f.y0, f.y1, int((f.top-f.bottom)/30)) {
		y := f.y(t.at)
		p.line(p.colours.grid, 1, nil, point{f.left, y}, point{f.right, y})
		p.write(point{f.left - 8, y - 4}, textStyle{size: textSize, colour: p.colours.soft, across: 1}, t.label)
	}
	look := textStyle{size: noteSize, colour: p.colours.soft, upright: true}
	left, right := "← left spared", "right spared →"
	if p.measure(look, left+right)+16 > f.top-f.bottom {
		left, right = "← left", "right →"
	}
	p.write(point{18, f.bottom}, look, left)
	look.across = 1
	p.write(point{18, f.top}, look, right)
}

// note writes a sentence into the middle of an empty panel.
func (p *canvas) note(f panel, words string) {
	middle := point{(f.left + f.right) / 2, (f.bottom+f.top)/2 - 4}
	look := textStyle{size: textSize, colour: p.colours.ink, across: 0.5}
	half := p.measure(look, words)/2 + 8
	p.box(p.colours.paper, middle.x-half, middle.y-7, middle.x+half, middle.y+15)
	p.write(middle, look, words)
}

// columns draws the ticks of the axis across and their labels, as many as have
// room.
func (p *canvas) columns(f panel, ticks []tick) {
	p.line(p.colours.soft, 1, nil, point{f.left, f.bottom}, point{f.right, f.bottom})
	look := textStyle{size: textSize, colour: p.colours.soft, across: 0.5}
	free := 0.0
	for _, t := range ticks {
		x := f.x(t.at)
		p.line(p.colours.soft, 1, nil, point{x, f.bottom}, point{x, f.bottom - 4})
		half := p.measure(look, t.label) / 2
		if x-half < free || x+half > p.width-2 {
			continue
		}
		p.write(point{x, f.bottom - 16}, look, t.label)
		free = x + half + 8
	}
}

// entry is one mark of the key and what it means.
type entry struct {
	words string
	draw  func(p *canvas, at point)
}

// wider is how much wider the letters of another machine may be.
const wider = 1.15

// key draws the entries in one row at the bottom, as many as have room.
func (p *canvas) key(entries []entry) {
	x, y := 14.0, 11.0
	look := textStyle{size: noteSize, colour: p.colours.soft}
	for _, e := range entries {
		width := p.measure(look, e.words)
		if x+13+width > p.width-4 {
			return
		}
		e.draw(p, point{x + 2, y})
		p.write(point{x + 13, y - 4}, look, e.words)
		x += 13 + wider*width + 12
	}
}

// The marks of the key.
func levelEntry(words string, level gait.Level) entry {
	return entry{words, func(p *canvas, at point) {
		colour, form := p.colours.of(level)
		p.mark(at, form, radius(level), colour, p.colours.edge, false)
	}}
}

func hollowEntry(words string) entry {
	return entry{words, func(p *canvas, at point) { p.mark(at, dot, 3, p.colours.normal, p.colours.normal, true) }}
}

func meanEntry(words string) entry {
	return entry{words, func(p *canvas, at point) {
		p.line(p.colours.ink, 2, nil, point{at.x - 6, at.y}, point{at.x + 6, at.y})
	}}
}

func normalEntry() entry {
	return entry{"your normal", func(p *canvas, at point) {
		p.box(p.colours.band, at.x-6, at.y-5, at.x+6, at.y+5)
		p.line(p.colours.normal, 1.25, nil, point{at.x - 6, at.y}, point{at.x + 6, at.y})
	}}
}

func painEntry() entry {
	return entry{"worst pain, 0 to 10", func(p *canvas, at point) { p.mark(at, dot, 5, p.colours.pain, p.colours.pain, false) }}
}

func bareEntry() entry {
	return entry{"no left/right", func(p *canvas, at point) {
		p.line(p.colours.soft, 1.5, nil, point{at.x, at.y - 4}, point{at.x, at.y + 4})
	}}
}

func beyondEntry() entry {
	return entry{"off the scale", func(p *canvas, at point) { p.mark(at, dot, 3.2, p.colours.normal, p.colours.normal, true) }}
}
