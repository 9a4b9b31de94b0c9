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
)

// archive is an open zip whose members are on offer. It is closed when the
// last of them is done with.
type archive struct {
	place // of the zip itself
	zip   *zip.Reader
	from  *os.File
	depth int // 1 on the disk, 2 inside another one

	lists  map[string]*exportTexts
	users  atomic.Int64
	broken atomic.Int64 // members that could not be read
	again  atomic.Bool  // for want of room: worth another try
	held   bool         // a member that promises FIT
	cut    bool         // its end is missing
}

// hold keeps the archive, if there is one, open until release.
func (a *archive) hold() {
	if a != nil {
		a.users.Add(1)
	}
}

func (a *archive) release() {
	if a != nil && a.users.Add(-1) == 0 {
		_ = a.from.Close()
	}
}

// fail counts a broken member, in all archives around it.
func (a *archive) fail() {
	for ; a != nil; a = a.in {
		a.broken.Add(1)
	}
}

// archive opens the archive in a place and offers what it holds, and at last itself.
func (p *listing) archive(at place) {
	depth := 1
	if at.in != nil {
		depth += at.in.depth
	}
	if depth > p.limits.Depth {
		p.fault(at, tooDeep(p.limits))
		return
	}
	if refused := p.opening(at); refused != "" {
		p.fault(at, refused)
		return
	}
	from, size, err := p.spool(at)
	switch {
	case errors.Is(err, errNoRoom):
		p.noRoom(at)
	case err == nil:
		p.opened(&archive{place: at, from: from, depth: depth}, size)
	case !p.ended():
		p.unreadable(at, err)
	}
}

// opened offers the members of a, and at last a itself.
func (p *listing) opened(a *archive, size int64) {
	a.hold()
	defer a.release()
	var fault string
	a.zip, a.cut, fault = openOrSalvage(p.ctx, a.from, size, a.budget)
	switch {
	case p.ended():
		return
	case fault != "":
		p.fault(a.place, fault)
		return
	case a.cut:
		a.in.fail()
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
		folder, base := inFolder(m)
		weight := int64(float64(a.weight) * float64(m.CompressedSize64) / float64(max(packed, 1)))
		p.place(a.member(m, weight), a.lists[folder], base)
	}
	p.left = after
}

// listFaults offers the lists of activities that could not be used as they are.
func (p *listing) listFaults(a *archive) {
	for _, folder := range slices.Sorted(maps.Keys(a.lists)) {
		if l := a.lists[folder]; l.fault != "" {
			p.total++
			p.fault(l.place, l.fault)
		}
	}
}

// close offers the archive itself, to be remembered after its members.
func (p *listing) close(a *archive) {
	file := a.File
	file.Outcome = ingest.FileImported
	var nothing []string
	if !a.held && !p.watched && a.in == nil {
		nothing = []string{"zip without FIT files"}
		file.Outcome, file.Reason = ingest.FileSkipped, "there is no FIT file in it"
	}
	read := func(context.Context, func(string) (bool, error)) (ingest.Content, error) {
		if a.cut {
			return ingest.Content{Broken: "its end is missing: only what stands before the cut was read. Copy or download it again"}, nil
		}
		if n := a.broken.Load(); n > 0 {
			return ingest.Content{Broken: fmt.Sprintf("%d of its files could not be read", n), Reported: true, Transient: a.again.Load()}, nil
		}
		return ingest.Content{Skipped: nothing}, nil
	}
	p.offer(ingest.Item{Name: file.Path, File: &file, Read: read, Last: true})
}

// inFolder returns the folder and the name of a member, with slashes.
func inFolder(m *zip.File) (folder, base string) {
	name := path.Clean(strings.ReplaceAll(m.Name, `\`, "/"))
	return path.Dir(name), path.Base(name)
}

// child is what to remember of a member.
func (a *archive) child(m *zip.File) ingest.File {
	return ingest.File{
		Path: a.Path + "!" + strings.ToValidUTF8(m.Name, "?"),
		Size: int64(min(m.UncompressedSize64, 1<<62)), Modified: modified(m),
	}
}

// modified is a member's time, or the epoch where it has none.
func modified(m *zip.File) time.Time {
	if m.Modified.Year() < 1980 { // before there were zips
		return time.Unix(0, 0).UTC()
	}
	return m.Modified.UTC()
}

// memberSize is what a member says of its unpacked size, if that can be.
func memberSize(m *zip.File) int64 {
	return int64(min(m.UncompressedSize64, bestPacking*min(m.CompressedSize64, 1<<40))) // #nosec G115 -- bounded
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
