package api

import (
	"math"
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Run is one run with its verdict in the stable form that `runs --json`,
// `backtest --json` and the page's API print, one object a line. A figure that
// is not known is null.
type Run struct {
	ID        gait.RunID        `json:"id"`
	Start     time.Time         `json:"start"`
	DurationS int               `json:"duration_s"`
	DistanceM *float64          `json:"distance_m"`
	Sources   []gait.SourceName `json:"sources"`
	Title     string            `json:"title"`
	Gear      string            `json:"gear"`
	// Feel is what the runner entered, from "very weak" to "very strong";
	// Effort 1 to 10. Empty and null where nothing was entered.
	Feel    string       `json:"feel"`
	Effort  *int         `json:"effort"`
	Context gait.Context `json:"context"`
	// Clock is "ok", "future", "unset" or "jumped".
	Clock string `json:"clock"`
	// Oddities say what is odd about the recording and what was made of it.
	Oddities []string `json:"oddities"`
	// AverageBalancePct is the balance that the recorder wrote for the run as a
	// whole where it wrote none by the second: shown, and never judged.
	AverageBalancePct *float64            `json:"average_balance_pct"`
	Verdict           finding.Verdict     `json:"verdict"`
	SeeProfessional   bool                `json:"see_professional"`
	Asymmetry         Asymmetry           `json:"asymmetry"`
	Form              gait.Form           `json:"form"`
	Quality           RunQuality          `json:"quality"`
	BaselineRuns      int                 `json:"baseline_runs"`
	Pain              finding.PainSummary `json:"pain"`
	Reasons           []finding.Reason    `json:"reasons"`
	Alert             finding.Alert       `json:"alert"`
}

// RunQuality says how far the balance of a run can be trusted, and what else its
// recording holds. A key is left out where there is nothing for it.
type RunQuality struct {
	gait.Quality
	// Sensor is what measured the balance: "Stryd Duo".
	Sensor string `json:"sensor,omitempty"`
	// Others are the balances of further sensors in the recording, Unused what
	// else apps and pods wrote into it.
	Others []OtherSensor `json:"others,omitempty"`
	Unused []string      `json:"unused,omitempty"`
}

// OtherSensor is the balance of a sensor that was not judged.
type OtherSensor struct {
	Sensor     string   `json:"sensor"`
	BalancePct *float64 `json:"balance_pct"`
}

func newQuality(r gait.Run, q gait.Quality) RunQuality {
	j := RunQuality{Quality: q, Unused: r.Unused}
	if r.Signals.Has(gait.SignalStanceTimeBalance) {
		j.Sensor = r.Sensor.Name()
	}
	for _, o := range r.Others {
		j.Others = append(j.Others, OtherSensor{Sensor: o.Sensor.Name(), BalancePct: rounded(o.Mean, 2)})
	}
	return j
}

// Asymmetry is the balance of a run against the runner's normal.
type Asymmetry struct {
	Level       gait.Level `json:"level"`
	Chart       gait.Chart `json:"chart"`
	ShortSide   gait.Side  `json:"short_side"`
	BalancePct  *float64   `json:"balance_pct"`
	BaselinePct *float64   `json:"baseline_pct"`
	ShiftPoints *float64   `json:"shift_points"`
	// LogOdds is of a shift with what was known beforehand, LogOddsAlone what
	// the gait says without the diary.
	LogOdds      float64 `json:"log_odds"`
	LogOddsAlone float64 `json:"log_odds_alone"`
	OnsetS       int     `json:"onset_s"`
}

// NewRun joins a run's summary, its assessment, and in words the assessment's reasons
// and what is odd about the recording.
func NewRun(r gait.Run, a finding.Assessment, reasons []finding.Reason, oddities []string) Run {
	e := a.Evidence
	j := Run{
		ID: r.ID, Start: r.Start.UTC(), DurationS: int(math.Round(r.Duration.Seconds())), DistanceM: rounded(r.Distance, 1),
		Title: r.Title, Gear: r.Gear, Feel: r.Feel.String(), Effort: effort(r.Effort), Context: r.Context,
		Clock: r.Clock.String(), Oddities: listed(oddities),
		Verdict: a.Verdict, SeeProfessional: a.SeeProfessional,
		Asymmetry: Asymmetry{
			Level: e.Level, Chart: e.Chart, ShortSide: e.ShortSide,
			BalancePct: rounded(e.Balance, 2), BaselinePct: rounded(e.Baseline, 2), ShiftPoints: rounded(e.Shift, 2),
			LogOdds: finite(e.LogOdds), LogOddsAlone: finite(e.LogOdds - e.PriorLogOdds), OnsetS: int(e.Onset.Seconds()),
		},
		Form: e.Form, Quality: newQuality(r, e.Quality), BaselineRuns: e.BaselineRuns,
		Pain: a.Pain, Reasons: reasons, Alert: a.Alert,
		Sources: []gait.SourceName{},
	}
	if r.AverageBalance > 0 {
		j.AverageBalancePct = rounded(r.AverageBalance, 2)
	}
	for _, o := range r.Origins {
		if !slices.Contains(j.Sources, o.Source) {
			j.Sources = append(j.Sources, o.Source)
		}
	}
	j.Form.LogOdds = finite(j.Form.LogOdds)
	j.Form.What, j.Reasons, j.Pain.RedFlags = listed(j.Form.What), listed(j.Reasons), listed(j.Pain.RedFlags)
	return j
}

// Misdated reports whether the clock of the run is wrong, so that it counts for
// nothing.
func (r Run) Misdated() bool { return !gait.Clock(r.Clock).Believed() }

func effort(e gait.Effort) *int {
	if e == 0 {
		return nil
	}
	n := int(e)
	return &n
}

func finite(v float64) float64 {
	if r := rounded(v, 2); r != nil {
		return *r
	}
	return 0
}

func rounded[U ~float64](v U, places int) *float64 {
	if !gait.Known(v) || math.IsInf(float64(v), 0) {
		return nil
	}
	scale := math.Pow10(places)
	r := math.Round(float64(v)*scale) / scale
	return &r
}
