package daemon

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/muktihari/fit/decoder"

	"gaitkeeper/analysis"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/internal/simulate"
)

// BenchmarkImport takes in a folder of 60 FIT files, whole: read, hash, gate,
// decode, measure, match, store. The figure x_decode is its time as a multiple
// of what decoding the same bytes alone takes with muktihari/fit on one core,
// measured in the same run; work_x_decode compares the computing of both, on all
// cores together, which does not depend on what else the machine does. db_share
// is the database's size as a share of the files'. GAITKEEPER_FIT names another
// folder to import.
func BenchmarkImport(b *testing.B) {
	for _, cores := range []int{1, 2} {
		b.Run(map[int]string{1: "one_core", 2: "two_cores"}[cores], func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
			dir := os.Getenv("GAITKEEPER_FIT")
			if dir == "" {
				dir = b.TempDir()
				writeSeason(b, dir, 60)
			}
			var importing, decoding effort
			for b.Loop() {
				decoding.add(decodeAlone(b, dir))
				importing.add(importOnce(b, dir))
			}
			b.ReportMetric(float64(importing.time)/float64(decoding.time), "x_decode")
			b.ReportMetric(float64(importing.work)/float64(decoding.work), "work_x_decode")
			b.ReportMetric(importing.time.Seconds()*1000/float64(b.N), "import_ms")
		})
	}
}

func writeSeason(tb testing.TB, dir string, runs int) {
	tb.Helper()
	for i, run := range simulate.LimpSeason(3, time.Date(2026, 1, 1, 7, 0, 0, 0, time.UTC), runs, -1, 0, gait.Left) {
		var buf bytes.Buffer
		if err := simulate.WriteFIT(&buf, run); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, string(run.ID)+".fit"), buf.Bytes(), 0o600); err != nil {
			tb.Fatal(i, err)
		}
	}
}

// effort is what something took: on the clock, and of computing on all cores.
type effort struct{ time, work time.Duration }

func (e *effort) add(f effort) { e.time, e.work = e.time+f.time, e.work+f.work }

// spent returns what f takes.
func spent(b *testing.B, f func()) effort {
	b.Helper()
	begin, work := time.Now(), computed(b)
	f()
	return effort{time.Since(begin), computed(b) - work}
}

func importOnce(b *testing.B, dir string) effort {
	b.Helper()
	cfg := config.Default(func(string) string { return "" })
	cfg.Storage.Path = filepath.Join(b.TempDir(), "gaitkeeper.db")
	app, err := Open(b.Context(), cfg, Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	took := spent(b, func() {
		if _, err := app.Import(b.Context(), []string{dir}, nil); err != nil {
			b.Fatal(err)
		}
	})
	if err := app.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(size(b, cfg.Storage.Path)/size(b, filepath.Join(dir, "*.fit")), "db_share")
	return took
}

// size returns how many bytes the files hold that fit a pattern.
func size(b *testing.B, pattern string) (bytes float64) {
	b.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		b.Fatal("no files", err)
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			b.Fatal(err)
		}
		bytes += float64(info.Size())
	}
	return bytes
}

func decodeAlone(b *testing.B, dir string) effort {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.fit"))
	if err != nil || len(files) == 0 {
		b.Fatal("no files to decode", err)
	}
	var took effort
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		took.add(spent(b, func() {
			if _, err := decoder.New(bytes.NewReader(data), decoder.WithIgnoreChecksum()).Decode(); err != nil {
				b.Fatal(err)
			}
		}))
	}
	return took
}

// BenchmarkFold folds a season of 3,000 runs, and goes on by one more. The
// figures x_read are times as multiples of what reading the same rows from
// SQLite takes, measured in the same run.
func BenchmarkFold(b *testing.B) {
	const runs = 3000
	cfg := config.Default(func(string) string { return "" })
	cfg.Storage.Path = filepath.Join(b.TempDir(), "gaitkeeper.db")
	later := func() time.Time { return time.Date(2060, 1, 1, 0, 0, 0, 0, time.UTC) } // after the last of them
	app, err := Open(b.Context(), cfg, Options{Log: slog.New(slog.DiscardHandler), Now: later})
	if err != nil {
		b.Fatal(err)
	}
	defer app.Close()
	fillSeason(b, app, runs)
	read, err := app.past(b.Context())
	whole := read.history
	if err != nil || len(whole.Runs) != runs {
		b.Fatal(len(whole.Runs), err)
	}
	without := whole
	without.Runs = whole.Runs[:runs-1]
	last := analysis.Replay(without, cfg.Params)
	var reading, folding, going time.Duration
	for b.Loop() {
		begin := time.Now()
		if _, err := app.past(b.Context()); err != nil {
			b.Fatal(err)
		}
		read := time.Now()
		analysis.Replay(whole, cfg.Params)
		folded := time.Now()
		if f := last.With(whole); len(f.Assessments) != runs {
			b.Fatal(len(f.Assessments))
		}
		reading, folding, going = reading+read.Sub(begin), folding+folded.Sub(read), going+time.Since(folded)
	}
	b.ReportMetric(float64(folding)/float64(reading), "fold_x_read")
	b.ReportMetric(float64(going)/float64(reading), "one_more_x_read")
	b.ReportMetric(reading.Seconds()*1000/float64(b.N), "read_ms")
	b.ReportMetric(folding.Seconds()*1000/float64(b.N), "fold_ms")
	b.ReportMetric(going.Seconds()*1000/float64(b.N), "one_more_ms")
}

// saveAll stores imports.
func saveAll(b *testing.B, app *App, imports []ingest.Import) error {
	b.Helper()
	return app.store.Save(b.Context(), func(tx ingest.Transaction) error {
		for _, in := range imports {
			if err := tx.Put(b.Context(), in); err != nil {
				return err
			}
		}
		return nil
	})
}

// fillSeason stores the figures of so many made runs, without their samples.
func fillSeason(b *testing.B, app *App, runs int) {
	b.Helper()
	made := simulate.LimpSeason(3, time.Date(2010, 1, 1, 7, 0, 0, 0, time.UTC), 60, -1, 0, gait.Left)
	var imports []ingest.Import
	for i := range runs {
		run := made[i%len(made)]
		m := analysis.Measure(run, app.cfg.Params.Analysis)
		run.Start = run.Start.AddDate(0, 0, 130*(i/len(made)))
		run.ID = gait.NewRunID(run.Start)
		run.Samples, run.Origins = nil, []gait.Origin{{Source: gait.SourceFIT, Key: string(run.ID)}}
		m.Run, m.Start = run.ID, run.Start
		imports = append(imports, ingest.Import{Runs: []ingest.ImportedRun{{Run: run, Measures: m}}})
	}
	if err := saveAll(b, app, imports); err != nil {
		b.Fatal(err)
	}
}
