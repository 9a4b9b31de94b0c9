package gait

// Explanation is everything behind the verdict of one run, in the form that
// `explain --json` prints: the run's own object with more keys.
type Explanation struct {
	RunJSON
	Signals      string           `json:"signals"`
	Urgent       bool             `json:"urgent"`
	BandPoints   *float64         `json:"band_points"`
	PriorLogOdds float64          `json:"prior_log_odds"`
	Charts       []ChartReading   `json:"charts"`
	Adjustments  []string         `json:"adjustments"`
	LeftOut      []string         `json:"left_out"`
	Advice       []Reason         `json:"advice"`
	Questions    []string         `json:"questions"`
	Entries      []Pain           `json:"pain_entries"`
	Answers      []AnswerKind     `json:"answers"`
	Thresholds   []ThresholdValue `json:"thresholds"`
}

// ThresholdValue is one parameter as it stood when the verdict was made.
type ThresholdValue struct {
	Key     string  `json:"key"`
	Value   float64 `json:"value"`
	Unit    string  `json:"unit"`
	Meaning string  `json:"meaning"`
}

// NewExplanation joins a run, its assessment, what the runner said of it, and
// the thresholds in force.
func NewExplanation(r Run, a Assessment, entries []Pain, answers []AnswerKind, p Params) Explanation {
	e := Explanation{
		RunJSON: NewRunJSON(r, a), Signals: r.Signals.String(), Urgent: a.Urgent,
		BandPoints: rounded(a.Evidence.Band, 2), PriorLogOdds: finite(a.Evidence.PriorLogOdds),
		Charts: listed(a.Evidence.Charts), Adjustments: listed(a.Evidence.Adjustments), LeftOut: listed(a.Evidence.LeftOut),
		Advice: listed(a.Advice), Questions: listed(a.Questions), Entries: listed(entries), Answers: listed(answers),
	}
	for _, q := range p.Table() {
		e.Thresholds = append(e.Thresholds, ThresholdValue{q.Key, q.Value(), q.Unit, q.Meaning})
	}
	return e
}

// listed returns s, with an empty list in the place of none: JSON writes [].
func listed[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
