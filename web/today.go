package web

import (
	"bytes"
	"context"
	"net/http"

	"gaitkeeper/chart"
	"gaitkeeper/gait"
)

// Seasons is what the page shows of the runner's season.
type Seasons interface {
	// Standing returns the verdict as of now.
	Standing(ctx context.Context) (gait.Standing, error)
	// Season returns the last months of the balance; without points where
	// there is nothing to draw.
	Season(ctx context.Context) (chart.Season, error)
}

// today shows the verdict as of now.
func (s *Server) today(w http.ResponseWriter, r *http.Request) {
	standing, err := s.app.Standing(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	season, err := s.app.Season(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	data := struct {
		gait.Standing
		Alt string
	}{Standing: standing}
	if len(season.Points) > 0 {
		data.Alt = season.Alt()
	}
	s.render(w, r, http.StatusOK, "today.html", frame{Title: verdictLook(standing.Verdict).Headline, Nav: "/", Data: data})
}

// seasonSVG draws the season; ?theme=dark on a dark page.
func (s *Server) seasonSVG(w http.ResponseWriter, r *http.Request) {
	season, err := s.app.Season(r.Context())
	if err == nil && len(season.Points) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.draw(w, r, season, chart.PageSize())
}

// draw answers with a picture.
func (s *Server) draw(w http.ResponseWriter, r *http.Request, picture chart.Picture, size chart.Size) {
	theme := chart.Light
	if r.URL.Query().Get("theme") == "dark" {
		theme = chart.Dark
	}
	var out bytes.Buffer
	if err := chart.Draw(&out, picture, chart.SVG, size, theme); err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = w.Write(out.Bytes()) // a browser that went away is nobody's fault
}
