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
