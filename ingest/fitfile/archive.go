package fitfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zip"

	"gaitkeeper/ingest"
	"gaitkeeper/internal/plainfile"
)

// archive is an open zip whose members are on offer. It is closed when the
// last of them is done with.
type archive struct {
	file   ingest.File // of the zip itself
	zip    *zip.Reader
	from   *os.File
	depth  int // 1 on the disk, 2 inside another one
	budget *budget
	parent *archive // nil on the disk

	weight int64 // bytes of it on the disk, as they count in the progress
	lists  map[string]*exportTexts
	users  atomic.Int64
	broken atomic.Int64 // members that could not be read
	again  atomic.Bool  // for want of room: worth another try
	held   bool         // a member that promises FIT
	cut    bool         // its end is missing
}

func (a *archive) release() {
	if a.users.Add(-1) == 0 {
		_ = a.from.Close()
	}
}

// fail counts a broken member, in all archives around it.
func (a *archive) fail() {
	for ; a != nil; a = a.parent {
		a.broken.Add(1)
	}
}

// archiveFile offers what a zip on the disk holds.
func (p *listing) archiveFile(file ingest.File, named bool) {
	if refused := p.opening(file, named); refused != "" {
		p.fault(nil, file, refused)
		return
	}
	f, err := plainfile.Open(file.Path)
	if err != nil {
		p.offer(ingest.Item{Name: file.Path, Failed: plain(err)})
		return
	}
	p.archive(&archive{file: file, from: f, depth: 1, budget: newBudget(p.limits), weight: file.Size}, file.Size)
}

// opening asks for leave to open an archive, or a list, and returns why it is
// refused: always where no more offers are wanted.
func (p *listing) opening(file ingest.File, named bool) (refused string) {
	o := ingest.Item{Name: file.Path, File: &file, Named: named, Opening: &ingest.Opening{}}
	if p.offer(o); p.over {
		return "nothing more is read"
	}
	return o.Opening.Refused
}

// archive offers the members of a, and at last a itself.
func (p *listing) archive(a *archive, size int64) {
	a.users.Store(1)
	defer a.release()
	var fault string
	a.zip, a.cut, fault = openOrSalvage(p.ctx, a.from, size, a.budget)
	switch {
	case p.ended():
		return
	case fault != "":
		p.fault(a.parent, a.file, fault)
		return
	case a.cut:
		a.parent.fail()
	}
	a.lists = p.zipLists(a)
	p.members(a)
	p.listFaults(a)
	p.close(a)
}

// members offers what in a promises FIT, and tells of other recordings.
func (p *listing) members(a *archive) {
	var members []*zip.File
	var packed uint64
	for _, m := range a.zip.File {
		switch {
		case m.FileInfo().IsDir() || hiddenMember(m.Name):
		case promising(m.Name):
			members = append(members, m)
			packed += m.CompressedSize64
		case !p.watched && foreign(m.Name) != "":
			p.total++
			p.offer(ingest.Item{Name: a.child(m).Path, Skipped: foreign(m.Name)})
		}
	}
	a.held = len(members) > 0
	p.total += len(members)
	after := p.left - a.weight
	for _, m := range members {
		if p.ended() {
			return
		}
		p.member(a, m, int64(float64(a.weight)*float64(m.CompressedSize64)/float64(max(packed, 1))))
	}
	p.left = after
}

// listFaults offers the lists of activities that could not be used as they are.
func (p *listing) listFaults(a *archive) {
	for _, folder := range slices.Sorted(maps.Keys(a.lists)) {
		if l := a.lists[folder]; l.fault != "" {
			p.total++
			p.fault(a, l.file, l.fault)
		}
	}
}

// close offers the archive itself, to be remembered after its members.
func (p *listing) close(a *archive) {
	file := a.file
	file.Outcome = ingest.FileImported
	var nothing []string
	if !a.held && !p.watched && a.parent == nil {
		nothing = []string{"zip without FIT files"}
		file.Outcome, file.Reason = ingest.FileSkipped, "there is no FIT file in it"
	}
	read := func(context.Context, func(string) (bool, error)) (ingest.Content, error) {
		if a.cut {
			return ingest.Content{Broken: "its end is missing: only what stands whole before the cut was read. Copy or download it again"}, nil
		}
		if n := a.broken.Load(); n > 0 {
			return ingest.Content{Broken: fmt.Sprintf("%d of its files could not be read", n), Reported: true, Transient: a.again.Load()}, nil
		}
		return ingest.Content{Skipped: nothing}, nil
	}
	p.offer(ingest.Item{Name: file.Path, File: &file, Read: read, Last: true})
}

// memberName is a member's name with slashes, as short as it can be.
func memberName(m *zip.File) string { return path.Clean(strings.ReplaceAll(m.Name, `\`, "/")) }

// child is what to remember of a member.
func (a *archive) child(m *zip.File) ingest.File {
	return ingest.File{
		Path: a.file.Path + "!" + strings.ToValidUTF8(m.Name, "?"),
		Size: int64(min(m.UncompressedSize64, 1<<62)), Modified: modified(m),
	}
}

// member offers one member, or everything in it. weight is its share of the
// bytes on the disk.
func (p *listing) member(a *archive, m *zip.File, weight int64) {
	file := a.child(m)
	list, base := a.lists[path.Dir(memberName(m))], path.Base(memberName(m))
	if p.seen(file) && !list.news(base, p.files[file.Path]) {
		p.weighed(ingest.Item{Name: file.Path, Known: true}, weight)
		return
	}
	form, fault := sniffMember(m)
	switch {
	case fault != "":
		p.fault(a, file, fault)
	case form != formZip:
		p.packed(a, m, file, list.of(base), weight)
	case a.depth >= p.limits.Depth:
		p.fault(a, file, tooDeep(p.limits))
	default:
		p.nested(a, m, file, weight)
	}
}

// nested offers what is in an archive inside a.
func (p *listing) nested(a *archive, m *zip.File, file ingest.File, weight int64) {
	if refused := p.opening(file, false); refused != "" {
		p.fault(a, file, refused)
		return
	}
	spooled, size, err := p.spool(a, m)
	switch {
	case errors.Is(err, errNoRoom):
		p.noRoom(a, file)
	case err == nil:
		p.archive(&archive{file: file, from: spooled, depth: a.depth + 1, budget: a.budget, weight: weight, parent: a}, size)
	case !p.ended():
		p.fault(a, file, packing(err))
	}
}

// modified is a member's time, or the epoch where it has none.
func modified(m *zip.File) time.Time {
	if m.Modified.Year() < 1980 { // before there were zips
		return time.Unix(0, 0).UTC()
	}
	return m.Modified.UTC()
}

// packed offers a member that is no archive, with what the runner wrote about it.
func (p *listing) packed(a *archive, m *zip.File, file ingest.File, w exportText, weight int64) {
	done := p.alone(memberSize(m))
	if p.ended() {
		return
	}
	a.users.Add(1)
	file.Version = w.changeHash()
	read := func(_ context.Context, known func(string) (bool, error)) (ingest.Content, error) {
		c, err := p.readMember(a, m, file.Path, w, known)
		if c.Broken != "" {
			a.fail()
		}
		return c, err
	}
	p.weighed(ingest.Item{Name: file.Path, File: &file, Read: read, Done: func() { done(); a.release() }}, weight)
}

// memberSize is what a member says of its unpacked size, if that can be.
func memberSize(m *zip.File) int64 {
	return int64(min(m.UncompressedSize64, bestPacking*min(m.CompressedSize64, 1<<40))) // #nosec G115 -- bounded
}

func (s *Source) readMember(a *archive, m *zip.File, name string, w exportText, known func(string) (bool, error)) (ingest.Content, error) {
	r, err := m.Open()
	if err != nil {
		return ingest.Content{Broken: packing(err)}, nil
	}
	defer r.Close()
	c, err := s.read(a.budget.reader(r), memberSize(m), name, a.budget, w, known)
	if c.Transient { // not the disk: the packing
		c.Transient, c.Broken = false, "its packing in the archive is broken"
	}
	return c, err
}

// fault offers a file inside a (nil on the disk) that cannot be read; it is
// remembered, so that it is not tried again before it changes.
func (p *listing) fault(a *archive, file ingest.File, fault string) {
	a.fail()
	p.offer(ingest.Item{Name: file.Path, File: &file, Read: ingest.Ready(ingest.Content{Broken: fault})})
}

// encrypted is the flag of a member that needs a password.
const encrypted = 1

// sniffMember tells the form of a member, or why it cannot be read.
func sniffMember(m *zip.File) (form, string) {
	if m.Flags&encrypted != 0 {
		return formOther, errLocked.Error()
	}
	r, err := m.Open()
	if err != nil {
		return formOther, packing(err)
	}
	defer r.Close()
	f, err := sniff(r)
	if err != nil && !errors.Is(err, zip.ErrChecksum) {
		return formOther, packing(err)
	}
	return f, ""
}

// packing says what is wrong with a member's packing.
func packing(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, errTooMuch), errors.Is(err, errListTooLarge), errors.Is(err, errLocked):
		return err.Error()
	case errors.Is(err, zip.ErrAlgorithm):
		return "it is packed in a way that is not known here"
	case errors.As(err, &path):
		return "it could not be unpacked to the temporary folder: " + path.Err.Error()
	default:
		return "its packing in the archive is broken"
	}
}

// hiddenMember reports whether any part of a member's name is hidden.
func hiddenMember(name string) bool {
	return slices.ContainsFunc(strings.Split(path.Clean(strings.ReplaceAll(name, `\`, "/")), "/"), func(part string) bool {
		return hidden(part) && part != ".." && part != "."
	})
}
