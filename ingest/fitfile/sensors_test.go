package fitfile

import (
	"testing"

	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

func TestSensorIsTheDeviceThatMeasuredTheStance(t *testing.T) {
	device := func(source typedef.SourceType, kind uint8, serial uint32) proto.Message {
		return mesgdef.NewDeviceInfo(nil).SetTimestamp(runStart).SetSourceType(source).SetDeviceType(kind).
			SetManufacturer(typedef.ManufacturerGarmin).SetProduct(1752).SetSerialNumber(serial).ToMesg(nil)
	}
	const ant, ble, local = typedef.SourceTypeAntplus, typedef.SourceTypeBluetoothLowEnergy, typedef.SourceTypeLocal
	watch := gait.Sensor{Manufacturer: "garmin", Product: 3291, Serial: 77}
	strap := func(serial uint32) gait.Sensor {
		return gait.Sensor{Manufacturer: "garmin", Product: 1752, Serial: serial}
	}
	for name, tt := range map[string]struct {
		devices []proto.Message
		balance bool
		want    gait.Sensor
	}{
		"watch alone":                       {nil, true, watch},
		"strap, announced twice":            {[]proto.Message{device(ant, 120, 5), device(ant, 30, 5)}, true, strap(5)},
		"pod beside another maker's strap":  {[]proto.Message{device(ant, 30, 6), device(ant, 120, 5)}, true, strap(6)},
		"announced at first without number": {[]proto.Message{device(ant, 30, 1), device(ant, 30, 5)}, true, strap(5)},
		"strap that names no dynamics":      {[]proto.Message{device(ant, 120, 5)}, true, strap(5)},
		"strap over Bluetooth":              {[]proto.Message{device(ble, 1, 9)}, true, strap(9)},
		"strap counts beats, wrist stance":  {[]proto.Message{device(ant, 120, 5)}, false, watch},
		"local part with the same number":   {[]proto.Message{device(local, 30, 8), device(local, 120, 8)}, true, watch},
		"foot pod":                          {[]proto.Message{device(ant, 124, 8)}, true, watch},
	} {
		t.Run(name, func(t *testing.T) {
			record := recordAt(0).SetStanceTimeScaled(250)
			if tt.balance {
				record.SetStanceTimeBalanceScaled(50)
			}
			got := read(encoded(t, join(
				[]proto.Message{fileID(typedef.FileActivity)}, tt.devices, []proto.Message{
					record.ToMesg(nil), sessionMessage(0, 1, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil),
				},
			)...)).Runs[0].Sensor
			if got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}
