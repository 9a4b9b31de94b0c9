package fitfile

import (
	"context"
	"errors"
	"io"
	"path/filepath"

	"github.com/klauspost/compress/zip"

	"gaitkeeper/ingest"
	"gaitkeeper/internal/plainfile"
)

// place is where the bytes of one file are: on the disk, or in an archive.
type place struct {
	ingest.File          // what to remember of it
	named       bool     // by a person
	in          *archive // nil on the disk
	size        int64    // how many bytes to expect of it
	weight      int64    // its share of the bytes on the disk, as they count in the progress
	budget      *budget
	open        func() (io.ReadCloser, error)
}

// onDisk is the place of a file on the disk.
func (s *Source) onDisk(file ingest.File, named bool) place {
	return place{
		File: file, named: named, size: file.Size, weight: file.Size, budget: newBudget(s.limits),
		open: func() (io.ReadCloser, error) { return plainfile.Open(file.Path) },
	}
}

// encrypted is the flag of a member that needs a password.
const encrypted = 1

// member is the place of a member of a.
func (a *archive) member(m *zip.File, weight int64) place {
	return place{
		File: a.child(m), in: a, size: memberSize(m), weight: weight, budget: a.budget,
		open: func() (io.ReadCloser, error) {
			if m.Flags&encrypted != 0 {
				return nil, errLocked
			}
			r, err := m.Open()
			if err != nil {
				return nil, err
			}
			return struct {
				io.Reader
				io.Closer
			}{a.budget.reader(r), r}, nil
		},
	}
}

// why says in plain words why it cannot be read.
func (at place) why(err error) string {
	if at.in == nil {
		return plain(err)
	}
	return packing(err)
}

// sniff tells the form of what is there.
func (at place) sniff() (form, error) {
	r, err := at.open()
	if err != nil {
		return formOther, err
	}
	defer r.Close()
	f, err := sniff(r)
	if errors.Is(err, zip.ErrChecksum) { // which reading it will tell
		err = nil
	}
	return f, err
}

// place offers what is there: one FIT file, or everything in an archive. list may
// know what the runner wrote about it.
func (p *listing) place(at place, list *exportTexts, base string) {
	if p.seen(at.File) && !list.news(base, p.files[at.Path]) {
		p.weighed(ingest.Item{Name: at.Path, Known: true}, at.weight)
		return
	}
	if wait := p.unsettled(at.File); wait > 0 && at.in == nil {
		p.weighed(ingest.Item{Name: at.Path, Wait: wait}, at.weight)
		return
	}
	switch form, err := at.sniff(); {
	case err != nil:
		p.unreadable(at, err)
	case form == formZip:
		p.archive(at)
	default:
		p.single(at, list.of(base))
	}
}

// file offers a file on the disk, or everything in it.
func (p *listing) file(f found) {
	if f.fault != "" || f.foreign != "" {
		p.offer(ingest.Item{Name: f.path, Failed: f.fault, Skipped: f.foreign})
		return
	}
	at := p.onDisk(ingest.File{Path: f.path, Size: f.size, Modified: f.modified}, f.named)
	p.place(at, p.lists[filepath.Dir(f.path)], filepath.Base(f.path))
}

// single offers what is no archive, with what the runner wrote about it.
func (p *listing) single(at place, w exportText) {
	done := p.alone(at.size)
	if p.ended() {
		return
	}
	at.in.hold()
	file := at.File
	file.Version = w.changeHash()
	read := func(_ context.Context, known func(string) (bool, error)) (ingest.Content, error) {
		c, err := p.read(at, w, known)
		if c.Broken != "" {
			at.in.fail()
		}
		return c, err
	}
	p.weighed(ingest.Item{Name: at.Path, File: &file, Named: at.named, Read: read, Done: func() { done(); at.in.release() }}, at.weight)
}

// fault offers what cannot be taken; it is remembered, so that it is not tried again
// before it changes.
func (p *listing) fault(at place, fault string) {
	at.in.fail()
	p.offer(ingest.Item{Name: at.Path, File: &at.File, Read: ingest.Ready(ingest.Content{Broken: fault})})
}

// unreadable is a fault, unless it is the disk's, which may pass.
func (p *listing) unreadable(at place, err error) {
	if at.in == nil {
		p.offer(ingest.Item{Name: at.Path, Failed: plain(err)})
		return
	}
	p.fault(at, packing(err))
}

// opening asks for leave to open an archive, or a list, and returns why it is
// refused: always where no more offers are wanted.
func (p *listing) opening(at place) (refused string) {
	o := ingest.Item{Name: at.Path, File: &at.File, Named: at.named, Opening: &ingest.Opening{}}
	if p.offer(o); p.over {
		return "nothing more is read"
	}
	return o.Opening.Refused
}
