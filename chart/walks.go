package chart

import (
	"cmp"
	"fmt"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Walks is the course of everyday walks, week by week: how many of them were
// uneven.
type Walks struct {
	// Weeks are in order of time; a week with few walks shows none.
	Weeks []gait.WalkWeek
	// Zone is the runner's time zone, for the dates. Nil is UTC.
	Zone *time.Location
}

// fewWalks is how many walks a week needs to show a share.
const fewWalks = 20

func (s Walks) zone() *time.Location { return cmp.Or(s.Zone, time.UTC) }

// share is the share of uneven walks in percent; false where there were too few.
func share(w gait.WalkWeek) (percent float64, ok bool) {
	return 100 * float64(w.Uneven) / float64(w.Walks), w.Walks >= fewWalks
}

// Empty reports whether there is nothing to draw.
func (s Walks) Empty() bool { return len(s.Weeks) == 0 }

// Wide is how large a wide page draws it; an SVG shrinks and grows with its place.
func (Walks) Wide() Size { return Size{Width: 720, Height: 200} }

// Phone is how large a phone draws it.
func (Walks) Phone() Size { return Size{Width: 360, Height: 240} }

// Alt says what the last week was like beside what is usual.
func (s Walks) Alt() string {
	var last *gait.WalkWeek
	for i, w := range s.Weeks {
		if _, ok := share(w); ok {
			last = &s.Weeks[i]
		}
	}
	return words.Words{Zone: s.Zone}.WalkWeeks(len(s.Weeks), last)
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
	p.rows(f, textSize, numberTicks(f.y0, f.y1, int((f.top-f.bottom)/30)))
	asked := false
	for _, w := range s.Weeks {
		s.drawWeek(p, f, w)
		asked = asked || w.Asked
	}
	p.columns(f, dateTicks(from, to, int((f.right-f.left)/68)))
	entries := []entry{{"week", func(p *canvas, at point) { p.box(p.colours.bar, at.x-5, at.y-5, at.x+5, at.y+5) }}}
	if asked {
		entries = append(entries, marked("question", p.colours.ofLevel(gait.LevelAsk)))
	}
	p.key(append(entries, normalEntry()))
}

// drawWeek draws the bar of a week over what is usual for the runner.
func (s Walks) drawWeek(p *canvas, f panel, w gait.WalkWeek) {
	left, right := f.x(float64(w.Start.Unix())), f.x(float64(w.Start.AddDate(0, 0, 7).Unix()))
	if w.Usual > 0 {
		p.normal(left, right, f.bottom, f.y(100*w.Usual), f.on(f.x0, 100*w.Uncommon).y)
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
		p.mark(middle, p.colours.ofLevel(gait.LevelAsk))
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
