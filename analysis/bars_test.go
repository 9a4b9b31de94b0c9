package analysis

import (
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// before is how many healthy runs a made runner has before the pain begins.
const before = 25

// made measures a made runner's season: healthy up to the pain, with a limp of the
// size from then on.
func made(seed uint64, runs int, limp gait.Points, side gait.Side) []gait.Measures {
	season := simulate.Season{Runner: simulate.NewRunner(seed), Start: time.Date(2026, 1, 5, 7, 0, 0, 0, time.UTC), Runs: before + runs}
	if limp > 0 {
		season.Limps = []simulate.Limp{{From: before, Side: side, Size: limp}}
	}
	var all []gait.Measures
	for r := range season.All() {
		all = append(all, Measure(r.Run, gait.DefaultParams().Analysis))
	}
	return all
}

// hurting lets every run from the pain on hurt as much from start to end, with a
// calm morning.
func hurting(runs []gait.Measures, worst int, site gait.Site, side gait.Side) gait.History {
	h := gait.History{Runs: runs}
	for i, m := range runs[before:] {
		n := exactly(worst)
		h.Pain = append(h.Pain, gait.Pain{
			ID: int64(i + 1), Run: m.Run, At: end(&m), Recorded: end(&m).Add(time.Hour), Site: site, Side: side,
			Worst: n, Start: n, End: n, Morning: exactly(1),
		})
	}
	return h
}

// count tries many made runners and counts what is true of them.
func count(runners int, try func(seed uint64, side gait.Side) map[string]bool) map[string]int {
	var mu sync.Mutex
	var work sync.WaitGroup
	n, seeds := map[string]int{}, make(chan uint64)
	for range runtime.NumCPU() {
		work.Go(func() {
			for seed := range seeds {
				found := try(seed, []gait.Side{gait.Left, gait.Right}[seed%2])
				mu.Lock()
				for what, is := range found {
					if is {
						n[what]++
					}
				}
				mu.Unlock()
			}
		})
	}
	for seed := range uint64(runners) {
		seeds <- 7000 + seed
	}
	close(seeds)
	work.Wait()
	return n
}

// A sore tendon that is as ever, with a healthy stride, is not told to stop; a real
// limp beside a new pain is asked about at once and stopped soon. The figures of a
// hundred runners each are in docs/rules.md; here it is fewer, in time for every
// change.
func TestPainAndStrideAreEachCountedOnce(t *testing.T) {
	const runners = 12
	stop := func(a finding.Assessment) bool { return a.Verdict == finding.VerdictStop }
	asked := func(a finding.Assessment) bool { return a.Evidence.Level.Above(gait.LevelNone) }
	ever := func(runs []gait.Measures, worst int, side gait.Side, is func(finding.Assessment) bool) bool {
		f := Replay(hurting(runs, worst, gait.Achilles, side), gait.DefaultParams())
		return slices.ContainsFunc(f.Assessments[before:], is)
	}
	n := count(runners, func(seed uint64, side gait.Side) map[string]bool {
		healthy, limping := made(seed, 40, 0, side), made(seed, 4, 1.5, side)
		return map[string]bool{
			"stable 2": ever(healthy, 2, side, stop), "stable 3": ever(healthy, 3, side, stop), "stable 5": ever(healthy, 5, side, stop),
			"asked": ever(limping[:before+2], 3, side, asked), "stopped": ever(limping, 3, side, stop),
		}
	})
	t.Logf("of %d runners: %v", runners, n)
	for what, most := range map[string]int{"stable 2": 1, "stable 3": 1, "stable 5": 1} {
		if n[what] > most {
			t.Errorf("%s: %d of %d told to stop", what, n[what], runners)
		}
	}
	if n["asked"] < runners*7/10 || n["stopped"] < runners*7/10 {
		t.Errorf("a limp of 1.5 beside a new pain: %d of %d asked within 2 runs, %d stopped within 4", n["asked"], runners, n["stopped"])
	}
}
