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
	shift := s.across * face.Width(words).Points()
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
