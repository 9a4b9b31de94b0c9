package fitfile

import (
	"bytes"
	"slices"

	"github.com/muktihari/fit/decoder"
	"github.com/muktihari/fit/profile"
	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/factory"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/profile/untyped/fieldnum"
	"github.com/muktihari/fit/profile/untyped/mesgnum"
	"github.com/muktihari/fit/proto"
)

// partDecoder reads the messages of one FIT file into a part. It keeps its
// memory for the next one.
type partDecoder struct {
	dec     *decoder.Decoder
	factory *messageFilter
	part    part
}

func newPartDecoder() *partDecoder {
	return &partDecoder{dec: decoder.New(bytes.NewReader(nil)), factory: newMessageFilter()}
}

// decode reads data, which holds one FIT file. The part is what was read up to
// the error and is good until the next call.
func (d *partDecoder) decode(data []byte) (*part, error) {
	d.part.reset()
	reader := bytes.NewReader(data)
	d.part.stop = func() { reader.Reset(nil) } // the decoder would ask a context before every message
	err := guard(func() error {
		d.dec.Reset(
			reader,
			decoder.WithIgnoreChecksum(),
			decoder.WithBroadcastOnly(),
			decoder.WithNoComponentExpansion(),
			decoder.WithFactory(d.factory),
			decoder.WithMesgListener(&d.part),
			decoder.WithReadBufferSize(32<<10),
		)
		_, err := d.dec.Decode()
		if d.part.apps.overfull || err == nil && d.part.overfull {
			return errOverfull
		}
		return err
	})
	if d.part.flooded() { // made by no watch: nothing of it is believed, and its memory is let go of
		d.part = part{}
		d.part.reset()
		return &d.part, errOverfull
	}
	return &d.part, err
}

// messageFilter is a factory of fields that knows only those gaitkeeper reads. All
// others are read as one byte and thrown away, which takes no memory. What
// describes a developer field is repaired beforehand ([repaired]), so that none of
// them can break a file.
type messageFilter struct {
	dropped, timestamp proto.FieldBase
	record             [256]*proto.FieldBase // of the record message, by number: nearly all that is read
	read               map[typedef.MesgNum][]byte
}

// droppedNum is a field number that no message gaitkeeper reads uses.
const droppedNum = 252

func newMessageFilter() *messageFilter {
	f := &messageFilter{
		dropped:   proto.FieldBase{Name: "dropped", Num: droppedNum, Type: profile.Byte, BaseType: basetype.Byte, Scale: 1},
		timestamp: proto.FieldBase{Name: "timestamp", Num: proto.FieldNumTimestamp, Type: profile.DateTime, BaseType: basetype.Uint32, Scale: 1},
		read:      fieldsRead(),
	}
	for num := range f.record {
		f.record[num] = f.field(mesgnum.Record, byte(num)).FieldBase
	}
	return f
}

// CreateField implements decoder.Factory.
func (f *messageFilter) CreateField(mesg typedef.MesgNum, num byte) proto.Field {
	if mesg == mesgnum.Record {
		return proto.Field{FieldBase: f.record[num]}
	}
	return f.field(mesg, num)
}

func (f *messageFilter) field(mesg typedef.MesgNum, num byte) proto.Field {
	fields, read := f.read[mesg]
	switch {
	case num == proto.FieldNumTimestamp:
		return proto.Field{FieldBase: &f.timestamp}
	case read && (fields == nil || slices.Contains(fields, num)):
		return factory.StandardFactory().CreateField(mesg, num)
	default:
		return proto.Field{FieldBase: &f.dropped}
	}
}

// fieldsRead are the messages that gaitkeeper reads, and their fields; nil is all.
func fieldsRead() map[typedef.MesgNum][]byte {
	return map[typedef.MesgNum][]byte{
		mesgnum.Record: {
			fieldnum.RecordAltitude, fieldnum.RecordHeartRate, fieldnum.RecordCadence, fieldnum.RecordDistance,
			fieldnum.RecordSpeed, fieldnum.RecordPower, fieldnum.RecordVerticalOscillation, fieldnum.RecordStanceTime,
			fieldnum.RecordActivityType, fieldnum.RecordFractionalCadence, fieldnum.RecordEnhancedSpeed,
			fieldnum.RecordEnhancedAltitude, fieldnum.RecordCadence256, fieldnum.RecordStanceTimeBalance, fieldnum.RecordStepLength,
		},
		mesgnum.Session: {
			fieldnum.SessionStartTime, fieldnum.SessionSport, fieldnum.SessionSubSport,
			fieldnum.SessionTotalElapsedTime, fieldnum.SessionTotalTimerTime, fieldnum.SessionTotalDistance,
			fieldnum.SessionWorkoutFeel, fieldnum.SessionWorkoutRpe, fieldnum.SessionAvgStanceTimeBalance,
		},
		mesgnum.Lap: {
			fieldnum.LapStartTime, fieldnum.LapSport, fieldnum.LapSubSport, fieldnum.LapTotalElapsedTime,
			fieldnum.LapTotalTimerTime, fieldnum.LapTotalDistance, fieldnum.LapAvgStanceTimeBalance,
		},
		mesgnum.FieldDescription: {
			fieldnum.FieldDescriptionDeveloperDataIndex, fieldnum.FieldDescriptionFieldDefinitionNumber,
			fieldnum.FieldDescriptionFitBaseTypeId, fieldnum.FieldDescriptionFieldName,
		},
		mesgnum.FileId: nil, mesgnum.Sport: nil, mesgnum.Event: nil, mesgnum.DeviceInfo: nil, mesgnum.Workout: nil, mesgnum.DeveloperDataId: nil,
	}
}
