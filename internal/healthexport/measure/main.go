// Command measure makes an export of Apple Health of some gigabytes in a temporary
// folder and says how long it takes to read it, how much memory that needs, and how
// long "unzip -p | wc -l" takes for the same.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/klauspost/compress/zip"

	"gaitkeeper/ingest"
	"gaitkeeper/ingest/applehealth"
	"gaitkeeper/internal/healthexport"
	"gaitkeeper/internal/simulate"
)

func main() {
	size := flag.Int64("bytes", 3<<30, "size of the unpacked export")
	dir := flag.String("dir", os.TempDir(), "where it is made")
	times := flag.Int("times", 1, "how often both are done")
	flag.Parse()
	if err := run(*dir, *size, *times); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(dir string, size int64, times int) error {
	file := filepath.Join(dir, "export.zip")
	if err := make3(file, size); err != nil {
		return err
	}
	defer func() { _ = os.Remove(file) }() // a made file
	for range times {
		began := time.Now()
		if err := exec.Command("sh", "-c", `unzip -p "$1" | wc -l`, "sh", file).Run(); err != nil { //nolint:gosec // a file of our own
			return fmt.Errorf("unzip: %w", err)
		}
		unzip := time.Since(began)
		began = time.Now()
		walks, runs, peak, err := read(file)
		if err != nil {
			return err
		}
		fmt.Printf("unzip -p | wc -l %.1f s; read %.1f s, %d walks, %d runs, %d MiB of memory taken from the system\n",
			unzip.Seconds(), time.Since(began).Seconds(), walks, runs, peak>>20)
	}
	return nil
}

// make3 makes an export with the walks of ten years and the runs of four months.
func make3(file string, size int64) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	z := zip.NewWriter(f)
	w, err := z.Create("apple_health_export/export.xml")
	if err != nil {
		return err
	}
	start := time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)
	e := healthexport.Export{Walks: simulate.NewWalker(1).Days(start, 3650, nil), Filler: size, Broken: true}
	for i := range 60 {
		e.Runs = append(e.Runs, healthexport.Run{Start: start.AddDate(0, 0, 3500+2*i), Duration: 45 * time.Minute, Speed: 3, Step: 1.05, Contact: 240})
	}
	if err := e.Write(w); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return f.Close()
}

// read reads the export as a sync does, with the memory that a daemon grants it.
func read(file string) (walks, runs int, peak uint64, err error) {
	debug.FreeOSMemory()
	nothing := func(context.Context) (map[string]ingest.File, error) { return nil, nil }
	for o, err := range applehealth.NewImport(file).Offers(context.Background(), nothing) {
		if err != nil {
			return walks, runs, peak, err
		}
		if o.Read == nil {
			continue
		}
		c, err := o.Read(context.Background(), nil)
		if err != nil || c.Broken != "" {
			return walks, runs, peak, fmt.Errorf("%w %s", err, c.Broken)
		}
		walks, runs = walks+len(c.Walks), runs+len(c.Runs)
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.Sys-m.HeapReleased)
	}
	return walks, runs, peak, nil
}
