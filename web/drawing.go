package web

import (
	"bytes"
	"net/http"
	"strings"

	"gaitkeeper/chart"
)

// drawing is a picture on a page: the template "chart" shows it.
type drawing struct {
	Path, Alt   string
	Wide, Phone chart.Size
}

// With returns the picture's path with one more parameter.
func (d drawing) With(parameter string) string {
	if strings.Contains(d.Path, "?") {
		return d.Path + "&" + parameter
	}
	return d.Path + "?" + parameter
}

// draw answers with a picture: ?theme=dark for a dark page, ?size=phone for a
// narrow one.
func (s *Server) draw(w http.ResponseWriter, r *http.Request, picture chart.Picture, wide, phone chart.Size) error {
	theme, size := chart.Light, wide
	if r.URL.Query().Get("theme") == "dark" {
		theme = chart.Dark
	}
	if r.URL.Query().Get("size") == "phone" {
		size = phone
	}
	var out bytes.Buffer
	if err := chart.Draw(&out, picture, chart.SVG, size, theme); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = w.Write(out.Bytes()) // a browser that went away is nobody's fault
	return nil
}
