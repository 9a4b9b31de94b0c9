package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gaitkeeper/words"
)

// Setter holds what the runner sets on the page.
type Setter interface {
	Settings(ctx context.Context) (Settings, error)
	// SetRunner keeps name, unit and races, which then stand above the config; nil
	// goes back to that.
	SetRunner(ctx context.Context, s *Settings) error
	// Pause holds messages back until a moment, which must be in the future; zero
	// is until Resume.
	Pause(ctx context.Context, until time.Time) error
	// Resume ends a pause and reports whether there was one.
	Resume(ctx context.Context) (bool, error)
}

// Settings are what can be set on the page.
type Settings struct {
	Name  string
	Miles bool
	// Races are days, at midnight in the runner's zone.
	Races []time.Time
	// OnPage means that name, unit and races were set on the page.
	OnPage bool
	// PausedUntil is the end of a pause; nil where there is none. Forever is one that
	// only the runner ends.
	PausedUntil *time.Time
	Forever     bool
}

const (
	maxName  = 60 // characters
	maxRaces = 20
)

// settingsPage is what the page of the settings shows.
type settingsPage struct {
	Settings
	Faults []string
	// RaceDays are the fields for races as they were typed, with empty ones.
	RaceDays []string
}

func (s *Server) settings(w http.ResponseWriter, r *http.Request) error {
	set, err := s.app.Settings(r.Context())
	if err != nil {
		return err
	}
	page := settingsPage{Settings: set}
	for _, race := range set.Races {
		page.RaceDays = append(page.RaceDays, race.Format(time.DateOnly))
	}
	return s.showSettings(w, r, http.StatusOK, page)
}

func (s *Server) showSettings(w http.ResponseWriter, r *http.Request, status int, page settingsPage) error {
	page.RaceDays = append(page.RaceDays, "")
	for len(page.RaceDays) < 3 {
		page.RaceDays = append(page.RaceDays, "")
	}
	return s.render(w, r, status, "settings.html", frame{Title: "Settings", Nav: "/settings", Data: page})
}

func (s *Server) setRunner(w http.ResponseWriter, r *http.Request) error {
	if r.PostFormValue("reset") != "" {
		return s.finish(w, r, s.app.SetRunner(r.Context(), nil))
	}
	before, err := s.app.Settings(r.Context())
	if err != nil {
		return err
	}
	page := settingsPage{Settings: before}
	page.Name, page.Miles, page.Races = strings.TrimSpace(r.PostFormValue("name")), r.PostFormValue("units") == "miles", nil
	if !utf8.ValidString(page.Name) || utf8.RuneCountInString(page.Name) > maxName || strings.ContainsFunc(page.Name, unicode.IsControl) {
		page.Faults = append(page.Faults, words.LongName(maxName))
	}
	if units := r.PostFormValue("units"); units != "km" && units != "miles" {
		page.Faults = append(page.Faults, words.KmOrMiles)
	}
	for _, day := range r.PostForm["race"] {
		if day = strings.TrimSpace(day); day == "" {
			continue
		}
		page.RaceDays = append(page.RaceDays, day)
		race, err := s.date(day)
		if err != nil {
			page.Faults = append(page.Faults, err.Error()+".")
		}
		page.Races = append(page.Races, race)
	}
	if len(page.Races) > maxRaces {
		page.Faults = append(page.Faults, fmt.Sprintf("%d races at most.", maxRaces))
	}
	if len(page.Faults) > 0 {
		return s.showSettings(w, r, http.StatusUnprocessableEntity, page)
	}
	slices.SortFunc(page.Races, time.Time.Compare)
	return s.finish(w, r, s.app.SetRunner(r.Context(), &page.Settings))
}

func (s *Server) pause(w http.ResponseWriter, r *http.Request) error {
	var until time.Time
	if day := r.PostFormValue("until"); day != "" {
		var err error
		if until, err = s.date(day); err != nil {
			return err
		}
	}
	return s.finish(w, r, s.app.Pause(r.Context(), until))
}

func (s *Server) resume(w http.ResponseWriter, r *http.Request) error {
	_, err := s.app.Resume(r.Context())
	return s.finish(w, r, err)
}

func (s *Server) finish(w http.ResponseWriter, r *http.Request, err error) error {
	if err != nil {
		return err
	}
	return s.done(w, r, "/settings", "set")
}
