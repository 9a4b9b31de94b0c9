package plainfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"github.com/klauspost/compress/zip"
)

// What is said of a zip that is too much to read.
var (
	ErrZipDirectory = errors.New("its table of contents is too large")
	ErrZipMembers   = errors.New("it has too many members")
)

// aroundDirectory is how many bytes the library may read beside a directory.
const aroundDirectory = 512 << 10

// Zip reads the directory of a zip of size bytes, if that is not much more than so many
// bytes and the end does not claim more than so many members. The library takes memory
// for each member before it tells how many there are, and what the end of a zip says of
// them may be wrong: so it gets no more bytes than are allowed.
func Zip(r io.ReaderAt, size, directory, members int64) (*zip.Reader, error) {
	if n := claimed(r, size); n > uint64(max(members, 0)) && n <= uint64(size/leastMember) { // #nosec G115 -- not negative
		return nil, ErrZipMembers
	}
	bounded := &boundedReader{r, max(directory, 0) + aroundDirectory}
	z, err := zip.NewReader(bounded, size)
	bounded.left = math.MaxInt64
	return z, err
}

// Where the end of a zip says how many members there are, if that is more than 16 bits
// hold (APPNOTE.TXT 4.3.14 and 4.3.15).
const (
	endSize      = 22
	endSign      = "PK\x05\x06"
	locatorSize  = 20
	locatorSign  = "PK\x06\x07"
	end64At      = 8  // in the locator: where the record is
	membersAt    = 32 // in the record
	mostOfTheEnd = 65 << 10
	leastMember  = 30 // bytes
)

// claimed is how many members the end of a zip says there are, where 16 bits do not
// hold it: the library takes memory for all of them at once if the file has room for
// them.
func claimed(r io.ReaderAt, size int64) uint64 {
	tail := make([]byte, min(size, mostOfTheEnd))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return 0
	}
	ends := bytes.LastIndex(tail[:max(0, len(tail)-endSize+len(endSign))], []byte(endSign))
	if ends < locatorSize || string(tail[ends-locatorSize:][:len(locatorSign)]) != locatorSign {
		return 0
	}
	var members [8]byte
	record := binary.LittleEndian.Uint64(tail[ends-locatorSize+end64At:])
	if record >= uint64(size) { // #nosec G115 -- not negative
		return 0
	}
	if _, err := r.ReadAt(members[:], int64(record)+membersAt); err != nil { // #nosec G115 -- within the file
		return 0
	}
	return binary.LittleEndian.Uint64(members[:])
}

// boundedReader returns so many bytes and then fails. Once there is no bound any
// more, it may be read from several goroutines.
type boundedReader struct {
	io.ReaderAt
	left int64
}

func (b *boundedReader) ReadAt(p []byte, off int64) (int, error) {
	if b.left != math.MaxInt64 {
		if b.left -= int64(len(p)); b.left < 0 {
			return 0, ErrZipDirectory
		}
	}
	return b.ReaderAt.ReadAt(p, off)
}
