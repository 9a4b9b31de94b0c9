package main

import (
	"errors"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// mostMemory is what an import may hold at most, in MiB, whatever there is to
// import.
const mostMemory = 150

// BenchmarkExport imports bulk exports of 10,000 files: one of Garmin's, whose
// files lie in archives inside an archive and of which a few hundred are runs
// among days of steps, and one of Strava's that is nothing but runs, far more
// than anybody has, with its list. It prints the most memory that the program
// held, as the system accounts it, and the time it took; the same export once
// more; and the sizes. It fails above what is allowed.
func BenchmarkExport(b *testing.B) {
	dir := b.TempDir()
	binary := filepath.Join(dir, "gaitkeeper")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-buildvcs=false", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatal(err, string(out))
	}
	b.Run("Garmin", func(b *testing.B) {
		export(b, binary, func(f *os.File) error { return simulate.WriteGarminExport(f, years(600), 9400) })
	})
	b.Run("Strava", func(b *testing.B) {
		export(b, binary, func(f *os.File) error { return simulate.WriteStravaExport(f, years(10_000)) })
	})
}

// years are the runs of a runner with all the troubles of real data.
func years(runs int) iter.Seq[gait.Run] {
	season := simulate.Season{
		Runner: simulate.NewRoughRunner(5), Start: time.Date(2016, 1, 1, 7, 0, 0, 0, time.UTC), Runs: runs,
		Limps: []simulate.Limp{{From: runs / 3, Side: gait.Left, Size: 2}, {From: 2 * runs / 3, Side: gait.Right, Size: 1.5}},
	}
	return func(yield func(gait.Run) bool) {
		for r := range season.All() {
			r.Title, r.Description = "Morning Run", "along the river and back, felt fine #pain 0"
			if !yield(r.Run) {
				return
			}
		}
	}
}

func export(b *testing.B, binary string, write func(*os.File) error) {
	dir := b.TempDir()
	path := filepath.Join(dir, "export.zip")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		state := filepath.Join(dir, "state")
		if err := os.RemoveAll(state); err != nil {
			b.Fatal(err)
		}
		for _, metric := range []string{"import", "again"} {
			c := exec.CommandContext(b.Context(), binary, "import", path)
			c.Env = []string{"HOME=" + dir, "XDG_STATE_HOME=" + state, "TMPDIR=" + dir}
			begin := time.Now()
			held := peak(b, c)
			b.ReportMetric(time.Since(begin).Seconds(), metric+"_s")
			b.ReportMetric(held, metric+"_peak_MiB")
			if held > mostMemory {
				b.Errorf("%s held %.0f MiB, %d are allowed", metric, held, mostMemory)
			}
		}
		files, err := filepath.Glob(filepath.Join(state, "gaitkeeper", "*"))
		if err != nil {
			b.Fatal(err)
		}
		var size int64
		for _, name := range files {
			if info, err := os.Stat(name); err == nil {
				size += info.Size()
			}
		}
		b.ReportMetric(float64(size)/(1<<20), "database_MiB")
	}
	if info, err := os.Stat(path); err == nil {
		b.ReportMetric(float64(info.Size())/(1<<20), "export_MiB")
	}
}
