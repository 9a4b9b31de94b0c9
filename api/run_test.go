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

func TestRunSaysNullForTheUnknown(t *testing.T) {
	a := finding.Assessment{Evidence: gait.Evidence{
		Balance: gait.Unknown[gait.Percent](), Baseline: gait.Unknown[gait.Percent](), Shift: gait.Points(math.Inf(1)), LogOdds: math.NaN(),
	}}
	b, err := json.Marshal(api.NewRun(gait.Run{ID: "1", Distance: gait.Unknown[gait.Metres]()}, a, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"distance_m":null`, `"balance_pct":null`, `"baseline_pct":null`, `"shift_points":null`, `"log_odds":0`,
		`"sources":[]`, `"what":[]`, `"reasons":[]`, `"short_side":""`, `"worst":null`,
		`"clock":"ok"`, `"oddities":[]`, `"average_balance_pct":null`,
	} {
		if !strings.Contains(string(b), want) {
			t.Errorf("%s lacks %s", b, want)
		}
	}
}

func TestRunNamesASourceOnce(t *testing.T) {
	r := gait.Run{Origins: []gait.Origin{{Source: gait.SourceFIT, Key: "a"}, {Source: gait.SourceFIT, Key: "b"}, {Source: gait.SourceStrava}}, Distance: 8120.44}
	j := api.NewRun(r, finding.Assessment{}, nil, nil)
	if len(j.Sources) != 2 || *j.DistanceM != 8120.4 {
		t.Errorf("got sources %v, distance %v", j.Sources, *j.DistanceM)
	}
}

func TestRunNamesWhatIsOddAboutTheRecording(t *testing.T) {
	j := api.NewRun(gait.Run{Clock: gait.ClockJumped, AverageBalance: 48.314}, finding.Assessment{}, nil, []string{"the clock jumped"})
	if j.Clock != "jumped" || len(j.Oddities) != 1 || *j.AverageBalancePct != 48.31 {
		t.Errorf("got clock %q, oddities %q, balance %v", j.Clock, j.Oddities, *j.AverageBalancePct)
	}
}

func TestRunNamesItsSensors(t *testing.T) {
	r := gait.Run{
		Sensor: gait.Sensor{Manufacturer: gait.MakerStryd}, Signals: gait.SignalStanceTimeBalance,
		Others: []gait.SensorBalance{{Sensor: gait.Sensor{Manufacturer: gait.MakerRunScribe}, Mean: 51.044}}, Unused: []string{"RunScribe contact time"},
	}
	for _, tt := range []struct {
		run  gait.Run
		want string
	}{
		{r, `"quality":{"balance":"","reason":"","sensor":"Stryd Duo","others":[{"sensor":"RunScribe","balance_pct":51.04}],"unused":["RunScribe contact time"]}`},
		{gait.Run{Sensor: gait.Sensor{Manufacturer: "garmin", Product: 3291}}, `"quality":{"balance":"","reason":""}`}, // a watch alone measures no balance
	} {
		b, err := json.Marshal(api.NewRun(tt.run, finding.Assessment{}, nil, nil))
		if err != nil || !strings.Contains(string(b), tt.want) {
			t.Errorf("%s lacks %s (%v)", b, tt.want, err)
		}
	}
}
