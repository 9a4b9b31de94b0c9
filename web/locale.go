package web

import (
	"fmt"
	"net/http"
	"time"

	"gaitkeeper/gait"
)

// locale writes times in the runner's zone and figures in the runner's units.
// It is part of every frame: {{$.Day .At}}.
type locale struct {
	zone  *time.Location
	miles bool
}

func (s *Server) localeOf(*http.Request) locale { return locale{zone: s.zone, miles: s.miles} }

// When writes a day and the time of day.
func (l locale) When(t time.Time) string { return t.In(l.zone).Format("Mon 2 Jan 2006, 15:04") }

// Day writes a day.
func (l locale) Day(t time.Time) string { return t.In(l.zone).Format("Mon 2 Jan 2006") }

// ISO writes a moment for the datetime attribute of <time>.
func (l locale) ISO(t time.Time) string { return t.In(l.zone).Format(time.RFC3339) }

// Distance writes a distance with its unit; a dash where it is not known.
func (l locale) Distance(metres *float64) string {
	switch {
	case metres == nil:
		return "–"
	case l.miles:
		return fmt.Sprintf("%.1f mi", *metres/float64(gait.Mile))
	default:
		return fmt.Sprintf("%.1f km", *metres/float64(gait.Kilometre))
	}
}
