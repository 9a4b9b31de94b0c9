package fitfile

import (
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"github.com/klauspost/compress/zip"
)

// What stands before and behind each member of a zip, and at its end (APPNOTE.TXT 4.3.7
// to 4.3.16).
const (
	entrySize      = 46 // a member in the directory, without its name
	endSize        = 22
	endSign        = "PK\x05\x06"
	localSize      = 30 // the header of a member, without its name
	localSign      = "PK\x03\x04"
	entrySign      = "PK\x01\x02"
	descriptorSign = "PK\x07\x08"
	sizesBehind    = 1 << 3 // the flag of a member whose sizes stand behind it
	deflated       = 8      // the usual way of packing
)

// openOrSalvage is [openZip], or opens what is whole of a zip that was cut off.
func openOrSalvage(ctx context.Context, r io.ReaderAt, size int64, b *budget) (z *zip.Reader, cut bool, fault string) {
	z, fault = openZip(r, size, b)
	if fault == errNoZip.Error() {
		if whole := salvage(ctx, r, size, b); whole != nil {
			return whole, true, ""
		}
	}
	return z, false, fault
}

// salvage opens what is whole of a zip whose end is missing, as that of a download
// that broke off; nil where nothing is, or ctx ended. It makes the table of
// contents, which stands at the end, from the headers of the members.
func salvage(ctx context.Context, r io.ReaderAt, size int64, b *budget) *zip.Reader {
	s := salvager{ctx: ctx, from: r, size: min(size, math.MaxUint32), budget: b}
	members := int64(0)
	for !s.half && members < b.limits.Members && s.member() {
		members++
	}
	if members == 0 || ctx.Err() != nil {
		return nil
	}
	var end [endSize]byte
	copy(end[:], endSign)
	binary.LittleEndian.PutUint16(end[8:], uint16(members)) // #nosec G115 -- the library counts so, too
	binary.LittleEndian.PutUint16(end[10:], uint16(members))
	binary.LittleEndian.PutUint32(end[12:], uint32(len(s.directory))) // #nosec G115 -- within the limit of directories
	binary.LittleEndian.PutUint32(end[16:], uint32(s.at))             // #nosec G115 -- not above size
	s.directory = append(s.directory, end[:]...)
	z, err := zip.NewReader(&s, s.at+int64(len(s.directory)))
	if err != nil || !b.enter(len(z.File)) {
		return nil
	}
	return z
}

// salvager reads a cut-off zip: its members up to at, and behind them the
// directory made of their headers. The half of a recording is worth having, and so is
// that of an archive in it.
type salvager struct {
	ctx       context.Context
	from      io.ReaderAt
	size, at  int64
	half      bool // the last member is not whole
	directory []byte
	budget    *budget
}

// ReadAt implements io.ReaderAt.
func (s *salvager) ReadAt(p []byte, off int64) (int, error) {
	if off >= s.at {
		return bytes.NewReader(s.directory).ReadAt(p, off-s.at)
	}
	n, err := s.from.ReadAt(p[:min(int64(len(p)), s.at-off)], off)
	if err == nil && n < len(p) {
		var more int
		more, err = s.ReadAt(p[n:], s.at)
		n += more
	}
	return n, err
}

// member enters the member at hand in the directory; false where it is of no use.
func (s *salvager) member() bool {
	var local [localSize]byte
	if _, err := s.from.ReadAt(local[:], s.at); err != nil || string(local[:4]) != localSign {
		return false
	}
	name := int64(binary.LittleEndian.Uint16(local[26:]))
	names := make([]byte, name+int64(binary.LittleEndian.Uint16(local[28:])))
	begin := s.at + localSize + int64(len(names))
	if _, err := s.from.ReadAt(names, s.at+localSize); err != nil || begin > s.size || !s.budget.list(uint64(entrySize+len(names))) { // #nosec G115 -- not negative
		return false
	}
	sums := local[14:26] // checksum, packed size, size
	end := begin + int64(binary.LittleEndian.Uint32(sums[4:]))
	if local[6]&sizesBehind != 0 {
		if local[6]&encrypted != 0 || local[8] != deflated {
			return false
		}
		sums, end = s.unpack(begin)
	}
	if sums == nil || end > s.size {
		if s.half = promising(string(names[:name])); !s.half {
			return false
		}
		local[6] &^= sizesBehind
		sums = binary.LittleEndian.AppendUint32(make([]byte, 4), uint32(s.size-begin)) // #nosec G115 -- below size
		sums, end = binary.LittleEndian.AppendUint32(sums, math.MaxUint32-1), s.size   // nobody knows its size
	}
	s.directory = append(append(s.directory, entrySign...), 0, 0)
	s.directory = append(append(s.directory, local[4:14]...), sums...)
	s.directory = append(append(s.directory, local[26:30]...), make([]byte, 10)...)
	s.directory = binary.LittleEndian.AppendUint32(s.directory, uint32(s.at)) // #nosec G115 -- below size
	s.directory = append(s.directory, names...)
	s.at = end
	return true
}

// unpack finds the end of a member by unpacking it. It returns what is written
// behind it, checksum and sizes, nil where the two do not agree, and where the
// next member begins.
func (s *salvager) unpack(begin int64) (sums []byte, end int64) {
	packed := &counted{r: bufio.NewReader(io.NewSectionReader(s.from, begin, s.size-begin))}
	size, err := io.Copy(io.Discard, &interruptible{s.ctx, s.budget.reader(flate.NewReader(packed))})
	if err != nil {
		return nil, 0
	}
	end = begin + packed.n
	var b [24]byte
	n, err := s.from.ReadAt(b[:], end)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, 0
	}
	behind := b[:n]
	if bytes.HasPrefix(behind, []byte(descriptorSign)) {
		behind, end = behind[len(descriptorSign):], end+int64(len(descriptorSign))
	}
	is := func(at int, n int64) bool {
		return len(behind) >= at+4 && int64(binary.LittleEndian.Uint32(behind[at:])) == n
	}
	switch {
	case is(4, packed.n) && is(8, 0) && is(12, size) && is(16, 0): // sizes of eight bytes
		return append(behind[:8:8], behind[12:16]...), end + 20
	case is(4, packed.n) && is(8, size):
		return behind[:12], end + 12
	default:
		return nil, 0
	}
}

// counted counts the bytes that are read, one by one where it is asked so.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
