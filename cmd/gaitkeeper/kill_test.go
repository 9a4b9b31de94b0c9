package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaitkeeper/internal/simulate"
	"gaitkeeper/store"
)

// TestAnImportGoesOnWhereItWasKilled: a bulk export is imported by a process
// that is interrupted and killed again and again. What it had saved is not read
// a second time, and in the end everything is as if nobody had disturbed it.
func TestAnImportGoesOnWhereItWasKilled(t *testing.T) {
	const runs, others, step = 20, 500, 100
	dir := t.TempDir()
	export := filepath.Join(dir, "export.zip")
	f, err := os.Create(export)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(simulate.WriteGarminExport(f, slices.Values(shortRuns(runs, -1)), others), f.Close()); err != nil {
		t.Fatal(err)
	}
	undisturbed := newProcess(t, dir, "undisturbed")
	undisturbed.must("import", export)

	var p process
	saved := 0
	for try := 0; saved == 0 || saved == runs+others; try++ { // on a busy machine the signal may come too late
		if try == 10 {
			t.Fatalf("%d imports were never stopped before their end", try)
		}
		p = newProcess(t, dir, fmt.Sprint("killed ", try))
		saved = p.disturb(step, export)
	}
	if saved < 3*step {
		t.Errorf("%d of %d files had been saved", saved, runs+others)
	}
	last := p.must("import", export)
	read := 0
	for _, n := range regexp.MustCompile(`new runs: (\d+)|(\d+) monitoring|(\d+) settings`).FindAllStringSubmatch(last, -1) {
		count, _ := strconv.Atoi(n[1] + n[2] + n[3]) // digits
		read += count
	}
	if read != runs+others-saved {
		t.Errorf("%d files had been saved of %d, and then %d were read: %s", saved, runs+others, read, last)
	}
	if a, b := undisturbed.must("runs", "--json"), p.must("runs", "--json"); a != b || strings.Count(b, "\n") != runs {
		t.Errorf("undisturbed:\n%s\nkilled:\n%s", a, b)
	}
	if again := p.must("import", export); !strings.Contains(again, "new runs: 0, files seen before: 1\n") {
		t.Errorf("once more: %s", again)
	}
}

// disturb lets three imports be stopped, each after some more files. It returns
// how many files were saved in the end; all of them where one was not stopped.
func (p process) disturb(step int, export string) (saved int) {
	p.t.Helper()
	db, err := store.Open(p.t.Context(), filepath.Join(p.state, "gaitkeeper", "gaitkeeper.db"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	for i, signal := range []os.Signal{os.Kill, os.Interrupt, os.Kill} {
		if !p.stop(db, (i+1)*step, signal, "import", export) {
			break
		}
	}
	return len(remembered(p.t, db))
}

// remembered are the FIT files that the database remembers.
func remembered(t *testing.T, db *store.Store) []string {
	t.Helper()
	files, err := db.Files(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for path := range files {
		if !strings.HasSuffix(path, ".zip") {
			paths = append(paths, path)
		}
	}
	return paths
}

// process runs gaitkeeper as processes of its own.
type process struct {
	t              *testing.T
	program, state string
}

// newProcess makes a home for gaitkeeper. The program is this test's own, which
// is gaitkeeper where it is called so.
func newProcess(t *testing.T, dir, name string) process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := process{t, filepath.Join(dir, name, "gaitkeeper"), filepath.Join(dir, name, "state")}
	if err := os.MkdirAll(filepath.Join(p.state, "gaitkeeper"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, p.program); err != nil {
		t.Skip("skipped: no symbolic links here")
	}
	return p
}

func (p process) command(args ...string) *exec.Cmd {
	c := exec.CommandContext(p.t.Context(), p.program, args...)
	c.Env = append(os.Environ(), "GORACE="+raceOptions, "HOME="+p.state, "XDG_CONFIG_HOME="+p.state, "XDG_STATE_HOME="+p.state)
	return c
}

// must returns what a command prints.
func (p process) must(args ...string) string {
	p.t.Helper()
	out, err := p.command(args...).CombinedOutput()
	if err != nil {
		p.t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// stop starts a command and sends it the signal once so many files are saved.
// False: it had come to its end before.
func (p process) stop(db *store.Store, files int, signal os.Signal, args ...string) bool {
	p.t.Helper()
	c := p.command(args...)
	var said strings.Builder
	c.Stderr = &said
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for len(remembered(p.t, db)) < files {
		select {
		case err := <-ended:
			if err != nil {
				p.t.Fatalf("%v: %v\n%s", args, err, said.String())
			}
			return false
		case <-look.C:
		}
	}
	_ = c.Process.Signal(signal) // it may have ended just now
	err := <-ended
	if signal == os.Interrupt && err != nil && !strings.Contains(said.String(), "the same command goes on from there") {
		p.t.Errorf("interrupted, it says %q", said.String())
	}
	return err != nil
}
