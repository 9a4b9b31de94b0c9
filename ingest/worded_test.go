package ingest_test

import (
	"context"
	"testing"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// TestWordsOfAnExportCountAsSaidThen: what a list says of a file is taken though
// the same bytes were read before or in the same sync, as said when the run
// ended; and the bytes without the list, read again, take nothing of it away.
func TestWordsOfAnExportCountAsSaidThen(t *testing.T) {
	plain := ran(0, 30)
	told := plain
	told.Description = "#pain 4 left knee"
	content := func(r gait.Run, worded bool) ingest.Content {
		return ingest.Content{SHA256: "sha", Runs: []gait.Run{r}, HasMetadata: worded}
	}
	worded := file("export.zip!activities/1.fit", content(told, true))
	worded.Read = reads(content(told, true)) // it asks nobody whether the bytes are known
	torn := content(plain, false)
	torn.Broken = "it breaks off"
	for name, syncs := range map[string][]offers{
		"in one sync":          {{file("a.fit", content(plain, false)), worded}},
		"later":                {{file("a.fit", content(plain, false))}, {worded}},
		"before":               {{worded}, {file("a.fit", content(plain, false))}},
		"before, in one sync":  {{worded, file("a.fit", content(plain, false))}},
		"before, broken":       {{worded}, {{Name: "a.fit", File: &ingest.File{Path: "a.fit"}, Read: reads(torn)}}},
		"twice":                {{worded}, {worded}},
		"broken in both cases": {{{Name: "a.fit", File: &ingest.File{Path: "a.fit"}, Read: reads(torn)}}, {worded}},
	} {
		t.Run(name, func(t *testing.T) {
			store := newMemory()
			for _, offers := range syncs {
				sync1(t, store, offers)
			}
			said := store.described[plain.ID]
			if len(said) != 1 || len(store.runs) != 1 {
				t.Fatalf("%d entries, %d runs", len(said), len(store.runs))
			}
			if !said[0].Recorded.Equal(plain.End()) || !said[0].At.Equal(plain.End()) {
				t.Errorf("said at %s about %s, the run ended at %s", said[0].Recorded, said[0].At, plain.End())
			}
		})
	}
}

func reads(c ingest.Content) ingest.Reading {
	return func(context.Context, func(string) (bool, error)) (ingest.Content, error) { return c, nil }
}

// TestProgressWeighsWhatIsRead: what was read before shrinks what is left and is
// not counted as read.
func TestProgressWeighsWhatIsRead(t *testing.T) {
	source := offers{
		{Name: "old.fit", Known: true, Weight: 1000, Left: 300},
		file("a.fit", ingest.Content{Skipped: []string{"settings"}}), file("b.fit", ingest.Content{Skipped: []string{"settings"}}),
	}
	source[1].Weight, source[1].Left = 200, 100
	source[2].Weight, source[2].Left = 100, 0
	var last []int64
	s := &ingest.Syncer{Store: newMemory(), Measure: measure}
	s.Progress = func(p ingest.Progress) {
		if p.Done == 1 && (p.Read > 200 || p.Left > 300) || p.Done > 1 && p.Read == 0 {
			t.Errorf("%+v", p)
		}
		last = []int64{p.Read, p.Left}
	}
	if _, err := s.Sync(t.Context(), source); err != nil {
		t.Fatal(err)
	}
	if last[0] != 300 || last[1] != 0 {
		t.Errorf("in the end read and left are %v", last)
	}
}
