package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

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

// todayPage is what the first page shows.
type todayPage struct {
	gait.StandingJSON
	// Chart is the picture of the season, or nil.
	Chart *drawing
	// Newest is the newest run, or nil; Last are the last ones, newest first.
	Newest *gait.RunJSON
	Last   []gait.RunJSON
	// Explain are the answers to a question about the stride; none where
	// nothing is asked.
	Explain []answerButton
	// Sore is the spot to be asked about this morning, or nil.
	Sore *gait.Pain
	// Again are sites that hurt lately, worth a button.
	Again []sore
}

// sore is a site that hurt lately.
type sore struct {
	Site gait.Site
	Side gait.Side
}

// shownRuns is how many runs the first page lists, and soreRuns in how many it
// looks for sites that hurt.
const (
	shownRuns = 5
	soreRuns  = 10
)

// today shows the verdict as of now.
func (s *Server) today(w http.ResponseWriter, r *http.Request) {
	standing, err := s.app.Standing(r.Context())
	season, errSeason := s.app.Season(r.Context())
	last, errRuns := s.app.Runs(r.Context(), time.Time{}, soreRuns)
	if err := errors.Join(err, errSeason, errRuns); err != nil {
		s.fail(w, r, err)
		return
	}
	data := todayPage{StandingJSON: s.words().Standing(standing), Sore: s.soreSince(standing.Morning)}
	if len(season.Points) > 0 {
		data.Chart = &drawing{"/season.svg", season.Alt(), chart.PageSize(), seasonPhone()}
	}
	last = slices.DeleteFunc(last, gait.RunJSON.Misdated)
	slices.Reverse(last)
	for _, run := range last {
		if spot := (sore{run.Pain.Site, run.Pain.Side}); run.Pain.Worst.AtLeast(1) && spot.Site != "" && !slices.Contains(data.Again, spot) {
			data.Again = append(data.Again, spot)
		}
	}
	data.Last = last[:min(shownRuns, len(last))]
	if len(last) > 0 {
		data.Newest = &last[0]
	}
	if e := standing.Episode; e != nil && e.Measured {
		data.Explain = strideAnswers()
	}
	s.render(w, r, http.StatusOK, "today.html", frame{Title: verdictLook(standing.Verdict).Headline, Nav: "/", Data: data})
}

// soreSince returns a pain whose next morning has come.
func (s *Server) soreSince(pain *gait.Pain) *gait.Pain {
	if pain == nil || pain.Run == "" || pain.Site == gait.NoSite {
		return nil
	}
	today, then := s.now().In(s.zone), pain.At.In(s.zone)
	if today.Format(time.DateOnly) <= then.Format(time.DateOnly) {
		return nil
	}
	return pain
}

// seasonSVG draws the season.
func (s *Server) seasonSVG(w http.ResponseWriter, r *http.Request) {
	season, err := s.app.Season(r.Context())
	if err == nil && len(season.Points) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.draw(w, r, season, chart.PageSize(), seasonPhone())
}

// seasonPhone is the size of the season's picture on a phone.
func seasonPhone() chart.Size { return chart.Size{Width: 360, Height: 320} }
