package gait_test

import (
	"testing"

	"gaitkeeper/gait"
)

func TestSensitivityMovesAskAndWarnOnly(t *testing.T) {
	ask := map[gait.Sensitivity]float64{}
	for _, s := range gait.Sensitivities() {
		p := gait.DefaultParams()
		if err := p.SetSensitivity(s); err != nil {
			t.Fatal(err)
		}
		ask[s] = p.Analysis.AskLogOdds
		if p.Analysis.WarnLogOdds <= p.Analysis.AskLogOdds {
			t.Errorf("%s warns at %v, before it asks at %v", s, p.Analysis.WarnLogOdds, p.Analysis.AskLogOdds)
		}
		d := gait.DefaultParams()
		p.Analysis.AskLogOdds, p.Analysis.WarnLogOdds = d.Analysis.AskLogOdds, d.Analysis.WarnLogOdds
		if p != d {
			t.Errorf("%s moved another parameter", s)
		}
	}
	if !(ask[gait.Calm] > ask[gait.Balanced] && ask[gait.Balanced] > ask[gait.Keen]) {
		t.Errorf("asks at %v: calm must want the most, keen the least", ask)
	}
	p := gait.DefaultParams()
	if err := p.SetSensitivity(gait.Balanced); err != nil || p != gait.DefaultParams() {
		t.Errorf("balanced is not the default: %v", err)
	}
	if p.SetSensitivity("loud") == nil {
		t.Error("an unknown sensitivity was taken")
	}
}
