package store

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// stored is a run as the store hands it out: without samples.
func stored(r gait.Run) gait.Run {
	r.Samples = nil
	return r
}

func saved(t *testing.T, s *Store, days ...int) (runs []gait.Run) {
	t.Helper()
	for _, d := range days {
		in := newImport(d)
		check(t, save(t.Context(), s, in))
		runs = append(runs, stored(in.Runs[0].Run))
	}
	return runs
}

func TestRunComesBackWhole(t *testing.T) {
	s, ctx := open(t), t.Context()
	in := newImport(0)
	in.Runs[0].Run.Excluded = true
	in.Runs[0].Run.Origins = append(in.Runs[0].Run.Origins, gait.Origin{Source: gait.SourceStrava, Key: "42", Name: "x", Recording: true})
	whole := in.Runs[0].Run
	whole.PrivateNote, whole.NoMetadata, whole.Gone = "never stored", true, true // the others have tests of their own
	complete(t, whole)
	complete(t, in.Runs[0].Measures)
	check(t, save(ctx, s, in))

	r, err := s.Run(ctx, string(in.Runs[0].Run.ID))
	check(t, err)
	same(t, "run", r, stored(in.Runs[0].Run))
	samples, err := s.Samples(ctx, r.ID)
	check(t, err)
	for i := range samples { // 0.6 is not quite 500.6 - 500
		if d := samples[i].Altitude - in.Runs[0].Run.Samples[i].Altitude; d < 1e-9 && d > -1e-9 {
			samples[i].Altitude = in.Runs[0].Run.Samples[i].Altitude
		}
	}
	same(t, "samples", samples, in.Runs[0].Run.Samples)
	h, err := s.History(ctx)
	check(t, err)
	same(t, "history", h, gait.History{
		Runs: []gait.Measures{in.Runs[0].Measures}, Excluded: map[gait.RunID]bool{r.ID: true},
	})
}

// Before there were facts, a sentence a line was stored.
func TestOddStoredInWordsStaysReadable(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	_, err := s.writer.ExecContext(ctx, `UPDATE runs SET oddities = ?`, "The clock jumped.\nIt breaks off.")
	check(t, err)
	r, err := s.Run(ctx, string(run.ID))
	check(t, err)
	same(t, "oddities", r.Oddities, []gait.Oddity{{Kind: gait.OddityInWords, Text: "The clock jumped."}, {Kind: gait.OddityInWords, Text: "It breaks off."}})
}

func TestRunWithoutFigures(t *testing.T) {
	s, ctx := open(t), t.Context()
	start := day(0)
	r := gait.Run{ID: gait.NewRunID(start), Start: start, Distance: gait.Unknown[gait.Metres]()}
	m := gait.Measures{Run: r.ID, Start: start, Distance: gait.Unknown[gait.Metres]()}
	check(t, save(ctx, s, ingest.Import{Runs: []ingest.ImportedRun{{Run: r, Measures: m}}}))
	got, err := newest(t, s)
	check(t, err)
	same(t, "run", got, r)
	samples, err := s.Samples(ctx, r.ID)
	check(t, err)
	same(t, "samples", samples, []gait.Sample(nil))
	h, err := s.History(ctx)
	check(t, err)
	same(t, "figures", h.Runs, []gait.Measures{m})
}

func TestRunsAreOldestFirst(t *testing.T) {
	s, ctx := open(t), t.Context()
	want := saved(t, s, 3, 1, 2, 0)
	slices.SortFunc(want, func(a, b gait.Run) int { return a.Start.Compare(b.Start) })
	got, err := s.Runs(ctx)
	check(t, err)
	same(t, "runs", got, want)
}

func TestRunByReference(t *testing.T) {
	s, ctx := open(t), t.Context()
	for _, ref := range []string{"", "abc"} {
		if _, err := s.Run(ctx, ref); !errors.Is(err, ErrNoRun) {
			t.Errorf("%q in an empty database: %v, want %v", ref, err, ErrNoRun)
		}
	}
	for i, id := range []gait.RunID{"aa11", "aa22", "bb33"} {
		in := newImport(i)
		in.Runs[0].Run.ID = id
		check(t, save(ctx, s, in))
	}
	for ref, want := range map[string]gait.RunID{
		"aa11": "aa11", "aa2": "aa22", "b": "bb33", "BB3": "bb33",
	} {
		r, err := s.Run(ctx, ref)
		check(t, err)
		if r.ID != want {
			t.Errorf("%q is run %s, want %s", ref, r.ID, want)
		}
	}
	for ref, want := range map[string]error{
		"aa": ErrAmbiguousRun, "aa113": ErrNoRun, "": ErrNoRun, "%": ErrNoRun, "_": ErrNoRun, "lat": ErrNoRun,
	} {
		if _, err := s.Run(ctx, ref); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", ref, err, want)
		}
	}
}

func TestExclude(t *testing.T) {
	s, ctx := open(t), t.Context()
	runs := saved(t, s, 0, 1)
	check(t, s.Exclude(ctx, runs[0].ID, true))
	h, err := s.History(ctx)
	check(t, err)
	same(t, "excluded", h.Excluded, map[gait.RunID]bool{runs[0].ID: true})
	if len(h.Runs) != 2 {
		t.Errorf("%d runs in the history, want both", len(h.Runs))
	}
	check(t, s.Exclude(ctx, runs[0].ID, false))
	h, err = s.History(ctx)
	check(t, err)
	same(t, "back in", h.Excluded, map[gait.RunID]bool{})
	if err := s.Exclude(ctx, "nobody", true); !errors.Is(err, ErrNoRun) {
		t.Errorf("unknown run: %v", err)
	}
}

func TestNearby(t *testing.T) {
	s, ctx := open(t), t.Context()
	runs := saved(t, s, 0, 1, 2) // each takes 50 minutes
	for name, tc := range map[string]struct {
		from, to time.Duration
		want     []gait.Run
	}{
		"inside":           {10 * time.Minute, 20 * time.Minute, runs[1:2]},
		"around":           {-time.Hour, 2 * time.Hour, runs[1:2]},
		"end meets start":  {-time.Hour, 0, runs[1:2]},
		"start meets end":  {50 * time.Minute, time.Hour, runs[1:2]},
		"just before":      {-time.Hour, -time.Second, nil},
		"just after":       {50*time.Minute + time.Second, time.Hour, nil},
		"two days and all": {-24 * time.Hour, 24 * time.Hour, runs},
	} {
		got, err := nearby(ctx, s, day(1).Add(tc.from), day(1).Add(tc.to))
		check(t, err)
		same(t, name, got, tc.want)
	}
}

func TestSamplesOfUnknownRun(t *testing.T) {
	s := open(t)
	if _, err := s.Samples(t.Context(), "nobody"); !errors.Is(err, ErrNoRun) {
		t.Errorf("%v, want %v", err, ErrNoRun)
	}
}

func TestDamagedRowsAreNamed(t *testing.T) {
	s, ctx := open(t), t.Context()
	runs := saved(t, s, 0)
	for _, table := range []string{"samples", "measures"} {
		_, err := s.writer.Exec(`UPDATE ` + table + ` SET data = substr(data, 1, 20)`)
		check(t, err)
	}
	_, err := s.Samples(ctx, runs[0].ID)
	refuses(t, err, string(runs[0].ID), "damaged")
	_, err = s.History(ctx)
	refuses(t, err, string(runs[0].ID), "damaged")
	check(t, s.Save(ctx, func(tx ingest.Transaction) error { // holds up no other recording
		samples, err := tx.Samples(ctx, runs[0].ID)
		same(t, "samples to compare with", samples, []gait.Sample(nil))
		return err
	}))
}

func TestStaleRuns(t *testing.T) {
	s, ctx := open(t), t.Context()
	runs := saved(t, s, 1, 0, 2) // method 3
	_, err := s.writer.Exec(`DELETE FROM samples WHERE run = ?`, runs[2].ID)
	check(t, err)
	stale := func(method int, want ...gait.RunID) {
		t.Helper()
		got, err := s.StaleRuns(ctx, method)
		check(t, err)
		same(t, "stale", got, want)
	}
	stale(3)
	stale(4, runs[1].ID, runs[0].ID)
	m := newMeasures(runs[0].ID, day(1))
	m.Method, m.WalkShare = 4, 0.99
	check(t, s.SaveMeasures(ctx, []gait.Measures{m}))
	stale(4, runs[1].ID)
	h, err := s.History(ctx)
	check(t, err)
	i := slices.IndexFunc(h.Runs, func(m gait.Measures) bool { return m.Run == runs[0].ID })
	same(t, "figures", h.Runs[i], m)
	_, err = s.writer.Exec(`DELETE FROM measures`)
	check(t, err)
	stale(4, runs[1].ID, runs[0].ID)

	m.Method = 5
	err = s.SaveMeasures(ctx, []gait.Measures{m, newMeasures("nobody", day(0))})
	if !errors.Is(err, ErrNoRun) {
		t.Errorf("unknown run: %v", err)
	}
	stale(5, runs[1].ID, runs[0].ID) // nothing of the batch was kept
}

func TestReadersSeeOneMoment(t *testing.T) {
	s, ctx := open(t), t.Context()
	saved(t, s, 0)
	tx, err := s.reader.BeginTx(ctx, nil)
	check(t, err)
	defer func() { check(t, tx.Rollback()) }()
	before, err := s.readMeasures(ctx, tx)
	check(t, err)
	check(t, save(context.WithoutCancel(ctx), s, newImport(1)))
	after, err := s.readMeasures(ctx, tx)
	check(t, err)
	same(t, "figures", after, before)
}
