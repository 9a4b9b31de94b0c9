package fitfile

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"
)

// Limits bound what one file may cost, so that an archive made to explode
// cannot fill memory or disk.
type Limits struct {
	// File is the largest FIT file in bytes, unpacked. A day of running at one
	// record a second takes about 10 MB.
	File int64
	// Unpacked is how many bytes one archive may unpack to altogether, archives
	// in it included.
	Unpacked int64
	// Members is how many members one archive may have altogether, and Directory
	// how many bytes their names and what is kept with them may take: memory is
	// taken for each of them before the first is read.
	Members, Directory int64
	// List is how many bytes of lists of activities are read of one archive.
	List int64
	// Spool is the largest part of the free room on the disk that an archive
	// inside an archive may take while it is read.
	Spool float64
	// Depth is how many archives may be inside each other.
	Depth int
}

// DefaultLimits hold the whole export of many years from a watch maker.
func DefaultLimits() Limits {
	return Limits{File: 64 << 20, Unpacked: 16 << 30, Members: 100_000, Directory: 16 << 20, List: 16 << 20, Spool: 0.5, Depth: 4}
}

// errTooMuch is what a budget that is used up says, in plain words.
var errTooMuch = errors.New("it unpacks to more than is allowed")

// budget is what is left of the limits of one archive on the disk. It is used
// from several goroutines.
type budget struct {
	unpacked, members, directory, lists atomic.Int64

	limits Limits
}

func newBudget(l Limits) *budget {
	b := &budget{limits: l}
	b.unpacked.Store(l.Unpacked)
	b.members.Store(l.Members)
	b.directory.Store(l.Directory)
	b.lists.Store(l.List)
	return b
}

// enter takes n members; false when there are too many.
func (b *budget) enter(n int) bool { return b.members.Add(-int64(n)) >= 0 }

// list takes the bytes of a directory; false when there are too many.
func (b *budget) list(n uint64) bool {
	return n <= uint64(max(b.limits.Directory, 0)) && b.directory.Add(-int64(n)) >= 0 // #nosec G115 -- not above the limit
}

// reader reads from r as long as the budget lasts.
func (b *budget) reader(r io.Reader) io.Reader { return &metered{r, b} }

type metered struct {
	r io.Reader
	b *budget
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if m.b.unpacked.Add(-int64(n)) < 0 {
		return 0, errTooMuch
	}
	return n, err
}

// megabytes prints a size for people.
func megabytes(n int64) string { return fmt.Sprintf("%d MB", n>>20) }
