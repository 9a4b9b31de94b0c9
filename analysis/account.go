package analysis

import (
	"fmt"
	"math"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/gait"
)

// Account says in words what stands behind an assessment: the runner's normal,
// what speaks for a change and what against it, and the sentence a
// physiotherapist would say. Where there is no balance, no word of a side falls.
func Account(a gait.Assessment) gait.Account {
	w := account{e: &a.Evidence}
	if w.e.Quality.Balance == gait.BalanceOK {
		w.balance(a)
	}
	w.form()
	return gait.Account{Sentence: rules.Sentence(a), Normal: w.normal(), For: w.speaksFor, Against: w.against, Looked: w.looked()}
}

// account is the evidence put into words.
type account struct {
	e                  *gait.Evidence
	speaksFor, against []string
}

// weigh puts a sentence on the side it speaks for.
func (w *account) weigh(speaks bool, format string, args ...any) {
	if text := fmt.Sprintf(format, args...); speaks {
		w.speaksFor = append(w.speaksFor, text)
	} else {
		w.against = append(w.against, text)
	}
}

// normal describes the runner's normal.
func (w *account) normal() string {
	switch {
	case !gait.Known(w.e.Baseline) && w.e.BaselineRuns == 0:
		return ""
	case !gait.Known(w.e.Baseline):
		return fmt.Sprintf("known from %d runs with a balance; this run has none to hold against it", w.e.BaselineRuns)
	default:
		return fmt.Sprintf("%.2f %% on the left foot, give or take %.1f points, known from %d runs",
			w.e.Baseline, w.e.Band, w.e.BaselineRuns)
	}
}

// balance weighs what the balance shows, and what was known before.
func (w *account) balance(a gait.Assessment) {
	e := w.e
	if gait.Known(e.Shift) && gait.Known(e.Band) {
		off, band, where := math.Abs(float64(e.Shift)), float64(e.Band), "inside"
		if off > band {
			where = "outside"
		}
		w.weigh(off > band, "%.2f points from your normal, %s the %.1f points that your healthy runs stay within", off, where, band)
	}
	for _, c := range gait.ReadableCharts(e.Charts) {
		w.weigh(c.Value >= c.Ask, "%s: %.1f, where %.1f asks and %.1f warns", c.Chart.Words(), c.Value, c.Ask, c.Warn)
	}
	if ms := float64(e.StanceTimeShift); gait.Known(e.StanceTimeShift) {
		w.weigh(ms >= stanceTold, "a step kept you on the ground %+.1f ms against what is usual at that speed, and sparing a leg makes it longer", ms)
	}
	if math.Abs(e.PriorLogOdds) >= priorTold {
		w.weigh(e.PriorLogOdds > 0, "what you said, now and before, and the length of the run%s", moved(e.LogOdds-e.PriorLogOdds, e.LogOdds))
	}
	if a.Pain.Answered && a.Pain.Worst.AtMost(0) {
		w.weigh(false, "you said that nothing hurt")
	}
}

// moved says by how much the chance of a change has moved between two log odds.
func moved(from, to float64) string {
	before, after := gait.Chance(from), gait.Chance(to)
	if before == after {
		return ""
	}
	return fmt.Sprintf(": the chance is %s with it, %s without", after, before)
}

const (
	// stanceTold is the least change of the stance time that speaks for anything, in ms.
	stanceTold = 3
	// priorTold is the least prior worth a word, in log odds.
	priorTold = 0.05
)

// form weighs the running form.
func (w *account) form() {
	ways := w.e.Form.Ways()
	for i, f := range w.e.Form.What {
		if len(ways) == 0 {
			w.weigh(true, "your %s was unlike your habit", f.Words())
		} else {
			w.weigh(true, "over the last %s: %s", runs(w.e.Form.Runs), ways[i])
		}
	}
}

func runs(n int) string {
	if n == 1 {
		return "run"
	}
	return fmt.Sprintf("%d runs", n)
}

// looked says what of the form was looked at, and what a balance would add.
func (w *account) looked() []string {
	var looked []string
	for _, r := range w.e.Form.Looked {
		looked = append(looked, r.Words())
	}
	if w.e.Quality.Balance == gait.BalanceNone {
		looked = append(looked, "not measured: how the ground contact is shared between both feet. A strap or pod that measures this balance "+
			"would show whether one foot is spared, which one, by how much, and from which minute of the run on")
	}
	return looked
}
