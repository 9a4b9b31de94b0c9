package fitfile

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/muktihari/fit/profile/basetype"
	"github.com/muktihari/fit/profile/untyped/fieldnum"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

// Fields are the names of developer fields with a balance that no release knows,
// as the file writes them: the ground contact time of each foot, in any unit, or
// the left foot's share in percent. Empty is none.
type Fields struct {
	Left, Right, Balance string
}

// sensor names what measures the fields.
func (f Fields) sensor() gait.Sensor {
	if f.Balance != "" {
		return gait.Sensor{Manufacturer: gait.MakerOwn + f.Balance}
	}
	return gait.Sensor{Manufacturer: gait.MakerOwn + f.Left + " / " + f.Right}
}

// feet are the left foot's share by each sensor that writes both feet into
// developer fields, in percent; 0 where it wrote none.
type feet [2]float32

// The places in feet.
const (
	byRunScribe = iota
	byNamed     // in the config
)

// role is what a developer field says of the feet.
type role uint8

const (
	noRole role = iota
	scribeLeft
	scribeRight
	namedLeft
	namedRight
	namedBalance
)

// developerField is a field that an app or a pod made up. What it claims to be of
// FIT's own is not believed: "Ground Time" in milliseconds claims a percentage.
type developerField struct {
	app, num byte
	name     string
	role     role
	seen     bool // in a record
	held     bool // a value there that is not 0
}

// developerFields are those that one FIT file describes.
type developerFields struct {
	named    Fields
	makers   map[byte]string // by the app, where its ID is known
	fields   []developerField
	overfull bool
}

// maxDeveloperFields is how many a file may describe: a watch allows 16 to an app.
const maxDeveloperFields = 1000

func (d *developerFields) reset() {
	*d = developerFields{named: d.named, fields: d.fields[:0]}
}

// addApp takes the app from a developer_data_id message: RunScribe's apps, one of
// which leaves the names of its fields empty.
func (d *developerFields) addApp(m *proto.Message) {
	id := m.FieldValueByNum(fieldnum.DeveloperDataIdApplicationId).SliceUint8()
	switch fmt.Sprintf("%x", id) {
	case "502092b3b0dd45ad89b3472ab2060ab6", "c1f5c80a5a054e8a97b3fda34e957035":
		if d.makers == nil {
			d.makers = map[byte]string{}
		}
		d.makers[m.FieldValueByNum(fieldnum.DeveloperDataIdDeveloperDataIndex).Uint8()] = "RunScribe"
	}
}

// add takes in a field_description message.
func (d *developerFields) add(m *proto.Message) {
	if len(d.fields) == maxDeveloperFields {
		d.overfull = true
		return
	}
	f := developerField{
		app:  m.FieldValueByNum(fieldnum.FieldDescriptionDeveloperDataIndex).Uint8(),
		num:  m.FieldValueByNum(fieldnum.FieldDescriptionFieldDefinitionNumber).Uint8(),
		name: strings.Clone(tidy(strings.Join(m.FieldValueByNum(fieldnum.FieldDescriptionFieldName).SliceString(), ""))),
	}
	if d.find(f.app, f.num) != nil { // the first word counts, as for the library
		return
	}
	f.role = d.roleOf(f.name)
	d.fields = append(d.fields, f)
}

func (d *developerFields) roleOf(name string) role {
	is := func(named string) bool { return named != "" && strings.EqualFold(name, strings.TrimSpace(named)) }
	switch {
	case name == "":
		return noRole
	case is(d.named.Left):
		return namedLeft
	case is(d.named.Right):
		return namedRight
	case is(d.named.Balance):
		return namedBalance
	case name == "RS_ContactTime_L":
		return scribeLeft
	case name == "RS_ContactTime_R":
		return scribeRight
	default:
		return noRole
	}
}

func (d *developerFields) find(app, num byte) *developerField {
	for i := range d.fields {
		if f := &d.fields[i]; f.num == num && f.app == app {
			return f
		}
	}
	return nil
}

// read returns what the developer fields of one record say of the feet.
func (d *developerFields) read(values []proto.DeveloperField) (out feet) {
	var of [namedBalance + 1]float64
	for i := range values {
		f := d.find(values[i].DeveloperDataIndex, values[i].Num)
		if f == nil {
			continue
		}
		v := number(values[i].Value)
		f.seen = true
		f.held = f.held || v != 0
		if of[f.role] == 0 { // two apps may write a field of one name
			of[f.role] = v
		}
	}
	out[byRunScribe] = share(of[scribeLeft], of[scribeRight])
	if out[byNamed] = share(of[namedLeft], of[namedRight]); out[byNamed] == 0 && believable(of[namedBalance]) {
		out[byNamed] = float32(of[namedBalance])
	}
	return out
}

// share is the left foot's share of the time both feet are on the ground, in
// percent; 0 where one of the two was not measured.
func share(left, right float64) float32 {
	if left <= 0 || right <= 0 {
		return 0
	}
	if s := 100 * left / (left + right); believable(s) {
		return float32(s)
	}
	return 0
}

// believable reports whether a balance can be one of feet, of whatever sensor:
// what is farther from even is a start, a stop, or no balance.
func believable(balance float64) bool { return balance > 30 && balance < 70 }

// number is the number in a developer field, 0 where there is none.
func number(v proto.Value) float64 {
	whole := func(n, invalid uint64) float64 {
		if n == invalid {
			return 0
		}
		return float64(n)
	}
	n := 0.0
	switch v.Type() {
	case proto.TypeUint8:
		n = whole(uint64(v.Uint8()), uint64(basetype.Uint8Invalid))
	case proto.TypeUint16:
		n = whole(uint64(v.Uint16()), uint64(basetype.Uint16Invalid))
	case proto.TypeUint32:
		n = whole(uint64(v.Uint32()), uint64(basetype.Uint32Invalid))
	case proto.TypeInt8:
		n = whole(uint64(v.Int8()), uint64(basetype.Sint8Invalid)) // #nosec G115 -- compared, and a negative one is no measure
	case proto.TypeInt16:
		n = whole(uint64(v.Int16()), uint64(basetype.Sint16Invalid)) // #nosec G115 -- as above
	case proto.TypeInt32:
		n = whole(uint64(v.Int32()), uint64(basetype.Sint32Invalid)) // #nosec G115 -- as above
	case proto.TypeFloat32:
		n = float64(v.Float32())
	case proto.TypeFloat64:
		n = v.Float64()
	}
	if math.IsNaN(n) || math.IsInf(n, 0) || n > math.MaxUint32 {
		return 0
	}
	return n
}

// unused names the fields with values of which nothing was made, each once; judged
// is whose balance was taken. A pod's balance that is always 0 is named as well: a
// second pod was not worn.
func (d *developerFields) unused(judged gait.Sensor) []string {
	var list []string
	nameless := map[string]int{} // by maker
	for i := range d.fields {
		f := &d.fields[i]
		name := f.name
		switch zero := !f.held && strings.HasSuffix(name, "Balance"); {
		case !f.seen, !f.held && !zero, f.role != noRole && judged == d.sensorOf(f.role):
			continue
		case name == "":
			nameless[d.makers[f.app]]++
			continue
		case zero:
			name += " (always 0)"
		case strings.HasPrefix(name, "RS_"):
			name = "RunScribe " + plainName(name)
		}
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	for _, maker := range []string{"RunScribe", ""} {
		if n := nameless[maker]; n > 0 {
			list = append(list, strings.TrimSpace(fmt.Sprintf("%s fields without a name (%d)", maker, n)))
		}
	}
	return list
}

func (d *developerFields) sensorOf(r role) gait.Sensor {
	if r == scribeLeft || r == scribeRight {
		return gait.Sensor{Manufacturer: gait.MakerRunScribe}
	}
	return d.named.sensor()
}

// plainName makes "contact time" of RS_ContactTime_L: both feet are one thing.
func plainName(name string) string {
	name = strings.TrimPrefix(name, "RS_")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "_L"), "_R")
	var b strings.Builder
	last := 'A'
	for _, r := range strings.ReplaceAll(name, "_", " ") {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return strings.ToLower(b.String())
}

// duo reports whether a file holds the balances of two Stryd pods.
func (d *developerFields) duo() bool {
	return slices.ContainsFunc(d.fields, func(f developerField) bool {
		return f.held && f.name == "Leg Spring Stiffness Balance"
	})
}
