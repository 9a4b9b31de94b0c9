package stravafake

import (
	"fmt"
	"math"
	"time"

	"gaitkeeper/gait"
)

// Activity is an activity of the athlete.
type Activity struct {
	ID    int64 // 0: the next one
	Name  string
	Sport string // Strava's word; empty is Run
	// Start is when it began, in the zone where. StartHidden: nobody is told
	// the hour.
	Start           time.Time
	StartHidden     bool
	Elapsed, Moving time.Duration
	Metres          float64
	Description     string
	PrivateNote     string
	Gear            string
	Trainer, Manual bool
	// Private activities show only to those who may see all.
	Private bool
	Samples []gait.Sample
}

// FromRun returns the activity that a watch would upload for a run, without
// what Strava does not keep: ground contact, left and right.
func FromRun(r gait.Run) Activity {
	a := Activity{
		Name: r.Title, Sport: "Run", Start: r.Start, Elapsed: r.Elapsed, Moving: r.Duration,
		Description: r.Description, Gear: r.Gear, Trainer: r.Context == gait.Treadmill, Samples: r.Samples,
	}
	if gait.Known(r.Distance) {
		a.Metres = float64(r.Distance)
	}
	if r.Context == gait.Trail {
		a.Sport = "TrailRun"
	}
	if a.Elapsed < a.Moving {
		a.Elapsed = a.Moving
	}
	if a.Name == "" {
		a.Name = "Morning Run"
	}
	return a
}

// Add uploads an activity and returns its number.
func (s *Server) Add(a Activity) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a.ID == 0 {
		a.ID = s.nextID
		s.nextID++
	}
	if a.Sport == "" {
		a.Sport = "Run"
	}
	s.activities[a.ID] = a
	return a.ID
}

// Edit changes an activity.
func (s *Server) Edit(id int64, change func(*Activity)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.activities[id]
	change(&a)
	s.activities[id] = a
}

// Delete takes an activity away.
func (s *Server) Delete(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.activities, id)
}

// summary is how a list names an activity.
type summary struct {
	ResourceState  int       `json:"resource_state"`
	Athlete        reference `json:"athlete"`
	ID             int64     `json:"id"`
	Name           string    `json:"name"`
	Distance       float64   `json:"distance"`
	MovingTime     int       `json:"moving_time"`
	ElapsedTime    int       `json:"elapsed_time"`
	Type           string    `json:"type"`
	SportType      string    `json:"sport_type"`
	StartDate      string    `json:"start_date"`
	StartDateLocal string    `json:"start_date_local"`
	Timezone       string    `json:"timezone"`
	Trainer        bool      `json:"trainer"`
	Manual         bool      `json:"manual"`
	Private        bool      `json:"private"`
	GearID         string    `json:"gear_id,omitempty"`
	AverageSpeed   float64   `json:"average_speed"`
}

type reference struct {
	ID int64 `json:"id"`
}

// details is an activity's own page.
type details struct {
	summary
	Description string `json:"description"`
	PrivateNote string `json:"private_note,omitempty"`
	Gear        *gear  `json:"gear,omitempty"`
}

type gear struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	ResourceState int    `json:"resource_state"`
	Primary       bool   `json:"primary"`
}

// shownStart is the start as it is shown, in UTC and on the clock of the place.
func (a Activity) shownStart() (utc, local time.Time) {
	local = a.Start
	if a.StartHidden {
		local = time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 1, 0, local.Location())
	}
	return local.UTC(), local
}

func (a Activity) summary(athlete int64) summary {
	utc, local := a.shownStart()
	s := summary{
		ResourceState: 2, Athlete: reference{athlete}, ID: a.ID, Name: a.Name, Distance: math.Round(a.Metres*10) / 10,
		MovingTime: int(a.Moving.Seconds()), ElapsedTime: int(a.Elapsed.Seconds()), Type: plainType(a.Sport), SportType: a.Sport,
		StartDate: utc.Format(time.RFC3339), StartDateLocal: local.Format("2006-01-02T15:04:05") + "Z", Timezone: "(GMT+00:00) Etc/UTC",
		Trainer: a.Trainer, Manual: a.Manual, Private: a.Private, GearID: a.gearID(),
	}
	if a.Moving > 0 {
		s.AverageSpeed = math.Round(1000*a.Metres/a.Moving.Seconds()) / 1000
	}
	return s
}

// plainType is the word for a sport that is older than the word itself.
func plainType(sport string) string {
	switch sport {
	case "TrailRun":
		return "Run"
	case "MountainBikeRide", "GravelRide":
		return "Ride"
	default:
		return sport
	}
}

func (a Activity) gearID() string {
	if a.Gear == "" {
		return ""
	}
	return fmt.Sprintf("g%x", a.Gear)
}

func (a Activity) details(athlete int64) details {
	d := details{summary: a.summary(athlete), Description: a.Description, PrivateNote: a.PrivateNote}
	d.ResourceState = 3
	if a.Gear != "" {
		d.Gear = &gear{ID: a.gearID(), Name: a.Gear, ResourceState: 2, Primary: true}
	}
	return d
}
