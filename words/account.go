package words

import (
	"fmt"
	"math"
	"slices"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Account says in words what stands behind an assessment: its reasons, the
// runner's normal, what speaks for a change and what against it. Where there is
// no balance, no word of a side falls.
func (w Words) Account(a finding.Assessment) api.Account {
	b := balance{e: &a.Evidence}
	if a.Evidence.Quality.Balance == gait.BalanceOK {
		b.weighBalance(a)
	}
	b.weighForm()
	in := api.Account{
		Sentence: w.Sentence(a), Normal: b.normal(), For: b.speaksFor, Against: b.against, FormReadings: b.looked(),
		Advice: w.Reasons(a.Advice), Questions: w.Questions(a.Questions),
	}
	for _, adjustment := range a.Evidence.Adjustments {
		in.Adjustments = append(in.Adjustments, adjusted(adjustment))
	}
	for _, omission := range a.Evidence.LeftOut {
		in.LeftOut = append(in.LeftOut, omitted(omission))
	}
	for _, l := range a.Feedback {
		in.Feedback = append(in.Feedback, w.lesson(l))
	}
	return in
}

// balance is the evidence put into words.
type balance struct {
	e                  *gait.Evidence
	speaksFor, against []string
}

// weigh puts a sentence on the side it speaks for.
func (b *balance) weigh(speaks bool, format string, args ...any) {
	if text := fmt.Sprintf(format, args...); speaks {
		b.speaksFor = append(b.speaksFor, text)
	} else {
		b.against = append(b.against, text)
	}
}

// normal describes the runner's normal.
func (b *balance) normal() string {
	switch {
	case !gait.Known(b.e.Baseline) && b.e.BaselineRuns == 0:
		return ""
	case !gait.Known(b.e.Baseline):
		return fmt.Sprintf("known from %d runs with a balance; this run has none to compare", b.e.BaselineRuns)
	default:
		return fmt.Sprintf("%.2f %% on the left foot, give or take %.1f points, from %d runs", b.e.Baseline, b.e.Band, b.e.BaselineRuns)
	}
}

// weighBalance weighs what the balance shows, and what was known before.
func (b *balance) weighBalance(a finding.Assessment) {
	e := b.e
	if gait.Known(e.Shift) && gait.Known(e.Band) {
		off, band, where := math.Abs(float64(e.Shift)), float64(e.Band), "inside"
		if off > band {
			where = "outside"
		}
		b.weigh(off > band, "%.2f points from your normal, %s the %.1f points that your healthy runs stay within", off, where, band)
	}
	for _, c := range api.ReadableCharts(e.Charts) {
		b.weigh(c.Value >= c.Ask, "%s: %.1f (a question from %.1f, a warning from %.1f)", ChartName(c.Chart), c.Value, c.Ask, c.Warn)
	}
	if math.Abs(e.PriorLogOdds) >= priorTold {
		b.weigh(e.PriorLogOdds > 0, "what you said, now and before, and the length of the run%s", moved(e.LogOdds-e.PriorLogOdds, e.LogOdds))
	}
	if a.UnevenWalks {
		b.weigh(true, "the everyday walks that your phone measures have become uneven as well")
	}
	if a.Pain.Answered && a.Pain.Worst.AtMost(0) {
		b.weigh(false, "you said that nothing hurt")
	}
}

func (b *balance) weighForm() {
	form := b.e.Form
	over := "over the last run"
	if form.Runs > 1 {
		over = fmt.Sprintf("over the last %d runs", form.Runs)
	}
	for _, way := range formWays(form) {
		b.weigh(true, "%s: %s", over, way)
	}
}

// looked says what of the form was looked at, and what a balance would add.
func (b *balance) looked() []string {
	var looked []string
	for _, r := range b.e.Form.Readings {
		looked = append(looked, reading(r))
	}
	if len(looked) == 0 {
		looked = append(looked, "your running form: nothing to hold this run against; it takes five runs with some minutes of steady running each")
	}
	if b.e.Quality.Balance == gait.BalanceNone {
		looked = append(looked, "not measured: how the ground contact is shared between both feet. A strap or pod that measures this balance "+
			"would show whether one foot is spared, which one, by how much, and from which minute of the run on")
	}
	return looked
}

// moved says by how much the chance of a change has moved between two log odds.
func moved(from, to float64) string {
	before, after := Chance(from), Chance(to)
	if before == after {
		return ""
	}
	return fmt.Sprintf(": the chance of a change is %s with it, %s from your gait alone", after, before)
}

// priorTold is the least prior worth mentioning, in log odds.
const priorTold = 0.05

// lesson says what an earlier answer did to a run's evidence.
func (w Words) lesson(l finding.Feedback) string {
	switch l.Answer {
	case gait.AnswerNotALimp:
		return fmt.Sprintf("You said \"not a limp\" %d times in a row: without a pain, a question now takes clearer evidence (odds %.1f times as high).", l.Count, l.Odds)
	case gait.AnswerLimp:
		side := ""
		if l.Side != gait.NoSide {
			side = fmt.Sprintf(" on the %s", l.Side)
		}
		return fmt.Sprintf("You limped%s on %s: a shift to that side is believed sooner (its odds count %.1f times).", side, w.Date(l.Date), l.Odds)
	default:
		return "The stop for your limp still stands: this run does not count towards what is normal for you."
	}
}

// Standing gives a verdict as of a moment its words.
func (w Words) Standing(s finding.Standing) api.Standing {
	do := ""
	if s.Plan != nil {
		do = w.Do(*s.Plan)
	}
	j := api.NewStanding(s, w.Reasons(s.Reasons), w.Reasons(s.Advice), w.Questions(s.Questions), do)
	if s.Plan != nil {
		j.Plan.Steps = w.steps(*s.Plan)
	}
	return j
}

// steps says all steps of the way back.
func (w Words) steps(p finding.Plan) []api.Step {
	steps := []api.Step{}
	for i, limit := range p.Limits {
		state := "next"
		switch {
		case i+1 < p.Step:
			state = "done"
		case i+1 == p.Step:
			state = "now"
		}
		step := finding.Plan{Spot: p.Spot, Step: i + 1, Of: p.Of, Limit: limit}
		steps = append(steps, api.Step{Do: w.Do(step), LimitM: math.Round(float64(limit)), State: state})
	}
	return steps
}

// Todo is what to do in one line.
func (w Words) Todo(s finding.Standing) string {
	first := map[finding.Rule]int{finding.RedFlag: 1, finding.Return: 2, finding.LessVolume: 3, finding.KeepSore: 4}
	best := finding.Fact{}
	for _, f := range slices.Concat(s.Reasons, s.Advice) {
		if n := first[f.Rule]; n > 0 && f.How != finding.HowBeyond && (first[best.Rule] == 0 || n < first[best.Rule]) {
			best = f
		}
	}
	if best.Rule == "" && len(s.Advice) > 0 && s.Advice[0].Rule != finding.WalkFine {
		best = s.Advice[0]
	}
	if best.Rule != "" {
		return w.Reasons([]finding.Fact{best})[0].Text
	}
	switch s.Verdict {
	case finding.VerdictStop:
		return noRunning
	case finding.VerdictModify:
		return takeItEasier
	case finding.VerdictAsk:
		return "One word is enough. If nothing hurt, carry on."
	case finding.VerdictLearning:
		return runAsAlways
	default:
		return "Carry on as planned. I go on watching."
	}
}

// Run joins a run and what is said of it.
func (w Words) Run(r gait.Run, a finding.Assessment) api.Run {
	return api.NewRun(r, a, w.Reasons(a.Reasons), Oddities(r.Oddities))
}
