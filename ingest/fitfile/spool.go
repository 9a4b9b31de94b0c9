package fitfile

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"

	"golang.org/x/sys/unix"

	"gaitkeeper/ingest"
	"gaitkeeper/internal/plainfile"
)

// errNoRoom says that the disk has no room for an archive inside an archive just
// now.
var errNoRoom = errors.New("there is too little free room in the temporary folder to unpack it; make room, or name another folder in TMPDIR")

// spool opens an archive on the disk, and unpacks one inside another to it, as far as
// it leaves room for others; the last one of an archive that was cut off, as far as it
// goes. The file has no name any more and is gone when it is closed.
func (p *listing) spool(at place) (*os.File, int64, error) {
	if at.in == nil {
		f, err := plainfile.Open(at.Path)
		return f, at.size, err
	}
	free, err := p.free(os.TempDir())
	if err != nil {
		return nil, 0, err
	}
	most := int64(float64(free) * p.limits.Spool)
	r, err := at.open()
	if err != nil {
		return nil, 0, err
	}
	defer r.Close()
	f, err := os.CreateTemp("", "gaitkeeper-*.zip")
	if err != nil {
		return nil, 0, err
	}
	_ = os.Remove(f.Name())
	n, err := io.Copy(f, io.LimitReader(&interruptible{p.ctx, r}, most+1))
	if n > most || errors.Is(err, syscall.ENOSPC) {
		err = errNoRoom
	}
	if at.in.cut && errors.Is(err, io.ErrUnexpectedEOF) {
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

// noRoom offers an archive inside another that found no room on the disk. Neither it
// nor those around it are remembered: the next time there may be room.
func (p *listing) noRoom(at place) {
	at.in.fail()
	for a := at.in; a != nil; a = a.in {
		a.again.Store(true)
	}
	p.offer(ingest.Item{Name: at.Path, Failed: errNoRoom.Error()})
}

// freeRoom is how many bytes this user may still write in a folder.
func freeRoom(dir string) (int64, error) {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return 0, &os.PathError{Op: "look at the free room of", Path: dir, Err: err}
	}
	return int64(min(fs.Bavail, 1<<40)) * int64(fs.Bsize), nil // #nosec G115 -- bounded
}
