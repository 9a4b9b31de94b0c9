package intervalsfake

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"strings"
	"time"
)

// Activity is one activity of the account.
type Activity struct {
	// ID is given by the server where it is empty.
	ID    string
	Start time.Time
	// Type is as the service calls it: Run, TrailRun, Ride.
	Type, Name, Description string
	// Source is where it came from: GARMIN_CONNECT, UPLOAD, STRAVA.
	Source          string
	Metres          float64
	Moving, Elapsed time.Duration
	// Feel is 1 (strong) to 5 (weak), RPE 1 to 10; 0 was not entered.
	Feel, RPE int
	Gear      string
	// File is the original; nil for an activity that was typed in, or, with a
	// FileType, whose file is lost. FileType is its form; empty for a file is "fit".
	File     []byte
	FileType string
	// Plain tells that the original is not packed.
	Plain bool
}

// row is the activity as the list shows it. One from Strava is all but empty.
func (a Activity) row(zone *time.Location) map[string]any {
	local := a.Start.In(zone).Format("2006-01-02T15:04:05")
	if a.Source == "STRAVA" {
		return map[string]any{
			"id": a.ID, "icu_athlete_id": "i1", "start_date_local": local, "source": a.Source,
			"_note": "STRAVA activities are not available via the API",
		}
	}
	return map[string]any{
		"id": a.ID, "icu_athlete_id": "i1", "start_date": a.Start.UTC().Format(time.RFC3339), "start_date_local": local,
		"type": a.Type, "name": orNull(a.Name), "description": orNull(a.Description), "source": a.Source,
		"file_type": orNull(a.form()), "distance": a.Metres, "moving_time": int(a.Moving.Seconds()), "elapsed_time": int(a.Elapsed.Seconds()),
		"feel": orNull(a.Feel), "icu_rpe": orNull(a.RPE), "gear": a.gear(), "icu_training_load": 42, "has_heartrate": true,
	}
}

func (a Activity) form() string {
	switch {
	case a.FileType != "":
		return a.FileType
	case a.File == nil:
		return ""
	default:
		return "fit"
	}
}

func (a Activity) gear() any {
	if a.Gear == "" {
		return nil
	}
	return map[string]any{"id": "g1", "name": a.Gear, "distance": nil}
}

// orNull is v, or nothing where nothing was entered.
func orNull[T comparable](v T) any {
	if v == *new(T) {
		return nil
	}
	return v
}

// packed is the original as it is sent.
func (a Activity) packed() ([]byte, error) {
	if a.Plain {
		return a.File, nil
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(a.File); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// only leaves the columns that were asked for; the note is always there.
func only(row map[string]any, fields string) map[string]any {
	if fields == "" {
		return row
	}
	kept := map[string]any{}
	for _, name := range append(strings.Split(fields, ","), "_note") {
		if v, ok := row[name]; ok {
			kept[name] = v
		}
	}
	return kept
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain maps and texts
	}
	return b
}
