package fitfile

import (
	"encoding/binary"
	"testing"

	"github.com/muktihari/fit/profile/typedef"

	"gaitkeeper/gait"
)

// rawMessage is one message of a FIT file as this test reads it, with no
// library: the numbers of its fields as they stand in the file.
type rawMessage struct {
	num    uint16
	fields map[byte]uint64
}

// rawSessions reads the session messages of the first FIT file in data, up to
// where it breaks off. Arrays and texts are left out.
func rawSessions(data []byte) []rawMessage {
	type field struct{ num, size, base byte }
	type definition struct {
		num    uint16
		order  binary.ByteOrder
		fields []field
		extra  int // bytes of developer fields
	}
	var (
		defs [16]definition
		list []rawMessage
	)
	end := min(len(data), int(data[0])+int(binary.LittleEndian.Uint32(data[4:])))
	pos := int(data[0])
	take := func(n int) []byte {
		if pos+n > end {
			pos = end + 1
			return nil
		}
		b := data[pos : pos+n]
		pos += n
		return b
	}
	for pos < end {
		head := take(1)[0]
		if head&0xC0 == 0x40 { // a definition
			b := take(5)
			if b == nil {
				return list
			}
			d := definition{order: binary.LittleEndian}
			if b[1] == 1 {
				d.order = binary.BigEndian
			}
			d.num = d.order.Uint16(b[2:])
			for range b[4] {
				f := take(3)
				if f == nil {
					return list
				}
				d.fields = append(d.fields, field{f[0], f[1], f[2]})
			}
			if head&0x20 != 0 {
				for range take(1)[0] {
					d.extra += int(take(3)[1])
				}
			}
			defs[head&15] = d
			continue
		}
		local := head & 15
		if head&0x80 != 0 { // a compressed time
			local = head >> 5 & 3
		}
		d := defs[local]
		if d.num != 18 {
			for _, f := range d.fields {
				take(int(f.size))
			}
			take(d.extra)
			continue
		}
		m := rawMessage{num: d.num, fields: map[byte]uint64{}}
		for _, f := range d.fields {
			b := take(int(f.size))
			switch {
			case b == nil:
				return list
			case f.size == 1 && f.base != 7:
				m.fields[f.num] = uint64(b[0])
			case f.size == 2 && f.base != 7:
				m.fields[f.num] = uint64(d.order.Uint16(b))
			case f.size == 4 && f.base != 7:
				m.fields[f.num] = uint64(d.order.Uint32(b))
			}
		}
		if take(d.extra) == nil {
			return list
		}
		list = append(list, m)
	}
	return list
}

// known returns a field's value where it is there and valid.
func (m rawMessage) known(num byte, invalid uint64) (float64, bool) {
	v, ok := m.fields[num]
	return float64(v), ok && v != invalid
}

// rawFIT makes a FIT file of messages given byte by byte.
func rawFIT(messages ...[]byte) []byte {
	body := join(messages...)
	data := []byte{longHeader, 0x20, 0, 0, 0, 0, 0, 0, '.', 'F', 'I', 'T', 0, 0}
	binary.LittleEndian.PutUint32(data[4:], uint32(len(body)))
	return recrc(append(append(data, body...), 0, 0))
}

// TestDeveloperFieldsNeverBreakAFile: an app on the watch may describe its
// fields wrongly, or not at all.
func TestDeveloperFieldsNeverBreakAFile(t *testing.T) {
	fileID := []byte{0x40, 0, 0, 0, 0, 1, 0, 1, 0x00, 0x00, byte(typedef.FileActivity)}
	describe := func(base byte) []byte { // field_description: index 0, number 0, base type
		return []byte{0x41, 0, 0, 206, 0, 3, 0, 1, 2, 1, 1, 2, 2, 1, 2, 0x01, 0, 0, base}
	}
	// A record of time and heart rate with a developer field of four bytes.
	record := []byte{
		0x62, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 2, 1, 0, 4, 0,
		0x02, 0x00, 0x10, 0x00, 0x40, 141, 0xDE, 0xAD, 0xBE, 0xEF,
	}
	session := []byte{
		0x43, 0, 0, 18, 0, 3, 2, 4, 0x86, 7, 4, 0x86, 5, 1, 0x00,
		0x03, 0x00, 0x10, 0x00, 0x40, 0xE8, 0x03, 0x00, 0x00, 1,
	}
	for name, description := range map[string][]byte{
		"described": describe(0x88), "a base type that does not exist": describe(0x55),
		"a base type larger than the field": describe(0x8E), "a text": describe(0x07), "not described": nil,
	} {
		t.Run(name, func(t *testing.T) {
			got := read(rawFIT(fileID, description, record, session))
			if got.Broken != "" || len(got.Runs) != 1 || len(got.Runs[0].Samples) != 1 || got.Runs[0].Samples[0].HeartRate != 141 {
				t.Errorf("broken %q, runs %+v", got.Broken, got.Runs)
			}
		})
	}
}

// TestBigEndianAndOldFields: files may be written with the high byte first, and
// older watches have speed and altitude in their short form only.
func TestBigEndianAndOldFields(t *testing.T) {
	fileID := []byte{0x40, 0, 0, 0, 0, 1, 0, 1, 0x00, 0x00, byte(typedef.FileActivity)}
	record := []byte{
		0x41, 0, 1, 0, 20, 3, 253, 4, 0x86, 6, 2, 0x84, 2, 2, 0x84,
		0x01, 0x40, 0x00, 0x10, 0x00, 0x0B, 0xB8, 0x0B, 0xB8, // 3.000 m/s, 100 m
	}
	session := []byte{
		0x43, 0, 1, 0, 18, 3, 2, 4, 0x86, 7, 4, 0x86, 5, 1, 0x00,
		0x03, 0x40, 0x00, 0x10, 0x00, 0x00, 0x00, 0x03, 0xE8, 1,
	}
	got := read(rawFIT(fileID, record, session))
	if got.Broken != "" || len(got.Runs) != 1 || got.Runs[0].Duration.Seconds() != 1 {
		t.Fatalf("broken %q, runs %+v", got.Broken, got.Runs)
	}
	if s := got.Runs[0].Samples[0]; s.Speed != 3 || s.Altitude != 100 || gait.Known(s.Cadence) {
		t.Errorf("%+v", s)
	}
}

// A recorder may give a number more bytes than the profile does: the last ones count
// where the high byte comes first.
func TestANumberWiderThanTheProfiles(t *testing.T) {
	fileID := []byte{0x40, 0, 0, 0, 0, 1, 0, 1, 0x00, 0x00, byte(typedef.FileActivity)}
	fields := []byte{4, 253, 4, 0x86, 6, 4, 0x86, 3, 2, 0x84, 41, 4, 0x86} // speed and stance time in four bytes, heart rate in two
	session := []byte{0x43, 0, 1, 0, 18, 3, 2, 4, 0x86, 7, 4, 0x86, 5, 1, 0x00, 0x03, 0x40, 0x00, 0x10, 0x00, 0x00, 0x00, 0x03, 0xE8, 1}
	for name, record := range map[string][]byte{
		"high byte first": join([]byte{0x41, 0, 1, 0, 20}, fields, []byte{0x01, 0x40, 0x00, 0x10, 0x00, 0, 0, 0x0B, 0xB8, 0, 140, 0xFF, 0xFF, 0xFF, 0xFF}),
		"low byte first":  join([]byte{0x41, 0, 0, 20, 0}, fields, []byte{0x01, 0x00, 0x10, 0x00, 0x40, 0xB8, 0x0B, 0, 0, 140, 0, 0xFF, 0xFF, 0xFF, 0xFF}),
	} {
		got := read(rawFIT(fileID, record, session))
		if got.Broken != "" || len(got.Runs) != 1 {
			t.Fatalf("%s: broken %q, runs %+v", name, got.Broken, got.Runs)
		}
		if s := got.Runs[0].Samples[0]; s.Speed != 3 || s.HeartRate != 140 || gait.Known(s.StanceTime) {
			t.Errorf("%s: %+v", name, s)
		}
	}
}
