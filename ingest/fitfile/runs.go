package fitfile

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/muktihari/fit/profile/typedef"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// fitEpoch is 1989-12-31T00:00:00Z, where FIT begins to count seconds.
const fitEpoch = 631065600

// maxRun is the longest run that is believed; what a record says to lie
// further out has a mangled time.
const maxRun = 7 * 24 * 3600

// runs makes a run of every running session, and names the kinds of the other
// ones. broken says that the messages could not be read to the end.
func (p *part) runs(broken bool) (runs []gait.Run, skipped []string) {
	p.convert()
	jumped := p.straighten()
	if !p.inOrder() {
		slices.SortStableFunc(p.records, byTime)
	}
	sessions := p.legs(broken)
	for i := range sessions {
		s := &sessions[i]
		if !s.sport.runs() {
			skipped = append(skipped, s.sport.kind())
			continue
		}
		switch r, ok := p.run(s, sessions, broken, jumped); {
		case !ok:
			skipped = append(skipped, emptyActivity)
		case s.sport.sport != typedef.SportRunning && walks(r.Samples): // on a treadmill one does both
			skipped = append(skipped, sport{sport: typedef.SportWalking}.kind())
		default:
			runs = append(runs, r)
		}
	}
	return runs, skipped
}

// inOrder reports whether the records are in the order of their times.
func (p *part) inOrder() bool {
	for i := 1; i < len(p.records); i++ {
		if p.records[i].time < p.records[i-1].time {
			return false
		}
	}
	return true
}

func byTime(a, b record) int { return cmp.Compare(a.time, b.time) }

// run makes a run of the session; false when there is nothing in it.
func (p *part) run(s *session, all []session, broken, jumped bool) (gait.Run, bool) {
	if s.start == noTime {
		return gait.Run{}, false
	}
	own, beyond := p.own(s, all)
	start := at(s.start)
	judged, others := p.choose(own)
	r := gait.Run{
		ID: gait.NewRunID(start), Start: start,
		Context: s.sport.context(), Feel: s.feel, Effort: s.effort,
		Samples: samples(own, s.start, p.distanceBefore(s, all)),
	}
	if jumped {
		r.Clock = gait.ClockJumped
	}
	if len(all) == 1 {
		r.Title = p.title
	}
	r.Truncated = p.truncated(s, own, broken)
	r.Elapsed, r.Duration = p.times(s, own, r.Truncated)
	r.Distance = p.distance(s, r.Samples)
	dropFrozen(r.Samples)
	dropStandstill(r.Samples)
	r.Oddities = p.oddities(s, own, beyond, jumped, r.Truncated)
	if halveSteps(r.Samples) {
		r.Oddities = append(r.Oddities, gait.Oddity{Kind: gait.OddityCadenceHalved})
	}
	if doubleSteps(r.Samples) {
		r.Oddities = append(r.Oddities, gait.Oddity{Kind: gait.OddityCadenceDoubled})
	}
	r.Signals = gait.SignalsOf(r.Samples)
	if r.Sensor = judged; !r.Signals.Has(gait.SignalStanceTimeBalance) {
		judged = gait.Sensor{} // it stood still
		r.Sensor = p.sensors.of(r.Signals)
	}
	r.Others, r.Unused = others, p.apps.unused(judged)
	if !r.Signals.Has(gait.SignalStanceTimeBalance) {
		r.AverageBalance = p.averageBalance(s, len(all) == 1)
	}
	return r, len(r.Samples) > 0 || r.Duration > 0
}

func at(seconds uint32) time.Time { return time.Unix(fitEpoch+int64(seconds), 0).UTC() }

// samples turns records into samples that count seconds from start and metres
// from before. Of two records of one second the later one completes the first.
func samples(records []record, start uint32, before gait.Metres) []gait.Sample {
	out := make([]gait.Sample, len(records))
	n := 0
	for i := range records {
		s := &out[n]
		*s = records[i].sample
		s.Second = int32(records[i].time - start) // #nosec G115 -- at most maxRun
		s.Distance -= before
		if n > 0 && out[n-1].Second == s.Second {
			merge(&out[n-1], s)
			continue
		}
		n++
	}
	return out[:n]
}

// merge takes over what by knows.
func merge(s, by *gait.Sample) {
	take(&s.Distance, by.Distance)
	take(&s.Speed, by.Speed)
	take(&s.Altitude, by.Altitude)
	take(&s.Cadence, by.Cadence)
	take(&s.StanceTime, by.StanceTime)
	take(&s.StanceTimeBalance, by.StanceTimeBalance)
	take(&s.VerticalOscillation, by.VerticalOscillation)
	take(&s.StepLength, by.StepLength)
	take(&s.HeartRate, by.HeartRate)
	take(&s.Power, by.Power)
}

func take[U ~float64](to *U, v U) {
	if gait.Known(v) {
		*to = v
	}
}

// distanceBefore is what the records counted before the session, where they
// go on counting from one session to the next.
func (p *part) distanceBefore(s *session, all []session) gait.Metres {
	if len(all) < 2 {
		return 0
	}
	n := upTo(p.records, s.start)
	first := gait.Unknown[gait.Metres]()
	for _, r := range p.records[n:] {
		if first = r.sample.Distance; gait.Known(first) {
			break
		}
	}
	for i := n - 1; i >= 0; i-- {
		if d := p.records[i].sample.Distance; gait.Known(d) {
			if d <= first {
				return d
			}
			break
		}
	}
	return 0
}

// distance is the session's own, or that of its last sample.
func (p *part) distance(s *session, samples []gait.Sample) gait.Metres {
	last := gait.Unknown[gait.Metres]()
	for i := len(samples) - 1; i >= 0 && !gait.Known(last); i-- {
		last = samples[i].Distance
	}
	if s.distance != noAmount && s.distance > 0 {
		own := gait.Metres(s.distance) / distanceScale
		if p.converted.Has(gait.SignalDistance) && math.Abs(float64(last/own)-1) > agreeing { // it was not
			return last
		}
		if mean := float64(own) * 1000 / float64(s.timer); s.timer != noAmount && (mean < slowest || mean > fastest) && tens(float64(last/own)) != 1 { // in another unit
			return last
		}
		return own
	}
	if gait.Known(last) {
		return last
	}
	if s.distance == 0 {
		return 0
	}
	return gait.Unknown[gait.Metres]()
}

// runs reports whether the sport is running, also where only its kind says so, as on a
// treadmill that calls itself fitness equipment: these kinds are those of running alone.
func (s sport) runs() bool {
	switch s.sport {
	case typedef.SportRunning:
		return s.sub != typedef.SubSportIndoorWheelchairRun
	case typedef.SportFitnessEquipment, typedef.SportTraining, typedef.SportGeneric:
		switch s.sub {
		case typedef.SubSportTreadmill, typedef.SubSportIndoorRunning, typedef.SubSportStreet, typedef.SubSportTrail, typedef.SubSportTrack:
			return true
		}
	}
	return false
}

// kind names the sport in plain words.
func (s sport) kind() string {
	if s.sport == typedef.SportInvalid || strings.Contains(s.sport.String(), "Invalid") {
		return "unknown sport"
	}
	return ingest.PlainName(s.sport.String())
}

// context is where the sport took place.
func (s sport) context() gait.Context {
	switch s.sub {
	case typedef.SubSportTreadmill, typedef.SubSportIndoorRunning, typedef.SubSportVirtualActivity:
		return gait.Treadmill
	case typedef.SubSportTrail, typedef.SubSportObstacle, typedef.SubSportAdventureRace:
		return gait.Trail
	case typedef.SubSportTrack:
		return gait.Track
	default:
		return gait.Road
	}
}
