// Package chart draws a runner's season and a single run: as SVG for the page
// and as PNG for a mail, from one code, with the drawing layers of gonum/plot.
//
// A [Season] or a [Run] is plain data. [Draw] does the drawing, and the
// picture's Alt says the same in a sentence or two for those who cannot see it.
// The balance is always the left foot's share of ground contact, so a point
// below the runner's normal means that the left foot was spared, one above it
// the right foot; the axis says so. Colours are those of Okabe and Ito ("Color
// universal design", 2008), which colour-blind readers can tell apart, and
// every meaning has a shape of its own as well.
//
// The fonts are the Liberation fonts inside the program; nothing is looked up
// on the system. The same data always make the same bytes.
package chart

import (
	"errors"
	"fmt"
	"io"
	"time"

	"gaitkeeper/gait"
)

// Picture is something that can be drawn: a [Season], a [Run], [Walks] or a [PainCourse].
type Picture interface {
	// Alt says in a sentence or two what the picture shows.
	Alt() string
	// Empty reports whether there is nothing to draw.
	Empty() bool
	// Wide and Phone are how large a page draws it.
	Wide() Size
	Phone() Size
	draw(p *canvas)
}

// Format is the kind of file a picture becomes.
type Format string

// The formats.
const (
	SVG Format = "svg"
	PNG Format = "png"
)

// Theme is how bright the picture is.
type Theme string

// The themes. The zero value is light.
const (
	Light Theme = "light"
	Dark  Theme = "dark"
)

// Size is how large a picture is drawn, in CSS pixels.
type Size struct {
	Width, Height float64
	// Density is the number of pixels of a PNG for each CSS pixel (0: 1).
	Density float64
}

// MailSize fits a mail on a phone and stays sharp there: 960 x 680 pixels.
func MailSize() Size { return Size{Width: 480, Height: 340, Density: 2} }

// Season is the course of the balance over many runs.
type Season struct {
	// Title stands above the picture.
	Title string
	// Points are the runs in order of time.
	Points []Point
	// Changes are moments from which the sensor is another one.
	Changes []Change
	// Pain is what the diary says; the worst of each day is shown.
	Pain []Pain
	// Weeks are how far was run, week by week, oldest first. With them the pain and
	// the distance have panels of their own beneath the balance.
	Weeks []Week
	// Miles shows distances in miles instead of kilometres.
	Miles bool
	// Zone is the runner's time zone, for the dates. Nil is UTC.
	Zone *time.Location
}

// Point is one run.
type Point struct {
	Time time.Time
	// Balance is the left foot's share; unknown where the run has none.
	Balance gait.Percent
	// Baseline and Band are the runner's normal before this run and half its
	// width; unknown while it is still being learned.
	Baseline gait.Percent
	Band     gait.Points
	// Level is the run's: none, ask or warn.
	Level gait.Level
	// Marked means that this is the run the picture is about.
	Marked bool
	// Run and Distance name the run in a picture that is looked at closely; both may
	// be empty.
	Run      gait.RunID
	Distance gait.Metres
	// runs is how many runs the point stands for, where it is more than one.
	runs int
}

// Week is how far was run in the seven days from Start on.
type Week struct {
	Start    time.Time
	Distance gait.Metres
	// weeks is how many weeks it stands for, where it is more than one.
	weeks int
}

// Change is a moment from which the sensor is another one.
type Change struct {
	Time time.Time
	// Label says what changed, in a word or two; empty is "new strap".
	Label string
}

// Pain is one entry of the diary.
type Pain struct {
	Time time.Time
	// Worst is 0 to 10.
	Worst int
}

// Run is the course of one run, minute by minute. It wants a picture about as
// high as wide.
type Run struct {
	Title string
	// Minutes are the steady minutes in order of time; what is unknown is left out.
	Minutes []gait.Block
	// Duration is the length of the run (0: up to its last minute).
	Duration time.Duration
	// Baseline and Band are the runner's normal before this run and half its
	// width; unknown while it is still being learned.
	Baseline gait.Percent
	Band     gait.Points
	// Onset is the moment of a change inside the run; 0 is none.
	Onset time.Duration
	// Miles shows paces for the mile instead of the kilometre.
	Miles bool
}

// The smallest size at which everything still has its place.
const (
	minWidth  = 240
	minHeight = 70
)

var errSize = errors.New("a picture is at least 240 by 70 pixels")

// Draw writes the picture to w. It fails on a size or a format it cannot draw
// and when w does; any data can be drawn, none at all included.
func Draw(w io.Writer, picture Picture, format Format, size Size, theme Theme) error {
	if !(size.Width >= minWidth && size.Height >= minHeight) {
		return fmt.Errorf("draw chart: %w, not %v by %v", errSize, size.Width, size.Height)
	}
	var err error
	switch format {
	case SVG:
		err = writeSVG(w, picture, size, theme)
	case PNG:
		err = writePNG(w, picture, size, theme)
	default:
		err = fmt.Errorf("no format %q", format)
	}
	if err != nil {
		return fmt.Errorf("draw chart: %w", err)
	}
	return nil
}
