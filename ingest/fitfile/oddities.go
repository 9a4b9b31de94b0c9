package fitfile

import (
	"time"

	"gaitkeeper/gait"
)

// oddities are what is odd about the recording of a session, as far as its times
// and its length tell; beyond is how many of its records lie too far out.
func (p *part) oddities(s *session, own []record, beyond int, jumped, truncated bool) (odd []gait.Oddity) {
	if jumped {
		odd = append(odd, gait.Oddity{Kind: gait.OddityClockJumped})
	}
	if beyond > 0 {
		odd = append(odd, gait.Oddity{Kind: gait.OddityTooLate, Recorded: time.Duration(beyond) * time.Second})
	}
	if p.converted != 0 {
		odd = append(odd, gait.Oddity{Kind: gait.OddityConverted, Signals: p.converted})
	}
	last := s.recorded(own)
	switch {
	case len(own) == 0:
		odd = append(odd, gait.Oddity{Kind: gait.OddityNoSeconds})
	case truncated:
		odd = append(odd, gait.Oddity{Kind: gait.OddityBreaksOff, Recorded: last, Counted: length(s.elapsed)})
	case length(s.timer) > last+unfinished*time.Second:
		odd = append(odd, gait.Oddity{Kind: gait.OddityGaps, Recorded: last, Counted: length(s.timer)})
	}
	return odd
}

// truncated reports whether only the beginning of the session is here.
func (p *part) truncated(s *session, own []record, broken bool) bool {
	switch {
	case !broken:
		return len(p.sessions) == 0 && !p.ended()
	case p.stopped():
		return false
	default:
		return s.elapsed == noAmount || s.recorded(own)+unfinished*time.Second < (time.Duration(s.elapsed)*time.Millisecond).Truncate(time.Second)
	}
}

// averageBalance is the one of the session, or that of its laps by their
// lengths; 0 where there is none.
func (p *part) averageBalance(s *session, only bool) gait.Percent {
	if s.balance > 0 {
		return s.balance
	}
	var sum, weight float64
	for _, l := range p.laps {
		own := only || l.start != noTime && l.start >= s.start && l.start < s.end
		if w := float64(l.timer); own && l.balance > 0 && l.timer != noAmount {
			sum, weight = sum+w*float64(l.balance), weight+w
		}
	}
	if weight == 0 {
		return 0
	}
	return gait.Percent(sum / weight)
}
