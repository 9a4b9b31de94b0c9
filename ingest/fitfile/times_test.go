package fitfile

import (
	"strings"
	"testing"
	"time"

	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"
)

const minutes = 60

// session40 is the session of a run of forty minutes, which say more than they
// should once a test has changed them.
func session40() *mesgdef.Session {
	return sessionMessage(0, 40*minutes, typedef.SportRunning, typedef.SubSportGeneric)
}

func TestARunLastsAsLongAsItsRecords(t *testing.T) {
	const hour = 3600
	for name, tt := range map[string]struct {
		session           *mesgdef.Session
		elapsed, duration time.Duration
	}{
		"as it is":                   {session40(), 40 * time.Minute, 40 * time.Minute},
		"saved the next day":         {session40().SetTotalElapsedTimeScaled(25 * hour), 40 * time.Minute, 40 * time.Minute},
		"saved, timer and all":       {session40().SetTotalElapsedTimeScaled(25 * hour).SetTotalTimerTimeScaled(25 * hour), 40 * time.Minute, 40 * time.Minute},
		"saved an hour late":         {session40().SetTotalElapsedTimeScaled(hour + 2400), 40 * time.Minute, 40 * time.Minute},
		"saved a minute late":        {session40().SetTotalElapsedTimeScaled(2460), 41 * time.Minute, 40 * time.Minute},
		"length of none":             {session40().SetTotalElapsedTimeScaled(0).SetTotalTimerTimeScaled(0), 40 * time.Minute, 40 * time.Minute},
		"elapsed of none":            {session40().SetTotalElapsedTimeScaled(0), 40 * time.Minute, 40 * time.Minute},
		"a length of five seconds":   {session40().SetTotalElapsedTimeScaled(5).SetTotalTimerTimeScaled(5), 40 * time.Minute, 40 * time.Minute},
		"a start six days early":     {session40().SetStartTime(second2time(-6 * 24 * hour)).SetTotalElapsedTimeScaled(6*24*hour + 2400), 40 * time.Minute, 40 * time.Minute},
		"a start of another zone":    {session40().SetStartTime(second2time(-5 * hour)), 40 * time.Minute, 40 * time.Minute},
		"a zone ahead":               {session40().SetStartTime(second2time(2 * hour)), 40 * time.Minute, 40 * time.Minute},
		"a zone of half an hour":     {session40().SetStartTime(second2time(30 * minutes)), 40 * time.Minute, 40 * time.Minute},
		"a zone half an hour behind": {session40().SetStartTime(second2time(-30 * minutes)), 40 * time.Minute, 40 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(encoded(t, join(one(fileID(typedef.FileActivity)), stridingRecords(0, 40*minutes+1), one(tt.session.ToMesg(nil)))...))
			if len(got.Runs) != 1 {
				t.Fatalf("%d runs, broken: %q", len(got.Runs), got.Broken)
			}
			r := got.Runs[0]
			if r.Start != runStart || r.Elapsed != tt.elapsed || r.Duration != tt.duration || len(r.Samples) != 2401 {
				t.Errorf("start %v, elapsed %v, duration %v, %d samples", r.Start, r.Elapsed, r.Duration, len(r.Samples))
			}
		})
	}
}

// What a watch records while it waits for the start is not of the run.
func TestRecordsBeforeTheStartAreOfTheRunOnlyIfSomebodyRan(t *testing.T) {
	var waits []proto.Message
	for s := range 300 {
		waits = append(waits, mesgdef.NewRecord(nil).SetTimestamp(second2time(s)).SetDistanceScaled(0).SetHeartRate(70).ToMesg(nil))
	}
	session := sessionMessage(300, 600, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)
	id := one(fileID(typedef.FileActivity))
	if r := read(encoded(t, join(id, waits, stridingRecords(300, 601), one(session))...)).Runs[0]; r.Start != second2time(300) || len(r.Samples) != 301 {
		t.Errorf("waiting: start %v, %d samples", r.Start, len(r.Samples))
	}
	if r := read(encoded(t, join(id, stridingRecords(0, 601), one(session))...)).Runs[0]; r.Start != runStart || len(r.Samples) != 601 {
		t.Errorf("running: start %v, %d samples", r.Start, len(r.Samples))
	}
}

func TestLegsInAnotherZoneFindTheirRecords(t *testing.T) {
	const zone = 2 * 3600
	ride := sessionMessage(zone, zone+100, typedef.SportCycling, typedef.SubSportRoad).ToMesg(nil)
	run := sessionMessage(zone+100, zone+250, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)
	got := read(encoded(t, join(one(fileID(typedef.FileActivity)), plainRecords(0, 251), []proto.Message{ride, run})...))
	if len(got.Runs) != 1 || got.Runs[0].Start != second2time(100) || len(got.Runs[0].Samples) != 151 {
		t.Errorf("runs: %+v", legsOf(got.Runs))
	}
}

// Each of the sessions may tell its time in a zone of its own.
func TestOneOfTwoLegsInAnotherZone(t *testing.T) {
	const hour = 3600
	for name, tt := range map[string]struct{ ride, run int }{
		"the second ahead":  {0, 2 * hour},
		"the second behind": {0, -5 * hour},
		"an hour behind":    {0, -hour},
		"by three quarters": {0, 5*hour + 45*minutes},
		"the first ahead":   {2 * hour, 0},
		"the first behind":  {-2 * hour, 0},
	} {
		ride := sessionMessage(tt.ride, tt.ride+1800, typedef.SportCycling, typedef.SubSportRoad).ToMesg(nil)
		run := sessionMessage(tt.run+2000, tt.run+3800, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)
		got := read(encoded(t, join(one(fileID(typedef.FileActivity)), plainRecords(0, 3801), []proto.Message{ride, run})...))
		if len(got.Runs) != 1 || got.Runs[0].Start != second2time(2000) || len(got.Runs[0].Samples) != 1801 {
			t.Errorf("%s: %+v", name, legsOf(got.Runs))
		}
	}
}

// A session of which little or nothing was recorded, as a swim in a pool, is not in
// another zone: it stays, and takes nothing from the others.
func TestALegWithoutRecordsTakesNoneOfAnother(t *testing.T) {
	for name, tt := range map[string]struct {
		other, run [2]int // from and to
		records    []proto.Message
	}{
		"before the run":          {[2]int{0, 1200}, [2]int{1200, 4800}, plainRecords(1200, 4801)},
		"after the run":           {[2]int{3300, 4500}, [2]int{0, 1800}, plainRecords(0, 1801)},
		"recorded from late on":   {[2]int{0, 3600}, [2]int{3600, 7200}, plainRecords(2400, 7201)},
		"recorded for the half":   {[2]int{1800, 5400}, [2]int{0, 1800}, plainRecords(0, 3000)},
		"a pause before the swim": {[2]int{3400, 4600}, [2]int{0, 1800}, join(plainRecords(0, 1801), plainRecords(4600, 4700))},
	} {
		swim := sessionMessage(tt.other[0], tt.other[1], typedef.SportSwimming, typedef.SubSportLapSwimming).ToMesg(nil)
		run := sessionMessage(tt.run[0], tt.run[1], typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)
		got := read(encoded(t, join(one(fileID(typedef.FileActivity)), tt.records, []proto.Message{swim, run})...))
		if want := tt.run[1] - tt.run[0]; len(got.Runs) != 1 || got.Runs[0].Start != second2time(tt.run[0]) || len(got.Runs[0].Samples) < want {
			t.Errorf("%s: %+v, want %d seconds", name, legsOf(got.Runs), want)
		}
	}
}

func TestALegWithoutLengthLastsToTheNextOne(t *testing.T) {
	run := sessionMessage(0, 100, typedef.SportRunning, typedef.SubSportGeneric).SetTotalElapsedTimeScaled(0).SetTotalTimerTimeScaled(0).ToMesg(nil)
	ride := sessionMessage(100, 200, typedef.SportCycling, typedef.SubSportRoad).ToMesg(nil)
	got := read(encoded(t, join(one(fileID(typedef.FileActivity)), plainRecords(0, 201), []proto.Message{run, ride})...))
	if len(got.Runs) != 1 || len(got.Runs[0].Samples) != 100 || got.Runs[0].Duration != 99*time.Second {
		t.Errorf("runs: %+v", legsOf(got.Runs))
	}
}

func TestTimeThatWasNotRecordedIsNamed(t *testing.T) {
	got := read(encoded(t, join(one(fileID(typedef.FileActivity)), stridingRecords(0, 1801), one(session40().ToMesg(nil)))...)).Runs[0]
	if got.Duration != 40*time.Minute || len(got.Oddities) != 1 || !strings.Contains(said(got), "counted 40m0s, but only 30m0s") {
		t.Errorf("elapsed %v, duration %v, %q", got.Elapsed, got.Duration, got.Oddities)
	}
}
