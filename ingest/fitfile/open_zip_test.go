package fitfile

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"strings"
	"testing"
	"time"

	"gaitkeeper/ingest"

	"github.com/klauspost/compress/zip"
)

// The large form of a zip's end, and what an end says of the directory.
const (
	end64Size   = 56
	locatorSize = 20
	end64Sign   = "PK\x06\x06"
	locatorSign = "PK\x06\x07"
)

type zipEnd struct{ members, bytes uint64 }

// directoryOf makes a zip that has nothing but a directory of n members called
// x, and says that it has so many in so many bytes.
func directoryOf(n int, said zipEnd, large bool) []byte {
	entry := make([]byte, entrySize+1)
	copy(entry, "PK\x01\x02")
	binary.LittleEndian.PutUint16(entry[28:], 1)
	entry[entrySize] = 'x'
	data := []byte("PK\x03\x04" + strings.Repeat("\x00", 26))
	offset := len(data)
	data = append(data, bytes.Repeat(entry, n)...)
	end := make([]byte, endSize)
	copy(end, endSign)
	if large {
		at := len(data)
		end64, locator := make([]byte, end64Size), make([]byte, locatorSize)
		copy(end64, end64Sign)
		binary.LittleEndian.PutUint64(end64[4:], end64Size-12)
		binary.LittleEndian.PutUint64(end64[24:], said.members)
		binary.LittleEndian.PutUint64(end64[32:], said.members)
		binary.LittleEndian.PutUint64(end64[40:], said.bytes)
		binary.LittleEndian.PutUint64(end64[48:], uint64(offset))
		copy(locator, locatorSign)
		binary.LittleEndian.PutUint64(locator[8:], uint64(at))
		binary.LittleEndian.PutUint32(locator[16:], 1)
		data = append(append(data, end64...), locator...)
		copy(end[8:], bytes.Repeat([]byte{0xff}, 12))
	} else {
		binary.LittleEndian.PutUint16(end[8:], uint16(said.members))
		binary.LittleEndian.PutUint16(end[10:], uint16(said.members))
		binary.LittleEndian.PutUint32(end[12:], uint32(said.bytes))
		binary.LittleEndian.PutUint32(end[16:], uint32(offset))
	}
	return append(data, end...)
}

// TestAZipIsRefusedByItsCounts: the members it has, those it says it has, and those it
// does not speak of. Much memory is never taken for them.
func TestAZipIsRefusedByItsCounts(t *testing.T) {
	const one = entrySize + 1
	limits := DefaultLimits()
	limits.Members, limits.Directory = 1000, 2<<20
	tests := map[string]struct {
		n     int
		said  zipEnd
		large bool
		want  string
	}{
		"few":                         {10, zipEnd{10, 10 * one}, false, ""},
		"few, in the large form":      {10, zipEnd{10, 10 * one}, true, ""},
		"too many":                    {1001, zipEnd{1001, 1001 * one}, false, "more than 1000 members"},
		"too many, in the large form": {70_000, zipEnd{70_000, 70_000 * one}, true, "more than 1000 members"},
		"too many bytes":              {10, zipEnd{10, 3 << 20}, false, "not a whole zip"},
		"a directory too large":       {70_000, zipEnd{10, 70_000 * one}, true, "larger than 2 MB"},
		"more than it says":           {70_000, zipEnd{70_000 - 65536, (70_000 - 65536) * one}, false, "larger than 2 MB"},
		"more than its bytes hold":    {70_000, zipEnd{70_000 - 65536, 4464}, false, "larger than 2 MB"},
		"many more than it says":      {65536 + 10, zipEnd{10, 10 * one}, false, "larger than 2 MB"},
		"more than there can be":      {10, zipEnd{1 << 60, 1 << 62}, true, "not a whole zip"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			data := directoryOf(tt.n, tt.said, tt.large)
			z, fault := openZip(bytes.NewReader(data), int64(len(data)), newBudget(limits))
			if tt.want == "" && (fault != "" || len(z.File) != tt.n) || !strings.Contains(fault, tt.want) {
				t.Errorf("%q, want %q", fault, tt.want)
			}
		})
	}
}

// TestTheDirectoriesOfInnerArchivesCount: many at once are as bad as a large one.
func TestTheDirectoriesOfInnerArchivesCount(t *testing.T) {
	limits := DefaultLimits()
	limits.Directory = 1000
	dir := t.TempDir()
	inner := zipped(t, member{strings.Repeat("long", 100) + ".fit", madeRun(t, 30)})
	write(t, dir, "a.zip", zipped(t, member{"b.zip", inner}, member{"c.zip", inner}, member{"d.zip", inner}))
	got := taken(t, NewImport(limits, dir), dir, map[string]ingest.File{})
	if r := got["a.zip!d.zip"]; !strings.Contains(r.Broken, "table of contents") {
		t.Errorf("the last one passes: %+v", got)
	}
}

// TestAnInnerArchiveLeavesRoomOnTheDisk and is tried again when there is more.
func TestAnInnerArchiveLeavesRoomOnTheDisk(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.zip", zipped(t, member{"b.zip", zipped(t, member{"1.fit", madeRun(t, 300)})}))
	s := NewWatch(DefaultLimits(), 0, time.Now, dir)
	files := map[string]ingest.File{}
	room := int64(1000)
	s.free = func(string) (int64, error) { return room, nil }
	checkTaken(t, map[string]result{"a.zip": {Broken: "1 of its"}, "a.zip!b.zip": {Broken: "too little free room"}}, taken(t, s, dir, files))
	room = 1 << 30
	if got := taken(t, s, dir, files)["a.zip!b.zip!1.fit"]; got.Runs != 1 {
		t.Errorf("with more room: %+v", got)
	}
}

// TestAListOfManyCellsIsNotRead: one line of commas would take 24 times its size.
func TestAListOfManyCellsIsNotRead(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "e.zip", zipped(t, member{"activities.csv", bytes.Repeat([]byte{','}, maxCells+64<<10)}, member{"activities/1.fit", madeRun(t, 30)}))
	got := taken(t, NewImport(DefaultLimits(), dir), dir, map[string]ingest.File{})
	if r := got["e.zip!activities.csv"]; !strings.Contains(r.Broken, "larger than a list") {
		t.Errorf("%+v", got)
	}
}

// FuzzZipEnd: whatever stands at the end of a zip, the library gets no more
// members than the limits allow, and no archive that it can read is refused.
func FuzzZipEnd(f *testing.F) {
	for _, large := range []bool{false, true} {
		f.Add(directoryOf(5, zipEnd{5, 5 * (entrySize + 1)}, large))
	}
	f.Add(zipped(f, member{"a.fit", []byte("text")}))
	f.Fuzz(func(t *testing.T, data []byte) {
		size := int64(len(data))
		z, fault := openZip(bytes.NewReader(data), size, newBudget(DefaultLimits()))
		whole, err := zip.NewReader(bytes.NewReader(data), size)
		switch {
		case fault == "" && (err != nil || len(z.File) != len(whole.File)):
			t.Errorf("read %d members, the library says %v", len(z.File), err)
		case fault != "" && err == nil:
			t.Errorf("refused (%s), the library reads %d members", fault, len(whole.File))
		}
	})
}

// zeros are the bytes of a file that is nearly all hole, and its end.
type zeros struct {
	size int64
	end  []byte
}

func (z zeros) ReadAt(p []byte, off int64) (int, error) {
	clear(p)
	if from := z.size - int64(len(z.end)); off+int64(len(p)) > from {
		copy(p[max(0, from-off):], z.end[max(0, off-from):])
	}
	return len(p), nil
}

// TestAnEndThatClaimsManyMembersTakesNoMemory: the library makes room for as many as
// would fit into the file, before it has seen one.
func TestAnEndThatClaimsManyMembersTakesNoMemory(t *testing.T) {
	const size = 2 << 30
	file := zeros{size, directoryOf(0, zipEnd{size / 31, 0}, true)}
	binary.LittleEndian.PutUint64(file.end[len(file.end)-endSize-locatorSize+8:], size-uint64(endSize+locatorSize+end64Size))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, fault := openZip(file, size, newBudget(DefaultLimits()))
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; fault == "" || took > 8 {
		t.Errorf("%q, took %d MB", fault, took)
	}
}
