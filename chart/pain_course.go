package chart

import (
	"cmp"
	"fmt"
	"math"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// PainCourse is the pain at one place, day by day.
type PainCourse struct {
	Place string
	// From and To are the ends of the picture.
	From, To time.Time
	// Pains are the entries of the place in order of time.
	Pains []gait.Pain
	// Zone is the runner's time zone, for the dates. Nil is UTC.
	Zone *time.Location
}

// Alt says the numbers of every day.
func (c PainCourse) Alt() string { return words.Words{Zone: c.Zone}.PainCourse(c.Place, c.Pains) }

// Empty reports whether there is no course: one number alone is none.
func (c PainCourse) Empty() bool { return len(c.scores()) < 2 }

// Wide is how large a wide page draws it.
func (PainCourse) Wide() Size { return Size{Width: 720, Height: 78} }

// Phone is how large a phone draws it.
func (PainCourse) Phone() Size { return Size{Width: 340, Height: 96} }

// painScore is one number of an entry: a dot in a run, hollow without one, a hollow
// diamond on the next morning.
type painScore struct {
	at    time.Time
	score gait.Score
	mark  mark
}

func (c PainCourse) scores() []painScore {
	var all []painScore
	for _, e := range c.Pains {
		if e.Worst.Known() {
			all = append(all, painScore{e.At, e.Worst, mark{shape: dot, hollow: e.RestDay()}})
		}
		if e.Morning.Known() {
			all = append(all, painScore{e.At.AddDate(0, 0, 1), e.Morning, mark{shape: diamond, hollow: true}})
		}
	}
	return all
}

func (c PainCourse) draw(p *canvas) {
	zone := cmp.Or(c.Zone, time.UTC)
	f := panel{left: marginL, right: p.width - marginR, bottom: tickRoom, top: p.height - 20, y1: gait.MaxScore}
	f.x0, f.x1 = float64(c.From.Unix()), float64(max(c.To.Unix(), c.From.Unix()+1))
	p.beneathAxis(f, c.Place+", of 10", 0, 5, 10)
	p.columns(f, dateTicks(c.From.In(zone), c.To.In(zone), int((f.right-f.left)/68)))
	scores := c.scores()
	line := make([]point, len(scores))
	for i, s := range scores {
		line[i] = point{min(f.x(float64(s.at.Unix())), f.right), f.y(float64(s.score.Low()))}
	}
	p.line(p.colours.soft, 1, nil, line...)
	last := point{x: -p.width}
	for i, s := range scores {
		s.mark.radius, s.mark.colour = 3.5, p.colours.pain
		p.mark(line[i], s.mark)
		p.name(line[i], "", fmt.Sprintf("%s: pain %v of 10", s.at.In(zone).Format("Mon 2 Jan 2006"), s.score))
		label := point{line[i].x, line[i].y + 6}
		if s.score.AtLeast(7) { // below, for the top of the scale
			label.y -= 18
		}
		if math.Abs(label.x-last.x) > 12 || math.Abs(label.y-last.y) > 9 { // else no room
			p.write(label, textStyle{size: noteSize, bold: true, colour: p.colours.ink, across: 0.5}, s.score.Typed())
			last = label
		}
	}
}
