package fitfile

import (
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
		return nil, fmt.Sprintf("it has more than %d members", b.limits.Members)
	default:
		return z, ""
	}
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
