package fitfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"gaitkeeper/ingest"
)

// exportTexts is the list of activities of one export. It is read when the first
// file is met that may be in it.
type exportTexts struct {
	place // of the list itself
	// known means that nothing in the list has changed since all its files were
	// dealt with.
	known bool
	// refused asks for leave to open it.
	refused func() string

	read  bool
	words map[string]exportText
	fault string
}

// of returns the words of a file in the folder of activities; none for a file
// that the list does not name, and where there is no list.
func (l *exportTexts) of(base string) exportText {
	if l == nil {
		return exportText{}
	}
	if !l.read {
		l.read = true
		l.words, l.fault = l.load()
	}
	return l.words[textKey(activitiesFolder+"/"+base)]
}

func (l *exportTexts) load() (map[string]exportText, string) {
	if refused := l.refused(); refused != "" {
		return nil, refused
	}
	r, err := l.open()
	if err != nil {
		return nil, l.why(err)
	}
	defer r.Close()
	list, fault, err := readWords(&capped{r: r, room: &l.budget.lists, cells: maxCells})
	if err != nil {
		fault = sentences(l.why(err), fault)
	}
	return list, fault
}

// news reports whether the words of a file that was read before may have changed
// since, and need to be looked at.
func (l *exportTexts) news(base string, old ingest.File) bool {
	return l != nil && !l.known && l.of(base).changeHash() != old.Version
}

// maxCells is how many commas a list of activities may have: a reader of CSV
// keeps three words for each cell of a line. The list of 20,000 activities has
// two million.
const maxCells = 3_000_000

// capped reads no more than is allowed.
type capped struct {
	r     io.Reader
	room  *atomic.Int64
	cells int
}

var (
	errListTooLarge = errors.New("it is larger than a list of activities can be")
	errLocked       = errors.New("it is locked by a password")
)

func (c *capped) Read(p []byte) (int, error) {
	left := c.room.Load()
	if left <= 0 || c.cells < 0 {
		return 0, errListTooLarge
	}
	n, err := c.r.Read(p[:min(int64(len(p)), left)])
	c.room.Add(-int64(n))
	c.cells -= bytes.Count(p[:n], []byte{','})
	return n, err
}

// diskLists finds the lists in folders, by the folder of the activities.
func (p *listing) diskLists(found []string) {
	p.lists = map[string]*exportTexts{}
	for _, at := range found {
		info, err := os.Stat(at)
		if err != nil {
			continue // gone since
		}
		l := p.list(p.onDisk(ingest.File{Path: at, Size: info.Size(), Modified: info.ModTime().UTC()}, false))
		l.known = p.seen(l.File)
		p.lists[filepath.Join(filepath.Dir(at), activitiesFolder)] = l
	}
}

// zipLists finds the lists in an archive, by the folder of the activities.
func (p *listing) zipLists(a *archive) map[string]*exportTexts {
	lists := map[string]*exportTexts{}
	for _, m := range a.zip.File {
		if folder, base := inFolder(m); base == activitiesList && !m.FileInfo().IsDir() && !hiddenMember(m.Name) {
			lists[path.Join(folder, activitiesFolder)] = p.list(a.member(m, 0))
		}
	}
	return lists
}

func (p *listing) list(at place) *exportTexts {
	return &exportTexts{place: at, refused: func() string { return p.opening(at) }}
}

// endLists offers the lists of folders that were read, to be remembered once
// all their files have been dealt with.
func (p *listing) endLists() {
	for _, folder := range slices.Sorted(maps.Keys(p.lists)) {
		l := p.lists[folder]
		if !l.read {
			continue
		}
		p.total++
		file := l.File
		file.Outcome = ingest.FileImported
		p.offer(ingest.Item{Name: file.Path, File: &file, Read: ingest.Ready(ingest.Content{Broken: l.fault}), Last: true})
	}
}

// foreign names the kind of recording, other than FIT, that a file's name
// promises; empty for any other.
func foreign(name string) string {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	for _, kind := range []string{"GPX", "TCX"} {
		if strings.HasSuffix(name, "."+strings.ToLower(kind)) {
			return fmt.Sprintf("%s (not FIT)", kind)
		}
	}
	return ""
}
