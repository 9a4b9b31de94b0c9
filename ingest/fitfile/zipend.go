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

// The records that end a zip, by their sizes and signatures (APPNOTE.TXT 6.3.10
// of PKWARE, 4.3.12 to 4.3.16).
const (
	entrySize     = 46 // a member in the directory, without its name
	endSize       = 22
	end64Size     = 56
	locatorSize   = 20
	endSign       = "PK\x05\x06"
	end64Sign     = "PK\x06\x06"
	locatorSign   = "PK\x06\x07"
	maxZipComment = math.MaxUint16
)

// zipEnd is what the end of a zip says of its directory.
type zipEnd struct {
	members uint64
	bytes   uint64
}

var errNoZip = errors.New("it is not a whole zip archive")

// readZipEnd reads the end of a zip of size bytes, and nothing of its directory.
func readZipEnd(r io.ReaderAt, size int64) (zipEnd, error) {
	tail := make([]byte, min(size, endSize+maxZipComment))
	from := size - int64(len(tail))
	if _, err := r.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return zipEnd{}, err
	}
	at := bytes.LastIndex(tail, []byte(endSign))
	if at < 0 || len(tail)-at < endSize {
		return zipEnd{}, errNoZip
	}
	b := tail[at:]
	end := zipEnd{members: uint64(binary.LittleEndian.Uint16(b[10:])), bytes: uint64(binary.LittleEndian.Uint32(b[12:]))}
	offset := binary.LittleEndian.Uint32(b[16:])
	if end.members == math.MaxUint16 || end.bytes == math.MaxUint32 || end.bytes == math.MaxUint16 || offset == math.MaxUint32 {
		if err := end.read64(r, from+int64(at), size); err != nil {
			return zipEnd{}, err
		}
	}
	if end.bytes > uint64(size) || end.members > end.bytes/entrySize { // #nosec G115 -- a size is not negative
		return zipEnd{}, errNoZip
	}
	return end, nil
}

// read64 takes the numbers from the larger record where there is one. A small
// archive may have exactly the number that points to it.
func (e *zipEnd) read64(r io.ReaderAt, end, size int64) error {
	var locator [locatorSize]byte
	if end < locatorSize {
		return nil
	}
	if _, err := r.ReadAt(locator[:], end-locatorSize); err != nil {
		return err
	}
	if string(locator[:4]) != locatorSign {
		return nil
	}
	at := binary.LittleEndian.Uint64(locator[8:])
	if at > uint64(size) || uint64(size)-at < end64Size { // #nosec G115 -- a size is not negative
		return errNoZip
	}
	var b [end64Size]byte
	if _, err := r.ReadAt(b[:], int64(at)); err != nil { // #nosec G115 -- within the file
		return err
	}
	if string(b[:4]) != end64Sign {
		return errNoZip
	}
	e.members, e.bytes = binary.LittleEndian.Uint64(b[32:]), binary.LittleEndian.Uint64(b[40:])
	return nil
}

// openZip reads the directory of a zip of size bytes, unless its end says that
// this would take more than the budget has. The library counts members only
// after it has read them all, and goes by 16 bits of their number: so it gets no
// more bytes than the end speaks of.
func openZip(r io.ReaderAt, size int64, b *budget) (_ *zip.Reader, fault string) {
	end, err := readZipEnd(r, size)
	switch {
	case err != nil:
		return nil, errNoZip.Error()
	case end.members > uint64(b.limits.Members): // #nosec G115 -- a limit is not negative
		return nil, tooMany(b.limits)
	case !b.list(end.bytes):
		return nil, fmt.Sprintf("its table of contents is larger than %s", megabytes(b.limits.Directory))
	}
	const around = 512 << 10                                // what the library reads beside the directory
	bounded := &boundedReader{r, int64(end.bytes) + around} // #nosec G115 -- within the limits
	z, err := zip.NewReader(bounded, size)
	bounded.left = math.MaxInt64
	if err != nil {
		return nil, errNoZip.Error()
	}
	if !b.enter(len(z.File)) {
		return nil, tooMany(b.limits)
	}
	return z, ""
}

func tooMany(l Limits) string { return fmt.Sprintf("it has more than %d members", l.Members) }

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
