// Command torture kills gaitkeeper at random moments while it imports, syncs and
// delivers, against a mail server that fails half the time, and then sees
// whether anything was lost:
//
//	go run ./internal/torture -kills 200
//
// With -power each kill is a power cut: what was not synced is lost, or on the
// disk in part.
//
// It works in rounds. Each is a new runner, whose season comes file by file, and
// ends with commands that nobody kills until nothing is owed. Then every run has
// to be in once, every notice has to have arrived under one Message-ID of its
// own, and the database has to be whole.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// killsARound is how often one runner's gaitkeeper is killed.
const killsARound = 20

func main() {
	kills := flag.Int("kills", 200, "how often to kill")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "what the random moments come from")
	power := flag.Bool("power", false, "cut the power with each kill")
	flag.Parse()
	if err := torture(context.Background(), *kills, *seed, *power); err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
}

func torture(ctx context.Context, kills int, seed uint64, power bool) error {
	dir, err := os.MkdirTemp("", "gaitkeeper-torture-")
	if err != nil {
		return err
	}
	program := filepath.Join(dir, "gaitkeeper")
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", program, "./cmd/gaitkeeper") //nolint:gosec // our own
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build gaitkeeper: %w", err)
	}
	fmt.Printf("%d kills, seed %d\n", kills, seed)
	random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // nothing secret
	var total counts
	for round := 0; total.killed < kills; round++ {
		r, err := begin(filepath.Join(dir, fmt.Sprintf("round-%02d", round)), program, uint64(round)+1, random)
		if err == nil && power {
			err = r.hangOnLine()
		}
		if err != nil {
			return err
		}
		err = r.play(ctx, min(killsARound, kills-total.killed))
		r.server.Down()
		total.add(r.counts)
		if err != nil {
			return fmt.Errorf("round %d (its files stay in %s): %w", round, r.home, err)
		}
		fmt.Printf("round %2d: %s\n", round, r.counts)
	}
	fmt.Printf("in all:   %s\nnothing lost, nothing twice under another Message-ID, every database whole\n", total)
	return os.RemoveAll(dir)
}

// counts is what happened.
type counts struct {
	killed, asleep, runs, mails, repeated int
}

func (c *counts) add(o counts) {
	c.killed += o.killed
	c.asleep += o.asleep
	c.runs += o.runs
	c.mails += o.mails
	c.repeated += o.repeated
}

func (c counts) String() string {
	return fmt.Sprintf("%d kills (%d more came too late), %d runs, %d mails, %d of them repeated under the same Message-ID",
		c.killed, c.asleep, c.runs, c.mails, c.repeated)
}
