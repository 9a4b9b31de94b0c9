package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// The marks around the table of pain beside stride.
const (
	painBegins = "<!-- pain beside stride: made by `go run ./internal/detection -pain -write docs/detection.md`, changes here are overwritten -->"
	painEnds   = "<!-- end of the table of pain beside stride -->"
)

// soreArm is one way in which a place may be sore beside the stride.
type soreArm struct {
	site  gait.Site
	worst int
	// side is the painful one as the spared foot sees it: the same, the other, both,
	// or not named.
	side string
}

func soreSides() []string { return []string{"spared", "other", "unnamed", "both"} }
func soreWorsts() []int   { return []int{1, 2, 3, 5} }

// soreArms are those that are measured: one place stands for every place in a leg,
// one for those that no limp comes from. That it does, sameEverywhere tries.
func soreArms() []soreArm {
	var arms []soreArm
	for _, side := range soreSides() {
		for _, worst := range soreWorsts() {
			arms = append(arms, soreArm{gait.Knee, worst, side})
		}
	}
	for _, worst := range soreWorsts() {
		arms = append(arms, soreArm{gait.Back, worst, "unnamed"})
	}
	return arms
}

// sameEverywhere tries every place, number and side on a runner, and returns those
// arms that are not as the one that stands for them.
func (r soreRunner) sameEverywhere() []soreArm {
	var other []soreArm
	for _, side := range soreSides() {
		for _, worst := range soreWorsts() {
			leg, trunk := r.try(soreArm{gait.Knee, worst, side}), r.try(soreArm{gait.Back, worst, "unnamed"})
			for _, site := range gait.Sites() {
				want := trunk
				if site.Leg() {
					want = leg
				}
				if a := (soreArm{site, worst, side}); r.try(a) != want {
					other = append(other, a)
				}
			}
		}
	}
	return other
}

// sameRunners are those on whom every place is tried.
const sameRunners = 2

// sideOf returns the side of the pain where a foot is, or would be, spared.
func (a soreArm) sideOf(spared gait.Side) gait.Side {
	switch a.side {
	case "spared":
		return spared
	case "other":
		return spared.Opposite()
	case "both":
		return gait.Both
	default:
		return gait.NoSide
	}
}

// healthyBefore is how many runs there are before the pain begins.
const healthyBefore = 25

// soreRunner is one made runner, with a usual stride for forty more runs and with a
// limp of 1.5 points for four.
type soreRunner struct {
	spared         gait.Side
	healthy, limps []gait.Measures
	params         gait.Params
}

func newSoreRunner(seed uint64, p gait.Params) soreRunner {
	r := soreRunner{spared: []gait.Side{gait.Left, gait.Right}[seed%2], params: p}
	measured := func(runs int, limps []simulate.Limp) []gait.Measures {
		season := simulate.Season{Runner: simulate.NewRunner(seed), Start: time.Date(2026, 1, 5, 7, 0, 0, 0, time.UTC), Runs: runs, Limps: limps}
		var all []gait.Measures
		for run := range season.All() {
			all = append(all, analysis.Measure(run.Run, p.Analysis))
		}
		return all
	}
	r.healthy = measured(healthyBefore+40, nil)
	r.limps = measured(healthyBefore+4, []simulate.Limp{{From: healthyBefore, Side: r.spared, Size: 1.5}})
	return r
}

// judged lets every run from the pain on hurt as much from start to end, with a calm
// morning, and returns what is said of them.
func (r soreRunner) judged(runs []gait.Measures, a soreArm) []finding.Assessment {
	h := gait.History{Runs: runs}
	for i, m := range runs[healthyBefore:] {
		worst, _ := gait.Exactly(a.worst)
		morning, _ := gait.Exactly(1)
		end := m.Start.Add(m.Duration)
		h.Pain = append(h.Pain, gait.Pain{
			ID: int64(i + 1), Run: m.Run, At: end, Recorded: end.Add(time.Hour), Site: a.site, Side: a.sideOf(r.spared),
			Worst: worst, Start: worst, End: worst, Morning: morning,
		})
	}
	return analysis.Replay(h, r.params).Assessments[healthyBefore:]
}

// soreTally counts runners.
type soreTally struct{ falseStop, falseAsk, asked, stopped int }

// stoppedByStride tells whether the balance told the runner to stop; what the words
// alone say is left aside.
func stoppedByStride(a finding.Assessment) bool {
	return slices.ContainsFunc(a.Reasons, func(f finding.Fact) bool { return f.Rule == finding.StopLimp })
}

func speaks(a finding.Assessment) bool {
	return a.Evidence.Level.Above(gait.LevelNone) || stoppedByStride(a)
}

func (r soreRunner) try(a soreArm) soreTally {
	one := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	healthy, limps := r.judged(r.healthy, a), r.judged(r.limps, a)
	return soreTally{
		falseStop: one(slices.ContainsFunc(healthy, stoppedByStride)), falseAsk: one(slices.ContainsFunc(healthy, speaks)),
		asked: one(slices.ContainsFunc(limps[:2], speaks)), stopped: one(slices.ContainsFunc(limps, stoppedByStride)),
	}
}

// reportPain tries every arm on so many made runners, and writes the table.
func reportPain(o options) error {
	if o.runners == 0 {
		o.runners = 100
	}
	for _, other := range each(sameRunners, progress, func(i int) []soreArm { return newSoreRunner(painSeeds.at(i), o.params).sameEverywhere() }) {
		if len(other) > 0 {
			return fmt.Errorf("the place makes a difference, so the table needs more rows: %v", other)
		}
	}
	arms := soreArms()
	sum := make([]soreTally, len(arms))
	for _, tallies := range each(o.runners, progress, func(i int) []soreTally {
		r := newSoreRunner(painSeeds.at(i), o.params)
		var all []soreTally
		for _, a := range arms {
			all = append(all, r.try(a))
		}
		return all
	}) {
		for i, t := range tallies {
			sum[i].falseStop, sum[i].falseAsk = sum[i].falseStop+t.falseStop, sum[i].falseAsk+t.falseAsk
			sum[i].asked, sum[i].stopped = sum[i].asked+t.asked, sum[i].stopped+t.stopped
		}
	}
	table := painTable(arms, sum, o.runners)
	fmt.Print(table)
	if o.write == "" {
		return nil
	}
	return writeBlock(o.write, painBegins, painEnds, table)
}

func painTable(arms []soreArm, sum []soreTally, runners int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%d made runners; 25 healthy runs, then every run hurts as much from start to end, mornings at 1. Of the healthy stride 40 runs, of the limp of 1.5 points the first 2 and 4. ", runners)
	fmt.Fprintf(&b, "A leg is any place from toes to hip: on %d runners all %d places were tried with every number and side, and each was as the row that stands for it.\n\n", sameRunners, len(gait.Sites()))
	b.WriteString("| sore place, worst | painful side | healthy: told to stop by the stride | healthy: ever asked | limp: asked or told within 2 runs | limp: told to stop within 4 |\n| --- | --- | --: | --: | --: | --: |\n")
	for i, a := range arms {
		where, side := "leg", a.side
		if !a.site.Leg() {
			where, side = "sacrum, back or other", "any"
		}
		fmt.Fprintf(&b, "| %s, %d of 10 | %s | %d | %d | %d | %d |\n", where, a.worst, side, sum[i].falseStop, sum[i].falseAsk, sum[i].asked, sum[i].stopped)
	}
	b.WriteString("\n")
	return b.String()
}
