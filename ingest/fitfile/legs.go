package fitfile

import (
	"cmp"
	"slices"
	"time"

	"github.com/muktihari/fit/profile/typedef"
)

// legs returns the sessions in the order of their start, without the summary of
// a multisport activity, and with those that the recorder did not come to write.
// broken reports whether the messages could not be read to the end.
func (p *part) legs(broken bool) []session {
	var legs []session
	for _, s := range p.sessions {
		if s.sport.sport != typedef.SportMultisport || len(p.sessions) == 1 {
			legs = append(legs, s)
		}
	}
	slices.SortStableFunc(legs, byStart)
	legs = once(legs)
	for i := range legs {
		legs[i].sport = p.sportOf(&legs[i], len(legs) == 1)
	}
	switch {
	case len(p.sessions) == 0, len(legs) == 1 && p.several(&p.sessions[0]):
		legs = p.unsaid()
	case broken:
		if s, ok := p.unfinishedLeg(legs); ok {
			legs = append(legs, s)
		}
	}
	switch len(legs) {
	case 0:
	case 1: // all records are its own, whatever its times say
		p.mend(&legs[0])
	default:
		p.shift(legs)
	}
	return legs
}

func byStart(a, b session) int { return cmp.Compare(a.start, b.start) }

// once leaves the longest of the sessions of one sport that begin in the same
// second: some recorders write theirs again and again, as the activity grows.
func once(legs []session) []session {
	kept := legs[:0]
	for _, s := range legs {
		n := len(kept) - 1
		switch again := n >= 0 && s.start != noTime && s.start == kept[n].start && s.sport.sport == kept[n].sport.sport; {
		case !again:
			kept = append(kept, s)
		case s.elapsed != noAmount && (kept[n].elapsed == noAmount || s.elapsed >= kept[n].elapsed):
			kept[n] = s
		}
	}
	return kept
}

// several reports whether the laps of a session that does not say its sport were
// of several.
func (p *part) several(s *session) bool {
	if s.sport.tells() {
		return false
	}
	first := typedef.SportInvalid
	for _, l := range p.laps {
		switch {
		case !l.sport.tells():
		case first == typedef.SportInvalid:
			first = l.sport.sport
		case l.sport.sport != first:
			return true
		}
	}
	return false
}

// unsaid makes up the sessions that a recorder did not write: one for each sport
// that its laps tell, or one for everything.
func (p *part) unsaid() (legs []session) {
	var last sport
	for _, l := range p.laps {
		if l.start == noTime {
			continue
		}
		if n := len(legs); n > 0 && (l.sport.sport == last.sport || !l.sport.tells()) {
			legs[n-1].add(l)
			continue
		}
		s := newSession(l.start, l.sport)
		s.add(l)
		legs, last = append(legs, s), l.sport
	}
	if len(legs) > 1 { // each to the start of the next one, with records that tell how long
		for i := range legs {
			legs[i].elapsed, legs[i].timer, legs[i].distance = noAmount, noAmount, noAmount
		}
		return legs
	}
	s := newSession(noTime, sport{typedef.SportInvalid, typedef.SubSportInvalid})
	if len(legs) == 1 {
		s = legs[0]
	}
	s.sport = p.sportOf(&s, true)
	if s.sport.sport == typedef.SportInvalid {
		return nil
	}
	if len(p.records) > 0 { // which the laps need not reach to the end of
		first := p.records[0].time
		s = newSession(first, s.sport)
		if len(p.pauses) > 0 && p.pauses[0].time < first && first-p.pauses[0].time < unfinished {
			s.start = p.pauses[0].time
		}
	}
	if s.start == noTime {
		return nil
	}
	return []session{s}
}

// unfinishedLeg makes up the last session of several, which a watch that died did not
// come to write: there are records behind the others.
func (p *part) unfinishedLeg(legs []session) (session, bool) {
	if len(legs) == 0 {
		return session{}, false
	}
	last := legs[len(legs)-1]
	if last.end == noTime || last.records == 0 {
		return session{}, false
	}
	rest := p.records[upTo(p.records, last.end+1):]
	s := newSession(noTime, p.sport)
	if s.sport.sport == typedef.SportInvalid && p.running {
		s.sport.sport = typedef.SportRunning
	}
	if len(rest) == 0 || s.sport.sport == typedef.SportInvalid {
		return s, false
	}
	s.start = rest[0].time
	return s, true
}

func newSession(start uint32, what sport) session {
	return session{span: span{start: start, end: noTime, elapsed: noAmount, timer: noAmount, distance: noAmount, sport: what}, written: noTime}
}

// add adds a lap to what a session made of laps sums up to.
func (s *session) add(lap span) {
	sum := func(to *uint32, v uint32) {
		switch {
		case v == noAmount:
		case *to == noAmount:
			*to = v
		case v < noAmount-*to:
			*to += v
		}
	}
	sum(&s.elapsed, lap.elapsed)
	sum(&s.timer, lap.timer)
	sum(&s.distance, lap.distance)
	s.elapsed, s.timer = believed(s.elapsed), believed(s.timer)
}

// tells reports whether the sport says anything: some recorders write "generic"
// for whatever they record, and "multisport" leaves open which sports.
func (s sport) tells() bool {
	switch s.sport {
	case typedef.SportInvalid, typedef.SportGeneric, typedef.SportAll, typedef.SportMultisport:
		return false
	default:
		return true
	}
}

// sportOf is the sport of a session: its own, else that of its laps, else that
// of the file where it is the only one.
func (p *part) sportOf(s *session, only bool) sport {
	if s.sport.tells() {
		return s.sport
	}
	for _, l := range p.laps {
		if l.sport.tells() && (only || l.start != noTime && l.start >= s.start && l.start < s.end) {
			return l.sport.within(s.sport)
		}
	}
	switch {
	case s.sport.sport == typedef.SportMultisport: // more than the one sport of the file
		return s.sport
	case only && p.sport.sport != typedef.SportInvalid && (p.sport.tells() || s.sport.sport == typedef.SportInvalid):
		return p.sport.within(s.sport)
	case only && p.running:
		return sport{typedef.SportRunning, typedef.SubSportInvalid}.within(s.sport)
	default:
		return s.sport
	}
}

// within is the sport with what the session knows more exactly: on a treadmill.
func (s sport) within(session sport) sport {
	if s.sub == typedef.SubSportInvalid || s.sub == typedef.SubSportGeneric {
		s.sub = session.sub
	}
	return s
}

// upTo is the number of records before the given time.
func upTo(records []record, time uint32) int {
	n, _ := slices.BinarySearchFunc(records, time, func(r record, t uint32) int { return cmp.Compare(r.time, t) })
	return n
}

// own returns the records of the session: from its start to the start of the
// next one or a little beyond its end. beyond is how many lie so far out that
// no run lasts so long.
func (p *part) own(s *session, all []session) (records []record, beyond int) {
	from, to := upTo(p.records, s.start), len(p.records)
	if len(all) > 1 {
		for i := range all {
			if next := all[i].start; next > s.start && next != noTime {
				to = min(to, upTo(p.records, next))
			}
		}
		if s.end != noTime {
			end := min(to, upTo(p.records, s.end+2))
			if tooShort := s.elapsed < unfinished*1000 && moving(p.records[end:to]) > stale*time.Second; !tooShort {
				to = end
			}
		}
	}
	most := len(p.records)
	if s.start < noTime-maxRun {
		most = upTo(p.records, s.start+maxRun)
	}
	return p.records[from:max(from, min(to, most))], max(0, to-max(from, most))
}
