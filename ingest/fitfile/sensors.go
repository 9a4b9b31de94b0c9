package fitfile

import (
	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/profile/untyped/fieldnum"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

// sensors are the devices that took part, as far as they can measure stance
// time. The zero value knows none.
type sensors struct {
	watch    gait.Sensor
	dynamics gait.Sensor // a strap or pod that announced running dynamics
	strap    gait.Sensor // a heart rate strap
}

// antRunningDynamics is the ANT+ device type of running dynamics, which the
// FIT profile does not name.
const antRunningDynamics = 30

// addWatch takes the watch from a file_id message.
func (s *sensors) addWatch(m *proto.Message) {
	s.watch = sensor(m, fieldnum.FileIdManufacturer, fieldnum.FileIdProduct, fieldnum.FileIdSerialNumber)
}

// addDevice takes a strap or pod from a device_info message. A device is
// announced again and again, at first perhaps without its serial number: the
// last word counts.
func (s *sensors) addDevice(m *proto.Message) {
	device := sensor(m, fieldnum.DeviceInfoManufacturer, fieldnum.DeviceInfoProduct, fieldnum.DeviceInfoSerialNumber)
	if device == (gait.Sensor{}) {
		return
	}
	kind := m.FieldValueByNum(fieldnum.DeviceInfoDeviceType).Uint8()
	switch typedef.SourceType(m.FieldValueByNum(fieldnum.DeviceInfoSourceType).Uint8()) {
	case typedef.SourceTypeLocal:
	case typedef.SourceTypeBluetoothLowEnergy:
		if kind == byte(typedef.BleDeviceTypeHeartRate) {
			s.strap = device
		}
	default:
		switch kind {
		case antRunningDynamics:
			s.dynamics = device
		case byte(typedef.AntplusDeviceTypeHeartRate):
			s.strap = device
		}
	}
}

// of returns the device that measured a run with the given signals. A strap
// that only counts heart beats is not taken for the source of a stance time
// that the watch measures at the wrist; a balance comes from a strap.
func (s *sensors) of(signals gait.Signals) gait.Sensor {
	none := gait.Sensor{}
	switch {
	case s.dynamics != none:
		return s.dynamics
	case s.strap != none && signals.Has(gait.SignalStanceTimeBalance):
		return s.strap
	default:
		return s.watch
	}
}

// sensor reads manufacturer, product and serial number from the fields of m.
func sensor(m *proto.Message, manufacturer, product, serial byte) gait.Sensor {
	var d gait.Sensor
	if v := m.FieldValueByNum(manufacturer).Uint16(); v != basetype.Uint16Invalid && v != 0 {
		d.Manufacturer = typedef.Manufacturer(v).String()
	}
	if v := m.FieldValueByNum(product).Uint16(); v != basetype.Uint16Invalid {
		d.Product = v
	}
	if v := m.FieldValueByNum(serial).Uint32z(); v != basetype.Uint32Invalid {
		d.Serial = v
	}
	return d
}
