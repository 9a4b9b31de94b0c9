package fitfile

import (
	"slices"

	"github.com/muktihari/fit/profile/typedef"

	"gaitkeeper/gait"
)

// Where bytes of a file are missing or replaced, its messages are read out of
// step: random records and sessions, with random times. The numbers are ours.
const (
	// nearby is how far apart the times of one recording may lie, in seconds: a clock
	// that jumped may be a week off.
	nearby = maxRun + day
	// quickest is faster than anybody gets ahead by running or riding, in m/s, and
	// headStart what is left to those who do not count from the first record, in
	// metres.
	quickest  = 30
	headStart = 1000
)

// sift leaves out what a damaged file cannot mean: messages whose times lie far
// from those of most records, a record whose time does not fit between its
// neighbours', and distances that nobody covers in their time.
func (p *part) sift() {
	if len(p.records) == 0 {
		return
	}
	from := p.densest()
	far := func(t uint32) bool { return t != noTime && (int64(t) < from-day || int64(t) > from+nearby) }
	left := make([]int, len(p.records)+1) // of so many records
	feet, before := 0, uint32(0)
	for i := range p.records {
		r, next := &p.records[i], p.records[min(i+1, len(p.records)-1)].time
		alone := i > 0 && before <= next && (int64(r.time) < int64(before)-disorder || int64(r.time) > int64(next)+disorder)
		if left[i+1] = left[i]; far(r.time) || alone {
			r.time = noTime
			continue
		}
		left[i+1]++
		before = r.time
		if gait.Known(r.sample.StanceTime) {
			feet++
		}
	}
	p.records = slices.DeleteFunc(p.records, func(r record) bool { return r.time == noTime })
	p.laps = slices.DeleteFunc(p.laps, func(l span) bool { return far(l.start) || far(l.end) })
	p.pauses = slices.DeleteFunc(p.pauses, func(e pause) bool { return far(e.time) })
	for i := range p.pauses {
		p.pauses[i].records = left[p.pauses[i].records]
	}
	if running := 4*feet > len(p.records); running && !p.sport.runs() {
		p.sport = sport{typedef.SportRunning, typedef.SubSportInvalid}
	}
	near := func(s session) bool { return !far(s.start) && !far(s.written) }
	if p.sport.runs() || slices.ContainsFunc(p.sessions, near) { // else the others alone tell the sport
		p.sessions = slices.DeleteFunc(p.sessions, func(s session) bool { return !near(s) })
	}
	for i := range p.sessions {
		s := &p.sessions[i]
		s.records = left[s.records]
		if float64(s.distance)/distanceScale > quickest*float64(s.elapsed)/1000+headStart {
			s.distance = noAmount
		}
	}
	p.dropLeaps()
}

// densest is the time from which the most records lie near each other.
func (p *part) densest() (from int64) {
	times := make([]int64, len(p.records))
	for i := range p.records {
		times[i] = int64(p.records[i].time)
	}
	slices.Sort(times)
	most, last := 0, 0
	for first, t := range times {
		for last < len(times) && times[last]-t <= nearby {
			last++
		}
		if last-first > most {
			most, from = last-first, t
		}
	}
	return from
}

// dropLeaps makes a distance unknown that nobody covers in the time since the first
// one.
func (p *part) dropLeaps() {
	var first *record
	for i := range p.records {
		r := &p.records[i]
		switch {
		case !gait.Known(r.sample.Distance):
		case first == nil:
			first = r
		case float64(r.sample.Distance-first.sample.Distance) > quickest*(float64(r.time)-float64(first.time))+headStart:
			r.sample.Distance = gait.Unknown[gait.Metres]()
		}
	}
}
