package chart

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// Walks is the course of everyday walks, week by week: how many of them were
// uneven.
type Walks struct {
	// Weeks are in order of time; a week with few walks shows none.
	Weeks []gait.WalkWeek
	// Zone is the runner's time zone, for the dates. Nil is UTC.
	Zone *time.Location
}

// WalksSize fits below the season on the page.
func WalksSize() Size { return Size{Width: 720, Height: 200} }

// fewWalks is how many walks a week needs to show a share.
const fewWalks = 20

func (s Walks) zone() *time.Location { return cmp.Or(s.Zone, time.UTC) }

// share is the share of uneven walks in percent; false where there were too few.
func share(w gait.WalkWeek) (percent float64, ok bool) {
	if w.Walks < fewWalks {
		return 0, false
	}
	return 100 * float64(w.Uneven) / float64(w.Walks), true
}

// Alt says what the last week was like beside what is usual.
func (s Walks) Alt() string {
	last := slices.IndexFunc(s.Weeks, func(w gait.WalkWeek) bool { _, ok := share(w); return ok })
	for i, w := range s.Weeks {
		if _, ok := share(w); ok {
			last = i
		}
	}
	if last < 0 {
		return "Not enough walks in any week yet."
	}
	w := s.Weeks[last]
	percent, _ := share(w)
	text := fmt.Sprintf("Uneven walks in %d weeks. In the week from %s, %.0f of 100 walks were uneven", len(s.Weeks), w.Start.In(s.zone()).Format("2 January 2006"), percent)
	if w.Usual > 0 {
		text += fmt.Sprintf("; %.0f of 100 are usual", 100*w.Usual)
	}
	return text + "."
}

func (s Walks) draw(p *canvas) {
	p.head("Everyday walks, week by week", "Uneven walks of 100, as your phone measures them")
	f := panel{left: marginL, right: p.width - marginR, bottom: keyRoom + tickRoom, top: p.height - headRoom}
	if len(s.Weeks) == 0 {
		p.note(f, "No walks yet")
		return
	}
	from, to := s.Weeks[0].Start.In(s.zone()), s.Weeks[len(s.Weeks)-1].Start.In(s.zone()).AddDate(0, 0, 7)
	f.x0, f.x1 = float64(from.Unix()), float64(to.Unix())
	f.y0, f.y1 = 0, s.most()
	for _, t := range numberTicks(f.y0, f.y1, int((f.top-f.bottom)/30)) {
		p.line(p.colours.grid, 1, nil, point{f.left, f.y(t.at)}, point{f.right, f.y(t.at)})
		p.write(point{f.left - 8, f.y(t.at) - 4}, textStyle{size: textSize, colour: p.colours.soft, across: 1}, t.label)
	}
	asked := false
	for _, w := range s.Weeks {
		s.drawWeek(p, f, w)
		asked = asked || w.Asked
	}
	p.columns(f, dateTicks(from, to, int((f.right-f.left)/68)))
	entries := []entry{{"week", func(p *canvas, at point) { p.box(p.colours.bar, at.x-5, at.y-5, at.x+5, at.y+5) }}}
	if asked {
		entries = append(entries, levelEntry("question", gait.LevelAsk))
	}
	p.key(append(entries, normalEntry()))
}

// drawWeek draws the bar of a week over what is usual for the runner.
func (s Walks) drawWeek(p *canvas, f panel, w gait.WalkWeek) {
	left, right := f.x(float64(w.Start.Unix())), f.x(float64(w.Start.AddDate(0, 0, 7).Unix()))
	if w.Usual > 0 {
		p.box(p.colours.band, left, f.bottom, right, f.on(f.x0, 100*w.Uncommon).y)
		p.line(p.colours.normal, 1.25, nil, point{left, f.y(100 * w.Usual)}, point{right, f.y(100 * w.Usual)})
	}
	percent, ok := share(w)
	if !ok {
		return
	}
	gap := min(2, (right-left)/5)
	top := f.on(f.x0, percent)
	p.box(p.colours.bar, left+gap, f.bottom, right-gap, top.y)
	middle := point{(left + right) / 2, top.y}
	if w.Asked {
		p.mark(middle, triangle, radius(gait.LevelAsk), p.colours.ask, p.colours.edge, false)
	}
	p.name(middle, "", fmt.Sprintf("Week from %s: %d of %d walks uneven", w.Start.In(s.zone()).Format("2 Jan 2006"), w.Uneven, w.Walks))
}

// most is the end of the axis: a round number.
func (s Walks) most() float64 {
	most := 10.0
	for _, w := range s.Weeks {
		if percent, ok := share(w); ok {
			most = max(most, percent+3)
		}
	}
	return min(100, most)
}
