package fitfile

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaitkeeper/ingest"

	"github.com/muktihari/fit/profile/typedef"
)

// member is a file in a zip.
type member struct {
	name string
	data []byte
}

func zipped(t testing.TB, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		h := &zip.FileHeader{Name: m.name, Method: zip.Deflate, Modified: time.Date(2026, 5, 1, 7, 0, 0, 0, time.UTC)}
		f, err := w.CreateHeader(h)
		if err == nil {
			_, err = f.Write(m.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(data)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchives(t *testing.T) {
	run := func(n int) []byte { return madeRun(t, n) }
	ride := madeOf(t, typedef.SportCycling, typedef.SubSportRoad)
	inner := zipped(t, member{"deep.fit", run(35)}, member{"ride.fit", ride})
	inside := zipped(t, member{"deep.fit", run(35)}, member{"other.fit", run(99)}, member{"x", make([]byte, 1<<20)})
	outer := zipped(t, member{"one.fit", run(30)}, member{"b.zip", inside})
	stored := sizesBefore(t, zip.Store, member{"one.fit", run(30)}, member{"b.zip", inside})
	locked := zipped(t, member{"a.fit", run(30)})
	for _, at := range []int{6, bytes.Index(locked, []byte("PK\x01\x02")) + 8} {
		locked[at] |= encrypted
	}
	damaged := zipped(t, member{"a.fit", run(200)}, member{"b.fit", run(30)})
	for i := 200; i < 230; i++ {
		damaged[i] ^= 0xFF
	}
	wrongSum := gzipped(t, run(30))
	wrongSum[len(wrongSum)-6] ^= 1
	cutInside := map[string]result{"a.zip": {Broken: "end is missing"}, "a.zip!b.zip": {Broken: "end is missing"}, "a.zip!one.fit": {Runs: 1}, "a.zip!b.zip!deep.fit": {Runs: 1}, "a.zip!b.zip!other.fit": {Runs: 1, Broken: "its packing"}}
	tests := map[string]struct {
		file string
		data []byte
		want map[string]result
	}{
		"gzip":                    {"a.fit.gz", gzipped(t, run(30)), map[string]result{"a.fit.gz": {Runs: 1}}},
		"gzip named FIT":          {"a.fit", gzipped(t, run(30)), map[string]result{"a.fit": {Runs: 1}}},
		"zip named FIT":           {"a.fit", zipped(t, member{"x.fit", run(30)}), map[string]result{"a.fit!x.fit": {Runs: 1}}},
		"gzip of gzip":            {"a.fit.gz", gzipped(t, gzipped(t, run(30))), map[string]result{"a.fit.gz": {Runs: 1}}},
		"gzip of text":            {"a.fit.gz", gzipped(t, []byte("no watch wrote this")), map[string]result{"a.fit.gz": {Broken: "not a FIT file"}}},
		"a gzip with a wrong sum": {"a.fit.gz", wrongSum, map[string]result{"a.fit.gz": {Runs: 1, Broken: "gzip packing is broken"}}},
		"half a gzip":             {"a.fit.gz", gzipped(t, run(300))[:900], map[string]result{"a.fit.gz": {Runs: 1, Broken: "gzip packing is broken"}}},
		"too many gzips":          {"a.fit.gz", gzipped(t, gzipped(t, gzipped(t, gzipped(t, run(30))))), map[string]result{"a.fit.gz": {Broken: "inside each other"}}},
		"zip": {
			"a.zip", zipped(t, member{"dir/one.fit", run(30)}, member{"two.fit", run(31)}, member{"ride.fit", ride},
				member{"notes.txt", []byte("x")}, member{"__MACOSX/._one.fit", []byte("x")}, member{"three.fit.gz", gzipped(t, run(32))}),
			map[string]result{"a.zip!dir/one.fit": {Runs: 1}, "a.zip!two.fit": {Runs: 1}, "a.zip!ride.fit": {Skipped: "cycling"}, "a.zip!three.fit.gz": {Runs: 1}},
		},
		"zip in zip": {
			"a.zip", zipped(t, member{"one.fit", run(30)}, member{"parts/inner.zip", inner}),
			map[string]result{"a.zip!one.fit": {Runs: 1}, "a.zip!parts/inner.zip!deep.fit": {Runs: 1}, "a.zip!parts/inner.zip!ride.fit": {Skipped: "cycling"}},
		},
		"zip in zip, named FIT": {
			"a.zip", zipped(t, member{"inner.fit", inner}),
			map[string]result{"a.zip!inner.fit!deep.fit": {Runs: 1}, "a.zip!inner.fit!ride.fit": {Skipped: "cycling"}},
		},
		"zips too deep": {
			"a.zip", zipped(t, member{"b.zip", zipped(t, member{"c.zip", zipped(t, member{"d.zip", inner})})}),
			map[string]result{"a.zip": {Broken: "1 of its"}, "a.zip!b.zip": {Broken: "1 of its"}, "a.zip!b.zip!c.zip": {Broken: "1 of its"}, "a.zip!b.zip!c.zip!d.zip": {Broken: "inside each other"}},
		},
		"bad member": {
			"a.zip", zipped(t, member{"bad.fit", []byte("no watch wrote this")}, member{"good.fit", run(30)}),
			map[string]result{"a.zip": {Broken: "1 of its"}, "a.zip!bad.fit": {Broken: "not a FIT"}, "a.zip!good.fit": {Runs: 1}},
		},
		"damaged member": {
			"a.zip", damaged,
			map[string]result{"a.zip": {Broken: "1 of its"}, "a.zip!a.fit": {Broken: "packing in the archive"}, "a.zip!b.fit": {Runs: 1}},
		},
		"locked":           {"a.zip", locked, map[string]result{"a.zip": {Broken: "1 of its"}, "a.zip!a.fit": {Broken: "password"}}},
		"half a zip":       {"a.zip", inner[:len(inner)/2], map[string]result{"a.zip": {Broken: "end is missing"}, "a.zip!deep.fit": {Runs: 1}, "a.zip!ride.fit": {Broken: "its packing"}}},
		"beginning of one": {"a.zip", inner[:100], map[string]result{"a.zip": {Broken: "end is missing"}, "a.zip!deep.fit": {Broken: "its packing"}}},
		"half a zip inside": {
			"a.zip", zipped(t, member{"b.zip", inner[:len(inner)/2]}),
			map[string]result{
				"a.zip": {Broken: "2 of its"}, "a.zip!b.zip": {Broken: "end is missing"}, "a.zip!b.zip!deep.fit": {Runs: 1},
				"a.zip!b.zip!ride.fit": {Broken: "its packing"},
			},
		},
		"cut off in a zip inside":             {"a.zip", outer[:len(outer)-300], cutInside},
		"cut off in a zip that is not packed": {"a.zip", stored[:len(stored)-1800], cutInside},
		"photos":                              {"a.zip", zipped(t, member{"a.jpg", []byte("x")}), map[string]result{}},
	}
	limits := DefaultLimits()
	limits.Depth = 3
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, tt.file, tt.data)
			checkTaken(t, tt.want, taken(t, NewWatch(limits, 0, time.Now, dir), dir, map[string]ingest.File{}))
		})
	}
}

func TestLimitsEndWhatWasMadeToExplode(t *testing.T) {
	big := make([]byte, 5<<18) // begins like a FIT file, and packs to nearly nothing
	copy(big, madeRun(t, 30)[:14])
	many := make([]member, 20)
	for i := range many {
		many[i] = member{fmt.Sprintf("%02d.fit", i), big[:64<<10]}
	}
	limits := DefaultLimits()
	limits.File, limits.Unpacked, limits.Members, limits.Depth = 1<<20, 64<<20, 10, 3
	tests := map[string]struct {
		file   string
		data   []byte
		change func(*Limits)
		want   string // in the reason of the last offer
	}{
		"a file too large":        {"a.fit", big, nil, "larger than 1 MB"},
		"a gzip too large":        {"a.fit.gz", gzipped(t, big), nil, "larger than 1 MB"},
		"a member too large":      {"a.zip", zipped(t, member{"a.fit", big}), nil, "larger than 1 MB"},
		"too many members":        {"a.zip", zipped(t, many...), nil, "more than 10 members"},
		"too much altogether":     {"a.zip", zipped(t, many[:10]...), func(l *Limits) { l.Unpacked = 512 << 10 }, "unpacks to more"},
		"too much for the disk":   {"a.zip", zipped(t, member{"b.zip", append([]byte("PK\x03\x04"), make([]byte, 2<<20)...)}), func(l *Limits) { l.Unpacked = 1 << 20 }, "unpacks to more"},
		"too much through a gzip": {"a.fit.gz", gzipped(t, big), func(l *Limits) { l.File, l.Unpacked = 4<<20, 1<<20 }, "unpacks to more"},
		"members of inner ones":   {"a.zip", zipped(t, member{"b.zip", zipped(t, many[:6]...)}, member{"c.zip", zipped(t, many[:6]...)}), nil, "more than 10 members"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, tt.file, tt.data)
			l := limits
			if tt.change != nil {
				tt.change(&l)
			}
			var reasons []string
			for _, r := range taken(t, NewImport(l, dir), dir, map[string]ingest.File{}) {
				reasons = append(reasons, r.Broken)
			}
			if !strings.Contains(strings.Join(reasons, "\n"), tt.want) {
				t.Errorf("reasons %q, want %q", reasons, tt.want)
			}
		})
	}
}

// TestAnArchiveIsRememberedWhole: an archive that was read need not be opened
// again; one that was read in part goes on where it stopped.
func TestAnArchiveIsRememberedWhole(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "a.zip", zipped(t, member{"one.fit", madeRun(t, 30)}, member{"two.fit", madeRun(t, 31)}))
	files := map[string]ingest.File{}
	for o := range opened(NewImport(DefaultLimits(), dir).Offers(t.Context(), remembered(nil))) {
		c, err := o.Read(t.Context(), func(string) (bool, error) { return false, nil })
		if err != nil {
			t.Fatal(err)
		}
		remember(files, o, c)
		o.Done()
		break // interrupted after the first member
	}
	checkTaken(t, map[string]result{"a.zip!one.fit": {Known: true}, "a.zip!two.fit": {Runs: 1}},
		taken(t, NewImport(DefaultLimits(), dir), dir, files))
	overwrite(t, path)
	checkTaken(t, map[string]result{"a.zip": {Known: true}}, taken(t, NewImport(DefaultLimits(), dir), dir, files))
}

// TestNothingIsLeftInTheTemporaryFolder: archives in archives are unpacked to
// the disk, which must be free of them afterwards, also when nobody reads on.
func TestNothingIsLeftInTheTemporaryFolder(t *testing.T) {
	dir, temp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temp)
	write(t, dir, "a.zip", zipped(t, member{"b.zip", zipped(t, member{"one.fit", madeRun(t, 30)})}))
	for o := range opened(NewImport(DefaultLimits(), dir).Offers(t.Context(), remembered(nil))) {
		if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
		o.Done()
		break
	}
	if n := openFiles(t, temp); n > 0 {
		t.Errorf("%d files there are still open", n)
	}
}

// openFiles counts the open files of this process under dir.
func openFiles(t *testing.T, dir string) int {
	t.Helper()
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil || len(links) == 0 {
		t.Skip("skipped: no /proc here")
	}
	n := 0
	for _, l := range links {
		if to, err := os.Readlink(l); err == nil && strings.HasPrefix(to, dir) {
			n++
		}
	}
	return n
}

// An archive is announced before it is opened, also one in another, and so is a list
// of activities; they stay closed where that is refused.
func TestARefusedArchiveStaysClosed(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.zip", zipped(t, member{name: "b.zip", data: zipped(t, member{name: "x.fit", data: []byte("x")})}))
	write(t, dir, "activities.csv", []byte("Filename\n"))
	write(t, dir, "activities/1.fit", []byte("x"))
	for _, refused := range []string{"a.zip", "a.zip!b.zip", "activities.csv"} {
		var broken []string
		for o, err := range NewImport(DefaultLimits(), dir).Offers(t.Context(), remembered(nil)) {
			switch {
			case err != nil:
				t.Fatal(err)
			case o.Opening != nil && o.Name == filepath.Join(dir, refused):
				o.Opening.Refused = "not this one"
			case o.Opening == nil && o.Name == filepath.Join(dir, refused):
				c, err := o.Read(t.Context(), nil)
				broken = append(broken, fmt.Sprint(c.Broken, err))
			case o.Done != nil:
				if refused != activitiesList && filepath.Ext(o.Name) == ".fit" && strings.Contains(o.Name, refused) {
					t.Errorf("%s is on offer", o.Name)
				}
				o.Done()
			}
		}
		if len(broken) != 1 || broken[0] != "not this one<nil>" {
			t.Errorf("%s: %q", refused, broken)
		}
	}
}
