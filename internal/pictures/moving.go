package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"os"
	"slices"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// takeMoving takes a short moving picture of an answer on a phone: the question, how
// much it hurt, where, and what becomes of the verdict.
func takeMoving(ctx context.Context, address, file string) error {
	const width, height = 390, 844
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height), chromedp.Navigate(address+"/")); err != nil {
		return err
	}
	var frames []image.Image
	for _, tap := range []string{"", `.numbers a[href$="worst=4"]`, `button[value="shin left"]`, `a[href="/"]`} {
		if tap != "" {
			if _, err := chromedp.Run(ctx, chromedp.WaitEvent(cdp.LoadEventFired, nil, chromedp.Click(tap))); err != nil {
				return fmt.Errorf("tap %s: %w", tap, err)
			}
		}
		shot, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			return err
		}
		frame, err := png.Decode(bytes.NewReader(shot))
		if err != nil {
			return err
		}
		frames = append(frames, frame)
	}
	return writeGIF(file, frames)
}

// writeGIF writes frames of two seconds each, in the colours they use most.
func writeGIF(file string, frames []image.Image) error {
	const delay = 200 // hundredths of a second
	colours := mostUsed(frames)
	nearest := map[color.Color]uint8{}
	moving := gif.GIF{}
	for _, frame := range frames {
		at := frame.Bounds()
		few := image.NewPaletted(at, colours)
		for y := at.Min.Y; y < at.Max.Y; y++ {
			for x := at.Min.X; x < at.Max.X; x++ {
				c := frame.At(x, y)
				i, known := nearest[c]
				if !known {
					i = uint8(colours.Index(c)) //nolint:gosec // a palette has 256 colours at most
					nearest[c] = i
				}
				few.SetColorIndex(x, y, i)
			}
		}
		moving.Image, moving.Delay = append(moving.Image, few), append(moving.Delay, delay)
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &moving); err != nil {
		return err
	}
	return os.WriteFile(file, out.Bytes(), 0o600) //nolint:gosec // who takes the pictures names their folder
}

// mostUsed returns the 256 colours that the frames use most.
func mostUsed(frames []image.Image) color.Palette {
	counts := map[color.RGBA]int{}
	for _, frame := range frames {
		at := frame.Bounds()
		for y := at.Min.Y; y < at.Max.Y; y++ {
			for x := at.Min.X; x < at.Max.X; x++ {
				r, g, b, _ := frame.At(x, y).RGBA()
				counts[color.RGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 0xff}]++ //nolint:gosec // the high byte of 16 bits
			}
		}
	}
	var used []color.RGBA
	for c := range counts {
		used = append(used, c)
	}
	slices.SortFunc(used, func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	var palette color.Palette
	for _, c := range used[:min(256, len(used))] {
		palette = append(palette, c)
	}
	return palette
}
