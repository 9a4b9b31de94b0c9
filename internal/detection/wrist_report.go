package main

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"gaitkeeper/internal/simulate"
)

// The marks around the tables of runners without a balance.
const (
	formBegins = "<!-- form: made by `make detection`, changes here are overwritten -->"
	formEnds   = "<!-- end of the form's tables -->"
)

// The methods of the tables, the program first.
const theProgram, zRule, twoRule, twoFlagged = 0, 1, 2, 3

// String prints the tables.
func (w *wrist) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d made seasons of %d runs without a balance, each through one life, and %d runners with each change; none of them tuned anything. In brackets: 95 %% intervals, of rates over runners.\n\n",
		len(w.healthy), wristRuns, len(w.sore[0]))
	out.WriteString(w.foundTable())
	out.WriteString("\n_z_: the farthest signal from the mean of its last 20 runs, in standard deviations (cadence and stance time at the same speed, walking, fade, pace). _2 of 2_: the same, agreed on by two runs in a row. With limits that make as many questions of the same healthy runs as gaitkeeper, or flag as many of them.\n\n")
	out.WriteString(w.painTable() + "\n")
	out.WriteString(w.healthyTable())
	return out.String()
}

// foundTable prints what was found of each change.
func (w *wrist) foundTable() string {
	var t table
	t.row("asked within 12 runs (within 4)", "with the watch", "target", "z", "2 of 2", "2 of 2, as many flagged",
		"from Strava alone", "target", "z", "2 of 2", "2 of 2, as many flagged")
	for c, s := range sorenesses() {
		row := []string{s.name}
		for e := range bothEyes {
			ours := w.found(c, e, theProgram, changeRuns)
			row = append(row, fmt.Sprintf("%s %s (%s)", ours, wilson(ours), w.found(c, e, theProgram, 4)),
				wanted(s, e), w.found(c, e, zRule, changeRuns).String(), w.found(c, e, twoRule, changeRuns).String(),
				w.found(c, e, twoFlagged, changeRuns).String())
		}
		t.row(row...)
	}
	return t.String()
}

// painTable prints what a new pain adds in the first run with a change.
func (w *wrist) painTable() string {
	var t table
	t.row("asked in the first run with", "without a word", fmt.Sprintf("with a new pain of %d in a knee", newPain), "from Strava: without a word", "with the pain")
	for c, s := range sorenesses() {
		row := []string{s.name}
		for e := range bothEyes {
			var pained share
			for i := range w.sore[c] {
				pained.add(w.sore[c][i].pained[e])
			}
			row = append(row, w.found(c, e, theProgram, 1).String(), pained.String()+" "+wilson(pained))
		}
		t.row(row...)
	}
	return t.String()
}

func wanted(s soreness, e eyes) string {
	want := s.watch
	if e == byStrava {
		want = s.strava
	}
	if want == 0 {
		return ""
	}
	return "≥ " + chance(want)
}

// found is the share of the change's runners who are asked within so many runs.
func (w *wrist) found(change int, e eyes, method, within int) share {
	var s share
	for i := range w.sore[change] {
		first := w.sore[change][i].first(e, method, w.limits[e][method])
		s.add(first > 0 && first <= within)
	}
	return s
}

// healthyTable prints the questions of healthy runs, by life.
func (w *wrist) healthyTable() string {
	var t table
	t.row("healthy runs", "runs", "with the watch: questions / flagged of 100", "z", "2 of 2", "2 of 2, as many flagged",
		"from Strava alone", "z", "2 of 2", "2 of 2, as many flagged")
	add := func(name string, keep func(simulate.Life) bool) {
		row := []string{name, ""}
		for e := range bothEyes {
			for m := range w.limits[e] {
				all := w.tallies(e, m, keep)
				row[1] = fmt.Sprint(sum(all).runs)
				if m == theProgram && (name == allLives || name == unseenLives) {
					row = append(row, rates(sum(all))+" "+overRunners(all))
				} else {
					row = append(row, rates(sum(all)))
				}
			}
		}
		t.row(row...)
	}
	add(allLives, everyLife)
	add(unseenLives, func(l simulate.Life) bool { return slices.Contains(simulate.UnseenLives(), l) })
	for _, life := range append(simulate.Lives(), simulate.UnseenLives()...) {
		name := string(life)
		if name == "" {
			name = "nothing in particular"
		}
		add(name, func(l simulate.Life) bool { return l == life })
	}
	if len(w.real.loudness[byWatch]) > 0 {
		row := []string{"a real runner with watches alone", fmt.Sprint(len(w.real.loudness[byWatch][theProgram]))}
		for e := range bothEyes {
			for m, limit := range w.limits[e] {
				row = append(row, rates(w.real.tally(e, m, limit)))
			}
		}
		t.row(row...)
	}
	return t.String()
}

const (
	allLives    = "all"
	unseenLives = "lives that tuned nothing"
)

func everyLife(simulate.Life) bool { return true }

// tallies are those of the seasons whose life is kept.
func (w *wrist) tallies(e eyes, method int, keep func(simulate.Life) bool) []tally {
	var all []tally
	for i := range w.healthy {
		if keep(w.healthy[i].life) {
			all = append(all, w.healthy[i].tally(e, method, w.limits[e][method]))
		}
	}
	return all
}

func sum(all []tally) tally {
	var t tally
	for _, o := range all {
		t.add(o)
	}
	return t
}

// wilson prints Wilson's interval of a share.
func wilson(s share) string {
	const z = 1.96
	n, p := float64(max(1, s.trials)), s.value()
	mid, half, f := p+z*z/(2*n), z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n)), 1/(1+z*z/n)
	return fmt.Sprintf("[%s, %s]", chance(max(0, f*(mid-half))), chance(min(1, f*(mid+half))))
}

// overRunners prints the interval of the rate of events, from drawing runners anew.
func overRunners(all []tally) string {
	rng := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // the same draws each time: no secret hangs on them
	const draws = 1000
	rate := make([]float64, draws)
	for d := range rate {
		var t tally
		for range all {
			t.add(all[rng.IntN(len(all))])
		}
		rate[d], _ = t.per100()
	}
	slices.Sort(rate)
	return fmt.Sprintf("[%.2f, %.2f]", rate[draws/40], rate[draws-1-draws/40])
}

// compare tells whether the program falls behind what is wanted by more than
// chance does among these runners.
func (w *wrist) compare() error {
	var errs []error
	for c, s := range sorenesses() {
		for e, want := range [bothEyes]float64{s.watch, s.strava} {
			got := w.found(c, eyes(e), theProgram, changeRuns)
			if slack := 2 * math.Sqrt(0.25/float64(got.trials)); got.value() < want-slack {
				errs = append(errs, fmt.Errorf("without a balance, %s: asked %s of the runners in 12 runs, %s are wanted", s.name, got, chance(want)))
			}
		}
	}
	for e := range bothEyes {
		if len(w.real.loudness[e]) > 0 {
			if events, _ := w.real.tally(e, theProgram, 1).per100(); events > mostQuestions {
				errs = append(errs, fmt.Errorf("a real runner with watches alone: %.2f questions of 100 runs", events))
			}
		}
		if events, _ := sum(w.tallies(e, theProgram, everyLife)).per100(); events > mostQuestions {
			errs = append(errs, fmt.Errorf("without a balance: %.2f questions of 100 healthy runs", events))
		}
	}
	return errors.Join(errs...)
}

// mostQuestions is how many questions of 100 healthy runs there may be.
const mostQuestions = 2

// formReport takes the figures of runners without a balance, prints them, and
// holds them against what is wanted or writes them.
func (s *study) formReport(o *options) error {
	runners := formRunners
	if o.quick || o.against != "" {
		runners = formRunnersShort
	}
	w, err := s.withoutBalance(runners)
	if err != nil {
		return err
	}
	fmt.Println(w)
	switch {
	case o.against != "":
		return w.compare()
	case o.write != "":
		return writeBlock(o.write, formBegins, formEnds, w.String())
	default:
		return nil
	}
}

// The runners of each life, in full and in short.
const formRunners, formRunnersShort = 30, 6
