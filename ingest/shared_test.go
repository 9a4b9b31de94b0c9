package ingest_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"gaitkeeper/ingest"
	"gaitkeeper/ingest/fitfile"
	"gaitkeeper/internal/realruns"
)

// shared is a folder of real FIT files. Without it the test is skipped.
func shared(t *testing.T, folder string) string {
	t.Helper()
	dir := realruns.Folder("fit", folder)
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: no real FIT files in " + dir)
	}
	return dir
}

func importing(paths ...string) ingest.Source {
	return fitfile.NewImport(fitfile.DefaultLimits(), paths...)
}

func TestRealFoldersGiveOneRunForEachRunningSession(t *testing.T) {
	store, source := newMemory(), importing(shared(t, "dynamics"), shared(t, "season"))
	if r := sync1(t, store, source); r.New != 67 || r.Better+r.Same+len(r.Failed) != 0 || len(store.runs) != 67 {
		t.Errorf("first import: %+v", r)
	}
	if r := sync1(t, store, source); r.New+r.Better+r.Same+len(r.Failed) != 0 || r.Known != 67 {
		t.Errorf("second import: %+v", r)
	}
}

func TestRealOddFilesAreNamedEachTime(t *testing.T) {
	store, dir := newMemory(), shared(t, "odd")
	want := []string{
		"activity-activity-filecrc.fit", "activity-filecrc.fit", "activity-settings-corruptheader.fit", "activity-settings-nodata.fit",
		"activity-unexpected-eof.fit", "activity_truncated.fit", "empty.fit", "text.fit", "watch-died.fit",
	}
	for range 2 {
		r := sync1(t, store, importing(dir))
		var named []string
		for _, f := range r.Failed {
			named = append(named, filepath.Base(f.Path))
		}
		if !slices.Equal(named, want) {
			t.Errorf("named: %v", named)
		}
		if len(store.runs) != 5 {
			t.Errorf("%d runs", len(store.runs))
		}
	}
	// In a watched folder the bad files stay quiet until they change.
	watch := fitfile.NewWatch(fitfile.DefaultLimits(), 0, time.Now, dir)
	if r := sync1(t, store, watch); len(r.Failed) != 0 || r.New+r.Same != 0 {
		t.Errorf("watched: %+v", r)
	}
}

// TestARealWholeRecordingReplacesTheOneThatBrokeOff: among the odd files is the
// first half of a run, and a copy of another one in an archive.
func TestARealWholeRecordingReplacesTheOneThatBrokeOff(t *testing.T) {
	store := newMemory()
	sync1(t, store, importing(shared(t, "odd")))
	half := 0
	for _, r := range store.runs {
		if r.Truncated {
			half++
		}
	}
	r := sync1(t, store, importing(shared(t, "dynamics")))
	if half != 1 || r.New != 5 || r.Better != 1 || r.Known != 1 {
		t.Errorf("%d runs were broken off; then: %+v", half, r)
	}
	for _, run := range store.runs {
		if run.Truncated {
			t.Errorf("the run of %s is still half a run", run.Start)
		}
	}
}
