package store

import (
	"errors"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// another returns another recording of the run of day 0, from Strava, that
// began two seconds later.
func another(run gait.Run) ingest.ImportedRun {
	r := newRun(0)
	r.Start = r.Start.Add(2 * time.Second)
	r.ID, r.Excluded = gait.NewRunID(r.Start), false
	r.Title, r.Description, r.Context, r.Distance = "Morning Run", "", gait.Road, 8001
	r.Origins = []gait.Origin{{Source: gait.SourceStrava, Key: "99", Name: "https://www.strava.com/activities/99"}}
	r.Samples = r.Samples[:77]
	m := newMeasures(r.ID, r.Start)
	m.WalkShare = 0.77
	return ingest.ImportedRun{Run: r, Measures: m, Same: run.ID}
}

func TestSavingTwiceChangesNothing(t *testing.T) {
	s, ctx := open(t), t.Context()
	in := newImport(0)
	check(t, save(ctx, s, in, in))
	check(t, save(ctx, s, in))
	runs, err := s.Runs(ctx)
	check(t, err)
	same(t, "runs", runs, []gait.Run{stored(in.Runs[0].Run)})
}

func TestSameOriginIsTheSameRun(t *testing.T) {
	s, ctx := open(t), t.Context()
	first := saved(t, s, 0)[0]
	in := newImport(5) // another day, another ID, but found in the same place
	in.Runs[0].Run.Origins = first.Origins
	check(t, save(ctx, s, in))
	runs, err := s.Runs(ctx)
	check(t, err)
	same(t, "runs", runs, []gait.Run{first})
}

func TestWorseRecordingAddsItsOriginAndWords(t *testing.T) {
	s, ctx := open(t), t.Context()
	in := newImport(0)
	in.Runs[0].Run.Title = ""
	check(t, save(ctx, s, in))
	run := in.Runs[0].Run
	worse := another(run)
	worse.Run.Description = "as the server has it"
	for range 2 {
		check(t, save(ctx, s, ingest.Import{Runs: []ingest.ImportedRun{worse}}))
	}
	want := stored(run)
	want.Title, want.Description = "Morning Run", "as the server has it"
	want.Origins = append(want.Origins, worse.Run.Origins...)
	runs, err := s.Runs(ctx)
	check(t, err)
	same(t, "runs", runs, []gait.Run{want})
	samples, err := s.Samples(ctx, run.ID)
	check(t, err)
	if len(samples) != len(run.Samples) {
		t.Errorf("%d samples, want the %d of the first recording", len(samples), len(run.Samples))
	}
	h, err := s.History(ctx)
	check(t, err)
	same(t, "figures", h.Runs, []gait.Measures{in.Runs[0].Measures})
}

// TestAServersWordsGoBeforeAWatchs: each place keeps its own words, and the run
// shows the first that are not empty, in whatever order they came.
func TestAServersWordsGoBeforeAWatchs(t *testing.T) {
	for _, tc := range []struct{ title, description, newTitle, newDescription, want, wantDescription string }{
		{"a", "", "b", "c", "b", "c"},
		{"", "a", "b", "c", "b", "c"},
		{"", "", "b", "", "b", ""},
		{"a", "b", "", "", "a", "b"},
	} {
		s, ctx := open(t), t.Context()
		in := newImport(0)
		run := &in.Runs[0].Run
		run.Title, run.Description = tc.title, tc.description
		check(t, save(ctx, s, in))
		more := another(*run)
		more.Run.Title, more.Run.Description = tc.newTitle, tc.newDescription
		check(t, save(ctx, s, ingest.Import{Runs: []ingest.ImportedRun{more}}))
		for range 2 {
			got, err := newest(t, s)
			check(t, err)
			if got.Title != tc.want || got.Description != tc.wantDescription {
				t.Errorf("%+v: the run is called %q, %q", tc, got.Title, got.Description)
			}
			more.Run.Title, more.Run.Description, more.Run.NoMetadata = "", "", true // not asked for
			check(t, save(ctx, s, ingest.Import{Runs: []ingest.ImportedRun{more}}))
		}
	}
}

func TestBetterRecordingTakesThePlace(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	_, err := s.AddPain(ctx, fullPain(run.ID))
	check(t, err)
	_, err = s.AddAnswer(ctx, gait.Answer{Run: run.ID, Kind: gait.AnswerLimp})
	check(t, err)
	check(t, s.Exclude(ctx, run.ID, true))
	better := another(run)
	better.Better = true
	check(t, save(ctx, s, ingest.Import{Runs: []ingest.ImportedRun{better}}))

	want := stored(better.Run)
	want.ID, want.Excluded, want.Description = run.ID, true, run.Description
	want.Origins = []gait.Origin{run.Origins[0], better.Run.Origins[0]}
	want.Origins[0].Recording, want.Origins[1].Recording = false, true
	runs, err := s.Runs(ctx)
	check(t, err)
	same(t, "runs", runs, []gait.Run{want})
	samples, err := s.Samples(ctx, run.ID)
	check(t, err)
	if len(samples) != 77 {
		t.Errorf("%d samples, want those of the better recording", len(samples))
	}
	h, err := s.History(ctx)
	check(t, err)
	m := better.Measures
	m.Run = run.ID
	same(t, "figures", h.Runs, []gait.Measures{m})
	if len(h.Pain) != 1 || len(h.Answers) != 1 || !h.Excluded[run.ID] {
		t.Errorf("what the runner said is gone: %+v", h)
	}

	better.Run.Samples, better.Run.Title, better.Run.Description = nil, "", "warm"
	check(t, save(ctx, s, ingest.Import{Runs: []ingest.ImportedRun{better}}))
	got, err := s.Run(ctx, string(run.ID))
	check(t, err)
	if got.Title != run.Title || got.Description != "warm" {
		t.Errorf("the run is called %q, %q", got.Title, got.Description)
	}
	samples, err = s.Samples(ctx, run.ID)
	check(t, err)
	same(t, "samples of a recording without any", samples, []gait.Sample(nil))
}

func TestSaveIsAllOrNothing(t *testing.T) {
	s, ctx := open(t), t.Context()
	bad := newImport(1)
	bad.Runs[0].Same = "nobody"
	err := save(ctx, s, newImport(0), bad)
	if !errors.Is(err, ErrNoRun) {
		t.Fatalf("%v, want %v", err, ErrNoRun)
	}
	for _, table := range []string{"runs", "origins", "samples", "measures", "files"} {
		if n := count(t, s, table); n != 0 {
			t.Errorf("%d rows of %s are left", n, table)
		}
	}
}

func TestFiles(t *testing.T) {
	s, ctx := open(t), t.Context()
	files := []ingest.File{
		{Path: "/fit/a.fit", Size: 1 << 40, Modified: day(0).Add(987654321), SHA256: "aa", Outcome: ingest.FileImported},
		{Path: "/fit/b.zip!c.fit", Size: 2, Modified: day(1), SHA256: "bb", Outcome: ingest.FileSkipped, Reason: "a ride"},
		{Path: "/fit/d.fit", Size: 3, Modified: day(2), SHA256: "dd", Outcome: ingest.FileFailed, Reason: "broken off"},
		{Path: "https://intervals.icu/activities/i1", Modified: day(3), Outcome: ingest.FileImported, Version: "1f"},
	}
	want := map[string]ingest.File{}
	var imports []ingest.Import
	for i := range files {
		imports = append(imports, ingest.Import{File: &files[i]})
		want[files[i].Path] = files[i]
	}
	check(t, save(ctx, s, imports...))
	known := func(sha string, want bool) {
		t.Helper()
		got, err := s.Known(ctx, sha)
		check(t, err)
		if got != want {
			t.Errorf("known(%s) is %v", sha, got)
		}
	}
	known("aa", true)
	known("bb", true)
	known("dd", false)
	known("xx", false)
	got, err := s.Files(ctx)
	check(t, err)
	same(t, "files", got, want)

	changed := files[2]
	changed.Size, changed.SHA256, changed.Outcome, changed.Reason = 4, "ee", ingest.FileImported, ""
	check(t, save(ctx, s, ingest.Import{File: &changed}))
	want[changed.Path] = changed
	got, err = s.Files(ctx)
	check(t, err)
	same(t, "files", got, want)
	known("ee", true)
}
