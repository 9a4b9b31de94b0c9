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

	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// BenchmarkImport takes in a folder of 60 FIT files, whole: read, hash, gate,
// decode, measure, match, store. The figure x_decode is its time as a multiple
// of what decoding the same bytes alone takes with muktihari/fit on one core,
// measured in the same run. GAITKEEPER_FIT names another folder to import.
func BenchmarkImport(b *testing.B) {
	for _, cores := range []int{1, 2} {
		b.Run(map[int]string{1: "one_core", 2: "two_cores"}[cores], func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
			dir := os.Getenv("GAITKEEPER_FIT")
			if dir == "" {
				dir = b.TempDir()
				writeSeason(b, dir, 60)
			}
			var importing, decoding time.Duration
			for b.Loop() {
				decoding += decodeAlone(b, dir)
				importing += importOnce(b, dir)
			}
			b.ReportMetric(float64(importing)/float64(decoding), "x_decode")
			b.ReportMetric(importing.Seconds()*1000/float64(b.N), "import_ms")
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

func importOnce(b *testing.B, dir string) time.Duration {
	b.Helper()
	cfg := config.Default(func(string) string { return "" })
	cfg.Storage.Path = filepath.Join(b.TempDir(), "gaitkeeper.db")
	app, err := Open(b.Context(), cfg, Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	defer app.Close()
	begin := time.Now()
	if _, err := app.Import(b.Context(), []string{dir}, nil); err != nil {
		b.Fatal(err)
	}
	return time.Since(begin)
}

func decodeAlone(b *testing.B, dir string) time.Duration {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.fit"))
	if err != nil || len(files) == 0 {
		b.Fatal("no files to decode", err)
	}
	var took time.Duration
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		begin := time.Now()
		if _, err := decoder.New(bytes.NewReader(data), decoder.WithIgnoreChecksum()).Decode(); err != nil {
			b.Fatal(err)
		}
		took += time.Since(begin)
	}
	return took
}
