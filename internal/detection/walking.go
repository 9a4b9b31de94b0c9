package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"gaitkeeper/analysis/walking"
	"gaitkeeper/gait"
	"gaitkeeper/internal/realruns"
	"gaitkeeper/internal/simulate"
)

// The marks around the tables of everyday walks.
const (
	walkingBegins = "<!-- walking: made by `go run ./internal/detection -walking -write docs/detection.md`, changes here are overwritten -->"
	walkingEnds   = "<!-- end of the walking tables -->"
)

// unevenness is a made limp in the walks: by how much a larger share of them is
// uneven, and what the mean of the phone's figures becomes with it in somebody
// healthy whose mean is about 2 %.
type unevenness struct {
	name string
	more float64
}

func unevennesses() []unevenness {
	return []unevenness{
		{"5 more of 100 walks uneven", 0.05},
		{"10 more of 100 (11 instead of about 1.5)", 0.095},
		{"mild: the phone's mean rises to about 5 %", 0.13},
		{"the mean rises to about 8 %", 0.27},
		{"marked: the mean rises to about 11 %", 0.4},
	}
}

// limpDays is how long a made limp lasts, soonDays and laterDays until when it
// should be asked about.
const limpDays, soonDays, laterDays = 28, 10, 21

// reportWalking prints the tables, and writes them where a page is named.
func reportWalking(page string) error {
	var out strings.Builder
	const walkers = 200
	questions, years := 0, 0
	for seed := range uint64(walkers) {
		c := walking.New(simulate.NewWalker(seed).Days(walkStart, 730, nil), time.UTC)
		questions, years = questions+len(c.Questions()), years+2
	}
	fmt.Fprintf(&out, "%d made walkers over 2 years: %d questions in %d years.", walkers, questions, years)
	for _, person := range []string{"healthy_a", "unlabelled_b"} {
		walks, err := realruns.Walks(person)
		if err != nil {
			return err
		}
		if len(walks) == 0 {
			return errors.New("the real walks are not there: " + realruns.Folder("walk"))
		}
		c := walking.New(walks, time.UTC)
		fmt.Fprintf(&out, " Real person %s, %d walks: %d.", person[len(person)-1:], len(walks), len(c.Questions()))
	}
	out.WriteString("\n\n")
	person, err := realruns.Walks("healthy_a")
	if err != nil {
		return err
	}
	var t table
	t.row(fmt.Sprintf("a limp of %d days", limpDays), fmt.Sprintf("made walkers: asked within %d days", soonDays), fmt.Sprintf("within %d", laterDays),
		fmt.Sprintf("put into the walks of person a at 100 places: within %d days", soonDays), fmt.Sprintf("within %d", laterDays))
	for _, u := range unevennesses() {
		var made, put [2]share
		for seed := range uint64(walkers) {
			begin := 200 + int(seed%28)
			w := simulate.NewWalker(10_000 + seed)
			walks := w.Days(walkStart, begin+limpDays, func(day int) float64 {
				if day >= begin {
					return u.more
				}
				return 0
			})
			countAsked(&made, walks, walkStart.AddDate(0, 0, begin))
		}
		for i := range 100 {
			begin := walkStartOf(person).AddDate(0, 0, 150+i*12)
			countAsked(&put, limping(person, begin, u.more, uint64(i)), begin)
		}
		t.row(u.name, made[0].wilson().String(), made[1].wilson().String(), put[0].wilson().String(), put[1].wilson().String())
	}
	out.WriteString(t.String())
	fmt.Print(out.String())
	if page == "" {
		return nil
	}
	return writeBlock(page, walkingBegins, walkingEnds, out.String())
}

var walkStart = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

func walkStartOf(walks []gait.Walk) time.Time { return walks[0].Start.Truncate(24 * time.Hour) }

// countAsked adds whether the walks are asked about soon and later after a limp began.
func countAsked(found *[2]share, walks []gait.Walk, begin time.Time) {
	for i, days := range []int{soonDays, laterDays} {
		hit := false
		for _, at := range walking.New(walks, time.UTC).Questions() {
			hit = hit || !at.Before(begin) && at.Before(begin.AddDate(0, 0, days))
		}
		found[i].add(hit)
	}
}

// limping makes more of the real walks uneven for a while.
func limping(walks []gait.Walk, begin time.Time, more float64, seed uint64) []gait.Walk {
	rng := rand.New(rand.NewPCG(seed, 77)) //nolint:gosec // the same every time
	end := begin.AddDate(0, 0, limpDays)
	var out []gait.Walk
	for _, w := range walks {
		if !w.Start.Before(end) {
			break
		}
		if !w.Start.Before(begin) && !w.Uneven() && rng.Float64() < more {
			w.Share = min(0.99, 0.10+0.12*rng.ExpFloat64())
		}
		out = append(out, w)
	}
	return out
}
