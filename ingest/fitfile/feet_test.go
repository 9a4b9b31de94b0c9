package fitfile

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// appField is a developer field of a made file.
type appField struct {
	name   string
	native uint8 // the number it claims, 255 for none
	of     basetype.BaseType
	value  func(second int) proto.Value
}

func milliseconds(v func(second int) float64) func(int) proto.Value {
	return func(s int) proto.Value { return proto.Uint16(uint16(v(s))) }
}

func float(v func(second int) float64) func(int) proto.Value {
	return func(s int) proto.Value { return proto.Float32(float32(v(s))) }
}

func always(v float64) func(int) float64 { return func(int) float64 { return v } }

// around is v with a sway from one half minute to the next.
func around(v, sway float64) func(int) float64 {
	return func(s int) float64 { return v + sway*float64(s/30%3-1) + 0.1*float64(s%3-1) }
}

// appRun is a run of ten minutes, with a balance of the strap where native is set,
// and with the fields of one app.
func appRun(t testing.TB, native func(int) float64, fields ...appField) []byte {
	t.Helper()
	messages := []proto.Message{fileID(typedef.FileActivity), mesgdef.NewDeveloperDataId(nil).SetDeveloperDataIndex(0).
		SetApplicationId(make([]byte, 16)).ToMesg(nil)}
	for i, f := range fields {
		messages = append(messages, mesgdef.NewFieldDescription(nil).SetDeveloperDataIndex(0).SetFieldDefinitionNumber(uint8(i)).
			SetFitBaseTypeId(f.of).SetFieldName([]string{f.name}).SetNativeMesgNum(typedef.MesgNumRecord).SetNativeFieldNum(f.native).ToMesg(nil))
	}
	for s := range 600 {
		r := recordAt(s).SetCadence(85)
		if native != nil {
			r.SetStanceTimeBalanceScaled(native(s))
		}
		m := r.ToMesg(nil)
		for i, f := range fields {
			m.DeveloperFields = append(m.DeveloperFields, proto.DeveloperField{Num: uint8(i), Value: f.value(s)})
		}
		messages = append(messages, m)
	}
	return encoded(t, append(messages, sessionMessage(0, 600, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil))...)
}

func meanBalance(r gait.Run) float64 {
	return mean(r.Samples, 1, func(s gait.Sample) float64 { return float64(s.StanceTimeBalance) })
}

func TestFeetInDeveloperFields(t *testing.T) {
	const none = basetype.Uint8Invalid
	left := appField{"RS_ContactTime_L", none, basetype.Uint16, milliseconds(around(255, 3))}
	right := appField{"RS_ContactTime_R", none, basetype.Uint16, milliseconds(around(245, -3))}
	late := func(s int) float64 { // a strap that found its contact in the last minute
		if s < 540 {
			return 0
		}
		return 49.5
	}
	duo := appField{"Leg Spring Stiffness Balance", none, basetype.Float32, float(around(51, 0.2))}
	zero := appField{"Leg Spring Stiffness Balance", none, basetype.Float32, float(always(0))}
	for name, tt := range map[string]struct {
		native  func(int) float64
		fields  []appField
		named   Fields
		sensor  string
		balance float64 // NaN: none
		others  []float64
		unused  []string
	}{
		"two pods alone":             {nil, []appField{left, right}, Fields{}, "RunScribe", 51, nil, nil},
		"a calmer strap beside them": {around(49.4, 0.1), []appField{left, right}, Fields{}, "Garmin", 49.4, []float64{51}, []string{"RunScribe contact time"}},
		"a strap with a minute":      {late, []appField{left, right}, Fields{}, "RunScribe", 51, []float64{49.5}, nil},
		"a frozen strap":             {always(49.5), []appField{left, right}, Fields{}, "RunScribe", 51, []float64{49.5}, nil},
		"the same for both feet": {
			nil,
			[]appField{{left.name, none, basetype.Uint16, milliseconds(always(250))}, {right.name, none, basetype.Uint16, milliseconds(always(250))}},
			Fields{},
			"Garmin", math.NaN(), nil,
			[]string{"RunScribe contact time"},
		},
		"one name twice": {
			nil, []appField{left, right, {left.name, none, basetype.Uint16, milliseconds(around(200, 3))}}, Fields{}, "RunScribe", 51, nil, nil,
		},
		"one name twice, the first not worn": {
			nil, []appField{{left.name, none, basetype.Uint16, milliseconds(always(0))}, right, left}, Fields{}, "RunScribe", 51, nil, nil,
		},
		"one foot alone":                 {nil, []appField{left}, Fields{}, "Garmin", math.NaN(), nil, []string{"RunScribe contact time"}},
		"two pods that name themselves":  {around(49.4, 0.1), []appField{duo}, Fields{}, "Stryd Duo", 49.4, nil, []string{"Leg Spring Stiffness Balance"}},
		"the fields of two, one worn":    {nil, []appField{zero}, Fields{}, "Garmin", math.NaN(), nil, []string{"Leg Spring Stiffness Balance (always 0)"}},
		"a time that claims a share":     {nil, []appField{{"Ground Time", 40, basetype.Uint16, milliseconds(always(250))}}, Fields{}, "Garmin", math.NaN(), nil, []string{"Ground Time"}},
		"a balance that claims a number": {around(49.4, 0.1), []appField{{"Odd", 84, basetype.Uint16, milliseconds(always(4200))}}, Fields{}, "Garmin", 49.4, nil, []string{"Odd"}},
		"fields without a name":          {nil, []appField{{"", none, basetype.Float32, float(always(3))}}, Fields{}, "Garmin", math.NaN(), nil, []string{"fields without a name (1)"}},
		"garbage": {
			nil, []appField{
				{"RS_ContactTime_L", none, basetype.Uint16, milliseconds(always(65535))},
				{"RS_ContactTime_R", none, basetype.Float32, float(always(math.Inf(1)))},
				{"Odd", none, basetype.Float32, float(always(math.NaN()))},
			}, Fields{}, "Garmin", math.NaN(), nil, nil,
		},
		"times that the config names": {
			nil,
			[]appField{{"gct l", none, basetype.Uint16, milliseconds(around(260, 2))}, {"gct r", none, basetype.Uint16, milliseconds(around(240, -2))}},
			Fields{Left: "GCT L", Right: "GCT R"},
			"GCT L / GCT R", 52, nil, nil,
		},
		"a balance that the config names": {
			nil, []appField{{"Feet", none, basetype.Float32, float(around(48.5, 0.1))}}, Fields{Balance: "Feet"}, "Feet", 48.5, nil, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			reader := Reader{Fields: tt.named}
			data := appRun(t, tt.native, tt.fields...)
			c := reader.Read(data, Hash(data), gait.SourceFIT, "made.fit")
			if len(c.Runs) != 1 || c.Broken != "" {
				t.Fatalf("%d runs, %s", len(c.Runs), c.Broken)
			}
			r := c.Runs[0]
			if got := meanBalance(r); math.IsNaN(got) != math.IsNaN(tt.balance) || math.Abs(got-tt.balance) > 0.1 {
				t.Errorf("balance %.2f, want %.2f", got, tt.balance)
			}
			if r.Sensor.Name() != tt.sensor {
				t.Errorf("measured by %q, want %q", r.Sensor.Name(), tt.sensor)
			}
			if !slices.Equal(r.Unused, tt.unused) {
				t.Errorf("unused %q, want %q", r.Unused, tt.unused)
			}
			if len(r.Others) != len(tt.others) {
				t.Fatalf("others %v, want %v", r.Others, tt.others)
			}
			for i, o := range r.Others {
				if math.Abs(float64(o.Mean)-tt.others[i]) > 0.1 {
					t.Errorf("others %v, want %v", r.Others, tt.others)
				}
			}
		})
	}
}

// A description of a developer field may hold anything: the run is there all the
// same.
func TestDescriptionsBreakNoFile(t *testing.T) {
	field := appField{"Feet", basetype.Uint8Invalid, basetype.Uint16, milliseconds(always(250))}
	made := appRun(t, nil, field)
	// The message ends with the numbers: type, index, number are single bytes.
	at := definitionOf(t, made, byte(typedef.MesgNumFieldDescription)) + fieldsAt
	for what, data := range map[string][]byte{
		"a type that is none":       withByte(made, valueOf(t, made, at, 2), 0x55),
		"no type at all":            withByte(made, at+fieldSize*fieldAt(t, made, at, 2), 99),
		"a type of another width":   withByte(made, at+fieldSize*fieldAt(t, made, at, 2)+typeInField, byte(basetype.Sint8)),
		"the description of nobody": withByte(made, valueOf(t, made, at, 1), 9),
	} {
		if c := read(data); len(c.Runs) != 1 || len(c.Runs[0].Samples) != 600 {
			t.Errorf("%s: %d runs, %s", what, len(c.Runs), c.Broken)
		}
	}
}

// fieldAt is the place of a field among those of the definition whose fields begin
// at at.
func fieldAt(t *testing.T, data []byte, at int, num byte) int {
	t.Helper()
	for i := range int(data[at-fieldsAt+countAt]) {
		if data[at+fieldSize*i] == num {
			return i
		}
	}
	t.Fatalf("no field %d", num)
	return 0
}

// valueOf is where the value of a field stands in the message right behind the
// definition.
func valueOf(t *testing.T, data []byte, at int, num byte) int {
	t.Helper()
	n := int(data[at-fieldsAt+countAt])
	pos := at + fieldSize*n + 1
	for i := range fieldAt(t, data, at, num) {
		pos += int(data[at+fieldSize*i+sizeInField])
	}
	return pos
}

func TestMoreFieldsThanAWatchDescribes(t *testing.T) {
	messages := []proto.Message{fileID(typedef.FileActivity)}
	for i := range 3 * maxDeveloperFields {
		messages = append(messages, mesgdef.NewFieldDescription(nil).SetDeveloperDataIndex(uint8(i/250)).
			SetFieldDefinitionNumber(uint8(i%250)).SetFitBaseTypeId(basetype.Uint16).ToMesg(nil))
	}
	c := read(encoded(t, join(messages, stridingRecords(0, 60))...))
	if c.Broken == "" || len(c.Runs) != 0 {
		t.Errorf("%d runs, %q", len(c.Runs), c.Broken)
	}
}

// Real recordings of sensors that measure each foot.
func TestRealSensorsOfBothFeet(t *testing.T) {
	want := map[string]struct {
		sensor  string
		balance float64
		other   float64
		unused  string
	}{
		"coros_2020_native_balance.fit":                             {"COROS pod", 49.25, 0, ""},
		"garmin_fr920_native_balance_plus_runscribe_plus.fit":       {"Garmin HRM-Tri", 49.39, 51.04, "RunScribe contact time"},
		"stryd_duo_powercenter_export.fit":                          {"Stryd Duo", 49.46, 0, "Impact Loading Rate Balance"},
		"garmin_runscribe_noname_plus_stryd_single.fit":             {"Garmin", math.NaN(), 0, "RunScribe fields without a name (8)"},
		"garmin_fr920_stryd2016_wrong_native_field.fit":             {"Garmin", math.NaN(), 0, "Ground Time"},
		"garmin_fenix6_strydzones_v158_single_pod_zero_balance.fit": {"Garmin", math.NaN(), 0, "Leg Spring Stiffness Balance (always 0)"},
	}
	for name, data := range realFiles(t, "perfoot") {
		w, ok := want[name]
		c := read(data)
		if !ok || len(c.Runs) != 1 {
			t.Fatalf("%s: %d runs", name, len(c.Runs))
		}
		r := c.Runs[0]
		if r.Sensor.Name() != w.sensor {
			t.Errorf("%s: measured by %q", name, r.Sensor.Name())
		}
		if got := meanBalance(r); math.IsNaN(got) != math.IsNaN(w.balance) || math.Abs(got-w.balance) > 0.02 {
			t.Errorf("%s: balance %.2f", name, got)
		}
		if w.unused != "" && !slices.Contains(r.Unused, w.unused) || w.unused == "" && len(r.Unused) > 0 {
			t.Errorf("%s: unused %q", name, r.Unused)
		}
		if (len(r.Others) > 0) != (w.other > 0) || w.other > 0 && math.Abs(float64(r.Others[0].Mean)-w.other) > 0.02 {
			t.Errorf("%s: others %v", name, r.Others)
		}
		if gait.Known(r.Samples[0].StanceTime) && r.Samples[0].StanceTime > 1000 {
			t.Errorf("%s: a stance time of %v", name, r.Samples[0].StanceTime)
		}
	}
}

// Fields that were named later are read of files that were read before.
func TestNamedFieldsAreReadAgain(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "run.fit")
	data := appRun(t, nil, appField{"Feet", basetype.Uint8Invalid, basetype.Float32, float(around(48.5, 0.1))})
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	files := map[string]ingest.File{}
	first := NewImport(DefaultLimits(), dir)
	if got := taken(t, first, dir, files)["run.fit"]; got.Runs != 1 {
		t.Fatalf("%+v", got)
	}
	if got := taken(t, NewImport(DefaultLimits(), dir), dir, files)["run.fit"]; !got.Known {
		t.Errorf("without fields it is read again: %+v", got)
	}
	named := Fields{Balance: "Feet"}
	if got := taken(t, NewImport(DefaultLimits(), dir).WithFields(named), dir, files)["run.fit"]; got.Runs != 1 {
		t.Errorf("with fields it is not: %+v", got)
	}
	if got := taken(t, NewWatch(DefaultLimits(), 0, time.Now, dir).WithFields(named), dir, files)["run.fit"]; !got.Known {
		t.Errorf("a watched folder is read at each sync: %+v", got)
	}
}
