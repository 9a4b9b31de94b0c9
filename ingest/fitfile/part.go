package fitfile

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	records  []record
	sessions []session
	laps     []lap
	pauses   []pause
	sensors  sensors
	apps     developerFields
	created  uint32 // the file
	sport    sport  // of the last sport message
	title    string
	running  bool   // a record says so, or has what only feet give
	closed   bool   // the recorder wrote the summary of the whole activity
	overfull bool   // there were more messages than a watch writes
	stop     func() // ends the reading
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

// session is one session message.
type session struct {
	start, end     uint32
	written        uint32       // when the message was
	elapsed, timer uint32       // ms
	distance       uint32       // cm
	balance        gait.Percent // of the whole, 0 where there is none
	sport          sport
	feel           gait.Feel
	effort         gait.Effort
	records        int // read before it
}

// lap is one lap message.
type lap struct {
	start, end     uint32
	elapsed, timer uint32 // ms
	distance       uint32 // cm
	balance        gait.Percent
	sport          sport
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
		p.addLap(&m)
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
		p.created = m.FieldValueByNum(fieldnum.FileIdTimeCreated).Uint32()
	case mesgnum.Sport:
		p.sport = sport{
			typedef.Sport(m.FieldValueByNum(fieldnum.SportSport).Uint8()),
			typedef.SubSport(m.FieldValueByNum(fieldnum.SportSubSport).Uint8()),
		}
	case mesgnum.Workout:
		p.title = tidy(m.FieldValueByNum(fieldnum.WorkoutWktName).String())
	}
}

func (p *part) addSession(m *proto.Message) {
	s := session{
		start:    m.FieldValueByNum(fieldnum.SessionStartTime).Uint32(),
		written:  m.FieldValueByNum(fieldnum.SessionTimestamp).Uint32(),
		elapsed:  believed(m.FieldValueByNum(fieldnum.SessionTotalElapsedTime).Uint32()),
		timer:    believed(m.FieldValueByNum(fieldnum.SessionTotalTimerTime).Uint32()),
		distance: m.FieldValueByNum(fieldnum.SessionTotalDistance).Uint32(),
		balance:  averageBalance(m.FieldValueByNum(fieldnum.SessionAvgStanceTimeBalance).Uint16()),
		sport: sport{
			typedef.Sport(m.FieldValueByNum(fieldnum.SessionSport).Uint8()),
			typedef.SubSport(m.FieldValueByNum(fieldnum.SessionSubSport).Uint8()),
		},
		feel:    felt(m.FieldValueByNum(fieldnum.SessionWorkoutFeel).Uint8()),
		effort:  gait.NewEffort(float64(m.FieldValueByNum(fieldnum.SessionWorkoutRpe).Uint8()) / 10), // the profile keeps tenths
		records: len(p.records),
	}
	if s.elapsed == noAmount {
		s.elapsed = s.timer
	}
	s.end = s.ends()
	p.sessions = limited(p, p.sessions, s, maxSessions)
}

// ends is when the session ends by its own start and length.
func (s *session) ends() uint32 {
	if s.start == noTime || s.elapsed == noAmount {
		return noTime
	}
	return s.start + s.elapsed/1000
}

func (p *part) addLap(m *proto.Message) {
	l := lap{
		start:    m.FieldValueByNum(fieldnum.LapStartTime).Uint32(),
		end:      m.FieldValueByNum(fieldnum.LapTimestamp).Uint32(),
		elapsed:  believed(m.FieldValueByNum(fieldnum.LapTotalElapsedTime).Uint32()),
		timer:    believed(m.FieldValueByNum(fieldnum.LapTotalTimerTime).Uint32()),
		distance: m.FieldValueByNum(fieldnum.LapTotalDistance).Uint32(),
		balance:  averageBalance(m.FieldValueByNum(fieldnum.LapAvgStanceTimeBalance).Uint16()),
		sport: sport{
			typedef.Sport(m.FieldValueByNum(fieldnum.LapSport).Uint8()),
			typedef.SubSport(m.FieldValueByNum(fieldnum.LapSubSport).Uint8()),
		},
	}
	if l.elapsed == noAmount {
		l.elapsed = l.timer
	}
	p.laps = limited(p, p.laps, l, maxLaps)
}

// averageBalance is the left foot's share of a whole session or lap, 0 where
// there is none.
func averageBalance(v uint16) gait.Percent {
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
	at := m.FieldValueByNum(fieldnum.EventTimestamp).Uint32()
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

// flooded tells that there were more records than a week has seconds.
func (p *part) flooded() bool { return p.overfull && len(p.records) == maxRecords }

// many is from how many on a list takes the room of all that it may hold: to grow
// by and by would take twice as much.
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

// moved tells whether the records show that somebody went somewhere.
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
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > maxTitle {
		s = string(runes[:maxTitle])
	}
	return strings.TrimSpace(s)
}
