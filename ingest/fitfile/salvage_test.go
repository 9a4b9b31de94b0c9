package fitfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"testing"

	"github.com/klauspost/compress/zip"
)

// sizesBefore packs members whose sizes stand before them.
func sizesBefore(t *testing.T, method uint16, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		packed := m.data
		if method == deflated {
			packed = deflatedBytes(t, m.data)
		}
		f, err := w.CreateRaw(&zip.FileHeader{
			Name: m.name, Method: method, CRC32: crc32.ChecksumIEEE(m.data),
			CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(len(m.data)),
		})
		if err == nil {
			_, err = f.Write(packed)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wide packs members with sizes of eight bytes behind them, or with no signature
// before these, as some programs do.
func wide(t *testing.T, signature string, members ...member) (data []byte) {
	t.Helper()
	for _, m := range members {
		local := make([]byte, localSize)
		copy(local, localSign)
		local[6], local[8] = sizesBehind, deflated
		binary.LittleEndian.PutUint16(local[26:], uint16(len(m.name)))
		packed := deflatedBytes(t, m.data)
		data = append(append(append(append(data, local...), m.name...), packed...), signature...)
		data = binary.LittleEndian.AppendUint32(data, crc32.ChecksumIEEE(m.data))
		data = binary.LittleEndian.AppendUint64(data, uint64(len(packed)))
		data = binary.LittleEndian.AppendUint64(data, uint64(len(m.data)))
	}
	return data
}

func deflatedBytes(t *testing.T, data []byte) []byte {
	t.Helper()
	z := zipped(t, member{"x", data})
	z = z[localSize+int(binary.LittleEndian.Uint16(z[26:]))+int(binary.LittleEndian.Uint16(z[28:])):]
	return z[:bytes.LastIndex(z, []byte(descriptorSign))]
}

// Of a zip that was cut off anywhere, whatever is whole can be read, and of a recording
// that is not, what there is.
func TestACutOffZipGivesWhatIsWhole(t *testing.T) {
	members := []member{{"a.fit", bytes.Repeat([]byte("left right "), 30)}, {"empty", nil}, {"b/c.fit", madeRun(t, 20)}, {"d.fit", []byte("PK\x03\x04")}}
	for name, data := range map[string][]byte{
		"sizes behind": zipped(t, members...), "sizes before": sizesBefore(t, deflated, members...), "not packed": sizesBefore(t, zip.Store, members...),
		"wide sizes": wide(t, descriptorSign, members...), "wide sizes, no signature": wide(t, "", members...),
	} {
		last := 0
		for cut := range len(data) {
			z := salvage(t.Context(), bytes.NewReader(data[:cut]), int64(cut), newBudget(DefaultLimits()))
			n := 0
			if z != nil {
				n = len(z.File)
			}
			if n < last || n > last+1 {
				t.Fatalf("%s: %d members of %d bytes, %d of one less", name, n, cut, last)
			}
			if last = n; n == 0 {
				continue
			}
			if err := sameMembers(z, slices.Clone(members[:n])); err != nil {
				t.Fatalf("%s, cut after %d bytes: %v", name, cut, err)
			}
		}
		if last < len(members)-1 {
			t.Errorf("%s: %d members in the end", name, last)
		}
	}
}

func sameMembers(z *zip.Reader, want []member) error {
	for i, m := range z.File {
		r, err := m.Open()
		if err != nil {
			return err
		}
		got, err := io.ReadAll(r)
		if half := i == len(z.File)-1 && errors.Is(err, io.ErrUnexpectedEOF); half && bytes.HasPrefix(want[i].data, got) {
			err, want[i].data = nil, got
		}
		if err != nil || m.Name != want[i].name || !bytes.Equal(got, want[i].data) {
			return fmt.Errorf("%s: %d bytes, %w", m.Name, len(got), err)
		}
	}
	return nil
}

// A cut-off zip takes no more than a whole one may.
func TestACutOffZipIsBounded(t *testing.T) {
	data := zipped(t, member{"a", make([]byte, 1<<20)}, member{"b", make([]byte, 1<<20)}, member{"c", nil})
	data = data[:len(data)-endSize]
	for name, tt := range map[string]struct {
		limit func(*Limits)
		want  int
	}{
		"members": {func(l *Limits) { l.Members = 2 }, 2}, "table of contents": {func(l *Limits) { l.Directory = 60 }, 1},
		"unpacked": {func(l *Limits) { l.Unpacked = 3 << 19 }, 1}, "nothing": {func(*Limits) {}, 3},
	} {
		limits := DefaultLimits()
		tt.limit(&limits)
		if z := salvage(t.Context(), bytes.NewReader(data), int64(len(data)), newBudget(limits)); z == nil || len(z.File) != tt.want {
			t.Errorf("%s: %v, want %d members", name, z, tt.want)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if z := salvage(ended, bytes.NewReader(data), int64(len(data)), newBudget(DefaultLimits())); z != nil {
		t.Error("it goes on when nobody waits any more")
	}
}
