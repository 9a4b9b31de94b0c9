package fitfile

import (
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zip"

	"gaitkeeper/internal/plainfile"
)

var errNoZip = errors.New("it is not a whole zip archive")

// openZip reads the directory of a zip of size bytes, unless it is larger than the
// budget has room for.
func openZip(r io.ReaderAt, size int64, b *budget) (_ *zip.Reader, fault string) {
	z, err := plainfile.Zip(r, size, b.directory.Load(), b.limits.Members)
	var directory uint64
	if err == nil {
		for _, m := range z.File {
			directory += uint64(entrySize + len(m.Name) + len(m.Extra) + len(m.Comment)) // #nosec G115 -- not negative
		}
	}
	switch {
	case errors.Is(err, plainfile.ErrZipDirectory), !b.list(directory):
		return nil, fmt.Sprintf("its table of contents is larger than %s", megabytes(b.limits.Directory))
	case err != nil && !errors.Is(err, plainfile.ErrZipMembers):
		return nil, errNoZip.Error()
	case err != nil, !b.enter(len(z.File)):
		return nil, fmt.Sprintf("it has more than %d members", b.limits.Members)
	default:
		return z, ""
	}
}
