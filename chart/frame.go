package chart

import (
	"math"
	"slices"
	"strconv"
	"time"
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

// balanceRange returns a range for balances that holds the values (unknown ones
// are passed over) except for those far off, and at least two points.
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
	p.rows(f, textSize, numberTicks(f.y0, f.y1, int((f.top-f.bottom)/30)))
	look := textStyle{size: noteSize, colour: p.colours.soft, upright: true}
	left, right := "← left spared", "right spared →"
	if p.measure(look, left+right)+16 > f.top-f.bottom {
		left, right = "← left", "right →"
	}
	p.write(point{18, f.bottom}, look, left)
	look.across = 1
	p.write(point{18, f.top}, look, right)
}

// rows draws the lines and the numbers of a scale upwards.
func (p *canvas) rows(f panel, size float64, ticks []tick) {
	for _, t := range ticks {
		y := f.y(t.at)
		p.line(p.colours.grid, 1, nil, point{f.left, y}, point{f.right, y})
		p.write(point{f.left - 8, y - 4}, textStyle{size: size, colour: p.colours.soft, across: 1}, t.label)
	}
}

// normal draws a stretch of the runner's normal: its band, and its middle.
func (p *canvas) normal(left, right, low, middle, high float64) {
	p.box(p.colours.band, left, low, right, high)
	p.line(p.colours.normal, 1.25, nil, point{left, middle}, point{right, middle})
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

// marked is the entry of a mark.
func marked(words string, m mark) entry {
	return entry{words, func(p *canvas, at point) { p.mark(at, m) }}
}

func meanEntry(words string) entry {
	return entry{words, func(p *canvas, at point) {
		p.line(p.colours.ink, 2, nil, point{at.x - 6, at.y}, point{at.x + 6, at.y})
	}}
}

func normalEntry() entry {
	return entry{"your normal", func(p *canvas, at point) { p.normal(at.x-6, at.x+6, at.y-5, at.y, at.y+5) }}
}

// panel is a rectangle of the picture with a scale across and one upwards.
type panel struct {
	left, bottom, right, top float64
	x0, x1, y0, y1           float64
}

func (f panel) x(v float64) float64 { return f.left + (v-f.x0)/(f.x1-f.x0)*(f.right-f.left) }
func (f panel) y(v float64) float64 { return f.bottom + (v-f.y0)/(f.y1-f.y0)*(f.top-f.bottom) }

// on returns the place of a value, on the edge where it lies beyond it.
func (f panel) on(x, y float64) point { return point{f.x(x), f.y(min(max(y, f.y0), f.y1))} }

// beyond reports whether a value has no place in the panel.
func (f panel) beyond(y float64) bool { return y < f.y0 || y > f.y1 }

// tick is one mark of an axis.
type tick struct {
	at    float64
	label string
}

// numberTicks returns round numbers between low and high, about so many.
func numberTicks(low, high float64, about int) []tick {
	step, decimals := roundStep((high - low) / float64(max(about, 1)))
	var ticks []tick
	for i := int(math.Ceil(low/step - 1e-9)); float64(i)*step <= high+step*1e-9; i++ {
		ticks = append(ticks, tick{float64(i) * step, strconv.FormatFloat(float64(i)*step, 'f', decimals, 64)})
	}
	return ticks
}

// roundStep returns the next of 1, 2 and 5 times a power of ten, and how many
// decimals its multiples need.
func roundStep(step float64) (round float64, decimals int) {
	power := math.Pow(10, math.Floor(math.Log10(step)))
	for _, m := range []float64{1, 2, 5, 10} {
		if round = m * power; round >= step*(1-1e-9) {
			break
		}
	}
	return round, max(0, -int(math.Floor(math.Log10(round)+1e-9)))
}

// dateTicks returns days, Mondays, first days of months or of years between
// two moments, at most so many. The year stands where it changes.
func dateTicks(from, to time.Time, most int) []tick {
	days := to.Sub(from).Hours()/24 + 1
	for _, every := range []struct {
		days, months int
	}{{1, 0}, {2, 0}, {7, 0}, {14, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 6}, {0, 12}, {0, 24}, {0, 60}, {0, 120}} {
		if (float64(every.days)+30.4*float64(every.months))*float64(most) >= days {
			return datesBetween(from, to, every.days, every.months)
		}
	}
	return nil
}

func datesBetween(from, to time.Time, days, months int) []tick {
	day := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, from.Location())
	switch {
	case months > 0:
		day = time.Date(from.Year(), time.Month(1+(int(from.Month())-1)/months*months), 1, 0, 0, 0, 0, from.Location())
		if months >= 12 {
			day = time.Date(from.Year()/(months/12)*(months/12), 1, 1, 0, 0, 0, 0, from.Location())
		}
	case days >= 7: // Mondays
		day = day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	}
	var ticks []tick
	year := from.Year()
	for ; !day.After(to); day = day.AddDate(0, months, days) {
		if day.Before(from) {
			continue
		}
		ticks = append(ticks, tick{float64(day.Unix()), dateLabel(day, months, day.Year() != year)})
		year = day.Year()
	}
	return ticks
}

func dateLabel(day time.Time, months int, newYear bool) string {
	switch {
	case months >= 12:
		return day.Format("2006")
	case months > 0 && newYear:
		return day.Format("Jan 2006")
	case months > 0:
		return day.Format("Jan")
	case newYear:
		return day.Format("2 Jan 2006")
	default:
		return day.Format("2 Jan")
	}
}
