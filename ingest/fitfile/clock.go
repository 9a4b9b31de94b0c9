package fitfile

import (
	"math"
	"slices"

	"gaitkeeper/gait"
)

// A recorder's clock that is set while it records, by the first fix or the
// phone, leaves a jump between its records. The file does not say so; what gives
// it away is that the run goes on after it as if nothing had happened. The
// numbers are ours.
const (
	day = 24 * 3600
	// shortJump is the least that is taken for a jump ahead, in seconds, of a
	// run whose heart beats on as before: at rest it calms down within minutes.
	shortJump   = 20 * 60
	steadyHeart = gait.BeatsPerMinute(10)
	// disorder is by how many seconds a record may be earlier than the one before
	// it and only be sorted.
	disorder = 60
	// running is the slowest cadence of one who did not stop.
	running = gait.StepsPerMinute(120)
	// goesOn is how far one gets between two records, in metres, and goesOnFar
	// where some of them are lost.
	goesOn    = 100
	goesOnFar = 5000
	// longestStep is the longest that two records are taken to lie apart where the
	// clock does not tell, in seconds.
	longestStep = 600
	// mostJumps is how often a clock is set; more is a file in disorder.
	mostJumps = 20
)

// straighten puts the times of records, which stand as they were written, on one
// clock: the one that most of the other messages go by. It reports whether the
// clock had jumped.
func (p *part) straighten() bool {
	cuts := p.jumps()
	if len(cuts) == 0 || len(cuts) > mostJumps {
		return false
	}
	stretches := p.stretches(cuts)
	right := slices.MaxFunc(stretches, func(a, b stretch) int {
		if w := p.witnesses(a) - p.witnesses(b); w != 0 {
			return w
		}
		return (a.to - a.from) - (b.to - b.from)
	})
	for i := range stretches {
		stretches[i].off -= right.off
	}
	for _, s := range stretches {
		for i := s.from; i < s.to; i++ {
			p.records[i].time = shifted(p.records[i].time, s.off)
		}
	}
	move := func(t *uint32) {
		if right.holds(*t) {
			return
		}
		for _, s := range stretches {
			if s.holds(*t) {
				*t = shifted(*t, s.off)
				return
			}
		}
	}
	for i := range p.sessions {
		s := &p.sessions[i]
		move(&s.start)
		s.end = s.ends()
	}
	for i := range p.laps {
		move(&p.laps[i].start)
		move(&p.laps[i].end)
	}
	for i := range p.pauses {
		move(&p.pauses[i].time)
	}
	return true
}

// stretch is the records from..to-1, which go by one clock, that of the first
// stretch being off by so many seconds. They lie between two times as written.
type stretch struct {
	from, to    int
	first, last uint32
	off         int64
}

// holds reports whether a time as written is of the stretch, or close by.
func (s stretch) holds(t uint32) bool {
	return t != noTime && int64(t) >= int64(s.first)-unfinished && int64(t) <= int64(s.last)+unfinished
}

func (p *part) stretches(cuts []int) []stretch {
	var list []stretch
	from, off := 0, int64(0)
	for _, to := range append(cuts, len(p.records)) {
		if from > 0 {
			off -= p.gap(from) - p.step(from)
		}
		s := stretch{from: from, to: to, first: noTime, off: off}
		for _, r := range p.records[from:to] {
			s.first, s.last = min(s.first, r.time), max(s.last, r.time)
		}
		list = append(list, s)
		from = to
	}
	return list
}

// witnesses is how many of the other messages go by the clock of the stretch.
func (p *part) witnesses(s stretch) (n int) {
	count := func(times ...uint32) {
		for _, t := range times {
			if s.holds(t) {
				n++
			}
		}
	}
	count(p.created)
	for i := range p.sessions {
		count(p.sessions[i].start, p.sessions[i].written)
	}
	for i := range p.laps {
		count(p.laps[i].start, p.laps[i].end)
	}
	for i := range p.pauses {
		count(p.pauses[i].time)
	}
	return n
}

// jumps returns the records before which the clock was set.
func (p *part) jumps() (cuts []int) {
	counted := p.countedThrough()
	for i := 1; i < len(p.records); i++ {
		if gap := p.gap(i); !small(gap) && p.jumped(i, gap, counted) {
			cuts = append(cuts, i)
		}
	}
	return cuts
}

// small reports whether a gap between two records is none that a clock makes.
func small(gap int64) bool { return gap >= -disorder && gap < shortJump }

// countedThrough reports whether the recorder, by its own count from start to
// end, knew of no gap but the small ones.
func (p *part) countedThrough() bool {
	counted := newSession(noTime, p.sport)
	if len(p.sessions) == 1 {
		counted = p.sessions[0]
	}
	for _, l := range p.laps {
		if len(p.sessions) == 0 {
			counted.add(l)
		}
	}
	if len(p.sessions) > 1 || counted.elapsed == noAmount {
		return false
	}
	sum := int64(0)
	for i := 1; i < len(p.records); i++ {
		if gap := p.gap(i); small(gap) {
			sum += gap
		}
	}
	off := int64(counted.elapsed/1000) - sum
	return max(off, -off) <= unfinished
}

// gap is how much later record i is than the one before it.
func (p *part) gap(i int) int64 { return int64(p.records[i].time) - int64(p.records[i-1].time) }

// jumped reports whether the gap before record i is the clock's. counted reports
// whether the recorder knew of none; it decides where distance or heart rate are
// missing.
func (p *part) jumped(i int, gap int64, counted bool) bool {
	a, b := &p.records[i-1].sample, &p.records[i].sample
	metres, beats := float64(b.Distance-a.Distance), math.Abs(float64(b.HeartRate-a.HeartRate))
	goneOn := metres >= 0 && metres <= goesOn || counted && math.IsNaN(metres)
	steady := beats <= float64(steadyHeart) || counted && math.IsNaN(beats)
	switch {
	case gap > 0 && p.stoppedBefore(i):
		return false
	case gap >= day || gap <= -day:
		rested := gap > 0 && beats > float64(steadyHeart) && !counted
		return !(metres < 0) && !(metres > goesOnFar) && !rested
	case gap < 0: // else records in disorder
		return goneOn
	default:
		return goneOn && steady && a.Cadence >= running && b.Cadence >= running
	}
}

// stoppedBefore reports whether the timer was stopped right before record i.
func (p *part) stoppedBefore(i int) bool {
	return slices.ContainsFunc(p.pauses, func(e pause) bool { return e.stop && e.records == i })
}

// step is how many seconds there were between record i and the one before it:
// as many as it took to get so far, else as many as between those before.
func (p *part) step(i int) int64 {
	a, b := &p.records[i-1].sample, &p.records[i].sample
	if took := math.Round(float64(b.Distance-a.Distance) / float64(b.Speed)); took >= 1 && took <= longestStep {
		return int64(took)
	}
	if i > 1 && p.gap(i-1) >= 1 && p.gap(i-1) <= longestStep {
		return p.gap(i - 1)
	}
	return 1
}

// shifted is a time off by so many seconds; one that cannot be stays.
func shifted(t uint32, off int64) uint32 {
	if moved := int64(t) + off; moved >= 0 && moved < int64(noTime) {
		return uint32(moved) // #nosec G115 -- in range, as was checked
	}
	return t
}
