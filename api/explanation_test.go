package api_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func TestAnExplanationIsAlwaysJSON(t *testing.T) {
	a := finding.Assessment{Evidence: gait.Evidence{
		LogOdds: math.Inf(1), PriorLogOdds: math.NaN(), Balance: gait.Unknown[gait.Percent](), Band: gait.Points(math.Inf(-1)),
		Charts: []gait.ChartReading{{Chart: gait.ChartSudden, Value: math.Inf(1), Ask: math.NaN(), Warn: math.Inf(-1)}},
	}}
	text, err := json.Marshal(api.NewExplanation(api.NewRun(gait.Run{}, a, nil, nil), gait.Run{}, a, api.Account{}, nil, nil, gait.DefaultParams()))
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"chart":"sudden","value":99,"ask":0,"warn":-99}`; !strings.Contains(string(text), want) {
		t.Errorf("%s lacks %s", text, want)
	}
}

func TestThresholdsOfALimpAreThoseOfARunWithABalance(t *testing.T) {
	limps := func(a finding.Assessment, reasons ...finding.Reason) int {
		n := 0
		for _, q := range api.NewExplanation(api.NewRun(gait.Run{}, a, reasons, nil), gait.Run{}, a, api.Account{}, nil, nil, gait.DefaultParams()).Thresholds {
			if strings.Contains(strings.ToLower(q.Key+q.Meaning), "limp") {
				n++
			}
		}
		return n
	}
	var a finding.Assessment
	if limps(a) == 0 {
		t.Error("a run with a balance has none")
	}
	a.Evidence.Quality.Balance = gait.BalanceNone
	if n := limps(a); n > 0 {
		t.Errorf("a run without a balance has %d", n)
	}
	if limps(a, finding.Reason{Rule: finding.StopLimp}) == 0 {
		t.Error("a rule that matched has lost its numbers")
	}
}

func TestBehindAVerdictStandTheLimitsAndTheRulesThatMatched(t *testing.T) {
	behind := func(reasons ...finding.Reason) string {
		var keys []string
		e := api.NewExplanation(api.Run{Reasons: reasons}, gait.Run{}, finding.Assessment{}, api.Account{}, nil, nil, gait.DefaultParams())
		for _, q := range e.Behind() {
			keys = append(keys, q.Key)
		}
		return strings.Join(keys, " ")
	}
	if got, want := behind(), "analysis.ask analysis.warn"; !strings.Contains(got, want) || strings.Contains(got, "pain.") {
		t.Errorf("no rule matched: %s", got)
	}
	if got := behind(finding.Reason{Rule: finding.StopHigh}); !strings.Contains(got, "pain.high") || strings.Contains(got, "pain.goal_days") {
		t.Errorf("STOP-HIGH matched: %s", got)
	}
}
