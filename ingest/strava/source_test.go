package strava_test

import (
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/stravafake"
)

func TestFirstSyncTakesTheWholeHistory(t *testing.T) {
	w := loggedIn(t)
	old := ran(3*365*24, 50)
	old.Sport = "TrailRun"
	w.fake.Add(old)
	young := ran(5, 30)
	young.Description, young.Gear, young.Name = "#pain 3 left achilles", "Old shoes", "To the lake"
	id := w.fake.Add(young)
	ride := ran(30, 60)
	ride.Sport = "EBikeRide"
	w.fake.Add(ride)

	report, requests := w.sync()
	if report.New != 2 || report.Skipped["e bike ride"] != 1 || len(report.Failed) != 0 {
		t.Errorf("report: %+v", report)
	}
	// One page of three, one empty, and two requests a run.
	if len(requests) != 6 {
		t.Errorf("requests: %v", requests)
	}
	runs := w.runs()
	if len(runs) != 2 || runs[0].Context != gait.Trail || runs[1].Context != gait.Road {
		t.Fatalf("runs: %+v", runs)
	}
	r := runs[1]
	if r.Title != "To the lake" || r.Gear != "Old shoes" || r.Duration != 30*time.Minute || r.Distance != 5100 ||
		len(r.Origins) != 1 || r.Origins[0].Name != w.server.URL+"/activities/"+r.Origins[0].Key {
		t.Errorf("run: %+v", r)
	}
	samples, err := w.store.Samples(t.Context(), r.ID)
	if err != nil || len(samples) != 90 {
		t.Fatalf("%d samples, %v", len(samples), err)
	}
	if s := samples[1]; s.Second != 20 || s.Cadence != 172 || s.HeartRate != 150 || gait.Known(s.StanceTime) || gait.Known(s.StanceTimeBalance) {
		t.Errorf("sample: %+v", s)
	}
	if want := gait.SignalDistance | gait.SignalSpeed | gait.SignalAltitude | gait.SignalCadence | gait.SignalHeartRate; r.Signals != want {
		t.Errorf("signals: %v", r.Signals)
	}
	_ = id
	_ = stravafake.Broken
}
