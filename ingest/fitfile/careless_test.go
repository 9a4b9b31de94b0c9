package fitfile

import (
	"strings"
	"testing"
	"time"

	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

func lapMessage(from, to int, s typedef.Sport) *mesgdef.Lap {
	return mesgdef.NewLap(nil).SetTimestamp(second2time(to)).SetStartTime(second2time(from)).
		SetTotalElapsedTimeScaled(float64(to - from)).SetTotalTimerTimeScaled(float64(to - from)).
		SetTotalDistanceScaled(3 * float64(to-from)).SetSport(s).SetSubSport(typedef.SubSportGeneric)
}

func activityMessage(end int) proto.Message {
	return mesgdef.NewActivity(nil).SetTimestamp(second2time(end)).SetNumSessions(1).ToMesg(nil)
}

func one(m proto.Message) []proto.Message { return []proto.Message{m} }

func TestTheSportIsFoundWhereverItStands(t *testing.T) {
	id := one(fileID(typedef.FileActivity))
	generic := sessionMessage(0, 60, typedef.SportGeneric, typedef.SubSportGeneric).ToMesg(nil)
	unset := sessionMessage(0, 60, typedef.SportInvalid, typedef.SubSportInvalid).ToMesg(nil)
	belt := sessionMessage(0, 60, typedef.SportGeneric, typedef.SubSportTreadmill).ToMesg(nil)
	running, riding := lapMessage(0, 60, typedef.SportRunning).ToMesg(nil), lapMessage(0, 60, typedef.SportCycling).ToMesg(nil)
	for name, tt := range map[string]struct {
		messages []proto.Message
		runs     int
		context  gait.Context
	}{
		"the lap alone":                       {join(id, plainRecords(0, 61), one(running)), 1, gait.Road},
		"a lap without records":               {join(id, one(running)), 1, gait.Road},
		"the lap, the session generic":        {join(id, plainRecords(0, 61), one(running), one(generic)), 1, gait.Road},
		"the lap, the session without":        {join(id, plainRecords(0, 61), one(running), one(unset)), 1, gait.Road},
		"the sport message, session generic":  {join(id, one(sportMessage(typedef.SportRunning)), plainRecords(0, 61), one(generic)), 1, gait.Road},
		"the sport message, session without":  {join(id, one(sportMessage(typedef.SportRunning)), plainRecords(0, 61), one(unset)), 1, gait.Road},
		"the treadmill stays":                 {join(id, one(sportMessage(typedef.SportRunning)), plainRecords(0, 61), one(belt)), 1, gait.Treadmill},
		"feet, the session without":           {join(id, stridingRecords(0, 61), one(unset)), 1, gait.Road},
		"a lap of a ride":                     {join(id, plainRecords(0, 61), one(riding), one(generic)), 0, ""},
		"the session is a ride, message not":  {join(id, one(sportMessage(typedef.SportRunning)), plainRecords(0, 61), one(sessionMessage(0, 60, typedef.SportCycling, typedef.SubSportRoad).ToMesg(nil))), 0, ""},
		"feet, the session generic":           {join(id, stridingRecords(0, 61), one(generic)), 1, gait.Road},
		"feet, on a treadmill":                {join(id, stridingRecords(0, 61), one(belt)), 1, gait.Treadmill},
		"generic, and nothing says otherwise": {join(id, plainRecords(0, 61), one(generic)), 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(encoded(t, tt.messages...))
			if len(got.Runs) != tt.runs || got.Broken != "" {
				t.Fatalf("%d runs, passed over %q, broken: %q", len(got.Runs), got.Skipped, got.Broken)
			}
			if tt.runs == 0 {
				return
			}
			if r := got.Runs[0]; r.Context != tt.context || r.Start != runStart || r.Duration != 60*time.Second || r.Distance != 180 {
				t.Errorf("%v, start %v, duration %v, distance %v", r.Context, r.Start, r.Duration, r.Distance)
			}
			if r := got.Runs[0]; (len(r.Samples) == 0) != strings.Contains(said(r), "Nothing was recorded by the second") {
				t.Errorf("%d samples, says %q", len(r.Samples), r.Oddities)
			}
		})
	}
}

func TestLapsTellTheLegsOfAWatchThatDied(t *testing.T) {
	data := encoded(t, join(
		one(fileID(typedef.FileActivity)), plainRecords(0, 100), one(lapMessage(0, 100, typedef.SportCycling).ToMesg(nil)),
		plainRecords(100, 200), one(lapMessage(100, 150, typedef.SportRunning).ToMesg(nil)), one(lapMessage(150, 190, typedef.SportRunning).ToMesg(nil)),
	)...)
	got := read(data)
	if len(got.Runs) != 1 || got.Runs[0].Start != second2time(100) || len(got.Runs[0].Samples) != 100 || !got.Runs[0].Truncated {
		t.Errorf("runs: %+v, passed over %q", legsOf(got.Runs), got.Skipped)
	}
}

// One session for everything, whose laps tell that there was a ride and a run.
func TestLapsOfTwoSportsAreTwoLegs(t *testing.T) {
	laps := join(one(lapMessage(0, 100, typedef.SportCycling).ToMesg(nil)), one(lapMessage(100, 200, typedef.SportRunning).ToMesg(nil)))
	for name, s := range map[string]typedef.Sport{"generic": typedef.SportGeneric, "without": typedef.SportInvalid} {
		got := read(encoded(t, join(one(fileID(typedef.FileActivity)), plainRecords(0, 201), laps, one(sessionMessage(0, 200, s, typedef.SubSportGeneric).ToMesg(nil)))...))
		if len(got.Runs) != 1 || len(got.Skipped) != 1 || got.Skipped[0] != "cycling" {
			t.Errorf("%s: runs: %+v, passed over %q", name, legsOf(got.Runs), got.Skipped)
			continue
		}
		if r := got.Runs[0]; r.Start != second2time(100) || r.Duration != 100*time.Second || r.Distance < 295 || r.Distance > 305 {
			t.Errorf("%s: %v from %v, %v m", name, r.Duration, r.Start, r.Distance)
		}
	}
}

func TestOnlyWhatBrokeOffIsCalledSo(t *testing.T) {
	id, stop := one(fileID(typedef.FileActivity)), one(timerEvent(60, typedef.EventTypeStopAll))
	session := one(sessionMessage(0, 60, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil))
	whole := encoded(t, join(id, stridingRecords(0, 61), stop)...)
	first := encoded(t, join(id, session, stridingRecords(0, 61))...)
	long := encoded(t, join(id, one(sessionMessage(0, 600, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)), stridingRecords(0, 61))...)
	for name, tt := range map[string]struct {
		data []byte
		cut  bool
		says string
	}{
		"no session, but the timer was stopped":      {whole, false, ""},
		"no session, but the activity was summed up": {encoded(t, join(id, stridingRecords(0, 61), one(activityMessage(60)))...), false, ""},
		"no session, and the timer ran":              {encoded(t, join(id, stridingRecords(0, 61))...), true, "breaks off after 1m0s; what came after it is lost"},
		"no session, timer stopped and started again": {encoded(t, join(id, stridingRecords(0, 30), one(timerEvent(30, typedef.EventTypeStop)),
			one(timerEvent(31, typedef.EventTypeStart)), stridingRecords(31, 61))...), true, "breaks off after 1m0s"},
		"a session, and only the checksum missing": {first[:len(first)-2], false, ""},
		"a session that says how long it was":      {long[:len(long)-300], true, "of 10m0s; the rest is lost"},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(tt.data)
			if len(got.Runs) != 1 {
				t.Fatalf("%d runs, broken: %q", len(got.Runs), got.Broken)
			}
			r := got.Runs[0]
			if said := said(r); r.Truncated != tt.cut || !strings.Contains(said, tt.says) || (tt.says == "") != (said == "") {
				t.Errorf("truncated %v, says %q", r.Truncated, said)
			}
		})
	}
}

func TestARunWithoutSportIsNamedForWhatItLacks(t *testing.T) {
	for name, tt := range map[string]struct {
		end  []proto.Message
		want string
	}{
		"ended":     {one(timerEvent(60, typedef.EventTypeStopAll)), "nothing in it says which sport it was"},
		"broke off": {nil, "the recording broke off before the watch wrote which sport it was"},
	} {
		if got := read(encoded(t, join(one(fileID(typedef.FileActivity)), plainRecords(0, 60), tt.end)...)); got.Broken != tt.want {
			t.Errorf("%s: %q", name, got.Broken)
		}
	}
}

func TestABalanceOfTheWholeRunIsKept(t *testing.T) {
	id := one(fileID(typedef.FileActivity))
	session := func() *mesgdef.Session {
		return sessionMessage(0, 60, typedef.SportRunning, typedef.SubSportGeneric)
	}
	lap := func(from, to int, balance float64) proto.Message {
		return lapMessage(from, to, typedef.SportRunning).SetAvgStanceTimeBalanceScaled(balance).ToMesg(nil)
	}
	for name, tt := range map[string]struct {
		messages []proto.Message
		want     gait.Percent
	}{
		"the session's":           {join(id, plainRecords(0, 60), one(session().SetAvgStanceTimeBalanceScaled(47.5).ToMesg(nil))), 47.5},
		"none":                    {join(id, plainRecords(0, 60), one(session().ToMesg(nil))), 0},
		"0 means none":            {join(id, plainRecords(0, 60), one(session().SetAvgStanceTimeBalanceScaled(0).ToMesg(nil))), 0},
		"100 means none":          {join(id, plainRecords(0, 60), one(session().SetAvgStanceTimeBalanceScaled(100).ToMesg(nil))), 0},
		"each second has its own": {join(id, stridingRecords(0, 60), one(session().SetAvgStanceTimeBalanceScaled(47.5).ToMesg(nil))), 0},
		"the laps', by length":    {join(id, plainRecords(0, 60), one(lap(0, 40, 49)), one(lap(40, 60, 46)), one(session().ToMesg(nil))), 48},
	} {
		got := read(encoded(t, tt.messages...))
		if len(got.Runs) != 1 || got.Runs[0].AverageBalance != tt.want {
			t.Errorf("%s: %+v", name, got.Runs)
		}
	}
}

// A recorder may write its length in seconds, where FIT has thousandths of them.
func TestALengthInSecondsIsTold(t *testing.T) {
	session := sessionMessage(0, 2400, typedef.SportRunning, typedef.SubSportGeneric).SetTotalElapsedTime(2500).SetTotalTimerTime(2400).SetTotalDistanceScaled(7200)
	got := read(encoded(t, join(one(fileID(typedef.FileActivity)), one(session.ToMesg(nil)))...))
	if len(got.Runs) != 1 || got.Runs[0].Duration != 40*time.Minute || got.Runs[0].Elapsed != 2500*time.Second {
		t.Errorf("%+v", got.Runs)
	}
}
