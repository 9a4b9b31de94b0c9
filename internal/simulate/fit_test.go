package simulate_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/muktihari/fit/decoder"
	"github.com/muktihari/fit/profile/filedef"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	tormoder "github.com/tormoder/fit"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

func TestFITRoundTrip(t *testing.T) {
	rough := simulate.NewRoughRunner(11)
	rough.Habits.Treadmill, rough.Habits.Trail, rough.Habits.Track = 0.3, 0.3, 1
	rough.Habits.Mix = simulate.Mix{Easy: 1, Interval: 1}
	rough.Strap.Worn, rough.Watch.WristDynamics = 0.6, true
	rough.Watch.SmartRecording = true
	seen := map[gait.Context]bool{}
	for run := range (simulate.Season{Runner: rough, Start: start, Runs: 14}).All() {
		seen[run.Context] = true
		roundTrip(t, run.Run)
	}
	if len(seen) != 4 {
		t.Errorf("contexts %v: want all four", seen)
	}
	roundTrip(t, simulate.LimpSeason(2, start, 1, 0, 2, gait.Left)[0])
}

func roundTrip(t *testing.T, run gait.Run) {
	t.Helper()
	var file bytes.Buffer
	if err := simulate.WriteFIT(&file, run); err != nil {
		t.Fatal(err)
	}
	if err := tormoder.CheckIntegrity(bytes.NewReader(file.Bytes()), false); err != nil {
		t.Errorf("integrity: %v", err)
	}
	fit, err := decoder.New(&file).Decode()
	if err != nil {
		t.Fatal(err)
	}
	activity := filedef.NewActivity(fit.Messages...)
	session := activity.Sessions[0]
	if !session.StartTime.Equal(run.Start) || session.TotalTimerTimeScaled() != run.Duration.Seconds() ||
		session.TotalElapsedTimeScaled() != run.Elapsed.Seconds() || session.TotalDistanceScaled() != float64(run.Distance) ||
		session.Sport != typedef.SportRunning || session.SubSport != subSports()[run.Context] {
		t.Errorf("session %+v does not say what the run says: %+v", session, run.Start)
	}
	if activity.FileId.Type != typedef.FileActivity || len(activity.Laps) != 1 || len(activity.Events) != 2 || activity.Activity.NumSessions != 1 {
		t.Error("not a whole activity file")
	}
	if got := sensorOf(activity); got != run.Sensor {
		t.Errorf("sensor %+v, want %+v", got, run.Sensor)
	}
	samples := make([]gait.Sample, len(activity.Records))
	for i, r := range activity.Records {
		samples[i] = sampleOf(run, r)
	}
	if diff := cmp.Diff(run.Samples, samples, sameSamples); diff != "" {
		t.Errorf("samples (-made +read):\n%.2000s", diff)
	}
}

func subSports() map[gait.Context]typedef.SubSport {
	return map[gait.Context]typedef.SubSport{
		gait.Road: typedef.SubSportGeneric, gait.Trail: typedef.SubSportTrail,
		gait.Track: typedef.SubSportTrack, gait.Treadmill: typedef.SubSportTreadmill,
	}
}

// sensorOf is the strap where there is one, else the watch where it measured
// stance time.
func sensorOf(a *filedef.Activity) gait.Sensor {
	var watch gait.Sensor
	for _, d := range a.DeviceInfos {
		sensor := gait.Sensor{Manufacturer: d.Manufacturer.String(), Product: d.Product, Serial: d.SerialNumber}
		if d.DeviceType == 30 {
			return sensor
		}
		if d.DeviceIndex == typedef.DeviceIndexCreator {
			watch = sensor
		}
	}
	for _, r := range a.Records {
		if !math.IsNaN(r.StanceTimeScaled()) {
			return watch
		}
	}
	return gait.Sensor{}
}

func sampleOf(run gait.Run, r *mesgdef.Record) gait.Sample {
	s := gait.NewSample(int32(r.Timestamp.Sub(run.Start).Seconds()))
	s.Distance = gait.Metres(r.DistanceScaled())
	s.Speed = gait.MetresPerSecond(r.EnhancedSpeedScaled())
	s.Altitude = gait.Metres(r.EnhancedAltitudeScaled())
	s.Cadence = gait.StepsPerMinute(2 * (float64(r.Cadence) + r.FractionalCadenceScaled()))
	s.StanceTime = gait.Milliseconds(r.StanceTimeScaled())
	s.StanceTimeBalance = gait.Percent(r.StanceTimeBalanceScaled())
	s.VerticalOscillation = gait.Millimetres(r.VerticalOscillationScaled())
	s.StepLength = gait.Millimetres(r.StepLengthScaled())
	s.HeartRate = gait.BeatsPerMinute(r.HeartRate)
	return s
}
