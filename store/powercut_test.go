package store

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/internal/powercut"
)

// cuts is how often the power is cut in the test.
const cuts = 8

// writes is the database of the other process of TestPowerCuts.
var writes = flag.String("writes", "", "write to this database until killed; for TestPowerCutWriter alone")

// Whatever the store has confirmed is there after a power cut, and nothing is
// there in part: a run, an entry of the diary, a decision with its message, and
// the note that it was delivered.
func TestPowerCuts(t *testing.T) {
	folder := t.TempDir()
	line, err := powercut.New(t.TempDir(), folder)
	if err != nil {
		t.Skipf("no power to cut: %v", err)
	}
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	path, confirmed := filepath.Join(folder, "g.db"), 0
	for range cuts {
		confirmed = writeUntilCut(t, line, path, confirmed, 1+random.IntN(15), time.Duration(random.IntN(4000))*time.Microsecond)
		check(t, line.Cut(random, "g.db"))
		confirmed = afterCut(t, path, confirmed)
	}
	if confirmed < cuts {
		t.Errorf("only %d writes in all", confirmed)
	}
}

// writeUntilCut lets a process write until some more writes are confirmed, and
// kills it a moment later. It returns how many it has confirmed altogether.
func writeUntilCut(t *testing.T, line powercut.Line, path string, done, more int, moment time.Duration) int {
	t.Helper()
	c := line.Command(t.Context(), os.Args[0], "-test.run", "^TestPowerCutWriter$", "-writes", path)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	check(t, err)
	check(t, c.Start())
	lines := bufio.NewScanner(out)
	for want := done + more; done < want && lines.Scan(); {
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			done = n
		}
	}
	<-time.After(moment) // into the middle of the next writes
	check(t, c.Process.Kill())
	for lines.Scan() { // what it still confirmed before it died
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			done = n
		}
	}
	_, _ = io.Copy(io.Discard, out)
	if err := c.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the writer ended by itself: %v", err)
	}
	return done
}

// afterCut opens a copy of the database and returns how many writes it holds. The
// database itself is left to the next writer, whose recovery may be cut, too.
func afterCut(t *testing.T, from string, confirmed int) int {
	t.Helper()
	path := filepath.Join(t.TempDir(), "g.db")
	for _, end := range append(sides(), "") {
		if content, err := os.ReadFile(from + end); err == nil {
			check(t, os.WriteFile(path+end, content, 0o600))
		}
	}
	s, err := Open(t.Context(), path)
	check(t, err)
	runs := count(t, s, "runs")
	if runs < confirmed {
		t.Fatalf("%d writes were confirmed, %d are there", confirmed, runs)
	}
	check(t, s.Close())
	whole(t, path)
	want := strconv.Itoa(runs)
	for _, table := range []string{"samples", "measures", "files", "origins", "pain", "notices", "messages"} {
		got, err := strconv.Atoi(ask(t, path, `SELECT count(*) FROM `+table))
		check(t, err)
		if got != runs && got != runs-1 || got < confirmed { // the writer had just begun with the next
			t.Fatalf("%d rows of %s to %s runs, %d confirmed", got, table, want, confirmed)
		}
	}
	owed := ask(t, path, `SELECT count(*) FROM deliveries WHERE delivered IS NULL`)
	if n, err := strconv.Atoi(owed); err != nil || n > 1 {
		t.Fatalf("%s deliveries are owed that were confirmed", owed)
	}
	return runs
}

// TestPowerCutWriter is the process that writes, and says so, until it is killed.
func TestPowerCutWriter(t *testing.T) {
	if *writes == "" {
		t.Skip("runs only as the other process of TestPowerCuts")
	}
	s, err := Open(t.Context(), *writes)
	check(t, err)
	ctx := t.Context()
	// What was cut off is made up for first, as the next cycle does.
	for n := max(count(t, s, "runs")-1, 0); ; n++ {
		in := newImport(n)
		in.Runs[0].Run.Samples = noisy(600)
		key := fmt.Sprintf("k%d", n)
		check(t, save(ctx, s, in))
		diary, err := s.ListPain(ctx)
		check(t, err)
		if len(diary) <= n {
			_, err = s.AddPain(ctx, fullPain(in.Runs[0].Run.ID))
			check(t, err)
		}
		check(t, s.Commit(ctx, Decided{alert.Notice{Key: key}, alert.Message{Key: key, Text: strings.Repeat("long ", 500)}, []string{"email"}}))
		owed, err := s.Undelivered(ctx)
		check(t, err)
		for _, d := range owed {
			check(t, s.Delivered(ctx, d.ID, day(n), nil))
		}
		fmt.Println(n + 1)
	}
}
