package strava

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// activity is an activity as a list names it, and with the fields from
// Description on as its own page does.
type activity struct {
	ID             int64     `json:"id"`
	Name           string    `json:"name"`
	SportType      string    `json:"sport_type"`
	Type           string    `json:"type"` // older than sport_type
	Start          time.Time `json:"start_date"`
	StartLocal     string    `json:"start_date_local"`
	ElapsedSeconds float64   `json:"elapsed_time"`
	MovingSeconds  float64   `json:"moving_time"`
	Metres         float64   `json:"distance"`
	Trainer        bool      `json:"trainer"`
	Manual         bool      `json:"manual"`
	GearID         string    `json:"gear_id"`

	Description string `json:"description"`
	// PrivateNote is not documented; some accounts have it.
	PrivateNote string `json:"private_note"`
	Gear        struct {
		Name string `json:"name"`
	} `json:"gear"`
}

type athlete struct {
	ID        int64  `json:"id"`
	FirstName string `json:"firstname"`
	LastName  string `json:"lastname"`
}

// sport is what it is, in Strava's word.
func (a activity) sport() string {
	return cmp.Or(a.SportType, a.Type)
}

// runs reports whether a sport is running.
func runs(sport string) bool {
	return sport == "Run" || sport == "TrailRun" || sport == "VirtualRun"
}

// kind is a sport in plain words: "weight training" for WeightTraining.
func kind(sport string) string { return cmp.Or(ingest.PlainName(sport), "unknown sport") }

// startHidden reports whether Strava does not say when in the day it began.
func (a activity) startHidden() bool {
	_, clock, _ := strings.Cut(strings.TrimSuffix(a.StartLocal, "Z"), "T")
	return clock == "00:00:01"
}

// listHash stands for everything a list tells of it that matters here: it
// changes when the activity is edited.
func (a activity) listHash() string {
	whole := func(s float64) string { return strconv.FormatFloat(s, 'f', 0, 64) }
	return changeHash(a.Name, a.sport(), a.Start.UTC().Format(time.RFC3339), whole(a.ElapsedSeconds), whole(a.MovingSeconds),
		fmt.Sprint(math.Round(a.Metres)), strconv.FormatBool(a.Trainer), strconv.FormatBool(a.Manual), a.GearID)
}

// pageHash stands for everything its own page tells.
func (a activity) pageHash() string {
	return changeHash(a.listHash(), a.Description, a.PrivateNote, a.Gear.Name)
}

func changeHash(fields ...string) string {
	h := sha256.New()
	for _, f := range fields {
		fmt.Fprintf(h, "%d:%s", len(f), f)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// streams are the seconds of an activity, one column a figure; all as long as
// the column of times.
type streams struct {
	Time      stream `json:"time"`
	Distance  stream `json:"distance"`
	Altitude  stream `json:"altitude"`
	Speed     stream `json:"velocity_smooth"`
	HeartRate stream `json:"heartrate"`
	Cadence   stream `json:"cadence"` // of one leg
	Power     stream `json:"watts"`
}

type stream struct {
	Data []figure `json:"data"`
}

// at returns the figure at an index; unknown where there is none.
func (s stream) at(i int) float64 {
	if i >= len(s.Data) {
		return math.NaN()
	}
	return float64(s.Data[i])
}

// figure is a number; null is unknown.
type figure float64

// largest is beyond every second, metre, beat, step and watt of a run.
const largest = 1e7

// UnmarshalJSON reads a number or null; one that no run has is unknown as well.
func (f *figure) UnmarshalJSON(b []byte) error {
	*f = figure(math.NaN())
	if string(b) == "null" {
		return nil
	}
	v, err := strconv.ParseFloat(string(b), 64)
	if math.Abs(v) <= largest {
		*f = figure(v)
	}
	return err
}

// maxSecond is the longest run that is believed: a week.
const maxSecond = 7 * 24 * 3600

// run makes a run of an activity and its streams. site is the address under
// which a person finds it. False: there is nothing in it.
func (a activity) run(site string, s streams) (gait.Run, bool) {
	start := a.Start.UTC()
	key := strconv.FormatInt(a.ID, 10)
	r := gait.Run{
		ID: gait.NewRunID(start), Start: start, StartHidden: a.startHidden(),
		Duration: seconds(a.MovingSeconds), Elapsed: seconds(a.ElapsedSeconds),
		Distance: gait.Metres(a.Metres), Context: a.context(), Title: a.Name,
		Description: a.Description, PrivateNote: a.PrivateNote, Gear: a.Gear.Name,
		Origins: []gait.Origin{{Source: gait.SourceStrava, Key: key, Name: site + "/activities/" + key}},
		Samples: s.samples(),
	}
	if r.Duration <= 0 {
		r.Duration = r.Elapsed
	}
	r.Elapsed = max(r.Elapsed, r.Duration)
	if !(r.Distance > 0) {
		r.Distance = gait.Unknown[gait.Metres]()
	}
	r.Signals = gait.SignalsOf(r.Samples)
	possible := !start.IsZero() && r.Duration > 0 && r.Elapsed <= maxSecond*time.Second
	return r, possible
}

// seconds is a length that the API gives in whole seconds, and others with a point;
// none where no run is that long.
func seconds(s float64) time.Duration {
	if !(s > 0 && s <= maxSecond) {
		return 0
	}
	return time.Duration(math.Round(s)) * time.Second
}

// context is where it took place.
func (a activity) context() gait.Context {
	switch {
	case a.sport() == "VirtualRun", a.Trainer:
		return gait.Treadmill
	case a.sport() == "TrailRun":
		return gait.Trail
	default:
		return gait.Road
	}
}

// samples turns columns into samples. A watch that records only what changes
// leaves gaps in the times, and so do the samples.
func (s streams) samples() []gait.Sample {
	samples := make([]gait.Sample, 0, len(s.Time.Data))
	last := -1.0
	for i := range s.Time.Data {
		second := math.Floor(s.Time.at(i))
		if !(second > last) || second > maxSecond {
			continue // unknown, said twice, or nonsense
		}
		last = second
		p := gait.NewSample(int32(second))
		p.Distance = gait.Metres(measured(s.Distance.at(i), 0, math.Inf(1)))
		p.Speed = gait.MetresPerSecond(measured(s.Speed.at(i), 0, 20))
		p.Altitude = gait.Metres(measured(s.Altitude.at(i), -500, 9000))
		p.Cadence = gait.StepsPerMinute(2 * measured(s.Cadence.at(i), 0, 150))
		p.HeartRate = gait.BeatsPerMinute(measured(s.HeartRate.at(i), 20, 250))
		p.Power = gait.Watts(measured(s.Power.at(i), 0, 3000))
		samples = append(samples, p)
	}
	return samples
}

// measured returns v, or unknown where no runner could have it.
func measured(v, low, high float64) float64 {
	if v >= low && v <= high {
		return v
	}
	return math.NaN()
}
