package fitfile

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/muktihari/fit/profile/typedef"

	"gaitkeeper/gait"
)

// fitEpoch is 1989-12-31T00:00:00Z, where FIT begins to count seconds.
const fitEpoch = 631065600

// maxRun is the longest run that is believed; what a record says to lie
// further out has a mangled time.
const maxRun = 7 * 24 * 3600

// unfinished is how many seconds a session may go on behind its last record
// before its recording counts as broken off.
const unfinished = 60

// runs makes a run of every running session, and names the kinds of the other
// ones. broken tells that the messages could not be read to the end.
func (p *part) runs(broken bool) (runs []gait.Run, skipped []string) {
	if !slices.IsSortedFunc(p.records, byTime) {
		slices.SortStableFunc(p.records, byTime)
	}
	sessions := p.legs(broken)
	for i := range sessions {
		s := &sessions[i]
		if !s.sport.runs() {
			skipped = append(skipped, s.sport.kind())
			continue
		}
		if r, ok := p.run(s, sessions, broken); ok {
			runs = append(runs, r)
		} else {
			skipped = append(skipped, emptyActivity)
		}
	}
	return runs, skipped
}

func byTime(a, b record) int { return cmp.Compare(a.time, b.time) }

// legs returns the sessions in the order of their start, without the summary
// of a multisport activity, and with one more for records that come after the
// last session of a recording that broke off.
func (p *part) legs(broken bool) []session {
	var legs []session
	for _, s := range p.sessions {
		if s.sport.sport != typedef.SportMultisport || len(p.sessions) == 1 {
			legs = append(legs, s)
		}
	}
	slices.SortStableFunc(legs, func(a, b session) int { return cmp.Compare(a.start, b.start) })
	if s, ok := p.unsaid(legs, broken); ok {
		legs = append(legs, s)
	}
	if len(legs) == 1 { // all records are its own, whatever its times say
		p.mend(&legs[0])
	}
	return legs
}

// unsaid makes up the session that a watch did not come to write.
func (p *part) unsaid(legs []session, broken bool) (session, bool) {
	s := session{start: noTime, end: noTime, elapsed: noAmount, timer: noAmount, distance: noAmount, sport: p.sport}
	if s.sport.sport == typedef.SportInvalid && p.running {
		s.sport.sport = typedef.SportRunning
	}
	rest := p.records
	if len(legs) > 0 {
		last := legs[len(legs)-1]
		if !broken || last.end == noTime || last.records == 0 {
			return s, false
		}
		rest = rest[upTo(rest, last.end+1):]
	}
	if len(rest) == 0 || s.sport.sport == typedef.SportInvalid {
		return s, false
	}
	s.start = rest[0].time
	if len(legs) == 0 && len(p.pauses) > 0 && p.pauses[0].time < s.start && s.start-p.pauses[0].time < unfinished {
		s.start = p.pauses[0].time
	}
	return s, true
}

// mend gives the only session a start that fits its records.
func (p *part) mend(s *session) {
	if len(p.records) == 0 {
		return
	}
	first, last := p.records[0].time, p.records[len(p.records)-1].time
	if s.start == noTime || s.start > last {
		s.start = first
	}
}

// upTo is the number of records before the given time.
func upTo(records []record, time uint32) int {
	n, _ := slices.BinarySearchFunc(records, time, func(r record, t uint32) int { return cmp.Compare(r.time, t) })
	return n
}

// own returns the records of the session: from its start to the start of the
// next one or a little beyond its end.
func (p *part) own(s *session, all []session) []record {
	from, to := upTo(p.records, s.start), len(p.records)
	if len(all) > 1 {
		if s.end != noTime {
			to = upTo(p.records, s.end+2)
		}
		for i := range all {
			if next := all[i].start; next > s.start && next != noTime {
				to = min(to, upTo(p.records, next))
			}
		}
	}
	return p.records[from:max(from, min(to, upTo(p.records, s.start+maxRun)))]
}

// run makes a run of the session; false when there is nothing in it.
func (p *part) run(s *session, all []session, broken bool) (gait.Run, bool) {
	if s.start == noTime {
		return gait.Run{}, false
	}
	own := p.own(s, all)
	start := at(s.start)
	r := gait.Run{
		ID: gait.NewRunID(start), Start: start,
		Distance: gait.Unknown[gait.Metres](), Context: s.sport.context(),
		Samples: samples(own, s.start, p.distanceBefore(s)),
	}
	r.Feel, r.Effort = s.feel, s.effort
	if len(all) == 1 {
		r.Title = p.title
	}
	last := uint32(0)
	if len(own) > 0 {
		last = own[len(own)-1].time - s.start
	}
	r.Elapsed, r.Duration = p.times(s, last)
	r.Truncated = broken && (s.elapsed == noAmount || last+unfinished < s.elapsed/1000) || s.elapsed == noAmount && len(p.sessions) == 0
	r.Distance = distance(s, r.Samples)
	dropFrozen(r.Samples)
	r.Signals = gait.SignalsOf(r.Samples)
	r.Sensor = p.sensors.of(r.Signals)
	return r, len(r.Samples) > 0 || r.Duration > 0
}

func at(seconds uint32) time.Time { return time.Unix(fitEpoch+int64(seconds), 0).UTC() }

// samples turns records into samples that count seconds from start and metres
// from before. Of two records of one second the later one completes the first.
func samples(records []record, start uint32, before gait.Metres) []gait.Sample {
	out := make([]gait.Sample, 0, len(records))
	for i := range records {
		s := records[i].sample
		s.Second = int32(records[i].time - start) // #nosec G115 -- at most maxRun
		s.Distance -= before
		if n := len(out); n > 0 && out[n-1].Second == s.Second {
			merge(&out[n-1], &s)
			continue
		}
		out = append(out, s)
	}
	return out
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
func (p *part) distanceBefore(s *session) gait.Metres {
	if len(p.sessions) < 2 {
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
func distance(s *session, samples []gait.Sample) gait.Metres {
	if s.distance != noAmount && s.distance > 0 {
		return gait.Metres(s.distance) / distanceScale
	}
	for i := len(samples) - 1; i >= 0; i-- {
		if d := samples[i].Distance; gait.Known(d) {
			return d
		}
	}
	if s.distance == 0 {
		return 0
	}
	return gait.Unknown[gait.Metres]()
}

// times returns the time from start to end and the time the timer ran: the
// session's own, or from the records up to last and the timer's events.
func (p *part) times(s *session, last uint32) (elapsed, timer time.Duration) {
	elapsed = time.Duration(last) * time.Second
	if s.elapsed != noAmount {
		last = s.elapsed / 1000
		elapsed = time.Duration(s.elapsed) * time.Millisecond
	}
	if s.timer != noAmount && s.timer > 0 {
		timer = time.Duration(s.timer) * time.Millisecond
		return max(elapsed, timer), timer
	}
	return elapsed, elapsed - p.paused(s.start, s.start+last)
}

// paused is how long the timer stood still between two moments.
func (p *part) paused(from, to uint32) time.Duration {
	var sum uint32
	stopped := uint32(noTime)
	for _, e := range p.pauses {
		switch {
		case e.stop && stopped == noTime:
			stopped = max(e.time, from)
		case !e.stop && stopped != noTime:
			if end := min(e.time, to); end > stopped {
				sum += end - stopped
			}
			stopped = noTime
		}
	}
	if stopped < to {
		sum += to - stopped
	}
	return time.Duration(sum) * time.Second
}

// runs tells whether the sport is running, also on a treadmill that calls
// itself fitness equipment.
func (s sport) runs() bool {
	switch s.sport {
	case typedef.SportRunning:
		return s.sub != typedef.SubSportIndoorWheelchairRun
	case typedef.SportFitnessEquipment:
		return s.sub == typedef.SubSportTreadmill || s.sub == typedef.SubSportIndoorRunning
	default:
		return false
	}
}

// kind names the sport in plain words.
func (s sport) kind() string {
	if s.sport == typedef.SportInvalid || strings.Contains(s.sport.String(), "Invalid") {
		return "unknown sport"
	}
	return words(s.sport.String())
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
