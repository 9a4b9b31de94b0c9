package gait

import (
	"strings"
	"testing"
)

func TestAThresholdIsAssignedByItsName(t *testing.T) {
	p := DefaultParams()
	if err := p.Assign("pain.high", "5"); err != nil || p.Pain.High != 5 {
		t.Errorf("high is %d (%v)", p.Pain.High, err)
	}
	was := p
	for value, want := range map[[2]string]string{
		{"pain.hihg", "5"}:      `no threshold is called "pain.hihg": did you mean pain.high?`,
		{"pain.prior_low", "1"}: "pain.prior_low: this number is fixed now",
		{"pain.high", "many"}:   `pain.high: "many" is not a number`,
		{"pain.high", "11"}:     "pain.high: 11 is outside",
		{"pain.high", "4.5"}:    "pain.high: 4.5 is not a whole number",
		{"analysis.ask", "NaN"}: "analysis.ask: NaN is outside",
	} {
		if err := p.Assign(value[0], value[1]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", value, err, want)
		}
	}
	if p != was {
		t.Error("a refused value changed something")
	}
}
