package fitfile

import (
	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/profile/untyped/fieldnum"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

// The scales of the record's fields, from the FIT profile.
const (
	distanceScale    = 100.0
	speedScale       = 1000.0
	altitudeScale    = 5.0
	altitudeOffset   = 500.0
	fractionScale    = 128.0
	cadence256Scale  = 256.0
	stanceTimeScale  = 10.0
	balanceScale     = 100.0
	oscillationScale = 10.0
	stepLengthScale  = 10.0
)

// allOfIt is the balance of a runner who hops: some devices store it, or 0,
// where they mean "no value". Odd values between the two are kept: they show
// that a strap has lost contact, which the measurement recognises and names.
const allOfIt = 100

// addRecord adds one record. A value that its field marks as invalid, and a
// zero where the body cannot be zero, stay unknown.
func (p *part) addRecord(m *proto.Message) {
	fields := m.Fields
	n := len(p.records)
	p.records = limited(p, p.records, record{time: noTime, sample: gait.NewSample(0), feet: p.apps.read(m.DeveloperFields)}, maxRecords)
	if len(p.records) == n {
		return
	}
	r := &p.records[n]
	s := &r.sample
	strides, fraction := uint8(basetype.Uint8Invalid), uint8(basetype.Uint8Invalid)
	exact := gait.Unknown[gait.StepsPerMinute]() // strides, where a recorder writes them with their fraction in one
	for i := range fields {
		v := fields[i].Value
		switch fields[i].Num {
		case proto.FieldNumTimestamp:
			if r.time = fitTime(v.Uint32()); r.time == 0 { // room on the disk that was never filled
				r.time = noTime
			}
		case fieldnum.RecordDistance:
			set(&s.Distance, v.Uint32(), basetype.Uint32Invalid, distanceScale)
		case fieldnum.RecordEnhancedSpeed:
			set(&s.Speed, v.Uint32(), basetype.Uint32Invalid, speedScale)
		case fieldnum.RecordSpeed:
			if !gait.Known(s.Speed) {
				set(&s.Speed, v.Uint16(), basetype.Uint16Invalid, speedScale)
			}
		case fieldnum.RecordEnhancedAltitude:
			if a := v.Uint32(); a != basetype.Uint32Invalid {
				s.Altitude = gait.Metres(float64(a)/altitudeScale - altitudeOffset)
			}
		case fieldnum.RecordAltitude:
			if a := v.Uint16(); a != basetype.Uint16Invalid && !gait.Known(s.Altitude) {
				s.Altitude = gait.Metres(float64(a)/altitudeScale - altitudeOffset)
			}
		case fieldnum.RecordCadence:
			strides = v.Uint8()
		case fieldnum.RecordFractionalCadence:
			fraction = v.Uint8()
		case fieldnum.RecordCadence256:
			set(&exact, v.Uint16(), basetype.Uint16Invalid, cadence256Scale)
		case fieldnum.RecordStanceTime:
			setPositive(&s.StanceTime, v.Uint16(), basetype.Uint16Invalid, stanceTimeScale)
		case fieldnum.RecordStanceTimeBalance:
			setPositive(&s.StanceTimeBalance, leftShare(v.Uint16()), basetype.Uint16Invalid, balanceScale)
		case fieldnum.RecordVerticalOscillation:
			setPositive(&s.VerticalOscillation, v.Uint16(), basetype.Uint16Invalid, oscillationScale)
		case fieldnum.RecordStepLength:
			setPositive(&s.StepLength, v.Uint16(), basetype.Uint16Invalid, stepLengthScale)
		case fieldnum.RecordHeartRate:
			setPositive(&s.HeartRate, v.Uint8(), basetype.Uint8Invalid, 1)
		case fieldnum.RecordPower:
			set(&s.Power, v.Uint16(), basetype.Uint16Invalid, 1)
		case fieldnum.RecordActivityType:
			p.running = p.running || v.Uint8() == byte(typedef.ActivityTypeRunning)
		}
	}
	if s.Cadence = steps(strides, fraction); !gait.Known(s.Cadence) {
		s.Cadence = 2 * exact
	}
	if s.StanceTimeBalance >= allOfIt {
		s.StanceTimeBalance = gait.Unknown[gait.Percent]()
	}
	p.running = p.running || gait.Known(s.StanceTime)
	if r.time == noTime {
		p.records = p.records[:n]
	}
}

// leftShare undoes the flag "this is the right foot's share", which belongs to the
// balance of power and which some recorders set here, too.
func leftShare(v uint16) uint16 {
	const right, both = 0x8000, allOfIt * balanceScale
	if share := v &^ right; v >= right && share <= both {
		return both - share
	}
	return v
}

// steps is the cadence of both feet: FIT counts strides of one leg.
func steps(strides, fraction uint8) gait.StepsPerMinute {
	if strides == basetype.Uint8Invalid {
		return gait.Unknown[gait.StepsPerMinute]()
	}
	whole := float64(strides)
	if fraction != basetype.Uint8Invalid {
		whole += float64(fraction) / fractionScale
	}
	return gait.StepsPerMinute(2 * whole)
}

func set[U ~float64, V uint8 | uint16 | uint32](to *U, v, invalid V, scale float64) {
	if v != invalid {
		*to = U(float64(v) / scale)
	}
}

// setPositive is set for what the body cannot have none of: some devices write
// 0 where they have no value.
func setPositive[U ~float64, V uint8 | uint16 | uint32](to *U, v, invalid V, scale float64) {
	if v != 0 {
		set(to, v, invalid, scale)
	}
}
