package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// shape is the form of a mark, so that its meaning does not hang on colour.
type shape int

const (
	dot shape = iota
	triangle
	diamond
)

// mark draws a mark of the given half width. An outside one, whose value lies
// beyond the picture, is drawn hollow.
func (p *canvas) mark(at point, s shape, radius float64, colour, edge color.NRGBA, hollow bool) {
	outline := s.outline(at, radius)
	p.surface.SetLineDash(nil, 0)
	if hollow {
		p.surface.SetColor(p.colours.paper)
		p.surface.Fill(outline)
		edge = colour
	} else {
		p.surface.SetColor(colour)
		p.surface.Fill(outline)
	}
	if s != dot || hollow {
		p.surface.SetLineWidth(vg.Points(1))
		p.surface.SetColor(edge)
		p.surface.Stroke(outline)
	}
}

// ring draws a circle around a mark.
func (p *canvas) ring(at point, radius float64, colour color.NRGBA) {
	p.surface.SetLineDash(nil, 0)
	p.surface.SetLineWidth(vg.Points(1.75))
	p.surface.SetColor(colour)
	p.surface.Stroke(dot.outline(at, radius))
}

func (s shape) outline(at point, r float64) vg.Path {
	var corners []point
	switch s {
	case triangle:
		corners = []point{{at.x, at.y + 1.1*r}, {at.x + 1.05*r, at.y - 0.8*r}, {at.x - 1.05*r, at.y - 0.8*r}}
	case diamond:
		corners = []point{{at.x, at.y + 1.15*r}, {at.x + 1.15*r, at.y}, {at.x, at.y - 1.15*r}, {at.x - 1.15*r, at.y}}
	case dot:
		var circle vg.Path
		circle.Move(vgPoint(point{at.x + r, at.y}))
		circle.Arc(vgPoint(at), vg.Points(r), 0, 2*math.Pi)
		circle.Close()
		return circle
	}
	outline := path(corners)
	outline.Close()
	return outline
}
