package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/internal/smtptest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gaitkeeper": main, "measured": measured})
}

const peakSign = "peak in KiB:"

// measured is gaitkeeper, which says at its end how much memory it ever had. What
// the system tells of an ended process counts the one that started it, too.
func measured() {
	runtime.MemProfileRate = 0
	code := run(context.Background(), os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	status, _ := os.ReadFile("/proc/self/status") // where there is none, nothing is measured
	if _, peak, ok := strings.Cut(string(status), "VmHWM:"); ok {
		peak, _, _ = strings.Cut(peak, "kB")
		fmt.Fprintln(os.Stderr, peakSign, strings.TrimSpace(peak))
	}
	os.Exit(code)
}

// The race detector keeps each process for a second at its end, see
// https://go.dev/doc/articles/race_detector.
const raceOptions = "atexit_sleep_ms=10"

func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"season": season,
			"mail":   mail,
			"await":  await,
			"export": bulk, "unzip": unzip, "replace": replace,
		},
		Setup: func(e *testscript.Env) error {
			e.Values[mailKey{}] = new(*smtptest.Server)
			e.Setenv("GORACE", raceOptions)
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, "config"))
			e.Setenv("XDG_STATE_HOME", filepath.Join(e.WorkDir, "state"))
			return nil
		},
	})
}

// season DIR RUNS LIMPFROM AGE makes a season of RUNS runs as FIT files in DIR
// whose left foot is spared by two points from the run with index LIMPFROM on
// (-1: never), and whose last run began AGE ago. With "bare" at the end nobody
// wears a strap, and from then on the cadence is lower instead.
func season(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o700))
	runs, err := strconv.Atoi(args[1])
	ts.Check(err)
	from, err := strconv.Atoi(args[2])
	ts.Check(err)
	age, err := time.ParseDuration(args[3])
	ts.Check(err)
	for i, run := range simulate.LimpSeasonUntil(1, time.Now().Add(-age).Truncate(time.Second), runs, from, 2, gait.Left) {
		if len(args) > 4 {
			bare(&run, from >= 0 && i >= from)
		}
		f, err := os.Create(filepath.Join(dir, fmt.Sprintf("%03d.fit", i+1)))
		ts.Check(err)
		ts.Check(simulate.WriteFIT(f, run))
		ts.Check(f.Close())
	}
}

// bare takes the balance out of a run, and lets the steps be fewer.
func bare(run *gait.Run, slow bool) {
	for i := range run.Samples {
		run.Samples[i].StanceTimeBalance = gait.Unknown[gait.Percent]()
		if slow {
			run.Samples[i].Cadence *= 0.85
		}
	}
	run.Signals = gait.SignalsOf(run.Samples)
}
