package fitfile

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

// legSummary is what a multisport test looks at.
type legSummary struct {
	Start    int // seconds from the start of the activity
	Duration time.Duration
	Distance gait.Metres
	Samples  int
	First    gait.Metres // distance of the first and last sample
	Last     gait.Metres
	Cut      bool
}

func legsOf(runs []gait.Run) []legSummary {
	var list []legSummary
	for _, r := range runs {
		list = append(list, legSummary{
			Start: int(r.Start.Sub(runStart) / time.Second), Duration: r.Duration, Distance: r.Distance, Samples: len(r.Samples),
			First: r.Samples[0].Distance, Last: r.Samples[len(r.Samples)-1].Distance, Cut: r.Truncated,
		})
	}
	return list
}

func TestEachRunningLegOfAMultisportActivityIsARun(t *testing.T) {
	swim := sessionMessage(0, 100, typedef.SportSwimming, typedef.SubSportOpenWater).ToMesg(nil)
	run := sessionMessage(100, 250, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)
	ride := sessionMessage(250, 300, typedef.SportCycling, typedef.SubSportRoad).ToMesg(nil)
	second := sessionMessage(300, 400, typedef.SportRunning, typedef.SubSportTrack).ToMesg(nil)
	all := sessionMessage(0, 400, typedef.SportMultisport, typedef.SubSportTriathlon).ToMesg(nil)
	id := []proto.Message{fileID(typedef.FileActivity)}
	var restarting []proto.Message // a watch that counts the metres of each leg
	for s := range 400 {
		from := 0
		for _, leg := range []int{100, 250, 300} {
			if s >= leg {
				from = leg
			}
		}
		restarting = append(restarting, recordAt(s).SetDistanceScaled(3*float64(s-from)).ToMesg(nil))
	}
	want := []legSummary{
		{Start: 100, Duration: 150 * time.Second, Distance: 450, Samples: 150, First: 3, Last: 450},
		{Start: 300, Duration: 100 * time.Second, Distance: 300, Samples: 100, First: 3, Last: 300},
	}
	wantRestarting := []legSummary{want[0], want[1]}
	wantRestarting[0].First, wantRestarting[0].Last = 0, 447
	wantRestarting[1].First, wantRestarting[1].Last = 0, 297

	for name, tt := range map[string]struct {
		messages []proto.Message
		want     []legSummary
	}{
		"summaries as the legs end": {join(id, plainRecords(0, 101), []proto.Message{swim}, plainRecords(101, 251), []proto.Message{run},
			plainRecords(251, 301), []proto.Message{ride}, plainRecords(301, 400), []proto.Message{second}), want},
		"summaries first":                {join(id, []proto.Message{swim, run, ride, second}, plainRecords(0, 400)), want},
		"summaries last, out of order":   {join(id, plainRecords(0, 400), []proto.Message{second, ride, swim, run}), want},
		"with a summary of the whole":    {join(id, []proto.Message{all}, plainRecords(0, 400), []proto.Message{swim, run, ride, second}), want},
		"metres begin anew with the leg": {join(id, restarting, []proto.Message{swim, run, ride, second}), wantRestarting},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(encoded(t, tt.messages...))
			if diff := cmp.Diff(tt.want, legsOf(got.Runs)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"swimming", "cycling"}, got.Skipped); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestALegThatTheWatchDidNotFinishIsARun(t *testing.T) {
	data := encoded(t, join(
		[]proto.Message{fileID(typedef.FileActivity), sportMessage(typedef.SportCycling)}, plainRecords(0, 100),
		[]proto.Message{sessionMessage(0, 100, typedef.SportCycling, typedef.SubSportRoad).ToMesg(nil), sportMessage(typedef.SportRunning)},
		plainRecords(101, 201),
	)...)
	got := read(data[:len(data)-5])
	if len(got.Runs) != 1 || !got.Runs[0].Truncated || got.Runs[0].Start != second2time(101) {
		t.Fatalf("runs: %+v", legsOf(got.Runs))
	}
	if n := len(got.Runs[0].Samples); n < 98 || n > 100 {
		t.Errorf("%d samples of the 100 that were written whole or in part", n)
	}
	if diff := cmp.Diff([]string{"cycling"}, got.Skipped); diff != "" {
		t.Error(diff)
	}
}

func TestDurationWithoutASummaryLeavesPausesOut(t *testing.T) {
	data := encoded(t, join(
		[]proto.Message{fileID(typedef.FileActivity), sportMessage(typedef.SportRunning), timerEvent(0, typedef.EventTypeStart)},
		stridingRecords(1, 60), []proto.Message{timerEvent(59, typedef.EventTypeStopAll), timerEvent(179, typedef.EventTypeStart)},
		stridingRecords(180, 241), []proto.Message{timerEvent(240, typedef.EventTypeStopAll)},
	)...)
	r := read(data).Runs[0]
	if r.Start != runStart || r.Elapsed != 240*time.Second || r.Duration != 120*time.Second || r.Truncated {
		t.Errorf("start %v, elapsed %v, duration %v, truncated %v", r.Start, r.Elapsed, r.Duration, r.Truncated)
	}
	if first, last := r.Samples[0].Second, r.Samples[len(r.Samples)-1].Second; first != 1 || last != 240 {
		t.Errorf("samples run from %d to %d", first, last)
	}
	if r.Distance != 720 {
		t.Errorf("distance %v", r.Distance)
	}
}

func TestSamplesAreInOrderAndOnePerSecond(t *testing.T) {
	half := mesgdef.NewRecord(nil).SetTimestamp(second2time(7)).SetHeartRate(150)
	got := read(encoded(
		t, fileID(typedef.FileActivity), recordAt(0).ToMesg(nil), recordAt(7).SetCadence(80).ToMesg(nil), half.ToMesg(nil),
		recordAt(30).ToMesg(nil), recordAt(12).ToMesg(nil), recordAt(maxRun+1).ToMesg(nil),
		mesgdef.NewRecord(nil).SetHeartRate(99).ToMesg(nil), // without a time
		sessionMessage(0, 31, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil),
	)).Runs[0]
	var seconds []int32
	for _, s := range got.Samples {
		seconds = append(seconds, s.Second)
	}
	if diff := cmp.Diff([]int32{0, 7, 12, 30}, seconds); diff != "" {
		t.Error(diff)
	}
	if s := got.Samples[1]; s.Cadence != 160 || s.HeartRate != 150 || s.Distance != 21 {
		t.Errorf("two records of one second: %+v", s)
	}
}

// A mangled summary must not make a run that lasts for weeks.
func TestALengthThatNoRunHasGivesWay(t *testing.T) {
	const weeks = 49 * 24 * 3600
	session := sessionMessage(0, 41, typedef.SportRunning, typedef.SubSportGeneric).
		SetTotalElapsedTimeScaled(weeks).SetTotalTimerTimeScaled(weeks)
	got := read(encoded(t, join(
		[]proto.Message{fileID(typedef.FileActivity)}, plainRecords(0, 41), []proto.Message{session.ToMesg(nil)},
	)...)).Runs
	if len(got) != 1 || got[0].Elapsed != 40*time.Second || got[0].Duration != 40*time.Second {
		t.Errorf("runs: %+v", legsOf(got))
	}
}

func TestAStartThatFitsNoRecordGivesWay(t *testing.T) {
	got := read(encoded(t, join(
		[]proto.Message{fileID(typedef.FileActivity)}, plainRecords(10, 50),
		[]proto.Message{sessionMessage(900, 940, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)},
	)...)).Runs
	if len(got) != 1 || got[0].Start != second2time(10) || len(got[0].Samples) != 40 {
		t.Errorf("runs: %+v", legsOf(got))
	}
}

func TestContext(t *testing.T) {
	for sub, want := range map[typedef.SubSport]gait.Context{
		typedef.SubSportGeneric: gait.Road, typedef.SubSportStreet: gait.Road, typedef.SubSportUltra: gait.Road,
		typedef.SubSportInvalid: gait.Road, typedef.SubSportTrail: gait.Trail, typedef.SubSportTrack: gait.Track,
		typedef.SubSportTreadmill: gait.Treadmill, typedef.SubSportIndoorRunning: gait.Treadmill,
		typedef.SubSportVirtualActivity: gait.Treadmill,
	} {
		if got := read(madeOf(t, typedef.SportRunning, sub)).Runs[0].Context; got != want {
			t.Errorf("%v is %v, want %v", sub, got, want)
		}
	}
}

func TestABalanceThatStandsStillIsNotMeasured(t *testing.T) {
	type stretch struct {
		seconds int
		balance gait.Percent
		cadence gait.StepsPerMinute
	}
	for name, tt := range map[string]struct {
		stretches []stretch
		known     int // seconds whose balance is left
	}{
		"moves":                     {[]stretch{{60, 49, 170}, {60, 49.03, 170}, {60, 49, 170}}, 180},
		"held for two minutes":      {[]stretch{{30, 49, 170}, {121, 49.5, 170}, {30, 50, 170}}, 60},
		"held for a little less":    {[]stretch{{30, 49, 170}, {120, 49.5, 170}, {30, 50, 170}}, 180},
		"held while standing":       {[]stretch{{30, 49, 170}, {300, 49.5, 0}, {30, 50, 170}}, 360},
		"held, cadence not known":   {[]stretch{{200, 49.5, gait.Unknown[gait.StepsPerMinute]()}}, 0},
		"nothing measured for long": {[]stretch{{200, gait.Unknown[gait.Percent](), 170}, {30, 50, 170}}, 30},
	} {
		t.Run(name, func(t *testing.T) {
			var samples []gait.Sample
			for _, s := range tt.stretches {
				for range s.seconds {
					p := gait.NewSample(int32(len(samples)))
					p.StanceTimeBalance, p.Cadence = s.balance, s.cadence
					samples = append(samples, p)
				}
			}
			dropFrozen(samples)
			known := 0
			for _, s := range samples {
				if gait.Known(s.StanceTimeBalance) {
					known++
				}
			}
			if known != tt.known {
				t.Errorf("%d seconds have a balance, want %d", known, tt.known)
			}
		})
	}
}

func TestAPauseDoesNotFreezeTheBalance(t *testing.T) {
	a, b := gait.NewSample(0), gait.NewSample(900)
	a.StanceTimeBalance, b.StanceTimeBalance = 49.5, 49.5
	samples := []gait.Sample{a, b}
	dropFrozen(samples)
	if !gait.Known(samples[0].StanceTimeBalance) || !gait.Known(samples[1].StanceTimeBalance) {
		t.Error("two samples on both sides of a pause were taken for a frozen strap")
	}
}

// Some kinds of sport are of running alone, whatever a recorder calls the sport.
func TestTheKindOfSportTellsARun(t *testing.T) {
	for _, tt := range []struct {
		sport typedef.Sport
		sub   typedef.SubSport
		runs  int
	}{
		{typedef.SportTraining, typedef.SubSportTreadmill, 1},
		{typedef.SportGeneric, typedef.SubSportIndoorRunning, 1},
		{typedef.SportGeneric, typedef.SubSportTrail, 1},
		{typedef.SportFitnessEquipment, typedef.SubSportTrack, 1},
		{typedef.SportTraining, typedef.SubSportStrengthTraining, 0},
		{typedef.SportGeneric, typedef.SubSportGeneric, 0},
		{typedef.SportWalking, typedef.SubSportTreadmill, 0},
		{typedef.SportCycling, typedef.SubSportTrack, 0},
	} {
		session := sessionMessage(0, 60, tt.sport, tt.sub).ToMesg(nil)
		got := read(encoded(t, join(one(fileID(typedef.FileActivity)), plainRecords(0, 61), one(session))...))
		if len(got.Runs) != tt.runs || len(got.Skipped) != 1-tt.runs || got.Broken != "" {
			t.Errorf("%v, %v: %d runs, passed over %q, broken %q", tt.sport, tt.sub, len(got.Runs), got.Skipped, got.Broken)
		}
	}
}

// On a treadmill one walks, too: where the sport does not say which, the steps do.
func TestAWalkOnATreadmillIsNoRun(t *testing.T) {
	for name, tt := range map[string]struct {
		sport   typedef.Sport
		strides uint8 // of one leg a minute
		speed   float64
		runs    int
	}{
		"a walk":                      {typedef.SportTraining, 56, 1.5, 0},
		"a walk, fitness equipment":   {typedef.SportFitnessEquipment, 56, 1.5, 0},
		"a walk, the speed unknown":   {typedef.SportTraining, 56, 0, 0},
		"a run":                       {typedef.SportTraining, 84, 2.8, 1},
		"a slow jog":                  {typedef.SportTraining, 71, 1.8, 1},
		"half of the steps":           {typedef.SportTraining, 42, 2.8, 1},
		"half of them, speed unknown": {typedef.SportTraining, 42, 0, 1},
		"no steps":                    {typedef.SportTraining, basetype.Uint8Invalid, 1.5, 1},
		"walked, but saved as a run":  {typedef.SportRunning, 56, 1.5, 1},
	} {
		records := make([]proto.Message, 601)
		for i := range records {
			r := recordAt(i).SetDistance(basetype.Uint32Invalid).SetCadence(tt.strides)
			if tt.speed > 0 {
				r.SetEnhancedSpeedScaled(tt.speed)
			}
			records[i] = r.ToMesg(nil)
		}
		session := sessionMessage(0, 600, tt.sport, typedef.SubSportTreadmill).ToMesg(nil)
		got := read(encoded(t, join(one(fileID(typedef.FileActivity)), records, one(session))...))
		if len(got.Runs) != tt.runs || tt.runs == 0 && !slices.Equal(got.Skipped, []string{"walking"}) {
			t.Errorf("%s: %d runs, passed over %q", name, len(got.Runs), got.Skipped)
		}
	}
}
