package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// BenchmarkMemory prints what the program itself needs, as the system accounts
// it: the peak of an import of 300 runs, and serve on the database they make,
// once it has synced and gone idle. A file that was just written lies in the
// system's memory in large pieces, which count as a whole once a part is used;
// after a start of the machine only what is used is read from the disk.
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
		b.ReportMetric(peak(b, imported), "import_peak_MiB")
		idle(b, "just_built", binary, config)
		forget(b, binary)
		idle(b, "machine_started", binary, config)
	}
}

// forget makes the system drop what it holds in memory of a file.
func forget(b *testing.B, path string) {
	b.Helper()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	err = errors.Join(f.Sync(), unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED), f.Close())
	if err != nil {
		b.Fatal(err)
	}
}

// peak runs a command and returns the most memory it held, in MiB. The kernel's
// high water mark is read every few milliseconds while it runs: the figure that
// is left when it has ended holds the memory of whoever started it, too.
func peak(b *testing.B, command *exec.Cmd) (mib float64) {
	b.Helper()
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case err := <-ended:
			if err != nil {
				b.Fatal(err)
			}
			return mib
		case <-look.C:
			if mark, there := memory(command.Process.Pid, "status")["VmHWM:"]; there {
				mib = mark
			}
		}
	}
}

// memory returns the lines of one of the kernel's accounts of a process, in MiB;
// none where the process has ended.
func memory(pid int, account string) map[string]float64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, account)) // gone with its process
	lines := map[string]float64{}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 3 && f[2] == "kB" {
			kib, _ := strconv.ParseFloat(f[1], 64) // the kernel writes numbers
			lines[f[0]] = kib / 1024
		}
	}
	return lines
}

// idle starts serve, waits for its first two looks at the history, and reads
// what it holds then.
func idle(b *testing.B, when, binary, config string) {
	b.Helper()
	serve := exec.CommandContext(b.Context(), binary, "serve", "--config", config)
	if err := serve.Start(); err != nil {
		b.Fatal(err)
	}
	time.Sleep(25 * time.Second) // idle is what is left when nothing happens
	held := memory(serve.Process.Pid, "smaps_rollup")
	b.ReportMetric(held["Rss:"], "idle_resident_"+when+"_MiB")
	b.ReportMetric(held["Anonymous:"], "idle_anonymous_"+when+"_MiB")
	if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
		b.Fatal(err)
	}
	if err := serve.Wait(); err != nil {
		b.Fatal(err)
	}
}
