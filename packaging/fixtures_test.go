package packaging

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/web"
)

// patience is how long a booted Debian, a container or a daemon may take for one step.
const patience = 2 * time.Minute

const password = "a long enough password"

// seasonRuns is how many runs a season has.
const seasonRuns = 33

// season makes a folder with the FIT files of a season, all at once: its last three
// runs spare the left foot.
func season(t *testing.T, folder string) {
	t.Helper()
	last := time.Now().Add(-2 * time.Hour).Truncate(time.Second)
	writeRuns(t, folder, simulate.LimpSeasonUntil(1, last, seasonRuns, seasonRuns-3, 2, gait.Left))
}

// writeRuns makes a folder with a FIT file of each run.
func writeRuns(t *testing.T, folder string, runs []gait.Run) {
	t.Helper()
	if err := os.MkdirAll(folder+".new", 0o755); err != nil {
		t.Fatal(err)
	}
	for i, run := range runs {
		f, err := os.OpenFile(filepath.Join(folder+".new", fmt.Sprintf("%03d.fit", i)), os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		if err := simulate.WriteFIT(f, run); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(folder+".new", folder); err != nil {
		t.Fatal(err)
	}
}

// write writes a file that all may read.
func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// hashed is what `gaitkeeper hash-password` prints.
func hashed(t *testing.T) string {
	t.Helper()
	hash, err := web.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	return hash + "\n"
}

// mailConfig is the one of a runner with a folder and a mail server.
func mailConfig(mailAddr, folder string) string {
	host, port, _ := strings.Cut(mailAddr, ":")
	return fmt.Sprintf(`[sources.fit]
dirs = [%q]
settle = "0s"
[alerts]
quiet_hours = ""
[notify.email]
host = %q
port = %s
tls = "none"
from = "gaitkeeper@example.org"
to = ["anna@example.org"]
`, folder, host, port)
}

// freeAddress is an address on loopback where nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// within asks again and again until it is so, and tells whether it was in time.
func within(limit time.Duration, so func() bool) bool {
	end := time.After(limit)
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	for !so() {
		select {
		case <-end:
			return false
		case <-again.C:
		}
	}
	return true
}
