package fitfile

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/profile/untyped/fieldnum"
	"github.com/muktihari/fit/profile/untyped/mesgnum"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

// part is what one FIT file holds of an activity, in its own words. Times are
// seconds of the FIT epoch; noTime where there is none.
type part struct {
	records   []record
	sessions  []session
	laps      []span
	pauses    []pause
	sensors   sensors
	apps      developerFields
	created   uint32 // the file
	sport     sport  // of the last sport message
	title     string
	converted gait.Signals // that stood in another unit
	running   bool         // a record says so, or has what only feet give
	closed    bool         // the recorder wrote the summary of the whole activity
	overfull  bool         // there were more messages than a watch writes
	stop      func()       // ends the reading
}

// No watch writes more: a record a second for as long as a run may be. A
// message can be a single byte, so that a small file could fill the memory.
const (
	maxRecords  = maxRun
	maxSessions = 100
	maxLaps     = 10_000
	maxPauses   = 10_000
)

// record is one record message; its sample counts no seconds yet.
type record struct {
	time   uint32
	feet   feet
	sample gait.Sample
}

// span is what a session and a lap tell alike.
type span struct {
	start, end     uint32       // a lap ends when its message was written
	elapsed, timer uint32       // ms
	distance       uint32       // cm
	balance        gait.Percent // of the whole, 0 where there is none
	sport          sport
}

// session is one session message.
type session struct {
	span
	written uint32 // when the message was
	feel    gait.Feel
	effort  gait.Effort
	records int // read before it
}

// sport is what was done, and where.
type sport struct {
	sport typedef.Sport
	sub   typedef.SubSport
}

// pause is the timer stopping, or starting again.
type pause struct {
	time    uint32
	stop    bool
	records int // read before it
}

const (
	noTime   = basetype.Uint32Invalid
	noAmount = basetype.Uint32Invalid
)

func (p *part) reset() {
	p.apps.reset()
	*p = part{
		apps:    p.apps,
		records: p.records[:0], sessions: p.sessions[:0], laps: p.laps[:0], pauses: p.pauses[:0],
		sport:   sport{typedef.SportInvalid, typedef.SubSportInvalid},
		created: noTime,
	}
}

// OnMesg implements decoder.MesgListener.
func (p *part) OnMesg(m proto.Message) {
	if p.flooded() || p.apps.overfull {
		return
	}
	switch m.Num {
	case mesgnum.Record:
		p.addRecord(&m)
	case mesgnum.Session:
		p.addSession(&m)
	case mesgnum.Lap:
		lap := readSpan(&m, fieldnum.LapSport, fieldnum.LapSubSport, fieldnum.LapAvgStanceTimeBalance)
		p.laps = limited(p, p.laps, lap, maxLaps)
	case mesgnum.Activity:
		p.closed = true
	case mesgnum.Event:
		p.addEvent(&m)
	case mesgnum.DeviceInfo:
		p.sensors.addDevice(&m)
	case mesgnum.DeveloperDataId:
		p.apps.addApp(&m)
	case mesgnum.FieldDescription:
		if p.apps.add(&m); p.apps.overfull {
			p.stop() // the library keeps each of them
		}
	case mesgnum.FileId:
		p.sensors.addWatch(&m)
		p.created = fitTime(m.FieldValueByNum(fieldnum.FileIdTimeCreated).Uint32())
	case mesgnum.Sport:
		p.sport = readSport(&m, fieldnum.SportSport, fieldnum.SportSubSport)
	case mesgnum.Workout:
		p.title = tidy(m.FieldValueByNum(fieldnum.WorkoutWktName).String())
	}
}

// Some recorders count the seconds from 1970, as computers do, not from FIT's
// epoch. Such a time, of 2017 to 2036, would be one of 2037 to 2056.
const (
	unixFrom = 1_500_000_000
	unixTo   = 2_100_000_000
)

// fitTime is a time in seconds of the FIT epoch, whichever of the two it was
// written in.
func fitTime(v uint32) uint32 {
	if v >= unixFrom && v < unixTo {
		return v - fitEpoch
	}
	return v
}

// readSpan reads what stands under one number in sessions and laps, and what
// stands under the numbers given.
func readSpan(m *proto.Message, sport, sub, balance byte) span {
	s := span{
		start:    fitTime(m.FieldValueByNum(fieldnum.LapStartTime).Uint32()),
		end:      fitTime(m.FieldValueByNum(fieldnum.LapTimestamp).Uint32()),
		elapsed:  believed(m.FieldValueByNum(fieldnum.LapTotalElapsedTime).Uint32()),
		timer:    believed(m.FieldValueByNum(fieldnum.LapTotalTimerTime).Uint32()),
		distance: m.FieldValueByNum(fieldnum.LapTotalDistance).Uint32(),
		balance:  averageBalance(m.FieldValueByNum(balance).Uint16()),
		sport:    readSport(m, sport, sub),
	}
	if s.elapsed == noAmount {
		s.elapsed = s.timer
	}
	if s.inSeconds() {
		s.elapsed, s.timer = 1000*min(s.elapsed, maxRun), 1000*min(s.timer, maxRun)
	}
	return s
}

// inSeconds reports whether the length was written in seconds: as milliseconds it makes
// the distance far too long. Where that is so already by the clock, it is the distance
// that is in another unit.
func (s span) inSeconds() bool {
	clock := math.Inf(1)
	if s.start != noTime && s.end != noTime && s.end > s.start {
		clock = float64(s.end - s.start)
	}
	mean := float64(s.distance) / 100 / float64(s.timer)
	return s.distance != noAmount && s.timer != noAmount && mean >= slowest && mean <= fastest && float64(s.timer) < 10*clock
}

func readSport(m *proto.Message, num, sub byte) sport {
	return sport{typedef.Sport(m.FieldValueByNum(num).Uint8()), typedef.SubSport(m.FieldValueByNum(sub).Uint8())}
}

func (p *part) addSession(m *proto.Message) {
	s := session{
		span:    readSpan(m, fieldnum.SessionSport, fieldnum.SessionSubSport, fieldnum.SessionAvgStanceTimeBalance),
		feel:    felt(m.FieldValueByNum(fieldnum.SessionWorkoutFeel).Uint8()),
		effort:  gait.NewEffort(float64(m.FieldValueByNum(fieldnum.SessionWorkoutRpe).Uint8()) / 10), // the profile keeps tenths
		records: len(p.records),
	}
	s.written, s.end = s.end, s.ends()
	p.sessions = limited(p, p.sessions, s, maxSessions)
}

// length is so many milliseconds; 0 for no amount.
func length(amount uint32) time.Duration {
	if amount == noAmount {
		return 0
	}
	return time.Duration(amount) * time.Millisecond
}

// ends is when the session ends by its own start and length.
func (s *session) ends() uint32 {
	if s.start == noTime || s.elapsed == noAmount {
		return noTime
	}
	return s.start + s.elapsed/1000
}

// averageBalance is the left foot's share of a whole session or lap, 0 where
// there is none.
func averageBalance(v uint16) gait.Percent {
	v = leftShare(v)
	if v == basetype.Uint16Invalid || v >= allOfIt*balanceScale {
		return 0
	}
	return gait.Percent(v) / balanceScale
}

// felt is how the run felt by the scale of FIT: 0 very weak, 25, 50, 75, 100
// very strong.
func felt(v uint8) gait.Feel {
	const best, steps = 100, 25
	if v > best {
		return 0
	}
	return gait.FeltVeryWeak + gait.Feel((v+steps/2)/steps) // #nosec G115 -- 0 to 4
}

// believed is a length in milliseconds, or none where no run is that long or the
// recorder never filled it in: a run of seven weeks would swallow all others in
// them as recordings of itself.
func believed(length uint32) uint32 {
	if length > maxRun*1000 || length == 0 {
		return noAmount
	}
	return length
}

func (p *part) addEvent(m *proto.Message) {
	if m.FieldValueByNum(fieldnum.EventEvent).Uint8() != byte(typedef.EventTimer) {
		return
	}
	at := fitTime(m.FieldValueByNum(fieldnum.EventTimestamp).Uint32())
	if at == noTime {
		return
	}
	switch typedef.EventType(m.FieldValueByNum(fieldnum.EventEventType).Uint8()) {
	case typedef.EventTypeStart:
		p.pauses = limited(p, p.pauses, pause{at, false, len(p.records)}, maxPauses)
	case typedef.EventTypeStop, typedef.EventTypeStopAll, typedef.EventTypeStopDisable, typedef.EventTypeStopDisableAll:
		p.pauses = limited(p, p.pauses, pause{at, true, len(p.records)}, maxPauses)
	}
}

// flooded reports whether there were more records than a week has seconds.
func (p *part) flooded() bool { return p.overfull && len(p.records) == maxRecords }

// many is the length from which a list allocates all that it may hold: to grow
// step by step would take twice as much.
const many = 100_000

// limited appends v unless the list is full.
func limited[T any](p *part, list []T, v T, most int) []T {
	switch {
	case len(list) >= most:
		p.overfull = true
		return list
	case len(list) == cap(list) && len(list) >= many:
		list = slices.Grow(list, most-len(list))
	}
	return append(list, v)
}

// moved reports whether the records show that somebody went somewhere.
func (p *part) moved() bool {
	for i := range p.records {
		if s := &p.records[i].sample; s.Distance > 0 || s.Speed > 0 {
			return true
		}
	}
	return false
}

// maxTitle is the longest title taken from a file, in letters.
const maxTitle = 100

// tidy makes one printable line of a text in a file.
func tidy(s string) string {
	s = printable(s, "")
	if runes := []rune(s); len(runes) > maxTitle {
		s = string(runes[:maxTitle])
	}
	return strings.TrimSpace(s)
}
