package chart

import (
	"fmt"
	"image/color"
	"math"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	stdfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"

	"gaitkeeper/gait"
)

// canvas draws in CSS pixels, x to the right and y upwards from the
// lower left corner.
type canvas struct {
	surface       vg.Canvas
	fonts         *font.Cache
	colours       palette
	width, height float64
	// spots are the places of the picture that say something when looked at closely.
	spots []spot
}

// spot is a place with its words, and the run that it is of, if any.
type spot struct {
	at    point
	words string
	run   gait.RunID
}

// name remembers what stands at a place.
func (p *canvas) name(at point, run gait.RunID, words string) {
	p.spots = append(p.spots, spot{at, words, run})
}

type point struct{ x, y float64 }

// newFonts reads the two fonts inside the program.
func newFonts() (*font.Cache, error) {
	var faces font.Collection
	for _, f := range []struct {
		weight stdfont.Weight
		ttf    []byte
	}{{stdfont.WeightNormal, liberationsansregular.TTF}, {stdfont.WeightBold, liberationsansbold.TTF}} {
		face, err := opentype.Parse(f.ttf)
		if err != nil {
			return nil, fmt.Errorf("read font: %w", err)
		}
		faces = append(faces, font.Face{Font: sans(f.weight), Face: face})
	}
	return font.NewCache(faces), nil
}

func sans(weight stdfont.Weight) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Weight: weight}
}

// textStyle is how a text looks and where it hangs on its point.
type textStyle struct {
	size   float64
	bold   bool
	colour color.NRGBA
	// across is 0 where the text begins at the point, 0.5 where it is centred
	// on it and 1 where it ends there.
	across float64
	// upright turns the text to read from below to above.
	upright bool
}

func (s textStyle) font() font.Font {
	f := sans(stdfont.WeightNormal)
	if s.bold {
		f = sans(stdfont.WeightBold)
	}
	f.Size = vg.Points(s.size)
	return f
}

// write draws a text with its base line on the point.
func (p *canvas) write(at point, s textStyle, words string) {
	face := p.fonts.Lookup(s.font(), vg.Points(s.size))
	shift := s.across * p.measure(s, words)
	p.surface.Push()
	p.surface.SetColor(s.colour)
	if s.upright {
		p.surface.Translate(vgPoint(point{at.x, at.y - shift}))
		p.surface.Rotate(math.Pi / 2)
	} else {
		p.surface.Translate(vgPoint(point{at.x - shift, at.y}))
	}
	p.surface.FillString(face, vg.Point{}, words)
	p.surface.Pop()
}

// measure returns the width of a text.
func (p *canvas) measure(s textStyle, words string) float64 {
	face := p.fonts.Lookup(s.font(), vg.Points(s.size))
	return face.Width(words).Points()
}

// line draws a line through the points; dash is the lengths of its strokes and
// gaps.
func (p *canvas) line(colour color.NRGBA, width float64, dash []float64, points ...point) {
	if len(points) < 2 {
		return
	}
	lengths := make([]vg.Length, len(dash))
	for i, d := range dash {
		lengths[i] = vg.Points(d)
	}
	p.surface.SetLineDash(lengths, 0)
	p.surface.SetLineWidth(vg.Points(width))
	p.surface.SetColor(colour)
	p.surface.Stroke(path(points))
}

// fill paints the area inside the points.
func (p *canvas) fill(colour color.NRGBA, points ...point) {
	outline := path(points)
	outline.Close()
	p.surface.SetColor(colour)
	p.surface.Fill(outline)
}

func (p *canvas) box(colour color.NRGBA, left, bottom, right, top float64) {
	p.fill(colour, point{left, bottom}, point{right, bottom}, point{right, top}, point{left, top})
}

func path(points []point) vg.Path {
	var outline vg.Path
	for i, pt := range points {
		if i == 0 {
			outline.Move(vgPoint(pt))
		} else {
			outline.Line(vgPoint(pt))
		}
	}
	return outline
}

// vgPoint rounds to hundredths of a pixel: the eye does not miss the rest.
func vgPoint(p point) vg.Point {
	return vg.Point{X: vg.Points(math.Round(p.x*100) / 100), Y: vg.Points(math.Round(p.y*100) / 100)}
}

// shape is the form of a mark, so that its meaning does not hang on colour.
type shape int

const (
	dot shape = iota
	triangle
	diamond
)

// mark is a sign on the picture, radius its half width. A hollow one stands for a value
// beyond the picture, or for none.
type mark struct {
	shape  shape
	radius float64
	colour color.NRGBA
	hollow bool
}

func (p *canvas) mark(at point, m mark) {
	outline, fill, edge := m.shape.outline(at, m.radius), m.colour, p.colours.edge
	if m.hollow {
		fill, edge = p.colours.paper, m.colour
	}
	p.surface.SetColor(fill)
	p.surface.Fill(outline)
	if m.shape != dot || m.hollow {
		p.stroke(outline, 1, edge)
	}
}

// ring draws a circle around a mark.
func (p *canvas) ring(at point, radius float64, colour color.NRGBA) {
	p.stroke(dot.outline(at, radius), 1.75, colour)
}

func (p *canvas) stroke(outline vg.Path, width float64, colour color.NRGBA) {
	p.surface.SetLineDash(nil, 0)
	p.surface.SetLineWidth(vg.Points(width))
	p.surface.SetColor(colour)
	p.surface.Stroke(outline)
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

// palette is the colours by what they mean.
type palette struct {
	paper, ink, soft, grid color.NRGBA
	normal, band           color.NRGBA // runs as usual, the runner's normal
	bar                    color.NRGBA // the distance of a week
	ask, warn, pain        color.NRGBA
	edge                   color.NRGBA // around the marks of a question or warning
}

// The colours of Okabe and Ito.
const (
	orange     = 0xE69F00
	skyBlue    = 0x56B4E9
	blue       = 0x0072B2
	vermillion = 0xD55E00
	purple     = 0xCC79A7
)

func (t Theme) palette() palette {
	if t == Dark {
		return palette{
			paper: rgb(0x14181D), ink: rgb(0xE8ECF0), soft: rgb(0xA3AEB9), grid: rgb(0x2B333C),
			normal: rgb(skyBlue), band: faint(skyBlue, 0x30), bar: faint(skyBlue, 0x80), ask: rgb(orange), warn: rgb(vermillion), pain: rgb(purple),
			edge: rgb(0x14181D),
		}
	}
	return palette{
		paper: rgb(0xFFFFFF), ink: rgb(0x1B242C), soft: rgb(0x56636F), grid: rgb(0xE3E7EB),
		normal: rgb(blue), band: faint(blue, 0x22), bar: faint(blue, 0x70), ask: rgb(orange), warn: rgb(vermillion), pain: rgb(purple),
		edge: rgb(0x1B242C),
	}
}

func rgb(hex uint32) color.NRGBA { return faint(hex, 0xFF) }

func faint(hex uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8 & 0xFF), B: uint8(hex & 0xFF), A: alpha} //nolint:gosec // the bytes of a colour
}

// ofLevel is the mark of a run of that level.
func (p palette) ofLevel(level gait.Level) mark {
	switch level {
	case gait.LevelWarn:
		return mark{shape: diamond, radius: 5, colour: p.warn}
	case gait.LevelAsk:
		return mark{shape: triangle, radius: 5, colour: p.ask}
	default:
		return mark{shape: dot, radius: 3.2, colour: p.normal}
	}
}
