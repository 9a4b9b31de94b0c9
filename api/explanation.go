package api

import (
	"math"
	"slices"
	"strings"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Explanation is everything behind the verdict of one run, in the form that
// `explain --json` prints: the run's own object with more keys.
type Explanation struct {
	Run
	Account
	Signals      string              `json:"signals"`
	Urgent       bool                `json:"urgent"`
	BandPoints   *float64            `json:"band_points"`
	PriorLogOdds float64             `json:"prior_log_odds"`
	Charts       []gait.ChartReading `json:"charts"`
	Entries      []gait.Pain         `json:"pain_entries"`
	Answers      []gait.AnswerKind   `json:"answers"`
	Thresholds   []ThresholdValue    `json:"thresholds"`
	// Excluded means that the runner took the run out of everything.
	Excluded bool `json:"-"`
}

// Account is an assessment in plain words.
type Account struct {
	// Sentence is what a physical therapist would say of the run.
	Sentence string `json:"sentence"`
	// Normal describes the runner's normal; empty where there is none yet.
	Normal string `json:"normal"`
	// For and Against are what speaks for a change of the gait and against it.
	For     []string `json:"evidence_for"`
	Against []string `json:"evidence_against"`
	// FormReadings is what of the form was looked at, each with its usual; for a run
	// without a balance also what one would show.
	FormReadings []string `json:"looked_at"`
	// Adjustments say what was taken out of the balance before it was compared, LeftOut
	// what was not used and why.
	Adjustments []string `json:"adjustments"`
	LeftOut     []string `json:"left_out"`
	// Feedback say what earlier answers did to the evidence.
	Feedback  []string         `json:"lessons"`
	Advice    []finding.Reason `json:"advice"`
	Questions []string         `json:"questions"`
}

// ThresholdValue is one parameter as it stood when the verdict was made.
type ThresholdValue struct {
	Key     string  `json:"key"`
	Value   float64 `json:"value"`
	Unit    string  `json:"unit"`
	Meaning string  `json:"meaning"`
}

// NewExplanation joins a run as it is listed, its recording, its assessment and that
// in words, what the runner said of it, and the thresholds in force.
func NewExplanation(listing Run, r gait.Run, a finding.Assessment, in Account, entries []gait.Pain, answers []gait.AnswerKind, p gait.Params) Explanation {
	e := Explanation{
		Run: listing, Account: in, Signals: r.Signals.String(), Urgent: a.Urgent,
		BandPoints: rounded(a.Evidence.Band, 2), PriorLogOdds: finite(a.Evidence.PriorLogOdds),
		Charts:  ReadableCharts(a.Evidence.Charts),
		Entries: listed(entries), Answers: listed(answers), Excluded: r.Excluded,
	}
	e.For, e.Against, e.FormReadings, e.Feedback = listed(e.For), listed(e.Against), listed(e.FormReadings), listed(e.Feedback)
	e.Adjustments, e.LeftOut = listed(e.Adjustments), listed(e.LeftOut)
	e.Advice, e.Questions = listed(e.Advice), listed(e.Questions)
	for _, q := range p.Table() {
		if concerns(q, e) {
			e.Thresholds = append(e.Thresholds, ThresholdValue{q.Key, q.Value(), q.Unit, q.Meaning})
		}
	}
	return e
}

// concerns reports whether a parameter has a meaning for the run: those that
// speak of a limp have none where there is no left and right, unless a rule that
// matched names them.
func concerns(q gait.Parameter, e Explanation) bool {
	if e.Quality.Balance != gait.BalanceNone || !strings.Contains(strings.ToLower(q.Key+q.Meaning), "limp") {
		return true
	}
	return named(q.Meaning, e.Reasons)
}

// named reports whether the meaning of a parameter names one of the rules that
// matched.
func named(meaning string, reasons []finding.Reason) bool {
	return slices.ContainsFunc(reasons, func(r finding.Reason) bool { return strings.Contains(meaning, string(r.Rule)) })
}

// Behind returns the thresholds that had a say in the verdict: of the detector's
// those that are a limit, of the rules' those whose rule matched.
func (e Explanation) Behind() []ThresholdValue {
	limits := []string{"analysis.ask", "analysis.warn", "analysis.learning_runs"}
	return slices.DeleteFunc(slices.Clone(e.Thresholds), func(t ThresholdValue) bool {
		return !slices.Contains(limits, t.Key) && !named(t.Meaning, e.Reasons)
	})
}

// chartMost bounds what is shown of a chart: evidence without end has no number.
const chartMost = 99.0

// ReadableCharts returns the charts with every figure in bounds, as JSON needs them.
func ReadableCharts(charts []gait.ChartReading) []gait.ChartReading {
	out := make([]gait.ChartReading, len(charts))
	for i, c := range charts {
		out[i] = gait.ChartReading{Chart: c.Chart, Value: bounded(c.Value), Ask: bounded(c.Ask), Warn: bounded(c.Warn)}
	}
	return out
}

func bounded(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return max(-chartMost, min(chartMost, v))
}

// listed returns s, with an empty list instead of none: JSON writes [].
func listed[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
