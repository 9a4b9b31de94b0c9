package applehealth

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"time"

	"gaitkeeper/gait"
)

// maxPoints bounds the seconds of running kept while a file is read: the watch
// keeps a few months of them and averages what is older.
const maxPoints = 2_000_000

// instant is how short a record is that was measured at a moment; what is longer is
// an average that the phone made of old ones.
const instant = 30 * time.Second

// point is one figure of a moment.
type point struct {
	second int32 // since epoch
	value  float32
}

// epoch is where the seconds of points begin.
var epoch = time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)

// running gathers what the watch measured of runs while a file is read: its figures
// stand in the file long before the workouts they belong to.
type running struct {
	points   map[string][]point // by kind
	n        int
	workouts []workout
}

// workout is one run as the watch sums it up.
type workout struct {
	start, end         time.Time
	duration, distance float64 // seconds and metres
	indoor             bool
}

// add takes in the record of a figure of running.
func (r *running) add(rec record) {
	if rec.end.Sub(rec.start) > instant || r.n >= maxPoints || rec.start.Before(epoch) {
		return
	}
	v, ok := inUnit(rec.value, rec.unit)
	if !ok || v <= 0 {
		return
	}
	if r.points == nil {
		r.points = map[string][]point{}
	}
	r.n++
	r.points[rec.kind] = append(r.points[rec.kind], point{int32(rec.start.Sub(epoch) / time.Second), float32(v)}) // #nosec G115 -- plausible
}

// addWorkout takes in a workout that is a run.
func (r *running) addWorkout(element []byte) {
	tag := element[:max(0, tagEnd(element))]
	if string(attribute(tag, "workoutActivityType")) != "HKWorkoutActivityTypeRunning" {
		return
	}
	w := workout{indoor: metadata(element, "HKIndoorWorkout") == "1"}
	var ok bool
	if w.start, ok = moment(attribute(tag, "startDate")); !ok {
		return
	}
	if w.end, ok = moment(attribute(tag, "endDate")); !ok || !w.end.After(w.start) || w.end.Sub(w.start) > 7*24*time.Hour {
		return
	}
	w.duration = w.end.Sub(w.start).Seconds()
	minutes := map[string]float64{"min": 60, "s": 1, "sec": 1, "hr": 3600}
	if d, err := strconv.ParseFloat(string(attribute(tag, "duration")), 64); err == nil && d > 0 {
		if d *= minutes[string(attribute(tag, "durationUnit"))]; d > 0 && d <= w.duration+1 {
			w.duration = d
		}
	}
	w.distance = amount(attribute(tag, "totalDistance"), attribute(tag, "totalDistanceUnit"))
	if _, rest, ok := bytes.Cut(element, []byte(`type="HKQuantityTypeIdentifierDistanceWalkingRunning"`)); ok {
		if end := bytes.IndexByte(rest, '>'); end > 0 {
			if d := amount(attribute(rest[:end], "sum"), attribute(rest[:end], "unit")); d > 0 {
				w.distance = d
			}
		}
	}
	r.workouts = append(r.workouts, w)
}

func amount(value, unit []byte) float64 {
	v, err := strconv.ParseFloat(string(value), 64)
	if err != nil || v <= 0 {
		return 0
	}
	v, _ = inUnit(v, string(unit))
	return v
}

// runs makes the runs, the oldest first; the same one twice is once.
func (r *running) runs(name string) []gait.Run {
	for _, points := range r.points {
		slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(a.second, b.second) })
	}
	slices.SortFunc(r.workouts, func(a, b workout) int { return a.start.Compare(b.start) })
	r.workouts = slices.CompactFunc(r.workouts, func(a, b workout) bool { return a.start.Equal(b.start) })
	runs := make([]gait.Run, 0, len(r.workouts))
	for _, w := range r.workouts {
		runs = append(runs, r.run(w, name))
	}
	return runs
}

func (r *running) run(w workout, name string) gait.Run {
	run := gait.Run{
		ID: gait.NewRunID(w.start), Start: w.start, Elapsed: w.end.Sub(w.start),
		Duration: time.Duration(w.duration * float64(time.Second)), Distance: gait.Unknown[gait.Metres](), Context: gait.Road,
		Sensor:  gait.Sensor{Manufacturer: "apple"},
		Origins: []gait.Origin{{Source: gait.SourceAppleHealth, Key: strconv.FormatInt(w.start.Unix(), 10), Name: name}},
	}
	if w.indoor {
		run.Context = gait.Treadmill
	}
	if w.distance > 0 {
		run.Distance = gait.Metres(w.distance)
	}
	run.Samples = r.samples(w)
	run.Signals = gait.SignalsOf(run.Samples)
	return run
}

// samples are the seconds of the run in which something was measured. The cadence
// follows from speed and step.
func (r *running) samples(w workout) []gait.Sample {
	seconds := map[int32]*gait.Sample{}
	from := int32(w.start.Sub(epoch) / time.Second) // #nosec G115 -- plausible
	to := int32(w.end.Sub(epoch) / time.Second)     // #nosec G115 -- plausible
	for kind, points := range r.points {
		i, _ := slices.BinarySearchFunc(points, from, func(p point, s int32) int { return cmp.Compare(p.second, s) })
		for ; i < len(points) && points[i].second <= to; i++ {
			at, v := points[i].second-from, float64(points[i].value)
			s := seconds[at]
			if s == nil {
				made := gait.NewSample(at)
				s = &made
				seconds[at] = s
			}
			switch kind {
			case runningContact:
				s.StanceTime = gait.Milliseconds(v)
			case runningStride:
				s.StepLength = gait.Millimetres(1000 * v)
			case runningSpeed:
				s.Speed = gait.MetresPerSecond(v)
			case runningOscillation:
				s.VerticalOscillation = gait.Millimetres(1000 * v)
			}
		}
	}
	samples := make([]gait.Sample, 0, len(seconds))
	for _, s := range seconds {
		samples = append(samples, *s)
	}
	slices.SortFunc(samples, func(a, b gait.Sample) int { return cmp.Compare(a.Second, b.Second) })
	speed, distance, last := gait.Unknown[gait.MetresPerSecond](), 0.0, int32(0)
	for i := range samples {
		s := &samples[i]
		if gait.Known(speed) {
			distance += float64(speed) * float64(min(s.Second-last, 10))
			s.Distance = gait.Metres(distance)
		}
		if gait.Known(s.Speed) {
			speed = s.Speed
		} else {
			s.Speed = speed
		}
		if last = s.Second; gait.Known(s.Speed) && s.StepLength > 0 {
			s.Cadence = gait.StepsPerMinute(60 * 1000 * float64(s.Speed) / float64(s.StepLength))
		}
	}
	return samples
}
