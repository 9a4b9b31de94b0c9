package fitfile

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"
)

// definitionOf returns where the definition of a message begins in data.
func definitionOf(t testing.TB, data []byte, number byte) int {
	t.Helper()
	m := messagesOf(data)
	for at := m.pos; m.next(); at = m.pos {
		if data[at]&(compressedTime|definesMessage) == definesMessage && data[at+numberAt] == number {
			return at
		}
	}
	t.Fatalf("no message %d is defined", number)
	return 0
}

// withByte returns data with one byte set, and a checksum that holds.
func withByte(data []byte, at int, v byte) []byte {
	out := bytes.Clone(data)
	out[at] = v
	return recrc(out)
}

// sized is the file with another size of its data in the header, and without a
// checksum behind them.
func sized(data []byte, size uint32) []byte {
	out := bytes.Clone(data[:len(data)-crcSize])
	binary.LittleEndian.PutUint32(out[dataSizeAt:], size)
	return out
}

// The numbers of messages.
const (
	fileIDNumber  = 0
	sessionNumber = 18
	recordNumber  = 20
)

func TestCarelessBytesLoseNothing(t *testing.T) {
	whole := madeRun(t, 40)
	want := read(whole)
	if want.Broken != "" || len(want.Runs) != 1 {
		t.Fatalf("the file as made: %+v", want)
	}
	field := func(message byte, n int) int {
		return definitionOf(t, whole, message) + fieldsAt + n*fieldSize + typeInField
	}
	without := func(at int) []byte { return withByte(whole, at, whole[at]&^0x80) }
	for name, data := range map[string][]byte{
		"a base type without its flag, file":    without(field(fileIDNumber, 2)),
		"a base type without its flag, record":  without(field(recordNumber, 0)),
		"a base type without its flag, session": without(field(sessionNumber, 0)),
		"a base type with one too many":         withByte(whole, field(fileIDNumber, 0), 0x80),
		"an architecture that is none":          withByte(whole, definitionOf(t, whole, recordNumber)+architectureAt, 0xFF),
		"no length in the header":               sized(whole, 0),
		"no length, with a checksum":            append(sized(whole, 0), 0x12, 0x34),
		"a length that was never filled in":     sized(whole, math.MaxUint32),
		"a length of an earlier moment":         sized(whole, 90),
		"no length, and half a message":         append(sized(whole, 0), whole[definitionOf(t, whole, sessionNumber):][:9]...),
		"no length, short header":               sized(shortHeaded(whole), 0),
		"only the checksum missing":             whole[:len(whole)-crcSize],
		"no header size":                        append([]byte{0}, whole[1:]...),
		"a header size beyond the file":         append([]byte{0xFF}, whole[1:]...),
		"no header size, short header":          append([]byte{0}, shortHeaded(whole)[1:]...),
		"room behind it, never filled":          append(bytes.Clone(whole), make([]byte, 4096)...),
		"room behind it, no length":             append(sized(whole, 0), bytes.Repeat([]byte{0xFF}, 4096)...),
	} {
		t.Run(name, func(t *testing.T) {
			before := bytes.Clone(data)
			got := read(data)
			if got.Broken != "" || len(got.Runs) != 1 {
				t.Fatalf("%d runs, broken: %q", len(got.Runs), got.Broken)
			}
			if diff := cmp.Diff(want.Runs[0].Samples, got.Runs[0].Samples, sampled); diff != "" {
				t.Error(diff)
			}
			if r, w := got.Runs[0], want.Runs[0]; r.ID != w.ID || r.Duration != w.Duration || r.Truncated || r.Sensor != w.Sensor {
				t.Errorf("got %v of %v, truncated %v, from %v", r.Duration, r.Start, r.Truncated, r.Sensor)
			}
			if !bytes.Equal(before, data) {
				t.Error("the bytes of the file were changed")
			}
		})
	}
}

// A recorder that dies leaves the room that it had taken on the disk, and more
// may stand in it than nothing.
func TestWhatWasNeverWrittenHidesNothing(t *testing.T) {
	whole := madeRun(t, 400)
	half := whole[:len(whole)*2/3]
	for name, data := range map[string][]byte{
		"zeros":                     append(bytes.Clone(half), make([]byte, 8192)...),
		"zeros, no length":          append(bytes.Clone(sized(append(bytes.Clone(half), 0, 0), 0)), make([]byte, 8192)...),
		"ones, no length":           append(sized(append(bytes.Clone(half), 0, 0), 0), bytes.Repeat([]byte{0xFF}, 8192)...),
		"something else, no length": append(sized(append(bytes.Clone(half), 0, 0), 0), bytes.Repeat([]byte{0x4F, 1, 2, 3}, 100)...),
	} {
		got := read(data)
		if len(got.Runs) != 1 {
			t.Errorf("%s: %d runs, broken: %q", name, len(got.Runs), got.Broken)
			continue
		}
		if r := got.Runs[0]; r.Start != runStart || !r.Truncated || r.Duration < 4*time.Minute || r.Distance < 3*4*60 || len(r.Oddities) != 1 {
			t.Errorf("%s: %v from %v, %v m, %q", name, r.Duration, r.Start, r.Distance, r.Oddities)
		}
	}
}

func TestBigEndianIsToldByTheNumberOfTheMessage(t *testing.T) {
	m := messages{}
	definition := func(low, high byte) []byte { return []byte{definesMessage, 0, 7, low, high, 0} }
	for name, tt := range map[string]struct {
		low, high, last, want byte
	}{
		"a record, little": {20, 0, 1, 0}, "a record, big": {0, 20, 0, 1},
		"file_id after little": {0, 0, 0, 0}, "file_id after big": {0, 0, 1, 1},
	} {
		m.order = tt.last
		if got := m.likely(definition(tt.low, tt.high)); got != tt.want {
			t.Errorf("%s: got %d", name, got)
		}
	}
}

func TestFilesBehindOneThatWasNotFinishedAreRead(t *testing.T) {
	first, second := sized(madeRun(t, 40), 0), madeOf(t, typedef.SportRunning, typedef.SubSportTrail)
	for name, data := range map[string][]byte{
		"right behind it":     join(first, second),
		"behind its checksum": join(first, []byte{0x12, 0x34}, second),
	} {
		if got := read(data); len(got.Runs) != 2 || got.Broken != "" {
			t.Errorf("%s: %d runs, broken: %q", name, len(got.Runs), got.Broken)
		}
	}
}

// A header that promises more bytes than there are is no reason to fall.
func TestAFileThatEndsInItsHeaderIsNamed(t *testing.T) {
	whole := madeRun(t, 40)
	for n := shortHeader; n <= longHeader+8; n++ {
		for _, data := range [][]byte{whole[:n], sized(append(bytes.Clone(whole[:n]), 0, 0), 0)} {
			if got := read(data); len(got.Runs) != 0 || got.Broken == "" {
				t.Errorf("%d bytes: %d runs, passed over %q, broken: %q", len(data), len(got.Runs), got.Skipped, got.Broken)
			}
		}
	}
}

// What was added to a file whose own checksum holds is not taken for its data.
func TestWhatFollowsAWholeFileIsNamed(t *testing.T) {
	whole := madeRun(t, 40)
	again := whole[definitionOf(t, whole, recordNumber):]
	if got := read(join(whole, again)); len(got.Runs) != 1 || got.Broken != "what follows part 1 is not a FIT file" {
		t.Errorf("%d runs, broken: %q", len(got.Runs), got.Broken)
	}
}

func TestAFileThatDoesNotSayWhatItIsIsReadForWhatIsInIt(t *testing.T) {
	unset := mesgdef.NewFileId(nil).SetManufacturer(typedef.ManufacturerGarmin).ToMesg(nil)
	body := join(stridingRecords(0, 40), []proto.Message{sessionMessage(0, 40, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)})
	for name, data := range map[string][]byte{
		"no type":       encoded(t, join([]proto.Message{unset}, body)...),
		"unset":         withByte(madeRun(t, 40), typeOfFile(t, madeRun(t, 40)), 0xFF),
		"zero":          withByte(madeRun(t, 40), typeOfFile(t, madeRun(t, 40)), 0),
		"a maker's own": withByte(madeRun(t, 40), typeOfFile(t, madeRun(t, 40)), 0xF8),
	} {
		if got := read(data); len(got.Runs) != 1 || got.Broken != "" {
			t.Errorf("%s: %d runs, passed over %q, broken: %q", name, len(got.Runs), got.Skipped, got.Broken)
		}
	}
}

// typeOfFile returns where the type of the file stands.
func typeOfFile(t testing.TB, data []byte) int {
	t.Helper()
	at := definitionOf(t, data, fileIDNumber)
	of := at + fieldsAt + fieldSize*int(data[at+countAt]) + 1
	for f := at + fieldsAt; data[f] != 0; f += fieldSize {
		of += int(data[f+sizeInField])
	}
	return of
}
