package fitfile

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"

	"gaitkeeper/ingest"

	"github.com/klauspost/compress/zip"
	"golang.org/x/sys/unix"
)

// errNoRoom says that the disk has no room for an archive inside an archive just
// now.
var errNoRoom = errors.New("there is too little free room in the temporary folder to unpack it; make room, or name another folder in TMPDIR")

// spool unpacks an archive inside a to the disk, as far as it leaves room for
// others; the last one of an archive that was cut off, as far as it goes. The file has no name any more and is gone when it is closed.
func (p *listing) spool(a *archive, m *zip.File) (*os.File, int64, error) {
	free, err := p.free(os.TempDir())
	if err != nil {
		return nil, 0, err
	}
	most := int64(float64(free) * p.limits.Spool)
	r, err := m.Open()
	if err != nil {
		return nil, 0, err
	}
	defer r.Close()
	f, err := os.CreateTemp("", "gaitkeeper-*.zip")
	if err != nil {
		return nil, 0, err
	}
	_ = os.Remove(f.Name())
	n, err := io.Copy(f, io.LimitReader(&interruptible{p.ctx, a.budget.reader(r)}, most+1))
	if n > most || errors.Is(err, syscall.ENOSPC) {
		err = errNoRoom
	}
	if a.cut && errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	if err != nil {
		_ = f.Close()
		return nil, 0, err
	}
	return f, n, nil
}

// interruptible reads until ctx ends.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if err := context.Cause(i.ctx); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// noRoom offers an archive inside a that found no room on the disk. Neither it
// nor those around it are remembered: the next time there may be room.
func (p *listing) noRoom(a *archive, file ingest.File) {
	a.fail()
	for ; a != nil; a = a.parent {
		a.again.Store(true)
	}
	p.offer(ingest.Item{Name: file.Path, Failed: errNoRoom.Error()})
}

// freeRoom is how many bytes this user may still write in a folder.
func freeRoom(dir string) (int64, error) {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return 0, &os.PathError{Op: "look at the free room of", Path: dir, Err: err}
	}
	return int64(min(fs.Bavail, 1<<40)) * int64(fs.Bsize), nil // #nosec G115 -- bounded
}
