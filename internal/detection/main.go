// Command detection is the benchmark of the detector: it makes runners, lets
// gaitkeeper and other methods look at them, and prints in one table how often
// each cries wolf and how soon it finds a limp. `make detection` runs it whole
// and writes the table into docs/detection.md; see doc.go.
package main

import (
	"flag"
	"fmt"
	"os"

	"gaitkeeper/gait"
)

func main() {
	var f options
	flag.BoolVar(&f.quick, "quick", false, "the main table only, on fewer runners")
	flag.IntVar(&f.runners, "runners", 0, "made runners (0: as many as the table needs)")
	flag.Parse()
	if err := run(f); err != nil {
		fmt.Fprintln(os.Stderr, "detection:", err)
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	quick   bool
	runners int
}

func run(f options) error {
	p := gait.DefaultParams()
	s := &study{params: p, methods: []method{gaitkeeper(p)}, cells: mainCells(), runners: 60, fitEvery: 25, white: newWhitening(), progress: progress}
	if f.runners > 0 {
		s.runners = f.runners
	}
	fmt.Print(mainTable(s, s.figures()))
	return nil
}

// progress says on a terminal how far the work has come.
func progress(done, of int) {
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		fmt.Fprintf(os.Stderr, "\r%d of %d ", done, of)
	}
}
