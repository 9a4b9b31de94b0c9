package simulate

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/muktihari/fit/encoder"
	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

// WriteFIT writes the run as the activity file of a watch: who made it, watch
// and strap, the timer's start and stop, a record for each sample, one lap, one
// session. A file written twice is the same file. Title and description have no
// place in FIT, and pauses are not written as timer events.
func WriteFIT(w io.Writer, run gait.Run) error {
	fit := &proto.FIT{Messages: messages(run)}
	if err := encoder.New(w, encoder.WithHeaderOption(encoder.HeaderOptionNormal, 15)).Encode(fit); err != nil {
		return fmt.Errorf("write FIT file: %w", err)
	}
	return nil
}

func messages(run gait.Run) []proto.Message {
	end := run.Start.Add(run.Elapsed)
	list := []proto.Message{
		mesgdef.NewFileId(nil).SetType(typedef.FileActivity).SetManufacturer(typedef.ManufacturerGarmin).
			SetProduct(productWatch).SetSerialNumber(serialWatch).SetTimeCreated(run.Start).ToMesg(nil),
		timer(run.Start, typedef.EventTypeStart),
	}
	list = append(list, devices(run)...)
	for i := range run.Samples {
		list = append(list, record(run.Start, &run.Samples[i]))
	}
	local := end // the watch's clock is set to UTC
	return append(list,
		timer(end, typedef.EventTypeStopAll), lap(run, end), session(run, end),
		mesgdef.NewActivity(nil).SetTimestamp(end).SetLocalTimestamp(local).SetNumSessions(1).
			SetTotalTimerTime(millis(run.Duration)).SetType(typedef.ActivityManual).
			SetEvent(typedef.EventActivity).SetEventType(typedef.EventTypeStop).ToMesg(nil),
	)
}

func timer(at time.Time, what typedef.EventType) proto.Message {
	return mesgdef.NewEvent(nil).SetTimestamp(at).SetEvent(typedef.EventTimer).SetEventType(what).
		SetData(uint32(typedef.TimerTriggerManual)).SetEventGroup(0).ToMesg(nil)
}

// ANT+ numbers of what a chest strap is: a heart rate monitor, and the running
// dynamics inside the same strap.
const (
	deviceHeartRate       = 120
	deviceRunningDynamics = 30
)

// devices names the watch, and the strap once for each thing it measures.
func devices(run gait.Run) []proto.Message {
	watch := mesgdef.NewDeviceInfo(nil).SetTimestamp(run.Start).SetDeviceIndex(typedef.DeviceIndexCreator).
		SetManufacturer(typedef.ManufacturerGarmin).SetProduct(productWatch).SetSerialNumber(serialWatch).
		SetSourceType(typedef.SourceTypeLocal).ToMesg(nil)
	list := []proto.Message{watch}
	if run.Sensor == (gait.Sensor{}) || run.Sensor == watchSensor() {
		return list
	}
	for i, device := range []uint8{deviceHeartRate, deviceRunningDynamics} {
		list = append(list, mesgdef.NewDeviceInfo(nil).SetTimestamp(run.Start).
			SetDeviceIndex(typedef.DeviceIndex(i+1)).SetDeviceType(device).
			SetManufacturer(typedef.ManufacturerFromString(run.Sensor.Manufacturer)).
			SetProduct(run.Sensor.Product).SetSerialNumber(run.Sensor.Serial).
			SetSourceType(typedef.SourceTypeAntplus).ToMesg(nil))
	}
	return list
}

func record(start time.Time, s *gait.Sample) proto.Message {
	r := mesgdef.NewRecord(nil).SetTimestamp(start.Add(time.Duration(s.Second) * time.Second)).
		SetDistance(raw32(float64(s.Distance), 100)).
		SetEnhancedSpeed(raw32(float64(s.Speed), 1000)).
		SetEnhancedAltitude(raw32(float64(s.Altitude)+500, 5)).
		SetStanceTime(raw16(float64(s.StanceTime), 10)).
		SetStanceTimeBalance(raw16(float64(s.StanceTimeBalance), 100)).
		SetVerticalOscillation(raw16(float64(s.VerticalOscillation), 10)).
		SetStepLength(raw16(float64(s.StepLength), 10)).
		SetPower(raw16(float64(s.Power), 1)).
		SetHeartRate(raw8(float64(s.HeartRate)))
	if gait.Known(s.Cadence) { // strides of one leg, in whole ones and 128ths
		strides, rest := math.Modf(float64(s.Cadence) / 2)
		r.SetCadence(raw8(strides)).SetFractionalCadence(raw8(rest * 128))
	}
	return r.ToMesg(nil)
}

func lap(run gait.Run, end time.Time) proto.Message {
	return mesgdef.NewLap(nil).SetTimestamp(end).SetStartTime(run.Start).SetMessageIndex(0).
		SetTotalElapsedTime(millis(run.Elapsed)).SetTotalTimerTime(millis(run.Duration)).
		SetTotalDistance(raw32(float64(run.Distance), 100)).
		SetSport(typedef.SportRunning).SetSubSport(subSport(run.Context)).
		SetEvent(typedef.EventLap).SetEventType(typedef.EventTypeStop).SetLapTrigger(typedef.LapTriggerSessionEnd).ToMesg(nil)
}

func session(run gait.Run, end time.Time) proto.Message {
	return mesgdef.NewSession(nil).SetTimestamp(end).SetStartTime(run.Start).SetMessageIndex(0).
		SetTotalElapsedTime(millis(run.Elapsed)).SetTotalTimerTime(millis(run.Duration)).
		SetTotalDistance(raw32(float64(run.Distance), 100)).
		SetSport(typedef.SportRunning).SetSubSport(subSport(run.Context)).
		SetFirstLapIndex(0).SetNumLaps(1).SetTrigger(typedef.SessionTriggerActivityEnd).
		SetEvent(typedef.EventSession).SetEventType(typedef.EventTypeStop).ToMesg(nil)
}

func subSport(c gait.Context) typedef.SubSport {
	switch c {
	case gait.Treadmill:
		return typedef.SubSportTreadmill
	case gait.Trail:
		return typedef.SubSportTrail
	case gait.Track:
		return typedef.SubSportTrack
	case gait.Road:
		return typedef.SubSportGeneric
	default:
		return typedef.SubSportGeneric
	}
}

// raw32, raw16 and raw8 turn a figure into the whole number a FIT field holds,
// or into the one that says "not measured".
func raw32(v, scale float64) uint32 {
	return uint32(raw(v*scale, float64(basetype.Uint32Invalid)))
}

func raw16(v, scale float64) uint16 {
	return uint16(raw(v*scale, float64(basetype.Uint16Invalid)))
}

func raw8(v float64) uint8 { return uint8(raw(v, float64(basetype.Uint8Invalid))) }

func raw(v, invalid float64) float64 {
	if v = math.Round(v); v >= 0 && v < invalid {
		return v
	}
	return invalid
}

func millis(d time.Duration) uint32 { return raw32(d.Seconds(), 1000) }
