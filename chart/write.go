package chart

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

func newCanvas(surface vg.Canvas, size Size, theme Theme) (*canvas, error) {
	fonts, err := newFonts()
	if err != nil {
		return nil, err
	}
	return &canvas{surface: surface, fonts: fonts, colours: theme.palette(), width: size.Width, height: size.Height}, nil
}

func writePNG(w io.Writer, picture Picture, size Size, theme Theme) error {
	density := size.Density
	if density == 0 {
		density = 1
	}
	// One CSS pixel is one of the library's points, 72 to its inch.
	surface := vgimg.NewWith(
		vgimg.UseWH(vg.Points(size.Width), vg.Points(size.Height)),
		vgimg.UseDPI(int(math.Round(72*density))),
		vgimg.UseBackgroundColor(theme.palette().paper),
	)
	p, err := newCanvas(surface, size, theme)
	if err != nil {
		return err
	}
	picture.draw(p) // on the surface's own paper
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(w, fewColours(surface.Image())); err != nil {
		return fmt.Errorf("write PNG: %w", err)
	}
	return nil
}

// fewColours returns the image with the 256 colours it uses most, which makes
// the file a third of the size. Of equally frequent ones the darker comes first, so that
// the order is always the same.
func fewColours(img image.Image) image.Image {
	bounds := img.Bounds()
	full := image.NewRGBA(bounds)
	draw.Draw(full, bounds, img, bounds.Min, draw.Src)
	counts := map[uint32]int{}
	for i := 0; i < len(full.Pix); i += 4 {
		counts[binary.BigEndian.Uint32(full.Pix[i:])]++
	}
	used := slices.SortedFunc(maps.Keys(counts), func(a, b uint32) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	few := image.NewPaletted(bounds, nil)
	for _, c := range used[:min(256, len(used))] {
		few.Palette = append(few.Palette, rgba(c))
	}
	nearest := map[uint32]uint8{}
	for _, c := range used {
		nearest[c] = uint8(few.Palette.Index(rgba(c))) //nolint:gosec // a palette has 256 colours at most
	}
	for i := range few.Pix {
		few.Pix[i] = nearest[binary.BigEndian.Uint32(full.Pix[4*i:])]
	}
	return few
}

func rgba(c uint32) color.RGBA {
	return color.RGBA{R: uint8(c >> 24), G: uint8(c >> 16), B: uint8(c >> 8), A: uint8(c)} //nolint:gosec // the bytes of a colour
}

// writeSVG writes a picture that scales with its place and has its text
// alternative inside. The library's inline styles become plain attributes,
// which a page's content security policy does not forbid.
func writeSVG(w io.Writer, picture Picture, size Size, theme Theme) error {
	surface := vgsvg.NewWith(vgsvg.UseWH(vg.Points(size.Width), vg.Points(size.Height)))
	p, err := newCanvas(surface, size, theme)
	if err != nil {
		return err
	}
	p.box(p.colours.paper, 0, 0, p.width, p.height)
	picture.draw(p)
	var drawn bytes.Buffer
	if _, err := surface.WriteTo(&drawn); err != nil {
		return fmt.Errorf("write SVG: %w", err)
	}
	_, body, found := strings.Cut(drawn.String(), "xlink\">\n")
	if !found {
		return fmt.Errorf("write SVG: the drawing has no head")
	}
	_, err = fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" role="img"><title>%s</title>`+"\n"+
		`<g font-family="'Liberation Sans', Arial, Helvetica, sans-serif">`+"\n%s</g>%s</svg>\n",
		size.Width, size.Height, html.EscapeString(picture.Alt()), attributes(strings.TrimSuffix(body, "</svg>\n")), p.named())
	if err != nil {
		return fmt.Errorf("write SVG: %w", err)
	}
	return nil
}

// named writes the places that say something: a browser shows the words of each
// where the picture stands alone, and the page's script reads them.
func (p *canvas) named() string {
	var b strings.Builder
	b.WriteString(`<g fill="none" pointer-events="all">`)
	for _, s := range p.spots {
		run := ""
		if s.run != "" {
			run = fmt.Sprintf(" data-run=%q", s.run)
		}
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="8"%s><title>%s</title></circle>`, s.at.x, p.height-s.at.y, run, html.EscapeString(s.words))
	}
	b.WriteString("</g>")
	return b.String()
}

// attributes turns style="a:b;c:d" into a="b" c="d".
func attributes(svg string) string {
	styled := regexp.MustCompile(`\s*style="([^"]*)"`)
	svg = styled.ReplaceAllStringFunc(svg, func(found string) string {
		var b strings.Builder
		for pair := range strings.SplitSeq(styled.FindStringSubmatch(found)[1], ";") {
			if name, value, ok := strings.Cut(pair, ":"); ok && !strings.HasPrefix(name, "font-family") && value != "normal" {
				fmt.Fprintf(&b, " %s=%q", name, value)
			}
		}
		return b.String()
	})
	return svg
}
