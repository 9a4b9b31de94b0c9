package fitfile

import (
	"math"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// The time of a run is the time of its records. What the recorder says of it
// counts where it differs by little: a start before the first fix, an end after
// the last record. The numbers are ours.
const (
	// unfinished is how many seconds a session may go on behind its last record
	// before its recording counts as broken off.
	unfinished = 60
	// stale is how many seconds a session may begin before its first record, or
	// go on behind its last one, before what it says counts as stale.
	stale = 600
	// waiting is how far one gets before the start, in metres.
	waiting = 50
)

// mend gives the only session a start that fits its records.
func (p *part) mend(s *session) {
	if len(p.records) == 0 {
		return
	}
	first, last := p.records[0].time, p.records[len(p.records)-1].time
	switch {
	case s.start == noTime, s.start > last, first > s.start && first-s.start > stale, p.movedBefore(s.start):
		s.start = first
	}
}

// movedBefore reports whether the records before a moment are of somebody who
// was on the way already.
func (p *part) movedBefore(start uint32) bool {
	first := gait.Unknown[gait.Metres]()
	for _, r := range p.records[:upTo(p.records, start)] {
		d := r.sample.Distance
		if !gait.Known(first) {
			first = d
		}
		if d-first > waiting {
			return true
		}
	}
	return false
}

// shift moves sessions that lie beside the records, as those do that tell their times
// in another zone: to where the records of no other session begin. Where only some are
// off it is by a zone, which differs by quarters of an hour; without such records
// nothing was recorded of them, as of a swim in a pool, and they stay.
func (p *part) shift(legs []session) {
	const zone = 15 * 60
	if len(p.records) == 0 {
		return
	}
	first, last := p.records[0].time, p.records[len(p.records)-1].time
	free, taken := first, uint32(noTime) // between the sessions that fit
	var off []*session
	for i := range legs {
		switch s := &legs[i]; {
		case s.start == noTime || s.end == noTime:
			return
		case int64(min(s.end, last))-int64(max(s.start, first)) < int64(s.end-s.start)/2:
			off = append(off, s)
		case s.start <= free+unfinished:
			free = s.end
		default:
			taken = min(taken, s.start)
		}
	}
	if len(off) == 0 {
		return
	}
	by := int64(free) - int64(off[0].start)
	if len(off) < len(legs) {
		left := int64(p.records[max(1, upTo(p.records, taken))-1].time) - int64(free)
		if left < int64(off[0].end-off[0].start)/2 {
			return
		}
		by = int64(math.Round(float64(by)/zone)) * zone
	}
	for _, s := range off {
		s.start, s.end = shifted(s.start, by), shifted(s.end, by)
	}
	slices.SortStableFunc(legs, byStart)
}

// times returns the time from start to end and the time the timer ran.
func (p *part) times(s *session, own []record, cut bool) (elapsed, timer time.Duration) {
	elapsed = s.recorded(own)
	said := time.Duration(s.elapsed) * time.Millisecond
	const room = stale * time.Second
	if s.elapsed != noAmount && (len(own) == 0 || cut || said >= elapsed-room && said <= elapsed+room) {
		elapsed = said
	}
	timer = time.Duration(s.timer) * time.Millisecond
	if s.timer != noAmount && (len(own) == 0 || cut || timer <= elapsed+room && timer >= moving(own)/2) {
		return max(elapsed, timer), timer
	}
	return elapsed, elapsed - p.paused(s.start, s.start+uint32(elapsed/time.Second)) // #nosec G115 -- at most maxRun
}

// recorded is how long after the start of the session its last record lies.
func (s *session) recorded(own []record) time.Duration {
	if len(own) == 0 {
		return 0
	}
	return time.Duration(own[len(own)-1].time-s.start) * time.Second
}

// moving is how long the records show somebody on the way.
func moving(records []record) time.Duration {
	const stop = 10
	seconds := uint32(0)
	for i := 1; i < len(records); i++ {
		a, b := &records[i-1], &records[i]
		if gap := b.time - a.time; gap <= stop && b.sample.Distance > a.sample.Distance {
			seconds += gap
		}
	}
	return time.Duration(seconds) * time.Second
}

// ended reports whether the recorder came to its end: it stopped the timer
// behind the last record, or summed the activity up.
func (p *part) ended() bool { return p.closed || p.stopped() }

// stopped reports whether the timer was stopped behind the last record.
func (p *part) stopped() bool {
	if len(p.pauses) == 0 {
		return false
	}
	e := p.pauses[len(p.pauses)-1]
	return e.stop && len(p.records)-e.records <= 1
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
