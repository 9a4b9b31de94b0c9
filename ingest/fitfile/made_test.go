package fitfile

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/muktihari/fit/encoder"
	"github.com/muktihari/fit/kit/hash/crc16"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/words"
)

var runStart = time.Date(2026, 5, 1, 6, 12, 0, 0, time.UTC)

// encoded is a FIT file of the given messages.
func encoded(t testing.TB, messages ...proto.Message) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encoder.New(&b, encoder.WithProtocolVersion(proto.V2)).Encode(&proto.FIT{Messages: messages}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func join[T any](lists ...[]T) []T {
	var all []T
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

func fileID(kind typedef.File) proto.Message {
	return mesgdef.NewFileId(nil).SetType(kind).SetManufacturer(typedef.ManufacturerGarmin).
		SetProduct(3291).SetSerialNumber(77).SetTimeCreated(runStart).ToMesg(nil)
}

func timerEvent(second int, what typedef.EventType) proto.Message {
	return mesgdef.NewEvent(nil).SetTimestamp(second2time(second)).SetEvent(typedef.EventTimer).SetEventType(what).ToMesg(nil)
}

func sportMessage(s typedef.Sport) proto.Message {
	return mesgdef.NewSport(nil).SetSport(s).SetSubSport(typedef.SubSportGeneric).ToMesg(nil)
}

func second2time(second int) time.Time { return runStart.Add(time.Duration(second) * time.Second) }

// recordAt is a record with a distance of three metres a second and nothing else.
func recordAt(second int) *mesgdef.Record {
	return mesgdef.NewRecord(nil).SetTimestamp(second2time(second)).SetDistanceScaled(3 * float64(second))
}

// plainRecords are records of the seconds from..to-1.
func plainRecords(from, to int) []proto.Message {
	var list []proto.Message
	for s := from; s < to; s++ {
		list = append(list, recordAt(s).ToMesg(nil))
	}
	return list
}

// stridingRecords also have what only feet give.
func stridingRecords(from, to int) []proto.Message {
	var list []proto.Message
	for s := from; s < to; s++ {
		list = append(list, recordAt(s).SetCadence(85).SetStanceTimeScaled(250).
			SetStanceTimeBalanceScaled(49.5+float64(s%5)/10).SetHeartRate(140).ToMesg(nil))
	}
	return list
}

// sessionMessage is the summary of the seconds from..to.
func sessionMessage(from, to int, s typedef.Sport, sub typedef.SubSport) *mesgdef.Session {
	return mesgdef.NewSession(nil).SetTimestamp(second2time(to)).SetStartTime(second2time(from)).
		SetTotalElapsedTimeScaled(float64(to - from)).SetTotalTimerTimeScaled(float64(to - from)).
		SetTotalDistanceScaled(3 * float64(to-from)).SetSport(s).SetSubSport(sub)
}

// madeRun is a whole running activity of n seconds.
func madeRun(t testing.TB, n int) []byte {
	t.Helper()
	return encoded(t, join(
		[]proto.Message{fileID(typedef.FileActivity), timerEvent(0, typedef.EventTypeStart)},
		stridingRecords(0, n),
		[]proto.Message{timerEvent(n, typedef.EventTypeStopAll), sessionMessage(0, n, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)},
	)...)
}

// madeOf is an activity of one session of the given sport.
func madeOf(t testing.TB, s typedef.Sport, sub typedef.SubSport) []byte {
	t.Helper()
	return encoded(t, join(
		[]proto.Message{fileID(typedef.FileActivity)}, plainRecords(0, 60),
		[]proto.Message{sessionMessage(0, 60, s, sub).ToMesg(nil)},
	)...)
}

// recrc mends the checksum of a FIT file whose header was changed: it covers
// the header, too, which only does not show where that ends in its own checksum.
func recrc(data []byte) []byte {
	end := int(data[0]) + int(binary.LittleEndian.Uint32(data[4:]))
	h := crc16.New()
	_, _ = h.Write(data[:end])
	binary.LittleEndian.PutUint16(data[end:], h.Sum16())
	return data
}

// shortHeaded is the file with the older header of twelve bytes.
func shortHeaded(data []byte) []byte {
	out := append([]byte{shortHeader}, data[1:shortHeader]...)
	return recrc(append(out, data[longHeader:]...))
}

// wrongChecksum is the file with one bit changed that only the checksum tells.
func wrongChecksum(data []byte) []byte {
	out := bytes.Clone(data)
	out[len(out)-1] ^= 0x40
	return out
}

func read(data []byte) ingest.Content {
	var r Reader
	return r.Read(data, Hash(data), gait.SourceFIT, "made.fit")
}

// sampled compares samples with unknown figures.
var sampled = cmp.Options{
	cmp.Transformer("figures", func(s gait.Sample) []float64 {
		return []float64{
			float64(s.Second), float64(s.Distance), float64(s.Speed), float64(s.Altitude), float64(s.Cadence),
			float64(s.StanceTime), float64(s.StanceTimeBalance), float64(s.VerticalOscillation), float64(s.StepLength),
			float64(s.HeartRate), float64(s.Power),
		}
	}),
	cmpopts.EquateNaNs(), cmpopts.EquateApprox(0, 1e-9),
}

// said is what is odd about a recording, as its runner reads it.
func said(r gait.Run) string { return strings.Join(words.Oddities(r.Oddities), " ") }
