package gait

import (
	"fmt"
	"math"
	"strconv"
)

// Params are the thresholds of the detector and of the pain rules that a runner
// can set. [DefaultParams] fills them, [Params.Table] describes each.
type Params struct {
	Analysis AnalysisParams
	Pain     PainParams
}

// AnalysisParams are the thresholds of the measurement and of the detector. Units
// and meaning are in [Params.Table], here as in [PainParams].
type AnalysisParams struct {
	WarmUp                  float64 // s
	MinBlocks               int     // minutes
	LearningRuns            int
	AskLogOdds, WarnLogOdds float64
	Refractory              int // runs
	NormalRuns              int
}

// PainParams are the thresholds of the pain rules. Pains are of 10.
type PainParams struct {
	High, HighBony, Worse, WorseFromZero int
	SettledMorning, WalkingFree          int
	FreeDays, SettledRuns, SettledWorst  int
	NewDays                              int
	TrendOnce, MorningWorst, RestWorst   int
	StableFrom, StableTo                 int
	LimpWarnPain, LimpAskPain            int
	GoalDays, ProfessionalDay            int
	LessVolume                           float64 // share
	PauseDays                            int
}

// Parameter describes one threshold: where it stands in the config, what it
// means, and where its default comes from. Exactly one of Float and Int points
// at the value.
type Parameter struct {
	Key      string // section and key in the config: "analysis.warm_up"
	Default  float64
	Min, Max float64
	Unit     string
	Meaning  string
	Source   string // of the default; empty where it is our own judgement
	Float    *float64
	Int      *int
}

// count describes a whole number, figure any other.
func count(key string, v *int, def, low, high float64, unit, meaning, source string) Parameter {
	return Parameter{key, def, low, high, unit, meaning, source, nil, v}
}

func figure(key string, v *float64, def, low, high float64, unit, meaning, source string) Parameter {
	return Parameter{key, def, low, high, unit, meaning, source, v, nil}
}

// Set gives the parameter the value v; v must be within its range and, for a
// count, whole.
func (q Parameter) Set(v float64) error {
	if math.IsNaN(v) || v < q.Min || v > q.Max {
		return fmt.Errorf("%v is outside %v to %v (%s)", v, q.Min, q.Max, q.Unit)
	}
	if q.Int == nil {
		*q.Float = v
		return nil
	}
	if v != math.Trunc(v) {
		return fmt.Errorf("%v is not a whole number (%s)", v, q.Unit)
	}
	*q.Int = int(v)
	return nil
}

// Value returns the parameter's present value.
func (q Parameter) Value() float64 {
	if q.Int != nil {
		return float64(*q.Int)
	}
	return *q.Float
}

// DefaultParams returns the thresholds that stand where the config is silent.
func DefaultParams() Params {
	var p Params
	for _, q := range p.Table() {
		if q.Int != nil {
			*q.Int = int(q.Default)
		} else {
			*q.Float = q.Default
		}
	}
	return p
}

// Table describes every threshold of p, in the order of the config file. The
// rows point into p.
func (p *Params) Table() []Parameter {
	const (
		ours       = "" // our own judgement
		therapistA = "physical therapist A"
		both       = "physical therapists A and B"
		pmm        = "pain-monitoring model, Silbernagel et al. 2007 (Achilles; elsewhere ours)"
		nrs        = "Salaffi et al. 2004: a change of 2 points is 'much better'"
	)
	a, q := &p.Analysis, &p.Pain
	return []Parameter{
		figure("analysis.warm_up", &a.WarmUp, 300, 0, 1800, "s", "the first part of a run, which is not judged", ours),
		count("analysis.min_blocks", &a.MinBlocks, 8, 3, 60, "min", "steady minutes a run needs to be judged", ours),
		count("analysis.learning_runs", &a.LearningRuns, 3, 1, 20, "runs", "runs needed before the balance is judged", "Ahamed et al. 2019: a baseline steadies after 4 to 5 runs"),
		figure("analysis.ask", &a.AskLogOdds, balancedAsk, -10, 20, LogOdds, "ask a question from this chance of a change on", ours),
		figure("analysis.warn", &a.WarnLogOdds, balancedWarn, -10, 20, LogOdds, "warn from this chance on", ours),
		count("analysis.refractory_runs", &a.Refractory, 7, 1, 50, "runs", "after a question, runs without another one about the same side", ours),
		count("analysis.normal_runs", &a.NormalRuns, 3, 1, 20, "runs", "normal runs that end a measured episode", ours),
		count("pain.high", &q.High, 6, 1, 10, "of 10", "STOP-HIGH: stop from this worst pain on", pmm),
		count("pain.high_bony", &q.HighBony, 4, 1, 10, "of 10", "STOP-HIGH where the pain may come from the bone and does not fade", ours),
		count("pain.worse", &q.Worse, 2, 1, 10, "of 10", "STOP-WORSE: a rise by this much from the first step to the last", nrs),
		count("pain.worse_from_zero", &q.WorseFromZero, 4, 1, 10, "of 10", "STOP-WORSE: the pain at the end of a run that began without any", ours),
		count("pain.settled_morning", &q.SettledMorning, 1, 0, 10, "of 10", "pain up to this the next morning counts as settled; so does one that is usual there", therapistA+"; the number ours"),
		count("pain.walking_free", &q.WalkingFree, 1, 0, 10, "of 10", "pain in walking up to this lowers a stop", ours),
		count("pain.free_days", &q.FreeDays, 2, 1, 30, "days", "days with calm entries before a stop becomes modify", ours),
		count("pain.settled_runs", &q.SettledRuns, 2, 1, 10, "runs", "settled runs before that becomes keep", ours),
		count("pain.settled_worst", &q.SettledWorst, 2, 0, 10, "of 10", "the worst pain of a settled run", ours),
		count("pain.new_days", &q.NewDays, 28, 1, 365, "days", "MOD-NEW: a pain is new after this long without pain there", "Garmin-RUNSAFE counts a problem in the preceding 28 days as old"),
		count("pain.trend_once", &q.TrendOnce, 2, 1, 10, "of 10", "MOD-TREND: a rise by this much from one run to the next", nrs),
		count("pain.morning_worst", &q.MorningWorst, 2, 1, 10, "of 10", "MOD-MORNING: from this pain the next morning on", both+"; the number ours"),
		count("pain.rest_worst", &q.RestWorst, 3, 1, 10, "of 10", "MOD-REST: from this pain on a rest day on", ours),
		count("pain.stable_from", &q.StableFrom, 3, 1, 10, "of 10", "MOD-STABLE: from this worst pain on", pmm),
		count("pain.stable_to", &q.StableTo, 5, 1, 10, "of 10", "MOD-STABLE and KEEP-WARMS-UP: up to this worst pain", pmm),
		count("pain.limp_warn_pain", &q.LimpWarnPain, 1, 1, 10, "of 10", "STOP-LIMP: this pain together with a warning", ours),
		count("pain.limp_ask_pain", &q.LimpAskPain, 3, 1, 10, "of 10", "STOP-LIMP: this pain together with a question in two runs in a row", ours),
		count("pain.goal_days", &q.GoalDays, 42, 1, 365, "days", "PT-GOAL: a race within this time", ours),
		count("pain.professional_days", &q.ProfessionalDay, 42, 1, 365, "days", "after seeing a professional, the PT rules are silent for this long", ours),
		figure("pain.less_volume", &q.LessVolume, 0.25, 0.05, 0.9, "share", "LESS-VOLUME: how much less than in the four weeks before the trouble", ours),
		count("pain.pause_days", &q.PauseDays, 14, 5, 100, "days", "RETURN: after pain and a pause this long, come back step by step", ours),
	}
}

// Lookup returns the parameter with the given key.
func (p *Params) Lookup(key string) (Parameter, bool) {
	for _, q := range p.Table() {
		if q.Key == key {
			return q, true
		}
	}
	return Parameter{}, false
}

// Assign gives the parameter with the given key the value that is written. The
// error names the key and what is wrong with it.
func (p *Params) Assign(key, value string) error {
	q, ok := p.Lookup(key)
	if !ok {
		return p.unknown(key)
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return fmt.Errorf("%s: %.40q is not a number", key, value)
	}
	if err := q.Set(v); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

// unknown says of a key that is none what became of it, or which is meant.
func (p *Params) unknown(key string) error {
	if err := Fixed(key); err != nil {
		return err
	}
	var keys []string
	for _, q := range p.Table() {
		keys = append(keys, q.Key)
	}
	if near := Nearest(key, keys); near != "" {
		return fmt.Errorf("no threshold is called %.40q: did you mean %s?", key, near)
	}
	return fmt.Errorf("no threshold is called %.40q: [analysis] and [pain] in config.example.toml name them all", key)
}

// Measurement returns the thresholds that decide a run's measures; the others only
// judge them.
func (p AnalysisParams) Measurement() []float64 { return []float64{p.WarmUp, float64(p.MinBlocks)} }

// Sensitivity says in one word how readily the detector speaks.
type Sensitivity string

// The sensitivities: about one, one and a half, and four questions for 100
// healthy runs, and one warning for 1,000, 500 and 200.
const (
	Calm     Sensitivity = "calm"
	Balanced Sensitivity = "balanced"
	Keen     Sensitivity = "keen"
)

// Sensitivities returns every sensitivity, the quietest first.
func Sensitivities() []Sensitivity { return []Sensitivity{Calm, Balanced, Keen} }

// The limits of [Balanced], in log odds.
const balancedAsk, balancedWarn = -2.7, -1.3

// SetSensitivity sets the log odds from which the detector asks and warns to
// those of s, whatever they were before. They come from the benchmark of the
// detector, which counts the questions and warnings of made runners without a limp.
func (p *Params) SetSensitivity(s Sensitivity) error {
	limits, known := map[Sensitivity][2]float64{Calm: {-2.4, -0.9}, Balanced: {balancedAsk, balancedWarn}, Keen: {-3.7, -1.9}}[s]
	if !known {
		return fmt.Errorf("sensitivity %q is not one of %s", s, listed(Sensitivities()))
	}
	p.Analysis.AskLogOdds, p.Analysis.WarnLogOdds = limits[0], limits[1]
	return nil
}
