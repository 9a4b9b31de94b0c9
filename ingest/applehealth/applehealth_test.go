package applehealth

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/internal/healthexport"
	"gaitkeeper/internal/simulate"
)

var start = time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)

// walks are a few hundred, oldest first, as the export knows them.
func walks() []gait.Walk {
	return simulate.NewWalker(1).Days(start, 30, nil)
}

func written(t testing.TB, e healthexport.Export) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := e.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipped puts members into an archive in a folder of its own.
func zipped(t testing.TB, members map[string][]byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "export.zip")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range members {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func nothing(context.Context) (map[string]ingest.File, error) { return nil, nil }

// contents are what a source offers, all in one, and the last word about each file.
func contents(t testing.TB, s *Source, remembered ingest.Remembered) (all ingest.Content, items []ingest.Item) {
	t.Helper()
	for o, err := range s.Offers(t.Context(), remembered) {
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, o)
		if o.Read == nil {
			continue
		}
		c, err := o.Read(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		all.Skipped = append(all.Skipped, c.Skipped...)
		all.Walks, all.Runs = append(all.Walks, c.Walks...), append(all.Runs, c.Runs...)
		all.Broken += c.Broken
	}
	return all, items
}

func TestExportIsFoundByWhatIsInIt(t *testing.T) {
	export := written(t, healthexport.Export{Walks: walks()})
	other := bytes.Repeat([]byte("<ClinicalDocument>"), 100_000)
	for name, members := range map[string]map[string][]byte{
		"English":       {"apple_health_export/export.xml": export, "apple_health_export/export_cda.xml": other},
		"Norwegian":     {"apple_health_export/eksport.xml": export, "apple_health_export/export_cda.xml": other},
		"Spanish":       {"apple_health_export/exportación.xml": export},
		"German":        {"Exportieren.xml": export},
		"beside others": {"apple_health_export/export.xml": export, "apple_health_export/electrocardiograms/x.xml": other, "a/workout-routes/r.gpx": other},
	} {
		file := zipped(t, members)
		if exports, others := Among([]string{file}); len(exports) != 1 || len(others) != 0 {
			t.Errorf("%s: not recognised", name)
		}
		got, _ := contents(t, NewImport(file), nothing)
		if len(got.Walks) != len(walks()) || got.Broken != "" {
			t.Errorf("%s: %d walks of %d, %s", name, len(got.Walks), len(walks()), got.Broken)
		}
	}
	for name, members := range map[string]map[string][]byte{
		"FIT files": {"a.fit": []byte("x")}, "another XML": {"export.xml": other}, "nothing": {},
	} {
		file := zipped(t, members)
		if exports, others := Among([]string{file}); len(exports) != 0 || len(others) != 1 {
			t.Errorf("%s is taken for an export", name)
		}
	}
}

func TestWalksComeBackWhole(t *testing.T) {
	zone := time.FixedZone("", 3600+1800)
	want := walks()
	for _, broken := range []bool{false, true} {
		// Filler of several blocks puts elements across their borders.
		file := zipped(t, map[string][]byte{"export.xml": written(t, healthexport.Export{Walks: want, Filler: 3*blockSize + 12345, Broken: broken, Zone: zone})})
		got, _ := contents(t, NewImport(file), nothing)
		if d := cmp.Diff(byStart(want), byStart(got.Walks)); d != "" || got.Broken != "" {
			t.Errorf("broken %v: %s\n%s", broken, got.Broken, d)
		}
	}
}

func byStart(walks []gait.Walk) map[time.Time]gait.Walk {
	m := map[time.Time]gait.Walk{}
	for _, w := range walks {
		m[w.Start] = w
	}
	return m
}

func TestMangledRecordsAreLeftOut(t *testing.T) {
	record := func(attributes string) string {
		return `<Record type="HKQuantityTypeIdentifierWalkingAsymmetryPercentage" ` + attributes + "/>\n"
	}
	const times = `startDate="2026-01-01 18:11:16 +0900" endDate="2026-01-01 18:11:38 +0900"`
	good := record(times + ` unit="%" value="0.07"`)
	for name, tt := range map[string]struct {
		xml  string
		want int
	}{
		"good":                {good, 1},
		"twelve hours":        {record(`startDate="2026-01-01 6:11:16 PM +0900" endDate="2026-01-01 6:11:38 pm +0900" value="0.07"`), 1},
		"no value":            {record(times), 0},
		"no number":           {record(times + ` value="NaN"`), 0},
		"a share of 100 %":    {record(times + ` value="1"`), 0},
		"more than that":      {record(times + ` value="7"`), 0},
		"less than none":      {record(times + ` value="-0.1"`), 0},
		"no time":             {record(`value="0.07"`), 0},
		"an end before":       {record(`startDate="2026-01-02 18:11:16 +0900" endDate="2026-01-01 18:11:38 +0900" value="0.1"`), 0},
		"a day of walking":    {record(`startDate="2026-01-01 18:11:16 +0900" endDate="2026-01-02 18:11:38 +0900" value="0.1"`), 0},
		"a tag without end":   {strings.TrimSuffix(good, "/>\n"), 0},
		"a bracket in it":     {strings.Replace(good, "unit", `sourceName="a > b" unit`, 1), 1},
		"a name like a value": {strings.Replace(good, "<Record ", `<Record sourceName="Jo value='9' startDate='none'" `, 1), 1},
		"single quotes":       {strings.ReplaceAll(good, `"`, "'"), 0}, // the phone writes none
		"all on one line":     {strings.ReplaceAll(good+good, "\n", ""), 2},
		"the name elsewhere":  {`<Record type="X" sourceName="WalkingAsymmetryPercentage"/>`, 0},
	} {
		n := 0
		err := scan(t.Context(), strings.NewReader("<HealthData>"+tt.xml), func(element []byte) error {
			if _, ok := readWalk(element); ok {
				n++
			}
			return nil
		}, func(int64) error { return nil })
		if !errors.Is(err, io.ErrUnexpectedEOF) || n != tt.want { // it has no end
			t.Errorf("%s: %d walks, want %d (%v)", name, n, tt.want, err)
		}
	}
}

func TestRunsOfTheWatch(t *testing.T) {
	made := []healthexport.Run{
		{Start: start, Duration: 30 * time.Minute, Speed: 3, Step: 1.05, Contact: 240},
		{Start: start.AddDate(0, 0, 2), Duration: 20 * time.Minute, Speed: 2.5, Step: 1, Contact: 260, Condensed: true, Indoor: true},
	}
	file := zipped(t, map[string][]byte{"export.xml": written(t, healthexport.Export{Runs: made, Filler: 1000})})
	got, _ := contents(t, NewImport(file), nothing)
	if len(got.Runs) != 2 {
		t.Fatalf("%d runs", len(got.Runs))
	}
	r := got.Runs[0]
	if !r.Start.Equal(start) || r.Duration != 30*time.Minute || r.Elapsed != 31*time.Minute || math.Abs(float64(r.Distance)-5400) > 1 || r.Context != gait.Road {
		t.Errorf("summary: %v %v %v %v %v", r.Start, r.Duration, r.Elapsed, r.Distance, r.Context)
	}
	if len(r.Samples) != 360 || !r.Signals.Has(gait.SignalStanceTime|gait.SignalCadence|gait.SignalSpeed) || r.Signals.Has(gait.SignalStanceTimeBalance) {
		t.Fatalf("%d samples of %v", len(r.Samples), r.Signals)
	}
	s := r.Samples[100]
	if math.Abs(float64(s.Cadence)-60*3/1.05) > 0.1 || s.StanceTime != 240 || math.Abs(float64(s.Distance)-1500) > 1 {
		t.Errorf("a sample: %+v", s)
	}
	if r := got.Runs[1]; len(r.Samples) != 0 || r.Context != gait.Treadmill {
		t.Errorf("averages make samples: %d, %s", len(r.Samples), r.Context)
	}
}

func TestExportIsRememberedWhenAllOfItIsRead(t *testing.T) {
	file := zipped(t, map[string][]byte{"export.xml": written(t, healthexport.Export{Walks: walks()})})
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	s := NewWatch(time.Now, filepath.Dir(file))
	_, items := contents(t, s, nothing)
	last := items[len(items)-1]
	if !last.Last || last.File == nil || last.File.Outcome != ingest.FileImported {
		t.Fatalf("the last word is %+v", last)
	}
	var weight int64
	for _, o := range items {
		weight += o.Weight
	}
	if info, err := os.Stat(file); err != nil || weight != info.Size() {
		t.Errorf("%d bytes gone through of %d", weight, info.Size())
	}
	again := func(context.Context) (map[string]ingest.File, error) {
		return map[string]ingest.File{last.File.Path: *last.File}, nil
	}
	if got, items := contents(t, s, again); len(got.Walks) != 0 || len(items) != 1 || !items[0].Known {
		t.Errorf("read again: %d walks", len(got.Walks))
	}
	// One that is still being copied waits.
	now := time.Now()
	if err := os.Chtimes(file, now, now); err != nil {
		t.Fatal(err)
	}
	if _, items := contents(t, s, nothing); len(items) != 1 || items[0].Wait <= 0 {
		t.Errorf("%+v", items)
	}
}

func TestBrokenExportKeepsWhatIsGood(t *testing.T) {
	whole := written(t, healthexport.Export{Filler: 5 * blockSize, Walks: walks()})
	file := zipped(t, map[string][]byte{"export.xml": whole})
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200 { // inside the packed bytes
		data[len(data)*9/10+i] ^= 0x5a
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, _ := contents(t, NewImport(file), nothing); got.Broken == "" {
		t.Error("a damaged archive is whole")
	}
	half := filepath.Join(t.TempDir(), "export.xml")
	if err := os.WriteFile(half, whole[:len(whole)-len(whole)/50], 0o600); err != nil {
		t.Fatal(err)
	}
	if got, _ := contents(t, NewImport(half), nothing); len(got.Walks) == 0 || got.Broken == "" {
		t.Errorf("of a file that breaks off %d walks were taken, and it says %q", len(got.Walks), got.Broken)
	}
}

// A folder is watched whatever its own name and that of the export is.
func TestWatchedNames(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "health [1]")
	for _, name := range []string{"Export.ZIP", "a/b.xml", "export.zip.part", ".copying/export.zip", ".export.zip", "a/b/c.zip"} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{filepath.Join(dir, "Export.ZIP"), filepath.Join(dir, "a/b.xml")}
	if diff := cmp.Diff(want, candidates(dir+"/")); diff != "" {
		t.Error(diff)
	}
}

// A walk that no phone can have measured yet is left out, and an export with nothing
// to take says so.
func TestExportWithNothingToTake(t *testing.T) {
	day := time.Now().AddDate(1, 0, 0).Truncate(time.Second).UTC()
	for name, e := range map[string]healthexport.Export{
		"no walk at all":       {Filler: 10},
		"walks of next year":   {Walks: []gait.Walk{{Start: day, Length: time.Minute, Share: 0.2}}},
		"a share of 700 %":     {Walks: []gait.Walk{{Start: start, Length: time.Minute, Share: 7}}},
		"a share of no number": {Walks: []gait.Walk{{Start: start, Length: time.Minute, Share: math.NaN()}}},
	} {
		file := zipped(t, map[string][]byte{"export.xml": written(t, e)})
		got, _ := contents(t, NewImport(file), nothing)
		if len(got.Walks)+len(got.Runs) > 0 || len(got.Skipped) != 1 || !strings.Contains(got.Skipped[0], "Apple Health") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	whole := zipped(t, map[string][]byte{"export.xml": written(t, healthexport.Export{Walks: walks()[:1]})})
	if got, _ := contents(t, NewImport(whole), nothing); len(got.Walks) != 1 || len(got.Skipped) > 0 {
		t.Errorf("%+v", got)
	}
}

func TestReadingStopsWhenAsked(t *testing.T) {
	file := zipped(t, map[string][]byte{"export.xml": written(t, healthexport.Export{Walks: walks(), Filler: 100})})
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var last error
	for _, err := range NewImport(file).Offers(ctx, nothing) {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("ended with %v", last)
	}
	for range NewImport(file).Offers(t.Context(), nothing) {
		break
	}
}

// FuzzScan: whatever the bytes are, the scan ends, and a walk makes sense.
func FuzzScan(f *testing.F) {
	f.Add(written(f, healthexport.Export{Walks: walks()[:4], Runs: []healthexport.Run{{Start: start, Duration: time.Minute, Speed: 3, Step: 1, Contact: 240}}, Broken: true}))
	f.Add([]byte(`<HealthData><Record type="HKQuantityTypeIdentifierWalkingAsymmetryPercentage" value="0.1`))
	f.Add([]byte(`<Workout <Record </Workout>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		o := offering{ctx: t.Context(), source: NewImport(), yield: func(o ingest.Item, err error) bool {
			if err != nil {
				t.Fatal(err)
			}
			c, _ := o.Read(t.Context(), nil)
			for _, w := range c.Walks {
				if w.Faulty() || w.Length < 0 || !plausible(w.Start) {
					t.Errorf("%+v", w)
				}
			}
			for _, r := range c.Runs {
				if r.Elapsed <= 0 || r.Duration < 0 || !plausible(r.Start) {
					t.Errorf("%+v", r)
				}
			}
			return true
		}}
		if err := o.read(bytes.NewReader(data)); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Error(err)
		}
	})
}

// TestAnArchiveThatClaimsManyMembersTakesNoMemory: every archive that is imported is
// opened here first.
func TestAnArchiveThatClaimsManyMembersTakesNoMemory(t *testing.T) {
	const size, record, locator = 2 << 30, 56, 20
	end := make([]byte, record+locator+22)
	copy(end, "PK\x06\x06")
	binary.LittleEndian.PutUint64(end[24:], size/31)
	binary.LittleEndian.PutUint64(end[32:], size/31)
	copy(end[record:], "PK\x06\x07")
	binary.LittleEndian.PutUint64(end[record+8:], uint64(size-len(end)))
	binary.LittleEndian.PutUint32(end[record+16:], 1)
	copy(end[record+locator:], "PK\x05\x06\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")
	file := filepath.Join(t.TempDir(), "export.zip")
	f, err := os.Create(file)
	if err == nil {
		_, err = f.WriteAt(end, int64(size-len(end))) // the rest is a hole
	}
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	exports, _ := Among([]string{file})
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; len(exports) > 0 || took > 8 {
		t.Errorf("%q, took %d MB", exports, took)
	}
}
