package fitfile

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

func TestReadTakesEveryFigureWithItsUnit(t *testing.T) {
	record := mesgdef.NewRecord(nil).SetTimestamp(second2time(1)).SetDistanceScaled(3.14).SetEnhancedSpeedScaled(3.125).
		SetEnhancedAltitudeScaled(123.4).SetCadence(84).SetFractionalCadenceScaled(0.5).SetStanceTimeScaled(251.3).
		SetStanceTimeBalanceScaled(49.22).SetStanceTimePercentScaled(36.5).SetVerticalOscillationScaled(81.7).
		SetStepLengthScaled(1103.5).SetHeartRate(143).SetPower(287).SetLeftRightBalance(typedef.LeftRightBalance(44))
	data := encoded(
		t, fileID(typedef.FileActivity),
		mesgdef.NewWorkout(nil).SetWktName(" Hill\x07 repeats ").ToMesg(nil),
		recordAt(0).ToMesg(nil), record.ToMesg(nil),
		mesgdef.NewSession(nil).SetTimestamp(second2time(2)).SetStartTime(runStart).SetTotalElapsedTimeScaled(2.5).
			SetTotalTimerTimeScaled(2.25).SetTotalDistanceScaled(6.5).SetSport(typedef.SportRunning).
			SetSubSport(typedef.SubSportTrail).SetWorkoutFeel(75).SetWorkoutRpe(60).ToMesg(nil),
	)
	first := gait.NewSample(0)
	first.Distance = 0
	second := gait.Sample{
		Second: 1, Distance: 3.14, Speed: 3.125, Altitude: 123.4, Cadence: 169, StanceTime: 251.3,
		StanceTimeBalance: 49.22, VerticalOscillation: 81.7, StepLength: 1103.5, HeartRate: 143, Power: 287,
	}
	want := ingest.Content{SHA256: Hash(data), Runs: []gait.Run{{
		ID: gait.NewRunID(runStart), Start: runStart, Duration: 2250 * time.Millisecond, Elapsed: 2500 * time.Millisecond,
		Distance: 6.5, Context: gait.Trail, Title: "Hill repeats", Feel: gait.FeltStrong, Effort: 6,
		Signals: gait.SignalsOf([]gait.Sample{second}),
		Sensor:  gait.Sensor{Manufacturer: "garmin", Product: 3291, Serial: 77},
		Origins: []gait.Origin{{Source: gait.SourceFIT, Key: Hash(data) + ":0", Name: "made.fit"}},
		Samples: []gait.Sample{first, second},
	}}}
	if diff := cmp.Diff(want, read(data), sampled); diff != "" {
		t.Error(diff)
	}
}

func TestFeelAndEffort(t *testing.T) {
	for _, tt := range []struct {
		feel, effort uint8
		want         gait.Feel
		wantEffort   gait.Effort
	}{
		{0, 0, gait.FeltVeryWeak, 0},
		{25, 10, gait.FeltWeak, 1},
		{50, 55, gait.FeltNormal, 6},
		{100, 100, gait.FeltVeryStrong, 10},
		{101, 110, 0, 0},
		{basetype.Uint8Invalid, basetype.Uint8Invalid, 0, 0},
	} {
		session := sessionMessage(0, 60, typedef.SportRunning, typedef.SubSportGeneric).SetWorkoutFeel(tt.feel).SetWorkoutRpe(tt.effort)
		r := read(encoded(t, fileID(typedef.FileActivity), recordAt(0).ToMesg(nil), session.ToMesg(nil))).Runs[0]
		if r.Feel != tt.want || r.Effort != tt.wantEffort {
			t.Errorf("%d, %d: %v, %d", tt.feel, tt.effort, r.Feel, r.Effort)
		}
	}
}

func TestReadLeavesWhatWasNotMeasuredUnknown(t *testing.T) {
	unknown := gait.NewSample(0)
	unknown.Distance = 0
	for name, change := range map[string]func(*mesgdef.Record){
		"nothing":                func(*mesgdef.Record) {},
		"balance of zero":        func(r *mesgdef.Record) { r.SetStanceTimeBalance(0) },
		"balance of one leg":     func(r *mesgdef.Record) { r.SetStanceTimeBalanceScaled(100) },
		"power balance":          func(r *mesgdef.Record) { r.SetLeftRightBalance(typedef.LeftRightBalance(128 + 49)) },
		"share of stance":        func(r *mesgdef.Record) { r.SetStanceTimePercentScaled(36) },
		"stance time of zero":    func(r *mesgdef.Record) { r.SetStanceTime(0) },
		"no heart beat":          func(r *mesgdef.Record) { r.SetHeartRate(0) },
		"no bounce, no step":     func(r *mesgdef.Record) { r.SetVerticalOscillation(0).SetStepLength(0) },
		"fraction of no cadence": func(r *mesgdef.Record) { r.SetFractionalCadence(64) },
		"invalid by the field": func(r *mesgdef.Record) {
			r.SetStanceTimeBalance(basetype.Uint16Invalid).SetCadence(basetype.Uint8Invalid)
		},
		"invalid altitude and step": func(r *mesgdef.Record) { r.SetEnhancedAltitude(basetype.Uint32Invalid).SetStepLength(0xFFFF) },
	} {
		t.Run(name, func(t *testing.T) {
			r := recordAt(0)
			change(r)
			got := read(encoded(
				t, fileID(typedef.FileActivity), r.ToMesg(nil),
				sessionMessage(0, 60, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil),
			))
			if diff := cmp.Diff([]gait.Sample{unknown}, got.Runs[0].Samples, sampled); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What no leg could make shows that the strap has lost contact: the measurement
// has to see it.
func TestReadKeepsTheBalanceOfALostStrap(t *testing.T) {
	r := recordAt(0)
	r.SetStanceTimeBalanceScaled(12.5)
	got := read(encoded(
		t, fileID(typedef.FileActivity), r.ToMesg(nil),
		sessionMessage(0, 60, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil),
	))
	if b := got.Runs[0].Samples[0].StanceTimeBalance; b != 12.5 {
		t.Errorf("balance %v, want 12.5", b)
	}
}

func TestReadOutcome(t *testing.T) {
	whole := madeRun(t, 100)
	settings := encoded(t, fileID(typedef.FileSettings), mesgdef.NewUserProfile(nil).SetWeightScaled(70).ToMesg(nil))
	heartRates := encoded(t, mesgdef.NewHr(nil).SetTimestamp(runStart).ToMesg(nil))
	cut := func(messages ...[]proto.Message) []byte { // the watch died: the data end, the header says there is more
		data := encoded(t, join(append([][]proto.Message{{fileID(typedef.FileActivity)}}, messages...)...)...)
		return data[:len(data)-7]
	}
	zeroCRC := bytes.Clone(whole)
	zeroCRC[12], zeroCRC[13] = 0, 0
	recrc(zeroCRC)

	tests := map[string]struct {
		data      []byte
		runs      int
		truncated bool
		skipped   []string
		broken    string // a part of the reason; empty: not broken
	}{
		"a run":                         {data: whole, runs: 1},
		"header of twelve bytes":        {data: shortHeaded(whole), runs: 1},
		"header without a checksum":     {data: zeroCRC, runs: 1},
		"wrong checksum":                {data: wrongChecksum(whole), runs: 1, broken: "checksum"},
		"summary there, checksum not":   {data: whole[:len(whole)-2], runs: 1},
		"died, watch had said running":  {data: cut([]proto.Message{sportMessage(typedef.SportRunning)}, plainRecords(0, 50)), runs: 1, truncated: true, broken: "breaks off"},
		"died, only feet give this":     {data: cut(stridingRecords(0, 50)), runs: 1, truncated: true, broken: "breaks off"},
		"died on a ride":                {data: cut([]proto.Message{sportMessage(typedef.SportCycling)}, plainRecords(0, 50)), skipped: []string{"cycling"}, broken: "breaks off"},
		"died, nobody knows doing what": {data: cut(plainRecords(0, 50)), broken: "which sport"},
		"whole, but without a summary":  {data: encoded(t, join([]proto.Message{fileID(typedef.FileActivity)}, plainRecords(0, 9))...), broken: "which sport"},
		"nothing happened":              {data: encoded(t, fileID(typedef.FileActivity)), skipped: []string{emptyActivity}},
		"empty":                         {data: nil, broken: "empty"},
		"text":                          {data: []byte("These are not the bytes of a watch."), broken: "not a FIT file"},
		"header alone":                  {data: whole[:14], broken: "breaks off"},
		"settings":                      {data: settings, skipped: []string{"settings"}},
		"a course has records, too":     {data: encoded(t, join([]proto.Message{fileID(typedef.FileCourse)}, plainRecords(0, 9))...), skipped: []string{"course"}},
		"monitoring":                    {data: encoded(t, fileID(typedef.FileMonitoringB)), skipped: []string{"monitoring"}},
		"ride":                          {data: madeOf(t, typedef.SportCycling, typedef.SubSportRoad), skipped: []string{"cycling"}},
		"walk":                          {data: madeOf(t, typedef.SportWalking, typedef.SubSportGeneric), skipped: []string{"walking"}},
		"a sport of the future":         {data: madeOf(t, typedef.Sport(240), typedef.SubSportGeneric), skipped: []string{"unknown sport"}},
		"treadmill as equipment":        {data: madeOf(t, typedef.SportFitnessEquipment, typedef.SubSportTreadmill), runs: 1},
		"rowing machine":                {data: madeOf(t, typedef.SportFitnessEquipment, typedef.SubSportIndoorRowing), skipped: []string{"fitness equipment"}},
		"two runs chained":              {data: join(whole, whole), runs: 2},
		"heart rates chained to a run":  {data: join(whole, heartRates, heartRates), runs: 1},
		"heart rates alone":             {data: heartRates, skipped: []string{"no activity"}},
		"settings chained to a run":     {data: join(whole, settings), runs: 1, skipped: []string{"settings"}},
		"second part broken":            {data: join(whole, wrongChecksum(whole)), runs: 2, broken: "part 2 of 2"},
		"first part broken":             {data: join(wrongChecksum(whole), whole), runs: 2, broken: "part 1 of 2"},
		"second part no FIT":            {data: join(whole, []byte("something else")), runs: 1, broken: "what follows part 1"},
		"second part broken off":        {data: join(whole, whole[:60]), runs: 1, broken: "part 2 of 2"},
		"endless chain":                 {data: bytes.Repeat(settings, maxParts+1), skipped: kinds("settings", maxParts), broken: "more than 100"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := read(tt.data)
			if len(got.Runs) != tt.runs {
				t.Errorf("%d runs, want %d", len(got.Runs), tt.runs)
			}
			for _, r := range got.Runs {
				if r.Truncated != tt.truncated {
					t.Errorf("truncated: %v, want %v", r.Truncated, tt.truncated)
				}
			}
			if diff := cmp.Diff(tt.skipped, got.Skipped); diff != "" {
				t.Error(diff)
			}
			if !strings.Contains(got.Broken, tt.broken) || (tt.broken == "") != (got.Broken == "") {
				t.Errorf("broken: %q, want %q in it", got.Broken, tt.broken)
			}
			if strings.ContainsAny(got.Broken, "\n\r") {
				t.Errorf("more than a line: %q", got.Broken)
			}
		})
	}
}

func kinds(kind string, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = kind
	}
	return list
}

// A header that says less data than there are, and garbage in the middle, must
// not cost the other runs.
func TestReadGoesOnBehindAMangledPart(t *testing.T) {
	mangled := madeRun(t, 100)
	for i := 300; i < 500; i++ {
		mangled[i] = 0xEE
	}
	got := read(join(mangled, madeRun(t, 30)))
	if n := len(got.Runs); n == 0 || len(got.Runs[n-1].Samples) != 30 {
		t.Errorf("the run behind the mangled part is missing: %d runs", n)
	}
	if !strings.Contains(got.Broken, "part 1 of 2") {
		t.Errorf("broken: %q", got.Broken)
	}
}
