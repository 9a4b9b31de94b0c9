package daemon

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/internal/simulate"
)

// BenchmarkSyncNothingNew looks once at a folder of 5,000 files that are all
// known, beside a database of 5,000 runs: what the daemon does every quarter of
// an hour. Three commits that reach the disk are in the time on the clock.
func BenchmarkSyncNothingNew(b *testing.B) {
	const files = 5000
	dir := b.TempDir()
	cfg := config.Default(func(string) string { return "" })
	cfg.Storage.Path = filepath.Join(b.TempDir(), "gaitkeeper.db")
	cfg.Sources.FIT.Dirs = []string{dir}
	app, err := Open(b.Context(), cfg, Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	defer app.Close()
	run := simulate.LimpSeason(3, time.Date(2010, 1, 1, 7, 0, 0, 0, time.UTC), 1, -1, 0, gait.Left)[0]
	measures := app.measure(run)
	var imports []ingest.Import
	for i := range files {
		path := filepath.Join(dir, fmt.Sprintf("%05d.fit", i))
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			b.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		r, m := run, measures
		r.Samples, r.Start = nil, run.Start.Add(time.Duration(i)*24*time.Hour)
		r.ID, r.Origins = gait.NewRunID(r.Start), []gait.Origin{{Source: gait.SourceFIT, Key: path, Name: path}}
		m.Run, m.Start = r.ID, r.Start
		imports = append(imports, ingest.Import{
			File: &ingest.File{Path: path, Modified: info.ModTime().UTC(), SHA256: path, Outcome: ingest.FileImported},
			Runs: []ingest.ImportedRun{{Run: r, Measures: m}},
		})
	}
	if err := saveAll(b, app, imports); err != nil {
		b.Fatal(err)
	}
	if err := app.syncTask(b.Context()); err != nil { // folds once
		b.Fatal(err)
	}
	begin := computed(b)
	for b.Loop() {
		if err := app.syncTask(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((computed(b)-begin).Microseconds())/1000/float64(b.N), "cpu_ms/op")
}

// computed returns the time that this process has spent computing: unlike the
// clock on the wall it does not depend on what else the machine does.
func computed(b *testing.B) time.Duration {
	b.Helper()
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
