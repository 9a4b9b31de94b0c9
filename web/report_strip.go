package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// The strip of one sore place, in the units of its drawing, which is 700 wide and
// 64 high: days run from left to right, pain of 0 to 10 upwards.
const (
	stripLeft, stripRight = 22.0, 690.0
	stripTop, stripBottom = 8.0, 52.0
)

// painStrip is the course of the pain at one place.
type painStrip struct {
	Place string
	Alt   string
	Marks []stripMark
	// Line joins the marks: "x,y x,y".
	Line string
}

// stripMark is one entry in a strip.
type stripMark struct {
	X, Y float64
	// Label is its number.
	Label string
	// Morning means that it is a next morning's; RestDay that there was no run.
	Morning, RestDay bool
}

// LabelY is where the number stands: above the mark, or below one at the top.
func (m stripMark) LabelY() float64 {
	if m.Y < stripTop+10 {
		return m.Y + 14
	}
	return m.Y - 6
}

// Strips are the courses of the places that hurt most often, the worst first.
func (p reportPage) Strips() []painStrip {
	of := map[string][]gait.Pain{}
	var places []string
	for _, e := range p.Pain {
		if e.Site == gait.NoSite {
			continue
		}
		place := placeWords(e)
		if of[place] == nil {
			places = append(places, place)
		}
		of[place] = append(of[place], e)
	}
	slices.SortStableFunc(places, func(a, b string) int { return cmp.Compare(len(of[b]), len(of[a])) })
	var strips []painStrip
	for _, place := range places[:min(len(places), reportPlaces)] {
		if s := p.strip(place, of[place]); len(s.Marks) > 1 { // one alone is no course
			strips = append(strips, s)
		}
	}
	return strips
}

func (p reportPage) strip(place string, entries []gait.Pain) painStrip {
	s := painStrip{Place: place}
	var said []string
	mark := func(at time.Time, score gait.Score, m stripMark) {
		if !score.Known() {
			return
		}
		m.X, m.Y, m.Label = p.stripX(at), stripY(score.Low()), score.Typed()
		s.Marks = append(s.Marks, m)
	}
	for _, e := range entries {
		mark(e.At, e.Worst, stripMark{RestDay: e.RestDay()})
		mark(e.At.AddDate(0, 0, 1), e.Morning, stripMark{Morning: true})
		said = append(said, p.Day(e.At)+": "+strings.Join(words.Scores(e), ", "))
	}
	for i, m := range s.Marks {
		if i > 0 {
			s.Line += " "
		}
		s.Line += fmt.Sprintf("%.1f,%.1f", m.X, m.Y)
	}
	s.Alt = place + ". " + strings.Join(said, "; ") + "."
	return s
}

func (p reportPage) stripX(at time.Time) float64 {
	span := p.To.Sub(p.From)
	share := float64(at.Sub(p.From)) / float64(max(span, time.Hour))
	return stripLeft + (stripRight-stripLeft)*min(max(share, 0), 1)
}

func stripY(score int) float64 {
	return stripBottom - (stripBottom-stripTop)*float64(score)/gait.MaxScore
}

// StripWeeks are the places of the weeks' first days in a strip.
func (p reportPage) StripWeeks() []float64 {
	var xs []float64
	for _, w := range p.Weeks {
		xs = append(xs, p.stripX(w.Monday))
	}
	return xs
}
