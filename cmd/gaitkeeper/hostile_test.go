//go:build !race

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zip"
)

// tamed is how much memory any file may take, in KiB.
const tamed = 256 << 10

// Small files that were made to fill the memory fill little of it.
func TestFilesMadeToFillTheMemory(t *testing.T) {
	for name, data := range map[string]func(*testing.T) []byte{
		"directory.zip": emptyMembers,
		"tiny.fit.gz":   func(t *testing.T) []byte { return tinyRecords(t, 12_000_000, false) },
		"grown.fit.gz":  func(t *testing.T) []byte { return tinyRecords(t, 12_000_000, true) },
		"week.fit.gz":   func(t *testing.T) []byte { return tinyRecords(t, 600_000, false) },
		"commas.zip":    commas,
		"lie.fit":       func(*testing.T) []byte { return append(fitHeader(1<<32-1), 0x40, 0, 0, 0) },
		"lie.fit.gz":    sizeLie,
	} {
		t.Run(name, func(t *testing.T) {
			p := newProcess(t, t.TempDir(), "hostile")
			p.program = filepath.Join(filepath.Dir(p.program), "measured")
			if err := os.Symlink(os.Args[0], p.program); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(p.state, name)
			if err := os.WriteFile(path, data(t), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := p.command("import", path).CombinedOutput()
			said, peak, _ := strings.Cut(string(out), peakSign)
			if err != nil && !strings.Contains(said, name) || said == "" {
				t.Errorf("it is not named: %v\n%s", err, said)
			}
			used, err := strconv.Atoi(strings.TrimSpace(peak))
			if err != nil {
				t.Skip("skipped: the system does not tell how much memory it took")
			}
			t.Logf("%d MiB: %s", used>>10, said)
			if used > tamed {
				t.Errorf("it took %d MiB", used>>10)
			}
		})
	}
}

// emptyMembers is a zip whose directory lists half a million members.
func emptyMembers(t *testing.T) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for range 500_000 {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: "a.fit"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// fitHeader is the header of a FIT file whose messages have so many bytes.
func fitHeader(size uint32) []byte {
	h := append([]byte{14, 0x20, 0, 8}, 0, 0, 0, 0, '.', 'F', 'I', 'T', 0, 0)
	binary.LittleEndian.PutUint32(h[4:], size)
	return h
}

// tinyRecords is a run of records of five bytes; the header of an unfinished one
// says nothing of its length.
func tinyRecords(t *testing.T, records uint32, unfinished bool) []byte {
	const first = 1_100_000_000
	begin := []byte{
		0x40, 0, 0, 0, 0, 1, 0, 1, 0, // file_id: type
		0, 4, // activity
		0x42, 0, 0, 18, 0, 4, 253, 4, 0x86, 2, 4, 0x86, 7, 4, 0x86, 5, 1, 0, // session: timestamp, start, length, sport
	}
	session := []byte{2}
	for _, v := range []uint32{first + records, first, min(records, 600_000) * 1000} {
		session = binary.LittleEndian.AppendUint32(session, v)
	}
	begin = append(append(begin, append(session, 1)...),
		0x41, 0, 0, 20, 0, 1, 253, 4, 0x86, // record: timestamp
	)
	size := uint32(len(begin)) + 5*records
	if unfinished {
		size = 0
	}
	return gzipped(t, func(put func([]byte)) {
		put(append(fitHeader(size), begin...))
		record := []byte{1, 0, 0, 0, 0}
		for i := range records {
			binary.LittleEndian.PutUint32(record[1:], first+i)
			put(record)
		}
		put([]byte{0, 0})
	})
}

// sizeLie is a small gzip that says that it holds 4 GB.
func sizeLie(t *testing.T) []byte {
	b := gzipped(t, func(put func([]byte)) { put(append(fitHeader(1<<32-1), make([]byte, 5000)...)) })
	copy(b[len(b)-4:], "\xff\xff\xff\xff")
	return b
}

// commas is an export of Strava whose list has one line of nothing but commas.
func commas(t *testing.T) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if _, err := w.Create("run.fit"); err != nil {
		t.Fatal(err)
	}
	list, err := w.Create("activities.csv")
	if err != nil {
		t.Fatal(err)
	}
	line := bytes.Repeat([]byte(","), 1<<20)
	for range 100 {
		if _, err := list.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t *testing.T, write func(put func([]byte))) []byte {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	write(func(part []byte) {
		if _, err := z.Write(part); err != nil {
			t.Fatal(err)
		}
	})
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
