package fitfile

import (
	"fmt"
	"time"

	"gaitkeeper/gait"
)

// brokenOff says how much of what the recorder counted is not here; empty where
// that is nothing.
func brokenOff(s *session, own []record, truncated bool) string {
	last, timer := s.recorded(own), time.Duration(s.timer)*time.Millisecond
	switch {
	case len(own) == 0:
		return "Nothing was recorded by the second: only its length and distance are here."
	case truncated && s.elapsed != noAmount:
		return fmt.Sprintf("The recording breaks off after %v of %v; the rest is lost.", last, (time.Duration(s.elapsed) * time.Millisecond).Round(time.Second))
	case truncated:
		return fmt.Sprintf("The recording breaks off after %v; what came after it is lost.", last)
	case s.timer != noAmount && timer > last+unfinished*time.Second:
		return fmt.Sprintf("The recorder counted %v, but only %v of it were recorded.", timer.Round(time.Second), last)
	default:
		return ""
	}
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
