package fitfile

import (
	"context"
	"errors"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gaitkeeper/ingest"

	"github.com/google/go-cmp/cmp"
	"github.com/muktihari/fit/profile/typedef"
)

// result is what came of one offer, in short.
type result struct {
	Runs    int
	Skipped string
	Broken  string // as much of the reason as the test names
	Known   bool
	Waits   time.Duration
}

// taken reads every offer of s as a sync would and returns what came of each,
// by its name under dir. files is what is remembered, and is added to.
func taken(t *testing.T, s *Source, dir string, files map[string]ingest.File) map[string]result {
	t.Helper()
	ctx := t.Context()
	known := func(sha string) (bool, error) {
		for _, f := range files {
			if f.SHA256 == sha && f.Outcome != ingest.FileFailed {
				return true, nil
			}
		}
		return false, nil
	}
	results, count, total := map[string]result{}, 0, 0
	for o, err := range opened(s.Offers(ctx, remembered(files))) {
		if err != nil {
			t.Fatal(err)
		}
		count, total = count+1, o.Total
		name := strings.TrimPrefix(strings.TrimPrefix(o.Name, dir), string(filepath.Separator))
		r := result{Broken: o.Failed, Known: o.Known, Waits: o.Wait}
		if o.Read != nil {
			c, err := o.Read(ctx, known)
			if err != nil {
				t.Fatal(err)
			}
			r = result{Runs: len(c.Runs), Skipped: strings.Join(c.Skipped, " "), Broken: c.Broken, Known: c.Known}
			remember(files, o, c)
		}
		if o.Done != nil {
			o.Done()
		}
		if old, twice := results[name]; twice && old != r {
			t.Errorf("%s was offered twice", name)
		}
		if !o.Last || r.Broken != "" {
			results[name] = r
		}
	}
	if count != total {
		t.Errorf("%d offers, %d announced", count, total)
	}
	return results
}

// opened gives leave to open every archive.
func opened(offers iter.Seq2[ingest.Item, error]) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		for o, err := range offers {
			if o.Opening == nil && !yield(o, err) {
				return
			}
		}
	}
}

// remembered hands out a copy of files, as a store does.
func remembered(files map[string]ingest.File) ingest.Remembered {
	return func(context.Context) (map[string]ingest.File, error) { return maps.Clone(files), nil }
}

func remember(files map[string]ingest.File, o ingest.Item, c ingest.Content) {
	if o.File == nil || c.Transient || files == nil {
		return
	}
	f := *o.File
	f.SHA256 = c.SHA256
	f.Outcome = ingest.FileImported
	if c.Broken != "" {
		f.Outcome = ingest.FileFailed
	}
	files[f.Path] = f
}

// checkTaken compares results; a wanted reason need only be a part of the real one.
func checkTaken(t *testing.T, want, got map[string]result) {
	t.Helper()
	for name, w := range want {
		if g, ok := got[name]; ok && w.Broken != "" && strings.Contains(g.Broken, w.Broken) {
			g.Broken = w.Broken
			got[name] = g
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// write makes a file with its folders and returns its path.
func write(t testing.TB, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFolderIsReadToItsEnds(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.fit", madeRun(t, 30))
	write(t, dir, "2026/05/B.FIT", madeRun(t, 31))
	write(t, dir, "2026/ride.fit", madeOf(t, typedef.SportCycling, typedef.SubSportRoad))
	write(t, dir, "bad.fit", []byte("no watch wrote this file"))
	write(t, dir, "empty.fit", nil)
	write(t, dir, "notes.txt", []byte("read me"))
	write(t, dir, "photo.jpg", []byte{0xFF, 0xD8})
	write(t, dir, "._a.fit", []byte("what a Mac leaves behind"))
	write(t, dir, ".trash/c.fit", madeRun(t, 32))
	write(t, dir, "half.fit.part", madeRun(t, 33)[:200])
	checkTaken(t, map[string]result{
		"a.fit": {Runs: 1}, "2026/05/B.FIT": {Runs: 1}, "2026/ride.fit": {Skipped: "cycling"},
		"bad.fit": {Broken: "not a FIT file"}, "empty.fit": {Broken: "empty"},
	}, taken(t, NewImport(DefaultLimits(), dir), dir, map[string]ingest.File{}))
}

func TestWhatAPersonNamesIsTakenOrNamed(t *testing.T) {
	dir := t.TempDir()
	text := write(t, dir, "notes.txt", []byte("read me, I am no watch"))
	run := write(t, dir, "run.bin", madeRun(t, 30))
	hiddenRun := write(t, dir, ".run", madeRun(t, 31))
	checkTaken(t, map[string]result{
		"notes.txt": {Broken: "not a FIT file"}, "run.bin": {Runs: 1}, ".run": {Runs: 1},
		"nowhere": {Broken: "no such file"},
	}, taken(t, NewImport(DefaultLimits(), text, run, hiddenRun, filepath.Join(dir, "nowhere"), run), dir, map[string]ingest.File{}))
}

// A zip that holds no FIT file is passed over, as a file is that is not FIT by its
// name; one whose files could not be read has failed.
func TestAZipWithoutFITIsPassedOver(t *testing.T) {
	for name, tt := range map[string]struct {
		zip             []byte
		skipped, broken string
	}{
		"photos": {zipped(t, member{"a.jpg", []byte("photo")}), "zip without FIT files", ""},
		"GPX":    {zipped(t, member{"a.gpx", []byte("x")}), "zip without FIT files", ""},
		"broken": {zipped(t, member{"a.fit", []byte("x")}), "", "1 of its files could not be read"},
		"a run":  {zipped(t, member{"a.fit", madeRun(t, 30)}), "", ""},
	} {
		path := write(t, t.TempDir(), "a.zip", tt.zip)
		for o, err := range opened(NewImport(DefaultLimits(), path).Offers(t.Context(), remembered(nil))) {
			if err != nil {
				t.Fatal(err)
			}
			if o.Read == nil {
				continue
			}
			c, err := o.Read(t.Context(), func(string) (bool, error) { return false, nil })
			if o.Done != nil {
				o.Done()
			}
			if err != nil {
				t.Fatal(err)
			}
			if o.Last && (strings.Join(c.Skipped, " ") != tt.skipped || c.Broken != tt.broken || (o.File.Outcome == ingest.FileSkipped) != (tt.skipped != "")) {
				t.Errorf("%s: %+v, remembered as %s", name, c, o.File.Outcome)
			}
		}
	}
}

func TestLinksAreFollowedOnce(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	write(t, elsewhere, "far.fit", madeRun(t, 30))
	write(t, dir, "near.fit", madeRun(t, 31))
	for link, to := range map[string]string{
		"loop": dir, "far": elsewhere, "again": elsewhere, "dangling.fit": filepath.Join(dir, "gone.fit"),
		"dangling.txt": filepath.Join(dir, "gone.txt"), "self.fit": filepath.Join(dir, "self.fit"),
	} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip("skipped: no symbolic links here")
		}
	}
	checkTaken(t, map[string]result{
		"near.fit": {Runs: 1}, "again/far.fit": {Runs: 1},
		"dangling.fit": {Broken: "no such file"}, "self.fit": {Broken: "leads back to itself"},
	}, taken(t, NewImport(DefaultLimits(), dir), dir, map[string]ingest.File{}))
}

func TestWhatMayNotBeReadIsNamedAndTheRestGoesOn(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("skipped: root may read everything")
	}
	dir := t.TempDir()
	locked := write(t, dir, "locked.fit", madeRun(t, 30))
	write(t, dir, "folder/inside.fit", madeRun(t, 30))
	write(t, dir, "open.fit", madeRun(t, 31))
	for _, path := range []string{locked, filepath.Join(dir, "folder")} {
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(path, 0o700) })
	}
	files := map[string]ingest.File{}
	checkTaken(t, map[string]result{
		"locked.fit": {Broken: "may not read"}, "folder": {Broken: "may not read"}, "open.fit": {Runs: 1},
	}, taken(t, NewWatch(DefaultLimits(), 0, time.Now, dir), dir, files))
	if len(files) != 1 {
		t.Errorf("%d files remembered: what could not be opened has to be tried again", len(files))
	}
}

// TestNoPipeHoldsASyncUp: under whatever name it lies there.
func TestNoPipeHoldsASyncUp(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "activities/1.fit", madeRun(t, 30))
	for _, name := range []string{"activities.csv", "run.fit", "many.zip", "run.fit.gz", "run.gpx"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "endless.fit")); err != nil {
		t.Fatal(err)
	}
	want := map[string]result{"activities/1.fit": {Runs: 1}, "activities.csv": {Broken: "it is not a plain file"}}
	for _, s := range []*Source{NewWatch(DefaultLimits(), 0, time.Now, dir), NewImport(DefaultLimits(), dir)} {
		got := taken(t, s, dir, map[string]ingest.File{})
		delete(got, "run.gpx") // an import counts it by its name
		checkTaken(t, want, got)
	}
	if Empty(filepath.Join(dir, "run.fit")) {
		t.Error("a pipe is an empty folder")
	}
}

// TestAPipeThatTookTheNameOfAFile after the folder was read.
func TestAPipeThatTookTheNameOfAFile(t *testing.T) {
	for _, name := range []string{"a.fit", "a.zip"} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		p := &listing{Source: NewImport(DefaultLimits(), dir), ctx: t.Context()}
		failed := ""
		p.yield = func(o ingest.Item, _ error) bool { failed = o.Failed; return true }
		p.file(found{path: path, size: 1})
		if failed != "it is not a plain file" {
			t.Errorf("%s: %q", name, failed)
		}
	}
}

func TestWhatWasReadIsNotOpenedAgain(t *testing.T) {
	dir := t.TempDir()
	good := write(t, dir, "good.fit", madeRun(t, 30))
	bad := write(t, dir, "bad.fit", []byte("no watch wrote this file"))
	files := map[string]ingest.File{}
	watch := func() *Source { return NewWatch(DefaultLimits(), 0, time.Now, dir) }
	checkTaken(t, map[string]result{"good.fit": {Runs: 1}, "bad.fit": {Broken: "not a FIT"}}, taken(t, watch(), dir, files))

	// Bytes that cannot be read would show, were the files opened.
	overwrite(t, good)
	overwrite(t, bad)
	checkTaken(t, map[string]result{"good.fit": {Known: true}, "bad.fit": {Known: true}}, taken(t, watch(), dir, files))
	// A person who imports it again wants to know what is wrong with it.
	checkTaken(t, map[string]result{"good.fit": {Known: true}, "bad.fit": {Broken: "not a FIT"}},
		taken(t, NewImport(DefaultLimits(), dir), dir, files))

	// A failed file that changed is tried again, in watched folders, too.
	write(t, dir, "bad.fit", madeRun(t, 40))
	checkTaken(t, map[string]result{"good.fit": {Known: true}, "bad.fit": {Runs: 1}}, taken(t, watch(), dir, files))

	// The same bytes under another name are only remembered.
	write(t, dir, "copy.fit", madeRun(t, 40))
	checkTaken(t, map[string]result{"good.fit": {Known: true}, "bad.fit": {Known: true}, "copy.fit": {Known: true}}, taken(t, watch(), dir, files))
}

// overwrite changes every byte of a file, but neither its size nor its time.
func overwrite(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err == nil {
		err = os.WriteFile(path, make([]byte, info.Size()), 0o600)
	}
	if err == nil {
		err = os.Chtimes(path, time.Time{}, info.ModTime())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAFileStillBeingCopiedIsLeft(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for name, age := range map[string]time.Duration{
		"fresh.fit": 4 * time.Second, "quiet.fit": 10 * time.Second, "future.fit": -time.Hour, "skewed.fit": -2 * time.Second,
	} {
		path := write(t, dir, name, madeRun(t, 30))
		if err := os.Chtimes(path, now, now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	clock := func() time.Time { return now }
	checkTaken(t, map[string]result{
		"fresh.fit": {Waits: 6 * time.Second}, "quiet.fit": {Runs: 1}, "future.fit": {Runs: 1}, "skewed.fit": {Waits: 10 * time.Second},
	}, taken(t, NewWatch(DefaultLimits(), 10*time.Second, clock, dir), dir, nil))
	checkTaken(t, map[string]result{ // what a person names is there
		"fresh.fit": {Runs: 1}, "quiet.fit": {Runs: 1}, "future.fit": {Runs: 1}, "skewed.fit": {Runs: 1},
	}, taken(t, NewImport(DefaultLimits(), dir), dir, nil))
}

func TestOffersEndWithTheContext(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.fit", "b.fit", "c.fit"} {
		write(t, dir, name, madeRun(t, 30))
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var offered int
	var last error
	for _, err := range opened(NewImport(DefaultLimits(), dir).Offers(ctx, remembered(nil))) {
		if last = err; err == nil {
			offered++
		}
		stop()
	}
	if offered != 1 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d offers, error %v", offered, last)
	}
}

func TestNothingIsOfferedWhereTheMemoryCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.fit", madeRun(t, 30))
	locked := errors.New("locked")
	forgetful := func(context.Context) (map[string]ingest.File, error) { return nil, locked }
	var got []error
	for _, err := range NewWatch(DefaultLimits(), 0, time.Now, dir).Offers(t.Context(), forgetful) {
		got = append(got, err)
	}
	if len(got) != 1 || !errors.Is(got[0], locked) {
		t.Errorf("%v, want one error", got)
	}
}

func TestAFileNamedTwiceIsOfferedOnce(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.fit", madeRun(t, 30))
	write(t, dir, "b.fit", madeRun(t, 31))
	named := []string{filepath.Join(dir, "b.fit"), dir, filepath.Join(dir, "a.fit"), filepath.Join(dir, "b.fit")}
	var got []string
	for o, err := range opened(NewImport(DefaultLimits(), named...).Offers(t.Context(), remembered(nil))) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.Base(o.Name))
	}
	if diff := cmp.Diff([]string{"b.fit", "a.fit"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
