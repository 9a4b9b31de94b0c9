package intervals

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// activity is a row of the list. What nobody entered is null there.
type activity struct {
	ID          text    `json:"id"`
	Start       string  `json:"start_date"`       // UTC
	LocalStart  string  `json:"start_date_local"` // without a zone
	Type        string  `json:"type"`
	Name        string  `json:"name"`
	Description string  `json:"description"`
	Source      string  `json:"source"`
	FileType    string  `json:"file_type"`
	Distance    float64 `json:"distance"`     // metres
	Moving      float64 `json:"moving_time"`  // seconds
	Elapsed     float64 `json:"elapsed_time"` // seconds
	Feel        float64 `json:"feel"`         // 1 strong to 5 weak
	RPE         float64 `json:"icu_rpe"`      // 1 to 10
	Gear        gear    `json:"gear"`
}

type gear struct {
	Name string `json:"name"`
}

// fields are the columns of the list that are asked for: an account of many
// years has hundreds.
func fields() string {
	return "id,start_date,start_date_local,type,name,description,source,file_type,distance,moving_time,elapsed_time,feel,icu_rpe,gear"
}

// text is a JSON string or number: old activities have the latter as their ID.
type text string

// UnmarshalJSON reads either.
func (t *text) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(b, []byte(`"`)) {
		return json.Unmarshal(b, (*string)(t))
	}
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	var number json.Number
	if json.Unmarshal(b, &number) != nil {
		return errors.New("its id is neither a text nor a number")
	}
	*t = text(number)
	return nil
}

// start is when the activity began. Where the list tells only the runner's own
// clock, it is taken as of zone.
func (a activity) start(zone *time.Location) time.Time {
	if t, err := time.Parse(time.RFC3339, a.Start); err == nil {
		return t.UTC()
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, a.LocalStart, zone); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// skipped names the kind of an activity that is no run or not to be had; empty
// for a run.
func (a activity) skipped() string {
	switch {
	case strings.EqualFold(a.Source, "strava"):
		return "only at Strava, which does not let intervals.icu hand it on"
	case strings.Contains(a.Type, "Run"): // TrailRun, VirtualRun
		return ""
	case a.Type == "":
		return "unknown sport"
	default:
		return strings.ToLower(a.Type)
	}
}

// hasFile reports whether there is an original that may be a FIT file. One that
// was typed in has none, and a phone's is of another form.
func (a activity) hasFile() bool { return a.FileType == "" || strings.EqualFold(a.FileType, "fit") }

// version stands for everything the list tells: first for what the recording
// is, then for what the runner says of it.
func (a activity) version() string {
	return changeHash(a.Source, a.Type, a.FileType, a.Start, a.LocalStart, a.Distance, a.Moving, a.Elapsed) + "." +
		changeHash(a.Name, a.Description, a.Feel, a.RPE, a.Gear.Name)
}

// recording is the part of a version that stands for the recording.
func recording(version string) string {
	part, _, _ := strings.Cut(version, ".")
	return part
}

func changeHash(values ...any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", values))
	return hex.EncodeToString(sum[:6])
}

// summary is the run as far as the list tells it: without seconds.
func (a activity) summary(start time.Time, name string) gait.Run {
	seconds := func(s float64) time.Duration {
		const week = 7 * 24 * 3600
		if !(s > 0 && s <= week) {
			return 0
		}
		return time.Duration(s) * time.Second
	}
	r := gait.Run{
		ID: gait.NewRunID(start), Start: start, Duration: seconds(a.Moving), Elapsed: seconds(a.Elapsed),
		Distance: gait.Metres(a.Distance), Context: a.context(),
		Origins: []gait.Origin{{Source: gait.SourceIntervals, Key: string(a.ID), Name: name}},
	}
	if r.Duration == 0 {
		r.Duration = r.Elapsed
	}
	r.Elapsed = max(r.Elapsed, r.Duration)
	if !(r.Distance > 0) {
		r.Distance = gait.Unknown[gait.Metres]()
	}
	a.say(&r)
	return r
}

func (a activity) context() gait.Context {
	switch a.Type {
	case "TrailRun":
		return gait.Trail
	case "VirtualRun":
		return gait.Treadmill
	default:
		return gait.Road
	}
}

// say gives the run what the runner said of it here; what the watch has stays
// where nothing was said.
func (a activity) say(r *gait.Run) {
	if a.Name != "" {
		r.Title = a.Name
	}
	r.Description, r.Gear = a.Description, a.Gear.Name
	if feel := 6 - a.Feel; feel >= float64(gait.FeltVeryWeak) && feel <= float64(gait.FeltVeryStrong) {
		r.Feel = gait.Feel(feel)
	}
	if effort := gait.NewEffort(a.RPE); effort != 0 {
		r.Effort = effort
	}
}

// row is an activity of the list, or one that cannot be read.
type row struct {
	activity
	// fault says what is wrong with the row; empty where nothing is. The ID is
	// still set where it could be read.
	fault string
	// hash stands for what a faulty row says.
	hash string
}

func readRow(raw json.RawMessage, zone *time.Location) row {
	var r row
	r.fault = ingest.ListFault(json.Unmarshal(raw, &r.activity))
	switch {
	case r.fault != "":
	case r.ID == "":
		r.fault = "it has no number"
	case r.start(zone).IsZero():
		r.fault = "it has no start"
	}
	if r.fault != "" {
		var only struct {
			ID text `json:"id"`
		}
		_ = json.Unmarshal(raw, &only) // a number that cannot be read is none
		r.activity, r.hash = activity{ID: only.ID}, changeHash(string(raw))
	}
	return r
}
