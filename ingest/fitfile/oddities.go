package fitfile

import (
	"fmt"
	"time"

	"gaitkeeper/gait"
)

// oddity is what was found odd about the recording of a session.
type oddity struct {
	jumped    bool // its clock, and was set right again
	beyond    int  // records that lie more than maxRun behind its start
	halved    bool // its cadence
	doubled   bool // likewise
	truncated bool
}

// oddities say what is odd about the recording of a session and what was made
// of it.
func (p *part) oddities(s *session, own []record, o oddity) (list []string) {
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	last := time.Duration(0)
	if len(own) > 0 {
		last = time.Duration(own[len(own)-1].time-s.start) * time.Second
	}
	if o.jumped {
		say("The recorder's clock jumped during the run; the jump was taken out.")
	}
	if o.beyond > 0 {
		say("%d seconds of the recording lie more than a week after its start and were not used.", o.beyond)
	}
	if o.halved {
		say("The cadence was written in steps instead of strides, twice what it is; it was halved.")
	}
	if o.doubled {
		say("The cadence was written at half of what it is; it was doubled.")
	}
	timer := time.Duration(s.timer) * time.Millisecond
	switch {
	case len(own) == 0:
		say("Nothing was recorded by the second: only its length and distance are here.")
	case o.truncated && s.elapsed != noAmount:
		say("The recording breaks off after %v of %v; the rest is lost.", last, (time.Duration(s.elapsed) * time.Millisecond).Round(time.Second))
	case o.truncated:
		say("The recording breaks off after %v; what came after it is lost.", last)
	case s.timer != noAmount && timer > last+unfinished*time.Second:
		say("The recorder counted %v, but only %v of it were recorded.", timer.Round(time.Second), last)
	}
	return list
}

// truncated tells whether only the beginning of the session is here.
func (p *part) truncated(s *session, own []record, broken bool) bool {
	switch {
	case !broken:
		return len(p.sessions) == 0 && !p.ended()
	case p.stopped():
		return false
	case s.elapsed == noAmount:
		return true
	default:
		last := uint32(0)
		if len(own) > 0 {
			last = own[len(own)-1].time - s.start
		}
		return last+unfinished < s.elapsed/1000
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
