package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// BenchmarkMemory prints what the program itself needs, as the system accounts
// it: the peak of an import of 300 runs, and serve on the database they make,
// once it has synced and gone idle.
func BenchmarkMemory(b *testing.B) {
	dir := b.TempDir()
	binary := filepath.Join(dir, "gaitkeeper")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-buildvcs=false", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatal(err, string(out))
	}
	fit := filepath.Join(dir, "fit")
	if err := os.Mkdir(fit, 0o700); err != nil {
		b.Fatal(err)
	}
	for _, run := range simulate.LimpSeason(3, time.Date(2024, 1, 1, 7, 0, 0, 0, time.UTC), 300, -1, 0, gait.Left) {
		f, err := os.Create(filepath.Join(fit, string(run.ID)+".fit"))
		if err != nil {
			b.Fatal(err)
		}
		if err := simulate.WriteFIT(f, run); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	config := filepath.Join(dir, "config.toml")
	text := fmt.Sprintf("[storage]\npath = %q\n[sources.fit]\ndirs = [%q]\n[web]\nlisten = \"127.0.0.1:0\"\n", filepath.Join(dir, "g.db"), fit)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := os.RemoveAll(filepath.Join(dir, "g.db")); err != nil {
			b.Fatal(err)
		}
		imported := exec.CommandContext(b.Context(), binary, "import", "--config", config, fit)
		if out, err := imported.CombinedOutput(); err != nil {
			b.Fatal(err, string(out))
		}
		usage, ok := imported.ProcessState.SysUsage().(*syscall.Rusage)
		if !ok {
			b.Fatal("the system accounts for no memory")
		}
		b.ReportMetric(float64(usage.Maxrss)/1024, "import_peak_MiB")
		idle(b, binary, config)
	}
}

// idle starts serve, waits for its first two looks at the history, and reads
// what it holds then.
func idle(b *testing.B, binary, config string) {
	b.Helper()
	serve := exec.CommandContext(b.Context(), binary, "serve", "--config", config)
	if err := serve.Start(); err != nil {
		b.Fatal(err)
	}
	time.Sleep(25 * time.Second) // idle is what is left when nothing happens
	pages, err := os.Open(fmt.Sprintf("/proc/%d/smaps_rollup", serve.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	defer pages.Close()
	lines := bufio.NewScanner(pages)
	for lines.Scan() {
		for field, metric := range map[string]string{"Rss:": "idle_resident_MiB", "Anonymous:": "idle_anonymous_MiB"} {
			if f := strings.Fields(lines.Text()); f[0] == field {
				kib, err := strconv.ParseFloat(f[1], 64)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(kib/1024, metric)
			}
		}
	}
	if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
		b.Fatal(err)
	}
	if err := serve.Wait(); err != nil {
		b.Fatal(err)
	}
}
