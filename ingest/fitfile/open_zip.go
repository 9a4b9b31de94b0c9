package fitfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/klauspost/compress/zip"
)

var errNoZip = errors.New("it is not a whole zip archive")

// aroundDirectory is how many bytes the library may read beside a directory.
const aroundDirectory = 512 << 10

// openZip reads the directory of a zip of size bytes, unless it is larger than the
// budget has room for. The library takes memory for each member before it tells how
// many there are, and what the end of a zip says of them may be wrong: so it gets no
// more bytes than are allowed.
func openZip(r io.ReaderAt, size int64, b *budget) (_ *zip.Reader, fault string) {
	tooMany := fmt.Sprintf("it has more than %d members", b.limits.Members)
	if n := claimed(r, size); n > uint64(max(b.limits.Members, 0)) && n <= uint64(size/localSize) { // #nosec G115 -- not negative
		return nil, tooMany
	}
	bounded := &boundedReader{r, max(b.directory.Load(), 0) + aroundDirectory}
	z, err := zip.NewReader(bounded, size)
	bounded.left = math.MaxInt64
	var directory uint64
	if err == nil {
		for _, m := range z.File {
			directory += uint64(entrySize + len(m.Name) + len(m.Extra) + len(m.Comment)) // #nosec G115 -- not negative
		}
	}
	switch {
	case errors.Is(err, errTooMuch), !b.list(directory):
		return nil, fmt.Sprintf("its table of contents is larger than %s", megabytes(b.limits.Directory))
	case err != nil:
		return nil, errNoZip.Error()
	case !b.enter(len(z.File)):
		return nil, tooMany
	default:
		return z, ""
	}
}

// Where the end of a zip says how many members there are, if that is more than 16 bits
// hold (APPNOTE.TXT 4.3.14 and 4.3.15).
const (
	locatorSize  = 20
	locatorSign  = "PK\x06\x07"
	end64At      = 8  // in the locator: where the record is
	membersAt    = 32 // in the record
	mostOfTheEnd = 65 << 10
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
			return 0, errTooMuch
		}
	}
	return b.ReaderAt.ReadAt(p, off)
}
