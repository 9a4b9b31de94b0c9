package strava

import (
	"math"
	"strconv"
	"time"

	"gaitkeeper/gait"
)

// maxSecond is the longest run that is believed: a week.
const maxSecond = 7 * 24 * 3600

// run makes a run of an activity and its streams. site is the address under
// which a person finds it. False: there is nothing in it.
func (a activity) run(site string, s streams) (gait.Run, bool) {
	start := a.Start.UTC()
	key := strconv.FormatInt(a.ID, 10)
	r := gait.Run{
		ID: gait.NewRunID(start), Start: start, StartHidden: a.startHidden(),
		Duration: time.Duration(a.MovingSeconds) * time.Second, Elapsed: time.Duration(a.ElapsedSeconds) * time.Second,
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
