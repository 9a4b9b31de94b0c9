package fitfile

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/profile/untyped/fieldnum"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

// stridesAt are the records of the seconds from..to-1 as a clock tells them that
// is off by so much.
func stridesAt(from, to, off int) []proto.Message {
	var list []proto.Message
	for s := from; s < to; s++ {
		list = append(list, recordAt(s).SetTimestamp(second2time(s+off)).SetEnhancedSpeedScaled(3).SetCadence(85).SetStanceTimeScaled(250).
			SetStanceTimeBalanceScaled(49.5+float64(s%5)/10).SetHeartRate(140).ToMesg(nil))
	}
	return list
}

func TestAClockThatJumpsIsPutRight(t *testing.T) {
	const (
		hour = 3600
		end  = 600
	)
	id := one(fileID(typedef.FileActivity))
	session := func(start, to, length int) []proto.Message {
		return one(sessionMessage(start, to, typedef.SportRunning, typedef.SubSportGeneric).
			SetTotalElapsedTimeScaled(float64(length)).SetTotalTimerTimeScaled(end).SetTotalDistanceScaled(3 * end).ToMesg(nil))
	}
	begin := func(off int) []proto.Message { return one(timerEvent(off, typedef.EventTypeStart)) }
	stop := func(off int) []proto.Message { return one(timerEvent(end+off, typedef.EventTypeStopAll)) }
	straight := session(0, end, end)
	want := read(encoded(t, join(id, begin(0), stridesAt(0, end+1, 0), stop(0), straight)...)).Runs[0]

	for name, messages := range map[string][]proto.Message{
		"seven days ahead, others stay": join(begin(0), stridesAt(0, 200, 0), stridesAt(200, end+1, 7*day), stop(0), straight),
		"eight days ahead, all go with it": join(begin(0), stridesAt(0, 500, 0), stridesAt(500, end+1, 8*day), one(timerEvent(1, typedef.EventTypeStart)),
			session(0, end, end)),
		"a day back":           join(begin(0), stridesAt(0, 200, 0), stridesAt(200, end+1, -day), straight),
		"an hour back":         join(begin(0), stridesAt(0, 400, 0), stridesAt(400, end+1, -hour), straight),
		"an hour ahead":        join(begin(0), stridesAt(0, 400, 0), stridesAt(400, end+1, hour), straight),
		"two minutes back":     join(begin(0), stridesAt(0, 400, 0), stridesAt(400, end+1, -120), straight),
		"there and back":       join(begin(0), stridesAt(0, 200, 0), stridesAt(200, 250, 3*day), stridesAt(250, end+1, 0), straight),
		"one second years off": join(begin(0), stridesAt(0, 200, 0), stridesAt(200, 201, 4000*day), stridesAt(201, end+1, 0), straight),
		"set by the first fix, a stale start": join(stridesAt(0, 11, -6*day), begin(0), stridesAt(11, end+1, 0), stop(0),
			session(-6*day, end, 6*day+end)),
		"never set before the first fix": join(stridesAt(0, 11, -9000*day), begin(0), stridesAt(11, end+1, 0), stop(0),
			session(-9000*day, end, end)),
	} {
		t.Run(name, func(t *testing.T) {
			got := read(encoded(t, join(id, messages)...))
			if len(got.Runs) != 1 || got.Broken != "" {
				t.Fatalf("%d runs, broken: %q", len(got.Runs), got.Broken)
			}
			r := got.Runs[0]
			if r.Start != want.Start || r.ID != want.ID || r.Elapsed != want.Elapsed || r.Duration != want.Duration || r.Distance != want.Distance {
				t.Errorf("start %v, elapsed %v, duration %v, distance %v", r.Start, r.Elapsed, r.Duration, r.Distance)
			}
			if diff := cmp.Diff(want.Samples, r.Samples, sampled); diff != "" {
				t.Error(diff)
			}
			if r.Clock != gait.ClockJumped || len(r.Oddities) != 1 || !strings.Contains(said(r), "clock jumped") {
				t.Errorf("clock %v, says %q", r.Clock, r.Oddities)
			}
		})
	}
}

// Where there is no distance or heart rate, what the recorder counted from start
// to end tells the clock's gap from a rest.
func TestTheRecordersCountTellsAJump(t *testing.T) {
	const end, hour = 600, 3600
	without := func(field byte, list []proto.Message) []proto.Message {
		for i := range list {
			list[i].RemoveFieldByNum(field)
		}
		return list
	}
	const distance, heart = fieldnum.RecordDistance, fieldnum.RecordHeartRate
	lap := lapMessage(0, end, typedef.SportRunning).ToMesg(nil)
	if got := read(encoded(t, join(one(fileID(typedef.FileActivity)), without(distance, join(stridesAt(0, 400, 0), stridesAt(400, end+1, -hour))), one(lap))...)).Runs[0]; got.Clock != gait.ClockJumped || len(got.Samples) != end+1 || got.Start != runStart {
		t.Errorf("a lap that tells it: clock %v, %d samples from %v", got.Clock, len(got.Samples), got.Start)
	}
	for name, tt := range map[string]struct {
		records []proto.Message
		counted int
		clock   gait.Clock
		last    int32
	}{
		"an hour back, no distance":           {without(distance, join(stridesAt(0, 400, 0), stridesAt(400, end+1, -hour))), end, gait.ClockJumped, end},
		"two minutes back, no distance":       {without(distance, join(stridesAt(0, 400, 0), stridesAt(400, end+1, -120))), end, gait.ClockJumped, end},
		"an hour ahead, no distance":          {without(distance, join(stridesAt(0, 400, 0), stridesAt(400, end+1, hour))), end, gait.ClockJumped, end},
		"an hour ahead, no heart rate":        {without(heart, join(stridesAt(0, 400, 0), stridesAt(400, end+1, hour))), end, gait.ClockJumped, end},
		"an hour's rest, no heart rate":       {without(heart, join(stridesAt(0, 400, 0), stridesAt(400, end+1, hour))), end + hour, gait.ClockOK, end + hour},
		"an hour's rest, no distance":         {without(distance, join(stridesAt(0, 400, 0), stridesAt(400, end+1, hour))), end + hour, gait.ClockOK, end + hour},
		"the same seconds twice, no distance": {without(distance, join(stridesAt(0, end+1, 0), stridesAt(0, end+1, 0))), end, gait.ClockOK, end},
	} {
		session := sessionMessage(0, tt.counted, typedef.SportRunning, typedef.SubSportGeneric).SetTotalTimerTimeScaled(end).ToMesg(nil)
		r := read(encoded(t, join(one(fileID(typedef.FileActivity)), tt.records, one(session))...)).Runs[0]
		if got := r.Samples[len(r.Samples)-1].Second; r.Clock != tt.clock || got != tt.last || len(r.Samples) != end+1 || r.Start != runStart {
			t.Errorf("%s: clock %v, %d samples up to second %d from %v", name, r.Clock, len(r.Samples), got, r.Start)
		}
	}
}

func TestWhatIsNoJumpStays(t *testing.T) {
	const end = 1800
	slower := func(from, to, off int) []proto.Message { // rested, as the heart tells
		var list []proto.Message
		for s := from; s < to; s++ {
			list = append(list, recordAt(s).SetTimestamp(second2time(s+off)).SetEnhancedSpeedScaled(3).SetCadence(85).SetHeartRate(95).ToMesg(nil))
		}
		return list
	}
	for name, tt := range map[string]struct {
		messages []proto.Message
		last     int32
		samples  int
	}{
		"a pause of half an hour": {join(stridesAt(0, 600, 0), one(timerEvent(600, typedef.EventTypeStop)),
			one(timerEvent(2400, typedef.EventTypeStart)), stridesAt(600, end, 1800)), end + 1799, end},
		"a rest that nobody noted": {join(stridesAt(0, 600, 0), slower(600, end, 1800)), end + 1799, end},
		"two days, timer stopped": {join(stridesAt(0, 600, 0), one(timerEvent(600, typedef.EventTypeStop)),
			one(timerEvent(600+2*day, typedef.EventTypeStart)), stridesAt(600, end, 2*day)), end + 2*day - 1, end},
		"two days, rested":       {join(stridesAt(0, 600, 0), slower(600, end, 2*day)), end + 2*day - 1, end},
		"the same seconds twice": {join(stridesAt(0, end, 0), stridesAt(0, end, 0)), end - 1, end},
		"a gap of minutes":       {join(stridesAt(0, 600, 0), stridesAt(900, end, 0)), end - 1, end - 300},
	} {
		t.Run(name, func(t *testing.T) {
			session := sessionMessage(0, int(tt.last), typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)
			r := read(encoded(t, join(one(fileID(typedef.FileActivity)), tt.messages, one(session))...)).Runs[0]
			if got := r.Samples[len(r.Samples)-1].Second; got != tt.last || len(r.Samples) != tt.samples || r.Clock != gait.ClockOK {
				t.Errorf("%d samples up to second %d, clock %v", len(r.Samples), got, r.Clock)
			}
		})
	}
}

// What is not understood is not used, and said.
func TestRecordsThatLieTooFarOutAreCounted(t *testing.T) {
	var far []proto.Message
	for s := range 90 {
		far = append(far, mesgdef.NewRecord(nil).SetTimestamp(second2time(9*day+s)).SetDistanceScaled(5e6+float64(s)).ToMesg(nil))
	}
	session := sessionMessage(0, 600, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil)
	r := read(encoded(t, join(one(fileID(typedef.FileActivity)), stridesAt(0, 601, 0), far, one(session))...)).Runs[0]
	if len(r.Samples) != 601 || r.Elapsed != 10*time.Minute || len(r.Oddities) != 1 || !strings.Contains(said(r), "90 seconds of the recording") {
		t.Errorf("%d samples, %v, %q", len(r.Samples), r.Elapsed, r.Oddities)
	}
}
