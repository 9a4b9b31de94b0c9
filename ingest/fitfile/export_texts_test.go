package fitfile

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gaitkeeper/ingest"

	"github.com/google/go-cmp/cmp"
)

// told are the words of the runs that a source offers, by the names of their
// files under dir. files is what is remembered, and is added to.
func told(t *testing.T, s *Source, dir string, files map[string]ingest.File) map[string]exportText {
	t.Helper()
	got := map[string]exportText{}
	for o, err := range opened(s.Offers(t.Context(), remembered(files))) {
		if err != nil {
			t.Fatal(err)
		}
		if o.Read == nil {
			continue
		}
		c, err := o.Read(t.Context(), func(string) (bool, error) { return true, nil }) // every byte was read before
		if err != nil {
			t.Fatal(err)
		}
		remember(files, o, c)
		if o.Done != nil {
			o.Done()
		}
		name, _ := filepath.Rel(dir, o.Name)
		if c.HasMetadata != (len(c.Runs) > 0) {
			t.Errorf("%s: worded %v with %d runs", name, c.HasMetadata, len(c.Runs))
		}
		for _, r := range c.Runs {
			got[name] = exportText{r.Title, r.Description, r.PrivateNote, r.Gear}
		}
	}
	return got
}

// TestWordsGoToTheirRuns: in the archive and in its folder, whatever of the bytes
// was read before, and each file once until its words change.
func TestWordsGoToTheirRuns(t *testing.T) {
	list := func(second string) []byte {
		return []byte(englishHeader + listRow("One", "#pain 4 left knee", "note", "Shoes", "activities/1.fit.gz") +
			listRow(second, "", "", "", "activities/2.fit") + listRow("Ride", "", "", "", "activities/3.gpx"))
	}
	one, two, other := gzipped(t, madeRun(t, 30)), madeRun(t, 31), madeRun(t, 32)
	first := exportText{"One", "#pain 4 left knee", "note", "Shoes"}
	t.Run("folder", func(t *testing.T) {
		dir := t.TempDir()
		write(t, dir, "export/activities/1.fit.gz", one)
		write(t, dir, "export/activities/2.fit", two)
		write(t, dir, "export/activities/other.fit", other)
		write(t, dir, "export/activities.csv", list("Two"))
		for kind, source := range map[string]func() *Source{
			"import": func() *Source { return NewImport(DefaultLimits(), dir) },
			"watch":  func() *Source { return NewWatch(DefaultLimits(), 0, time.Now, dir) },
		} {
			files := map[string]ingest.File{}
			write(t, dir, "export/activities.csv", list("Two"))
			want := map[string]exportText{"export/activities/1.fit.gz": first, "export/activities/2.fit": {title: "Two"}}
			if diff := cmp.Diff(want, told(t, source(), dir, files), cmp.AllowUnexported(exportText{})); diff != "" {
				t.Error(kind, diff)
			}
			if diff := cmp.Diff(map[string]exportText{}, told(t, source(), dir, files), cmp.AllowUnexported(exportText{})); diff != "" {
				t.Error(kind, "again:", diff)
			}
			write(t, dir, "export/activities.csv", list("Second"))
			want = map[string]exportText{"export/activities/2.fit": {title: "Second"}}
			if diff := cmp.Diff(want, told(t, source(), dir, files), cmp.AllowUnexported(exportText{})); diff != "" {
				t.Error(kind, "after an edit:", diff)
			}
		}
	})
	t.Run("archive", func(t *testing.T) {
		dir := t.TempDir()
		pack := func(second string) {
			write(t, dir, "e.zip", zipped(t, member{"x/activities/1.fit.gz", one}, member{"x/activities/2.fit", two},
				member{"x/activities/other.fit", other}, member{"x/activities.csv", list(second)}))
		}
		pack("Two")
		files := map[string]ingest.File{}
		source := func() *Source { return NewImport(DefaultLimits(), dir) }
		want := map[string]exportText{"e.zip!x/activities/1.fit.gz": first, "e.zip!x/activities/2.fit": {title: "Two"}}
		if diff := cmp.Diff(want, told(t, source(), dir, files), cmp.AllowUnexported(exportText{})); diff != "" {
			t.Error(diff)
		}
		pack("A long one on the other side of the river, with friends")
		want = map[string]exportText{"e.zip!x/activities/2.fit": {title: "A long one on the other side of the river, with friends"}}
		if diff := cmp.Diff(want, told(t, source(), dir, files), cmp.AllowUnexported(exportText{})); diff != "" {
			t.Error("a newer export:", diff)
		}
	})
}

// TestAListThatHasNotChangedIsNotOpened: a watched folder that holds an export
// costs a sync with nothing new nothing.
func TestAListThatHasNotChangedIsNotOpened(t *testing.T) {
	dir := t.TempDir()
	run := write(t, dir, "activities/1.fit", madeRun(t, 30))
	list := write(t, dir, "activities.csv", []byte(englishHeader+listRow("One", "", "", "", "activities/1.fit")))
	files := map[string]ingest.File{}
	told(t, NewWatch(DefaultLimits(), 0, time.Now, dir), dir, files)
	overwrite(t, list) // would be other words
	overwrite(t, run)  // would be broken
	checkTaken(t, map[string]result{"activities/1.fit": {Known: true}}, taken(t, NewWatch(DefaultLimits(), 0, time.Now, dir), dir, files))
}

func TestWhatOfAListCannotBeUsedIsSaid(t *testing.T) {
	nameless := []byte("a,b\n1,2\n")
	locked := zipped(t, member{"activities.csv", nameless}, member{"activities/1.fit", madeRun(t, 30)})
	for _, at := range []int{6, bytes.Index(locked, []byte("PK\x01\x02")) + 8} {
		locked[at] |= encrypted
	}
	limits := DefaultLimits()
	limits.List = 64 << 10
	tests := map[string]struct {
		name string
		data []byte
		want map[string]result
	}{
		"in a folder": {"activities.csv", nameless, map[string]result{
			"activities.csv": {Broken: "none of its columns names"}, "activities/1.fit": {Runs: 1},
		}},
		"too large": {"activities.csv", append([]byte(englishHeader), bytes.Repeat([]byte("7,8,9\n"), 20_000)...), map[string]result{
			"activities.csv": {Broken: "larger than a list"}, "activities/1.fit": {Runs: 1},
		}},
		"in an archive": {"e.zip", zipped(t, member{"activities.csv", nameless}, member{"activities/2.fit", madeRun(t, 31)}), map[string]result{
			"e.zip": {Broken: "1 of its"}, "e.zip!activities.csv": {Broken: "none of its columns names"}, "e.zip!activities/2.fit": {Runs: 1}, "activities/1.fit": {Runs: 1},
		}},
		"locked": {"e.zip", locked, map[string]result{
			"e.zip": {Broken: "1 of its"}, "e.zip!activities.csv": {Broken: "password"}, "e.zip!activities/1.fit": {Runs: 1, Known: false}, "activities/1.fit": {Runs: 1},
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "activities/1.fit", madeRun(t, 30))
			write(t, dir, tt.name, tt.data)
			got := taken(t, NewImport(limits, dir), dir, map[string]ingest.File{})
			if r := got["e.zip!activities/1.fit"]; r.Known { // the same bytes as those of the folder
				got["e.zip!activities/1.fit"] = result{Runs: 1}
			}
			checkTaken(t, tt.want, got)
		})
	}
}

// TestOtherRecordingsAreCounted by a person's import; a watched folder passes
// them over.
func TestOtherRecordingsAreCounted(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "activities/1.fit", madeRun(t, 30))
	write(t, dir, "activities/2.gpx.gz", []byte("x"))
	write(t, dir, "activities/3.TCX", []byte("x"))
	write(t, dir, "e.zip", zipped(t, member{"activities/4.gpx", []byte("x")}, member{"activities/5.fit", madeRun(t, 31)}, member{"a.json", []byte("x")}))
	count := func(s *Source) map[string]int {
		skipped := map[string]int{}
		for o := range opened(s.Offers(t.Context(), remembered(nil))) {
			if o.Skipped != "" {
				skipped[o.Skipped]++
			}
			if o.Done != nil {
				o.Done()
			}
		}
		return skipped
	}
	if diff := cmp.Diff(map[string]int{"GPX (not FIT)": 2, "TCX (not FIT)": 1}, count(NewImport(DefaultLimits(), dir))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{}, count(NewWatch(DefaultLimits(), 0, time.Now, dir))); diff != "" {
		t.Error(diff)
	}
}

// TestTheBytesAheadRunOut: what is left shrinks with every offer, archives in
// archives included, and ends at nothing.
func TestTheBytesAheadRunOut(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.fit", madeRun(t, 30))
	inner := zipped(t, member{"b.fit", madeRun(t, 300)}, member{"c.fit", madeRun(t, 31)}, member{"photo.jpg", make([]byte, 5000)})
	write(t, dir, "b.zip", zipped(t, member{"inner.zip", inner}, member{"photo.jpg", make([]byte, 9000)}, member{"d.fit", madeRun(t, 32)}))
	write(t, dir, "c.fit", madeRun(t, 33))
	var all int64
	for _, name := range []string{"a.fit", "b.zip", "c.fit"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		all += info.Size()
	}
	last, sum, offers := all, int64(0), 0
	for o := range opened(NewImport(DefaultLimits(), dir).Offers(t.Context(), remembered(nil))) {
		if o.Left > last || o.Weight < 0 {
			t.Errorf("%s: %d bytes left after %d, weight %d", o.Name, o.Left, last, o.Weight)
		}
		last, sum, offers = o.Left, sum+o.Weight, offers+1
		if o.Done != nil {
			o.Done()
		}
	}
	if last != 0 || sum > all || sum < all*9/10 {
		t.Errorf("%d of %d bytes left after %d offers that weigh %d", last, all, offers, sum)
	}
}
